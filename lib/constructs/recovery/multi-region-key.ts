import { AccountRootPrincipal, type IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnReplicaKey, type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Arn, ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { type Membership, requireMembership, sharedName } from '../region/membership';
import { aliasMistakes, dutyMistakes } from './key-mistakes';
import { administer, neverEnd, neverUse, use } from './key-statements';

/** Properties of a {@link MultiRegionKey}. */
export interface MultiRegionKeyProps extends TieredProps {
  /**
   * The alias, the same in all regions: programs name the key by it wherever they run.
   *
   * @default - made of the service and the path below the stack, such as 'shop-key'
   */
  readonly alias?: string;

  /**
   * Whether what is encrypted in one region is decrypted in another. Then the key in the primary region is a multi-Region
   * key and the others are its replicas; else each region has a key of its own under the same alias, and nobody who owns
   * one region's key owns the others. Stores of AWS that replicate (DynamoDB, S3, Aurora, EFS, Secrets Manager) encrypt
   * anew in each region and need no multi-Region key; encryption in your own programs does.
   *
   * @default false
   */
  readonly ciphertextTravels?: boolean;

  /**
   * The ARN of the multi-Region key in the primary region, as AWS made it up: `arn:aws:kms:eu-west-1:…:key/mrk-…`. Only
   * where `ciphertextTravels`, in the other regions: deploy the primary region first and write down what it made. A
   * reference would tie this region to the primary one.
   *
   * @default - none: needed for a replica
   */
  readonly primaryKeyArn?: string;

  /**
   * Who may administer the key. They are kept from using it.
   *
   * @default - whoever IAM allows in the account
   */
  readonly administrators?: IRole[];

  /**
   * Who may use the key. They are kept from disabling and deleting it, and from changing its policy.
   *
   * @default - whoever IAM allows in the account
   */
  readonly users?: IRole[];
}

/**
 * This region's part of a key that a service has in all its regions: the same alias, the same policy and yearly rotation
 * everywhere.
 *
 * @throws ConfigurationError when a role both administers and uses it, or a replica does not know its primary key or is
 * in another account
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class MultiRegionKey extends Construct {
  /** The key of this region. */
  readonly key: IKey;

  /** Its alias. */
  readonly alias: Alias;

  /** Set where this region has a replica of a multi-Region key. */
  readonly replica: CfnReplicaKey | undefined;

  constructor(scope: Construct, id: string, props: MultiRegionKeyProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const membership = requireMembership(this);
    const isReplica = (props.ciphertextTravels ?? false) && !isPrimary(membership);
    refuse(this.node.path, [
      ...aliasMistakes(props.alias),
      ...dutyMistakes(props),
      ...primaryMistakes(props, membership, Stack.of(this)),
    ]);
    choices.record(ROTATION);
    choices.record({
      what: 'pendingWindow',
      value: `${pendingDays(choices)} d`,
      because: 'the time in which somebody can notice that a key is about to be deleted',
      source: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    });
    if (isReplica) {
      this.replica = this.createReplica(choices, props);
      this.key = Key.fromKeyArn(this, 'Replicated', this.replica.attrArn);
    } else this.key = this.createKey(choices, props);
    this.alias = new Alias(this, 'Alias', {
      aliasName: `alias/${(props.alias ?? sharedName(this)).replace(/^alias\//, '')}`,
      targetKey: this.key,
      removalPolicy: choices.removalPolicy,
    });
  }

  private createKey(choices: TierChoices, props: MultiRegionKeyProps): Key {
    return new Key(this, 'Key', {
      description: this.describe(),
      multiRegion: props.ciphertextTravels ?? false,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(ROTATION_DAYS),
      pendingWindow: Duration.days(pendingDays(choices)),
      removalPolicy: choices.removalPolicy,
      policy: this.policy(props),
    });
  }

  private createReplica(choices: TierChoices, props: MultiRegionKeyProps): CfnReplicaKey {
    const replica = new CfnReplicaKey(this, 'Replica', {
      description: this.describe(),
      primaryKeyArn: props.primaryKeyArn ?? '',
      keyPolicy: this.policy(props),
      pendingWindowInDays: pendingDays(choices),
    });
    replica.applyRemovalPolicy(choices.removalPolicy);
    return replica;
  }

  private describe(): string {
    return `${sharedName(this)} in ${Stack.of(this).region}`;
  }

  private policy({ administrators = [], users = [] }: MultiRegionKeyProps): PolicyDocument {
    const statements = [
      // Without this nobody could mend the policy, and IAM could grant nothing.
      new PolicyStatement({
        sid: 'Account',
        principals: [new AccountRootPrincipal()],
        actions: ['kms:*'],
        resources: ['*'],
      }),
    ];
    if (administrators.length > 0) {
      statements.push(administer('Administrators', administrators));
      statements.push(neverUse('AdministratorsDoNotUse', administrators));
    }
    if (users.length > 0) {
      statements.push(use('Users', users));
      statements.push(neverEnd('UsersDoNotAdminister', users));
    }
    return new PolicyDocument({ statements });
  }
}

