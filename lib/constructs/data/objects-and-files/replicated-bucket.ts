import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  type ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import type { StoreFact } from '../../../calculus/stores/store';
import type { TimeSpan } from '../../../calculus/time-span';
import { refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import { RegionRole } from '../../../objectives/region-role';
import { acknowledgeControls } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { type DataProps, holdStore } from '../data-choice';
import { owedForRegion } from '../owed-for-region';
import { regionalKey } from '../regional-key';
import { type Twin, type Twins, twinsOf } from '../twin';
import { allowReplicationInto } from './replicated-bucket-access';
import { chooseLock, lockProps, tellEvents } from './replicated-bucket-guard';
import { bucketLogs, logAccesses } from './replicated-bucket-logs';
import { bucketNameIn } from './replicated-bucket-names';
import { bucketMistakes, destinationsOf, replication } from './replicated-bucket-rules';

/** Properties of a {@link ReplicatedBucket}. */
export interface ReplicatedBucketProps extends DataProps {
  /**
   * The regions whose buckets get a replica of what is written to this one. A bucket must be there before another
   * replicates to it: deploy a standby before its primary. Of regions that replicate to each other, the one that is
   * deployed first has `[]` in its first deployment.
   *
   * @default - all other regions; none in a standby, which has nothing of its own until it takes over
   */
  readonly replicateTo?: readonly string[];

  /**
   * Whether S3 promises to replicate within 15 minutes, at a price for each object.
   *
   * @default - where a recovery point below 6 h is owed for the loss of a region
   */
  readonly replicationTimeControl?: boolean;

  /**
   * Whether a deletion is replicated. Versions stay in both buckets whatever is said here.
   *
   * @default true
   */
  readonly replicateDeletions?: boolean;

  /**
   * How long versions are kept that were overwritten or deleted.
   *
   * @default Duration.days(35)
   */
  readonly noncurrentVersionExpiration?: Duration;

  /**
   * More rules for the life of objects, the same in all regions: they are not replicated.
   *
   * @default - none
   */
  readonly lifecycleRules?: readonly LifecycleRule[];

  /**
   * Whether nobody can delete or overwrite a version for a time. Who puts objects must send a checksum, as the SDKs of AWS
   * do. Once on, it cannot be switched off for the bucket. To leave it off needs `weakening`, but not in a stage that is
   * not production.
   *
   * @default - true in production, false elsewhere
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
   */
  readonly objectLock?: boolean;

  /**
   * How long a version is locked. Where the stage is not production, versions can be locked one by one, but are not locked
   * by themselves.
   *
   * @default - in governance mode, which those can lift who may, for as long as `noncurrentVersionExpiration`
   */
  readonly objectLockRetention?: ObjectLockRetention;

  /**
   * Whether S3 tells EventBridge what happens to objects: rules for them are yours. It costs about a dollar for a million
   * events. With `addEventNotification` on the bucket, call its `enableEventBridgeNotification` as well: the CDK then
   * writes all notifications anew. To leave it off needs `weakening`, but not in a stage that is not production.
   *
   * @default true
   * @see https://aws.amazon.com/eventbridge/pricing/
   */
  readonly eventBridge?: boolean;

  /**
   * The key of this region.
   *
   * @default - one of its own, with rotation
   */
  readonly encryptionKey?: IKey;

  /**
   * The keys of the other regions by region, where `encryptionKey` is given.
   *
   * @default - those that this construct makes there
   */
  readonly peerKeyArns?: Readonly<Record<string, string>>;

  /**
   * Where accesses are written down: a bucket of this region and account.
   *
   * @default - a bucket of its own, which keeps them for a year
   */
  readonly accessLogs?: IBucket;
}

/**
 * This region's part of a bucket that stands in several: the bucket, its key, and the replication to those of the other
 * regions. They are called `<service>-<id>-<region>-<account>`, so each is named without a reference.
 *
 * @throws ConfigurationError when the recovery points and times that the data is owed cannot be kept: S3 replicates
 * within 15 minutes at best
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicatedBucket extends Construct {
  /** The bucket of this region. */
  readonly bucket: Bucket;

  /** Its key. */
  readonly key: IKey;

  /** Where accesses are written down. */
  readonly accessLogs: IBucket;

  /** The regions that it replicates to. */
  readonly replicatesTo: readonly string[];

  constructor(scope: Construct, id: string, props: ReplicatedBucketProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const twins = twinsOf(this);
    refuse(this.node.path, bucketMistakes(twins, props));
    const destinations = destinationsOf(twins, props.replicateTo);
    this.replicatesTo = destinations.map(({ region }) => region);
    const timeControl = props.replicationTimeControl ?? this.needsTimeControl(choices, props);
    holdStore(this, choices, props, storeOf(twins, destinations, timeControl));
    this.recordReplication(choices, twins.own.role, timeControl);
    this.key = regionalKey(this, choices, props.encryptionKey);
    this.accessLogs = bucketLogs(this, choices, props.accessLogs);
    const kept = keptVersions(choices, props);
    const lock = chooseLock(choices, props, kept);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: bucketNameIn(this, twins.own),
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [cleanUp(kept), ...(props.lifecycleRules ?? [])],
      removalPolicy: choices.removalPolicy,
      autoDeleteObjects: choices.nonProduction,
      ...lockProps(lock),
      ...replication(this, {
        twins,
        destinations,
        timeControl,
        key: this.key,
        isLocked: lock.enabled,
        props,
      }),
    });
    tellEvents(choices, this.bucket, props.eventBridge);
    logAccesses(this.bucket, this.accessLogs);
    const foreign = twins.others.filter(({ account }) => account !== twins.own.account);
    allowReplicationInto(this, this.bucket, this.key, foreign);
    if (destinations.length === 0)
      acknowledgeControls(this.bucket, ['S3BucketReplicationEnabled'], NO_DESTINATION);
  }

  private needsTimeControl(choices: TierChoices, props: ReplicatedBucketProps): boolean {
    const owed = owedForRegion(this, choices, props).rpoSeconds;
    return owed !== undefined && owed < STORE_FACTS.s3BucketReplicated.region.rpoSeconds;
  }

  private recordReplication(choices: TierChoices, role: RegionRole, timeControl: boolean): void {
    const because =
      role === RegionRole.STANDBY
        ? 'a standby has nothing of its own until it takes over'
        : 'what is written here must be elsewhere when the region is lost';
    const { source } = STORE_FACTS.s3BucketReplicated;
    choices.record({ what: 'replicateTo', value: this.replicatesTo.join(', ') || 'none', because, source });
    choices.record({
      what: 'replicationTimeControl',
      value: timeControl,
      because: timeControl
        ? 'without it replication sometimes takes hours'
        : 'hours of lag are within the recovery point',
      source: STORE_FACTS.s3BucketReplicatedInTime.source,
    });
  }
}

