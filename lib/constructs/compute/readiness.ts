import type { IConstruct } from 'constructs';
import type { Decided } from '../../objectives/policy/decided';
import { RecoveryApproach } from '../../objectives/policy/regions';
import { DR_WHITEPAPER } from '../../objectives/policy/sources';
import { RegionRole } from '../../objectives/region-role';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';
import { membershipOf } from '../region/membership';

/** What compute of a region does before a failover. @internal */
export enum Readiness {
  /** It serves, so it carries what is owed. */
  SERVES = 'serves',

  /** It runs and waits. */
  WAITS = 'waits',

  /** It is built and does not run: a failover starts it. */
  OFF = 'off',
}

/** What compute in the region of a construct does before a failover. @internal */
export function readinessOf(construct: IConstruct): Readiness {
  if (roleOf(construct) !== RegionRole.STANDBY) return Readiness.SERVES;
  const approach = membershipOf(construct)?.approach;
  const startsLate =
    approach === RecoveryApproach.PILOT_LIGHT || approach === RecoveryApproach.BACKUP_AND_RESTORE;
  return startsLate ? Readiness.OFF : Readiness.WAITS;
}

function roleOf(construct: IConstruct): RegionRole | undefined {
  return ServiceScope.of(construct)?.role ?? membershipOf(construct)?.place.role;
}

/** Compute of a region before a failover. @internal */
export interface ChosenReadiness {
  readonly readiness: Readiness;

  /** What runs of the peak, as a fraction. */
  readonly standbyCapacity: number;
}

/**
 * What a region runs of the peak before a failover: all of it where it serves or is a hot standby, what the tier decides
 * where it is a warm standby, nothing where compute is started by the failover. More may be asked for.
 *
 * @internal
 */
export function chooseReadiness(
  construct: IConstruct,
  choices: TierChoices,
  chosen: number | undefined,
): ChosenReadiness {
  const readiness = readinessOf(construct);
  if (readiness === Readiness.SERVES) return { readiness, standbyCapacity: 1 };
  const { standbyRegionCapacity, minimumStandbyRegionCapacity } = choices.policy;
  const approach = membershipOf(construct)?.approach;
  const decided = approach && BY_APPROACH[approach];
  const standbyCapacity = choices.atLeast({
    what: 'standbyCapacity',
    owed: decided ?? standbyRegionCapacity,
    limit: decided ?? minimumStandbyRegionCapacity,
    chosen,
  });
  // Who asks for something in a region that is off has it run.
  const runs = readiness === Readiness.WAITS || standbyCapacity > 0;
  return { readiness: runs ? Readiness.WAITS : Readiness.OFF, standbyCapacity };
}

/** A warm standby is as large as the tier says. */
const BY_APPROACH: Readonly<Partial<Record<RecoveryApproach, Decided<number>>>> = {
  [RecoveryApproach.ACTIVE_ACTIVE]: ofPeak(1, 'both regions serve, and each carries the whole peak alone'),
  [RecoveryApproach.HOT_STANDBY]: ofPeak(1, 'a hot standby runs at full size and only has to be switched to'),
  [RecoveryApproach.PILOT_LIGHT]: ofPeak(
    0,
    'a pilot light keeps the data; compute is started by the failover',
  ),
  [RecoveryApproach.BACKUP_AND_RESTORE]: ofPeak(0, 'nothing runs before the data is restored'),
};

function ofPeak(value: number, because: string): Decided<number> {
  return { value, because, source: DR_WHITEPAPER };
}
