import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable, type IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDomain, type CfnDomainProps } from 'aws-cdk-lib/aws-opensearchservice';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { logRetention } from '../../governance/log-retention';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { holdStore } from '../data-choice';
import { regionalKey } from '../regional-key';
import { placeStore, type StoreNetwork } from '../store-network';
import { acknowledgeAdministrator, chooseAdministrator } from './search-administrator';
import type { SearchDomainProps } from './search-domain-props';
import { SearchLogs } from './search-logs';
import { type SearchShape, shapeOf } from './search-shape';

/**
 * An OpenSearch domain that survives the loss of a zone: at tiers 0 and 1 with a standby that takes over within a minute,
 * below with its shards in every zone. Three nodes of their own lead it; it is in private subnets, encrypted at rest and
 * on the way, and decides for each request who may see what.
 *
 * Indexes stay in their region: each region has a domain of its own, and CloudFormation offers no replication between
 * domains. Name a `dataClass` that is `rebuildable` at tiers 0 and 1: an index is filled again from what it was made of.
 *
 * @throws ConfigurationError when the data is owed more than a domain can keep, or the values do not fit together
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html
 */
export class SearchDomain extends Construct implements IConnectable {
  readonly domain: CfnDomain;
  readonly connections: Connections;
  readonly securityGroup: SecurityGroup;
  readonly encryptionKey: IKey;

  /** Where its logs go, by their kind: `AUDIT_LOGS`. */
  readonly logs: Readonly<Record<string, LogGroup>>;

  /** The role that may do everything; `undefined` where the administrator has a password. */
  readonly administrator: IRole | undefined;

  /** Name and password of the administrator; `undefined` where the administrator is a role. */
  readonly secret: Secret | undefined;

  readonly port = 443;

  /** The name to connect to, without `https://`. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: SearchDomainProps) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const network = placeStore(this, choices, props, this.port);
    this.connections = network.connections;
    this.securityGroup = network.securityGroup;
    const shape = shapeOf(this, choices, props, network.subnets.length);
    holdStore(
      this,
      choices,
      props,
      shape.standby ? STORE_FACTS.openSearchStandby : STORE_FACTS.openSearchMultiAz,
    );
    this.encryptionKey = regionalKey(this, choices, props.encryptionKey);
    const logs = new SearchLogs(this, 'Logs', choices, logRetention(this, choices, props.logRetention));
    this.logs = logs.groups;
    this.administrator = chooseAdministrator(this, choices, props);
    this.secret = this.administrator ? undefined : this.createSecret(choices);
    const domainName = props.domainName ?? sharedName(this, 28);
    this.domain = new CfnDomain(this, 'Domain', {
      domainName,
      engineVersion: `OpenSearch_${props.engineVersion ?? '2.19'}`,
      clusterConfig: clusterOf(shape, props),
      ebsOptions: { ebsEnabled: true, volumeType: 'gp3', volumeSize: props.volumeSizeGiB ?? 100 },
      ...this.protection(domainName),
      ...this.operation(props, network, shape),
      logPublishingOptions: logs.publishing,
    });
    this.domain.node.addDependency(logs.policy);
    if (this.secret?.node.defaultChild) this.domain.node.addDependency(this.secret.node.defaultChild);
    this.domain.applyRemovalPolicy(choices.removalPolicy);
    // Without it another version of the engine would replace the domain, and its data with it.
    this.domain.cfnOptions.updatePolicy = { enableVersionUpgrade: true };
    this.acknowledge();
    if (this.administrator && !props.administrator) this.letIn(this.administrator);
    this.endpoint = this.domain.attrDomainEndpoint;
  }

  /** Lets somebody send requests that are signed with IAM; what they may see, the domain decides. */
  grantAccess(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
      resourceArns: [`${this.domain.attrArn}/*`],
    });
  }

  private createSecret(choices: TierChoices): Secret {
    const secret = new Secret(this, 'Secret', {
      secretName: secretName(this),
      description: `The administrator of ${this.node.path}`,
      encryptionKey: this.encryptionKey,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: ADMINISTRATOR }),
        generateStringKey: 'password',
        passwordLength: 32,
        excludeCharacters: '"@/\\ \'',
        requireEachIncludedType: true,
      },
      removalPolicy: choices.removalPolicy,
    });
    const reason = 'OpenSearch cannot rotate it, which somebody answers for, or the stage is not production.';
    acknowledgeNag(secret, 'SMG4', reason);
    acknowledgeControls(secret, ['SecretsManagerRotationEnabled'], reason);
    return secret;
  }

  private letIn(administrator: IRole): void {
    this.grantAccess(administrator);
    acknowledgeAdministrator(administrator, `${this.domain.attrArn}/*`);
  }

  private protection(domainName: string): Partial<CfnDomainProps> {
    const { administrator } = this;
    const stack = Stack.of(this);
    const masterUserOptions = administrator
      ? { masterUserArn: administrator.roleArn }
      : { masterUserName: ADMINISTRATOR, masterUserPassword: this.readPassword() };
    return {
      encryptionAtRestOptions: { enabled: true, kmsKeyId: this.encryptionKey.keyId },
      nodeToNodeEncryptionOptions: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      advancedSecurityOptions: {
        enabled: true,
        internalUserDatabaseEnabled: administrator === undefined,
        masterUserOptions,
      },
      accessPolicies: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              AWS: administrator ? `arn:${stack.partition}:iam::${stack.account}:root` : '*',
            },
            Action: 'es:ESHttp*',
            Resource: `arn:${stack.partition}:es:${stack.region}:${stack.account}:domain/${domainName}/*`,
          },
        ],
      },
    };
  }

  private operation(
    { offPeakStartHour = 1 }: SearchDomainProps,
    network: StoreNetwork,
    { zones }: SearchShape,
  ): Partial<CfnDomainProps> {
    return {
      vpcOptions: {
        subnetIds: network.subnets.slice(0, zones).map(({ subnetId }) => subnetId),
        securityGroupIds: [network.securityGroup.securityGroupId],
      },
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      offPeakWindowOptions: {
        enabled: true,
        offPeakWindow: { windowStartTime: { hours: offPeakStartHour, minutes: 0 } },
      },
    };
  }

  /** By name, so that it shows in no template. */
  private readPassword(): string {
    return SecretValue.secretsManager(secretName(this), { jsonField: 'password' }).unsafeUnwrap();
  }

  private acknowledge(): void {
    acknowledgeNag(
      this.domain,
      'OS3',
      'The domain is in private subnets: the security group decides which addresses may connect.',
    );
    if (this.administrator) return;
    acknowledgeNag(
      this.domain,
      'OS5',
      'Who connects signs in with a password of the domain itself, which decides for each request: fine-grained access control refuses everybody else.',
    );
  }
}

const ADMINISTRATOR = 'admin';

function clusterOf({ zones, dataNodes, standby }: SearchShape, props: SearchDomainProps) {
  return {
    instanceType: props.dataNodeType ?? 'r7g.large.search',
    instanceCount: dataNodes,
    dedicatedMasterEnabled: true,
    dedicatedMasterCount: 3,
    dedicatedMasterType: props.masterNodeType ?? 'm7g.large.search',
    zoneAwarenessEnabled: true,
    zoneAwarenessConfig: { availabilityZoneCount: zones },
    multiAzWithStandbyEnabled: standby,
  };
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