const ROTATION_DAYS = 365;

const ROTATION = {
  what: 'rotationPeriod',
  value: `${ROTATION_DAYS} d`,
  because: 'new key material each year; what was encrypted before stays readable',
  source: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
};

function pendingDays({ nonProduction }: TierChoices): number {
  return nonProduction ? 7 : 30;
}

/** Of regions that all serve, the first by name makes the key. */
function isPrimary({ place, peers }: Membership): boolean {
  const all = [place, ...peers];
  const primary =
    all.find(({ role }) => role === RegionRole.PRIMARY) ??
    [...all].sort((one, other) => (one.region < other.region ? -1 : 1))[0];
  return primary === place;
}

function primaryMistakes(props: MultiRegionKeyProps, membership: Membership, stack: Stack): Mistake[] {
  const { ciphertextTravels = false, primaryKeyArn } = props;
  const isReplica = ciphertextTravels && !isPrimary(membership);
  if (!isReplica && primaryKeyArn === undefined) return [];
  if (!isReplica) return needlessPrimary(ciphertextTravels, membership);
  if (primaryKeyArn === undefined) {
    return [
      {
        problem: `${membership.place.region} has a replica of the key, but primaryKeyArn is missing`,
        fix: 'deploy the primary region first, and set primaryKeyArn to the ARN of the key that it made, …:key/mrk-…',
      },
    ];
  }
  return Token.isUnresolved(primaryKeyArn) ? [] : arnMistakes(primaryKeyArn, stack);
}

/** Where every region has a key of its own, or in the primary region itself, it says nothing. */
function needlessPrimary(ciphertextTravels: boolean, { peers }: Membership): Mistake[] {
  if (ciphertextTravels && peers.length > 0) return [];
  return [
    {
      problem: 'primaryKeyArn is set, but each region has a key of its own',
      fix: 'set ciphertextTravels to true, or leave primaryKeyArn out',
    },
  ];
}

function arnMistakes(arn: string, { region, account }: Stack): Mistake[] {
  const fix = 'write the ARN of a multi-Region key in the primary region, arn:aws:kms:…:key/mrk-…';
  if (!/^arn:[^:]+:kms:[^:]+:\d{12}:key\/mrk-[0-9a-f]+$/.test(arn)) {
    return [{ problem: `primaryKeyArn is ${quoted(arn)}, which is no multi-Region key`, fix }];
  }
  const primary = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  if (primary.region === region) {
    return [{ problem: `primaryKeyArn names a key in ${region}, where the replica is to be`, fix }];
  }
  if (Token.isUnresolved(account) || primary.account === account) return [];
  return [
    {
      problem: `primaryKeyArn names a key of account ${primary.account}, but a replica in ${account} is asked for`,
      fix: 'keep all regions in one account: KMS makes no replicas between accounts; or encrypt with a key of each',
    },
  ];
}
