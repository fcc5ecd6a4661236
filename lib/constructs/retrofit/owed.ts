import { formatSeconds } from '../../calculus/time-span';
import type { Decided } from '../../objectives/policy/decided';
import { ReplicationMode } from '../../objectives/policy/regions';
import { OWN_DECISION } from '../../objectives/policy/sources';
import type { TierPolicy } from '../../objectives/tier-policy';

/** What is owed to a resource. @internal */
export interface Owing {
  readonly policy: TierPolicy;

  /** Whether locks and retention stay off, so that the stage can be torn down. */
  readonly nonProduction: boolean;
}

/** A value that may be owed; `undefined` where nothing is. @internal */
export type Owed<T> = (owing: Owing) => Decided<T> | undefined;

const DAY = 86_400;

/** @internal */
export const twoZones: Owed<boolean> = ({ policy: { zoneReplication } }) =>
  zoneReplication.value === ReplicationMode.SYNCHRONOUS ? { ...zoneReplication, value: true } : undefined;

/** @internal */
export const backupDays: Owed<number> = ({ policy, nonProduction }) => {
  const { pitrRetention, minimumBackupRetention } = policy;
  if (nonProduction) return undefined;
  const kept = pitrRetention.value ?? minimumBackupRetention.value;
  const { because, source } = pitrRetention.value ? pitrRetention : minimumBackupRetention;
  return { value: kept.toSeconds() / DAY, because, source };
};

/** @internal */
export const pointInTime: Owed<boolean> = ({ policy: { pitrRetention } }) =>
  pitrRetention.value === undefined ? undefined : { ...pitrRetention, value: true };

/** @internal */
export const locked: Owed<boolean> = ({ nonProduction }) =>
  nonProduction
    ? undefined
    : {
        value: true,
        because: 'what users depend on is not deleted by accident',
        source: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/back-up-data.html',
      };

/** @internal */
export const versions: Owed<boolean> = () => ({
  value: true,
  because: 'what is overwritten or deleted by mistake can be brought back',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
});

/** @internal */
export const automaticBackups: Owed<boolean> = ({ nonProduction }) =>
  nonProduction
    ? undefined
    : {
        value: true,
        because: 'a file that is deleted by mistake can be brought back',
        source: 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html',
      };

/** @internal */
export const zonalShift: Owed<boolean> = ({ policy }) => policy.zonalShift;

/** @internal */
export const checkSeconds: Owed<number> = ({ policy }) => inSeconds(policy.lbCheckInterval);

/** @internal */
export const checkTimeoutSeconds: Owed<number> = ({ policy }) => inSeconds(policy.lbCheckTimeout);

/** @internal */
export const unhealthyChecks: Owed<number> = ({ policy }) => policy.lbUnhealthyThreshold;

/** @internal */
export const healthyChecks: Owed<number> = ({ policy }) => policy.lbHealthyThreshold;

/** @internal */
export const drainSeconds: Owed<number> = ({ policy }) => inSeconds(policy.deregistrationDelay);

/** @internal */
export const ttlSeconds: Owed<number> = ({ policy }) => inSeconds(policy.dnsTtl);

/** A longer one needs a reason. @internal */
export const mostTtlSeconds: Owed<number> = ({ policy }) => inSeconds(policy.maximumDnsTtl);

/** @internal */
export const checkerSeconds: Owed<number> = ({ policy }) => inSeconds(policy.healthCheckInterval);

/** @internal */
export const units: Owed<number> = ({ policy }) => policy.minimumUnits;

/** @internal */
export const natGateways: Owed<number> = ({ policy }) => policy.natGateways;

/** @internal */
export const rollsBack: Owed<boolean> = () => ({
  value: true,
  because: 'a version that does not start goes back by itself',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
});

/** @internal */
export const allHealthyPercent: Owed<number> = () => ({
  value: 100,
  because: 'a deploy takes nothing away from the load that is carried',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html',
});

/** @internal */
export const rebalanced: Owed<boolean> = () => ({
  value: true,
  because: 'after a zone is back, tasks spread over all zones again',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html',
});

/** @internal */
export const followsTargets: Owed<boolean> = () => ({
  value: true,
  because: 'an instance that does not serve is replaced, not only one that is off',
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html',
});

/** @internal */
export const deadLetters: Owed<boolean> = () => ({
  value: true,
  because: 'a message that fails again and again is set aside for people',
  source: OWN_DECISION,
});

/** @internal */
export const deadLettersSeen: Decided<boolean> = {
  value: true,
  because: 'what is set aside and seen by nobody is lost',
  source:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html',
};

/** In words, for the report. @internal */
export function inWords(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** @internal */
export function secondsInWords(value: unknown): string {
  return typeof value === 'number' ? formatSeconds(value) : inWords(value);
}

function inSeconds(decided: Decided<{ toSeconds(): number }>): Decided<number> {
  return { ...decided, value: decided.value.toSeconds() };
}
