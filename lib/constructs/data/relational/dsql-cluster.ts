import { CfnCluster } from 'aws-cdk-lib/aws-dsql';
import { Grant, type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Endpoint } from 'aws-cdk-lib/aws-rds';
import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import { TierChoices } from '../../governance/tier-choices';
import { membershipOf } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { copiesWillDo, SOONER_THAN_COPIES, tierLeavesToCopies } from '../owed-for-region';
import { regionalKey } from '../regional-key';
import { type Twins, twinsOf } from '../twin';
import { clusterArnMistakes, dsqlRegionMistakes } from './dsql-mistakes';

/** Properties of a {@link DsqlCluster}, the same in all regions. */
export interface DsqlClusterProps extends DataProps {
  /**
   * Whether it spans two regions, both of which read and write, with a third as witness. It cannot be turned off again
   * without replacing the cluster.
   *
   * @default - true where its service has another region and the tier owes more than copies of backups there
   */
  readonly multiRegion?: boolean;

  /**
   * The third region, which keeps a part of the log so that the other two agree. It stands in for neither.
   *
   * @default - the witness of the set of regions
   */
  readonly witnessRegion?: string;

  /**
   * The clusters of both regions by their ARNs, as the output `ClusterArn` of each stack says after the first deployment.
   * With them, the second deployment links the two.
   *
   * @default - none: the clusters are created and wait to be linked
   */
  readonly clusterArns?: readonly string[];

  /**
   * The key of this region that encrypts it. It must let `dsql.amazonaws.com` use it.
   *
   * @default - a key of its own, which is rotated every year
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether deleting it is refused until the protection is taken off.
   *
   * @default - true; false in a stage that is not production
   */
  readonly deletionProtection?: boolean;
}

/**
 * An Aurora DSQL cluster: PostgreSQL without instances, in three zones; or one region's part of a cluster that spans two
 * regions, where a write is acknowledged once two of three regions have it, so that the loss of a region loses nothing.
 *
 * Two regions take two deployments: the first creates the clusters, the second links them by the ARNs that AWS gave them
 * (`clusterArns`). Until then they cannot be used. It has no backups of its own, nor can it be restored to a point in time:
 * select it in a backup plan, whose snapshots lose up to 4 h at best. Data that is owed less after damage is refused.
 *
 * @throws ConfigurationError when it cannot keep what its data is owed, or AWS does not offer what is asked
 * @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/mr-cluster-setup.html
 */
export class DsqlCluster extends Construct {
  readonly cluster: CfnCluster;
  readonly encryptionKey: IKey;

  /** Where this region reads and writes, over TLS. There is no password: whoever signs in has a token of IAM. */
  readonly endpoint: Endpoint;

  /** The service to which an interface endpoint connects, so that traffic stays in the network. */
  readonly vpcEndpointServiceName: string;

  /** Whether it spans two regions. */
  readonly multiRegion: boolean;

  constructor(scope: Construct, id: string, props: DsqlClusterProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const twins = membershipOf(this) ? twinsOf(this) : undefined;
    this.multiRegion = this.chooseMultiRegion(choices, props, twins);
    const witness = props.witnessRegion ?? twins?.witness;
    if (this.multiRegion) refuse(this.node.path, dsqlRegionMistakes(this, twins, witness));
    refuse(this.node.path, clusterArnMistakes(props.clusterArns, this.multiRegion ? twins : undefined));
    const store = this.multiRegion ? STORE_FACTS.dsqlMultiRegion : STORE_FACTS.dsql;
    holdStore(this, choices, props, store);
    this.encryptionKey = this.createKey(choices, props.encryptionKey);
    this.cluster = new CfnCluster(this, 'Cluster', {
      deletionProtectionEnabled: choices.locked({
        what: 'deletionProtection',
        chosen: props.deletionProtection,
      }),
      kmsEncryptionKey: this.encryptionKey.keyArn,
      ...(this.multiRegion && witness && { multiRegionProperties: this.link(witness, props.clusterArns) }),
    });
    this.cluster.applyRemovalPolicy(choices.removalPolicy);
    this.endpoint = new Endpoint(this.cluster.attrEndpoint, POSTGRESQL_PORT);
    this.vpcEndpointServiceName = this.cluster.attrVpcEndpointServiceName;
    if (this.multiRegion) new CfnOutput(this, 'ClusterArn', { value: this.cluster.attrResourceArn });
  }

  /** Lets somebody sign in as the users of the database that are mapped to its role. */
  grantConnect(grantee: IGrantable): Grant {
    return this.grant(grantee, 'dsql:DbConnect');
  }

  /** Lets somebody sign in as `admin`, who makes users and maps roles to them. */
  grantConnectAdmin(grantee: IGrantable): Grant {
    return this.grant(grantee, 'dsql:DbConnectAdmin');
  }

  private grant(grantee: IGrantable, action: string): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: [action],
      resourceArns: [this.cluster.attrResourceArn],
    });
  }

  private chooseMultiRegion(
    choices: TierChoices,
    props: DsqlClusterProps,
    twins: Twins | undefined,
  ): boolean {
    const { multiRegion: chosen } = props;
    const { because: byTier, source } = choices.policy.regionReplication;
    const mayRestore = copiesWillDo(this, choices, props, 'relational');
    const owed = twins !== undefined && twins.others.length > 0 && !mayRestore;
    const because = owed && tierLeavesToCopies(choices.policy) ? SOONER_THAN_COPIES : byTier;
    choices.record({
      what: 'multiRegion',
      value: chosen ?? owed,
      because: chosen === undefined ? because : 'set by hand',
      source: chosen === undefined ? source : 'override',
    });
    return chosen ?? owed;
  }

  /** @see https://docs.aws.amazon.com/aurora-dsql/latest/userguide/data-encryption.html */
  private createKey(choices: TierChoices, given: IKey | undefined): IKey {
    const key = regionalKey(this, choices, given);
    if (given) return key;
    const { account, partition } = Stack.of(this);
    const conditions = { StringLike: { 'aws:SourceArn': `arn:${partition}:dsql:*:${account}:cluster/*` } };
    const actions = [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:DescribeKey',
    ];
    const principals = [new ServicePrincipal('dsql.amazonaws.com')];
    key.addToResourcePolicy(new PolicyStatement({ principals, actions, resources: ['*'], conditions }));
    return key;
  }

  private link(
    witnessRegion: string,
    clusterArns: readonly string[] | undefined,
  ): CfnCluster.MultiRegionPropertiesProperty {
    if (clusterArns) return { witnessRegion, clusters: [...clusterArns].sort() };
    Annotations.of(this).addWarningV2(
      'cdk-nines:dsql-not-linked',
      `${this.node.path} waits to be linked: deploy both regions, then set clusterArns to the ARNs of both clusters`,
    );
    return { witnessRegion };
  }
}

const POSTGRESQL_PORT = 5432;
