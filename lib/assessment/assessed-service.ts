import type { Resource } from '../assembly/resource';
import type { CatalogueDataClass, CatalogueDependency, CatalogueServiceLevel } from '../objectives/catalogue';
import type { Disruption } from '../objectives/disruption';
import type { RegionRole } from '../objectives/region-role';
import type { CostOfDowntime } from '../objectives/service';
import type { ThirdParty } from '../objectives/third-party';
import type { Tier } from '../objectives/tier';
import type { RecordedWeakening } from '../objectives/weakening';

/** What is owed after one kind of disruption, in seconds. */
export interface OwedRecovery {
  readonly rtoSeconds: number;

  /** @default - none: a rollback loses no data */
  readonly rpoSeconds?: number;
}

/** A service to assess, with all that is declared of it. Who calls finds out which resources are its own. */
export interface AssessedService {
  /** Its name; that of the app where none is declared. */
  readonly name: string;

  /** The stage that tells it from others of its name. @default - it is the only one, or the one that stands in no stage */
  readonly stage?: string;

  /** The stages of the app that it stands in. @default - none */
  readonly stages?: readonly string[];

  /** Whether somebody declared it; else its tier is assumed. */
  readonly declared: boolean;
  readonly tier: Tier;

  /** The availability that is owed, as a fraction: 0.9999. */
  readonly slo: number;
  readonly recovery: Readonly<Record<Disruption, OwedRecovery>>;
  readonly resources: readonly Resource[];

  /** Other services that it needs, by name. */
  readonly dependsOn: readonly CatalogueDependency[];

  /** Services of others that it needs. */
  readonly thirdParties: readonly ThirdParty[];
  readonly dataClasses: readonly CatalogueDataClass[];

  /** What its alarms watch. @default - nothing */
  readonly serviceLevels?: readonly CatalogueServiceLevel[];

  /** What it has weaker than its tier owes. @default - nothing */
  readonly weakenings?: readonly RecordedWeakening[];

  /** What an outage costs. @default - nobody says */
  readonly costOfDowntime?: Pick<CostOfDowntime, 'perHour' | 'currency'>;

  /** How many units carry the peak, by construct path or logical id, where the configuration says it. @default - it does not */
  readonly peakUnits?: Readonly<Record<string, number>>;

  /** What each region does for it; a region of which nothing is said is left out. */
  readonly roles: ReadonlyMap<string, RegionRole>;

  /** Whether it says that it has no other region than the one with a role. @default - others may be in other apps */
  readonly onlyRegion?: boolean;
}