const NO_DESTINATION =
  'It holds the replicas of the other region, or its tier owes no second region: it has nowhere to replicate to.';

/** What a standby holds is a replica: the loss of its region loses nothing. */
function storeOf({ own, others }: Twins, destinations: readonly Twin[], timeControl: boolean): StoreFact {
  const isReplica = own.role === RegionRole.STANDBY && others.length > 0;
  if (destinations.length === 0 && !isReplica) return STORE_FACTS.s3Bucket;
  return timeControl ? STORE_FACTS.s3BucketReplicatedInTime : STORE_FACTS.s3BucketReplicated;
}

function keptVersions(choices: TierChoices, props: ReplicatedBucketProps): Duration {
  const { backupRetention, minimumBackupRetention } = choices.policy;
  const inDays = ({ value, ...rest }: Decided<TimeSpan>): Decided<number> => ({
    ...rest,
    value: value.toSeconds() / DAY,
  });
  const chosen = props.noncurrentVersionExpiration;
  const days = choices.atLeast({
    what: 'noncurrentVersionExpirationDays',
    owed: inDays(backupRetention),
    limit: inDays(minimumBackupRetention),
    chosen: chosen && chosen.toSeconds() / DAY,
  });
  return Duration.days(days);
}

function cleanUp(kept: Duration): LifecycleRule {
  return {
    id: 'clean-up',
    noncurrentVersionExpiration: kept,
    abortIncompleteMultipartUploadAfter: Duration.days(7),
  };
}

const DAY = 86_400;
