import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type ReplicationRule, ReplicationTimeValue } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { RegionRole } from '../../../objectives/region-role';
import { peerKeyMistakes } from '../regional-key';
import type { Twin, Twins } from '../twin';
import type { ReplicatedBucketProps } from './replicated-bucket';
import { replicationRole } from './replicated-bucket-access';
import { bucketArnIn, replicaKeyIn } from './replicated-bucket-names';

/** All that is decided about the replication of a bucket. @internal */
export interface ReplicationPlan {
  readonly twins: Twins;
  readonly destinations: readonly Twin[];
  readonly timeControl: boolean;

  /** The key of this region. */
  readonly key: IKey;

  /** Whether objects are locked, and their locks are replicated. */
  readonly isLocked: boolean;
  readonly props: ReplicatedBucketProps;
}

/** The regions that are replicated to: those said, else all that a region which serves has beside it. @internal */
export function destinationsOf(
  { own, others }: Twins,
  replicateTo: readonly string[] | undefined,
): readonly Twin[] {
  if (replicateTo) return others.filter(({ region }) => replicateTo.includes(region));
  return own.role === RegionRole.STANDBY ? [] : others;
}

/** The replication of a bucket; nothing where it has no destination. @internal */
export function replication(
  construct: Construct,
  plan: ReplicationPlan,
): Pick<BucketProps, 'replicationRole' | 'replicationRules'> {
  const { twins, destinations, key, isLocked, props } = plan;
  if (destinations.length === 0) return {};
  const { peerKeyArns = {} } = props;
  return {
    replicationRole: replicationRole(construct, {
      own: twins.own,
      destinations,
      key,
      peerKeyArns,
      isLocked,
    }),
    replicationRules: destinations.map((twin, index) => ruleTo(construct, twin, index + 1, plan)),
  };
}

function ruleTo(construct: Construct, twin: Twin, priority: number, plan: ReplicationPlan): ReplicationRule {
  const { account, region } = twin;
  const { twins, timeControl, props } = plan;
  const { peerKeyArns = {}, replicateDeletions = true } = props;
  const bucketArn = bucketArnIn(construct, twin);
  return {
    id: `to-${region}`,
    priority,
    destination: Bucket.fromBucketAttributes(construct, `Bucket-${region}`, { bucketArn, account, region }),
    kmsKey: replicaKeyIn(construct, twin, peerKeyArns),
    sseKmsEncryptedObjects: true,
    // Tags and locks that are changed on a replica come back where the other region replicates as well.
    replicaModifications: true,
    deleteMarkerReplication: replicateDeletions,
    metrics: ReplicationTimeValue.FIFTEEN_MINUTES,
    ...(timeControl && { replicationTimeControl: ReplicationTimeValue.FIFTEEN_MINUTES }),
    ...(account !== twins.own.account && { accessControlTransition: true }),
  };
}

/** @internal */
export function bucketMistakes(twins: Twins, props: ReplicatedBucketProps): Mistake[] {
  const { replicateTo = [], noncurrentVersionExpiration: kept, objectLock, objectLockRetention } = props;
  const known = twins.others.map(({ region }) => region);
  const mistakes: Mistake[] = replicateTo
    .filter((region) => !known.includes(region))
    .map((region) => ({
      problem: `replicateTo says ${quoted(region)}, which is no other region of the service`,
      fix: `use ${known.join(', ') || 'no region: there is no other'}`,
    }));
  mistakes.push(...peerKeyMistakes(props, destinationsOf(twins, props.replicateTo)));
  if (objectLock === false && objectLockRetention)
    mistakes.push({
      problem: 'objectLockRetention says how long versions are locked, but objectLock that they are not',
      fix: 'leave out one of them',
    });
  const days = kept && !kept.isUnresolved() ? kept.toSeconds() / 86_400 : 1;
  if (!Number.isInteger(days) || days < 1) {
    mistakes.push({
      problem: `noncurrentVersionExpiration is ${days} days, but S3 keeps for whole days`,
      fix: 'use Duration.days(1) or more, in whole days',
    });
  }
  return mistakes;
}
