import type { Construct } from 'constructs';
import type { Decided } from '../../objectives/policy/decided';
import type { TierChoices, TieredProps } from '../governance/tier-choices';
import { failureAlarm } from '../traffic/failure-alarm';
import type { HealthCheckedLoadBalancer } from '../traffic/health-checked-load-balancer';
import { type PracticeRuns, ZonalAutoshift } from '../traffic/zonal-autoshift';
import { Readiness } from './readiness';
import type { UnitRange } from './unit-load';

/** Whether AWS leaves a broken zone by itself. */
export interface AutoshiftProps {
  /**
   * Whether AWS shifts traffic away from a zone that it finds broken, and tries so each week.
   *
   * @default - true at tier 0, false below
   */
  readonly zonalAutoshift?: boolean;

  /**
   * What tells how a weekly practice run went, and when none starts. Counts where `zonalAutoshift` is on.
   *
   * @default - a run is ended when more than 5 % of the requests fail for three minutes; runs start at any time
   */
  readonly practiceRuns?: PracticeRuns;
}

/** Who asks for it, and what runs. @internal */
export interface ShiftedUnits extends AutoshiftProps, TieredProps {
  readonly units: Pick<UnitRange, 'min' | 'carries' | 'readiness'>;
}

/**
 * Has AWS leave a broken zone where the tier owes it or somebody asks for it.
 *
 * @throws ConfigurationError where what is left in the other zones does not carry the peak
 * @internal
 */
export function shiftZones(
  construct: Construct,
  loadBalancer: HealthCheckedLoadBalancer,
  choices: TierChoices,
  { units, zonalAutoshift, practiceRuns, tier, weakening }: ShiftedUnits,
): ZonalAutoshift | undefined {
  const { min, carries, readiness } = units;
  const owed = owedAutoshift(choices, loadBalancer, readiness);
  if (!choices.on({ what: 'zonalAutoshift', owed, chosen: zonalAutoshift })) return undefined;
  return new ZonalAutoshift(construct, 'Autoshift', {
    loadBalancer,
    minimumUnits: min,
    // What is off carries nothing, so its zones cannot do without one.
    peakUnits: readiness === Readiness.OFF ? 1 : carries,
    ...(practiceRuns ?? {
      outcomeAlarms: [failureAlarm(construct, loadBalancer.loadBalancer, choices.tier)],
    }),
    ...(tier !== undefined && { tier }),
    ...(weakening && { weakening }),
  });
}

function owedAutoshift(
  { policy }: TierChoices,
  { network, zonalShift }: HealthCheckedLoadBalancer,
  readiness: Readiness,
): Decided<boolean> {
  const { source } = policy.zonalAutoshift;
  const no = (because: string) => ({ value: false, because, source });
  if (readiness === Readiness.OFF) return no('nothing runs here before a failover');
  if (!zonalShift) return no('the load balancer lets no zone be shifted away');
  if (network.availabilityZones.length < 2) return no('there is no other zone to shift to');
  return policy.zonalAutoshift;
}
