import type { CfnPolicyProps } from 'aws-cdk-lib/aws-resiliencehubv2';
import type { TimeSpan } from '../../calculus/time-span';
import { formatSeconds } from '../../calculus/time-span';
import type { Decision } from '../../objectives/decision';
import type { Objectives } from '../../objectives/objectives';
import type { RecoveryObjective } from '../../objectives/objectives-props';
import { RecoveryApproach } from '../../objectives/policy/regions';
import type { Tier } from '../../objectives/tier';
import { tierPolicy } from '../../objectives/tier-policy';

/** What a policy of Resilience Hub is made from. @internal */
export interface HubPolicy {
  readonly tier: Tier;

  /** `undefined` for those of the tier. */
  readonly objectives: Objectives | undefined;

  /** `undefined` in a single region. */
  readonly approach: RecoveryApproach | undefined;

  /** Whether data is kept that must be backed up. */
  readonly hasData: boolean;
}

type Targets = Pick<CfnPolicyProps, 'availabilitySlo' | 'multiAz' | 'multiRegion' | 'dataRecovery'>;

/** The targets of a policy, in the units of Resilience Hub: per cent and whole minutes. @internal */
export function hubTargets({ tier, objectives, approach, hasData }: HubPolicy): Targets {
  const policy = tierPolicy(tier);
  const { availabilityZone, region } = objectives ?? tiersRecovery(tier);
  const slo = objectives?.slo ?? policy.availabilitySlo.value;
  return {
    availabilitySlo: { target: Number((slo * 100).toPrecision(12)) },
    multiAz: { disasterRecoveryApproach: RecoveryApproach.ACTIVE_ACTIVE, ...inMinutes(availabilityZone) },
    ...(approach && { multiRegion: { disasterRecoveryApproach: approach, ...inMinutes(region) } }),
    ...(hasData && {
      dataRecovery: { timeBetweenBackupsInMinutes: minutes(timeBetweenBackups(tier, objectives)) },
    }),
  };
}

/** What was decided, in words, for the catalogue. @internal */
export function hubDecisions(hub: HubPolicy): Decision[] {
  const { multiAz, multiRegion, dataRecovery, availabilitySlo } = hubTargets(hub) as PlainTargets;
  const { availabilitySlo: slo, recovery, snapshotInterval } = tierPolicy(hub.tier);
  const pair = ({ rtoInMinutes, rpoInMinutes }: HubPair) =>
    `RTO ${formatSeconds(rtoInMinutes * 60)}, RPO ${formatSeconds(rpoInMinutes * 60)}`;
  const { because, source } = recovery.availabilityZone.rto;
  return [
    {
      what: 'availabilitySlo',
      value: `${availabilitySlo.target} %`,
      because: slo.because,
      source: slo.source,
    },
    {
      what: 'multiAz',
      value: pair(multiAz),
      because: `${because}; no less than a minute can be met there`,
      source,
    },
    ...(multiRegion
      ? [
          {
            what: 'multiRegion',
            value: `${multiRegion.disasterRecoveryApproach}, ${pair(multiRegion)}`,
            because: `${recovery.region.rto.because}; no less than a minute can be met there`,
            source: recovery.region.rto.source,
          },
        ]
      : []),
    ...(dataRecovery
      ? [
          {
            what: 'timeBetweenBackups',
            value: formatSeconds(dataRecovery.timeBetweenBackupsInMinutes * 60),
            because: `the interval of backups, or the recovery point of repaired data where that is shorter; ${snapshotInterval.because}`,
            source: snapshotInterval.source,
          },
        ]
      : []),
  ];
}

interface HubPair {
  readonly rtoInMinutes: number;
  readonly rpoInMinutes: number;
}

interface PlainTargets {
  readonly availabilitySlo: { readonly target: number };
  readonly multiAz: HubPair;
  readonly multiRegion?: HubPair & { readonly disasterRecoveryApproach: string };
  readonly dataRecovery?: { readonly timeBetweenBackupsInMinutes: number };
}

function tiersRecovery(tier: Tier): Pick<Objectives, 'availabilityZone' | 'region'> {
  const { availabilityZone, region } = tierPolicy(tier).recovery;
  return {
    availabilityZone: { rto: availabilityZone.rto.value, rpo: availabilityZone.rpo.value },
    region: { rto: region.rto.value, rpo: region.rpo.value },
  };
}

function timeBetweenBackups(tier: Tier, objectives: Objectives | undefined): TimeSpan {
  const { snapshotInterval, recovery } = tierPolicy(tier);
  const rpo = objectives?.dataRepair.rpo ?? recovery.dataRepair.rpo.value;
  return rpo.toSeconds() < snapshotInterval.value.toSeconds() ? rpo : snapshotInterval.value;
}

function inMinutes({ rto, rpo }: RecoveryObjective): HubPair {
  return { rtoInMinutes: minutes(rto), rpoInMinutes: minutes(rpo) };
}

/**
 * Whole minutes, no longer than what is owed, but one at least: with 0 the policy is always breached.
 *
 * @see https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_ResiliencyPolicy.html
 */
function minutes(span: TimeSpan): number {
  return Math.max(1, Math.floor(span.toSeconds() / 60));
}
