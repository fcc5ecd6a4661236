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

/** The targets of a policy, in the units of Resilience Hub: per cent and whole minutes. @internal */
export function hubTargets({ tier, objectives, approach, hasData }: HubPolicy): HubTargets {
  const policy = tierPolicy(tier);
  const { availabilityZone, region } = objectives ?? tiersRecovery(tier);
  const slo = objectives?.slo ?? policy.availabilitySlo.value;
  return {
    AvailabilitySlo: { Target: Number((slo * 100).toPrecision(12)) },
    MultiAz: { DisasterRecoveryApproach: RecoveryApproach.ACTIVE_ACTIVE, ...inMinutes(availabilityZone) },
    ...(approach && { MultiRegion: { DisasterRecoveryApproach: approach, ...inMinutes(region) } }),
    ...(hasData && {
      DataRecovery: { TimeBetweenBackupsInMinutes: minutes(timeBetweenBackups(tier, objectives)) },
    }),
  };
}

/** What was decided, in words, for the catalogue. @internal */
export function hubDecisions(hub: HubPolicy): Decision[] {
  const { MultiAz, MultiRegion, DataRecovery, AvailabilitySlo } = hubTargets(hub);
  const { availabilitySlo: slo, recovery, snapshotInterval } = tierPolicy(hub.tier);
  const pair = ({ RtoInMinutes, RpoInMinutes }: HubPair) =>
    `RTO ${formatSeconds(RtoInMinutes * 60)}, RPO ${formatSeconds(RpoInMinutes * 60)}`;
  const { because, source } = recovery.availabilityZone.rto;
  return [
    {
      what: 'availabilitySlo',
      value: `${AvailabilitySlo.Target} %`,
      because: slo.because,
      source: slo.source,
    },
    {
      what: 'multiAz',
      value: pair(MultiAz),
      because: `${because}; no less than a minute can be met there`,
      source,
    },
    ...(MultiRegion
      ? [
          {
            what: 'multiRegion',
            value: `${MultiRegion.DisasterRecoveryApproach}, ${pair(MultiRegion)}`,
            because: `${recovery.region.rto.because}; no less than a minute can be met there`,
            source: recovery.region.rto.source,
          },
        ]
      : []),
    ...(DataRecovery
      ? [
          {
            what: 'timeBetweenBackups',
            value: formatSeconds(DataRecovery.TimeBetweenBackupsInMinutes * 60),
            because: `the interval of backups, or the recovery point of repaired data where that is shorter; ${snapshotInterval.because}`,
            source: snapshotInterval.source,
          },
        ]
      : []),
  ];
}

interface HubPair {
  readonly RtoInMinutes: number;
  readonly RpoInMinutes: number;
}

/** As CloudFormation writes them. */
interface HubTargets {
  readonly AvailabilitySlo: { readonly Target: number };
  readonly MultiAz: HubPair & { readonly DisasterRecoveryApproach: string };
  readonly MultiRegion?: HubPair & { readonly DisasterRecoveryApproach: string };
  readonly DataRecovery?: { readonly TimeBetweenBackupsInMinutes: number };
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
  return { RtoInMinutes: minutes(rto), RpoInMinutes: minutes(rpo) };
}

/**
 * Whole minutes, no longer than what is owed, but one at least: with 0 the policy is always breached.
 *
 * @see https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_ResiliencyPolicy.html
 */
function minutes(span: TimeSpan): number {
  return Math.max(1, Math.floor(span.toSeconds() / 60));
}
