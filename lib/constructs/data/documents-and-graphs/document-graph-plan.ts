import type { Construct } from 'constructs';
import type { StoreFact } from '../../../calculus/stores/store';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { RecoveryApproach } from '../../../objectives/policy/regions';
import { RegionRole } from '../../../objectives/region-role';
import type { TierChoices } from '../../governance/tier-choices';
import { membershipOf } from '../../region/membership';
import { holdStore } from '../data-choice';
import { type DatabasePlace, placeOfDatabase } from '../database-place';
import { copiesWillDo } from '../owed-for-region';
import { chooseRetentionDays, countMistakes, retentionMistakes } from '../store-choices';
import { formerHomeMistakes } from '../takeover';
import type { ClusteredDatabaseProps } from './document-graph-props';

/** What one engine can keep, by the way it replicates. @internal */
export interface ClusterStores {
  /** In words: `a DocumentDB global cluster`. */
  readonly global: string;

  readonly inOneRegion: StoreFact;
  readonly alone: StoreFact;
  readonly inSeveral: StoreFact;
  readonly headless: StoreFact;
}

/** What was decided for the cluster of this region. @internal */
export interface ClusterPlan {
  readonly place: DatabasePlace;
  readonly isGlobal: boolean;

  /** Whether this region follows another one. */
  readonly follows: boolean;

  /** Whether its template makes the global cluster: that of the region that wrote first. */
  readonly makesGlobal: boolean;

  /** Whether its template joins the global cluster: that of a region that follows, or did. */
  readonly joins: boolean;

  /** Whether its cluster came with the data, the administrator too: it follows, or did before it took over for good. */
  readonly followed: boolean;

  readonly instances: number;
  readonly retentionDays: number;
  readonly isProtected: boolean;
}

/**
 * Decides what the cluster of this region is, and holds it against what its data is owed.
 *
 * @throws ConfigurationError when the data is owed more than the cluster can keep, or the values do not fit together
 * @internal
 */
export function planCluster(
  construct: Construct,
  choices: TierChoices,
  props: ClusteredDatabaseProps,
  stores: ClusterStores,
): ClusterPlan {
  const place = placeOfDatabase(construct, props);
  const mayRestore = copiesWillDo(construct, choices, props, stores.inOneRegion.family);
  refuse(construct.node.path, [
    ...globalMistakes(place, props, stores.global, mayRestore),
    ...(place.others.length > 0 ? formerHomeMistakes(props, place.writer.region) : []),
    ...countMistakes('instances', props.instances, 0, 16),
    ...retentionMistakes('backupRetention', props.backupRetention),
  ]);
  const membership = membershipOf(construct);
  const approach = membership?.approach;
  const isGlobal = chooseGlobal(choices, place, mayRestore, props.global);
  refuse(construct.node.path, isGlobal ? classMistakes(props.instanceClass, stores.global) : []);
  const follows = isGlobal && !place.writes;
  const joins = isGlobal && !place.isFirst;
  const waits = follows && membership?.place.role === RegionRole.STANDBY;
  const instances = chooseInstances(choices, waits, approach, props.instances);
  refuse(construct.node.path, headlessMistakes(instances, follows));
  holdStore(construct, choices, props, storeOf(stores, { isGlobal, follows, instances }));
  return {
    place,
    isGlobal,
    follows,
    makesGlobal: isGlobal && place.isFirst,
    joins,
    followed: joins || (props.promoted === true && place.writes),
    instances,
    retentionDays: chooseRetentionDays(choices, 'backupRetention', props.backupRetention),
    isProtected: choices.locked({ what: 'deletionProtection', chosen: props.deletionProtection }),
  };
}

function globalMistakes(
  { others, foreign }: DatabasePlace,
  { global, weakening }: ClusteredDatabaseProps,
  what: string,
  mayRestore: boolean,
): Mistake[] {
  if (global && others.length === 0) {
    return [
      {
        problem: `global is true, but its service has no other region that ${what} could reach`,
        fix: 'build it in a RegionSet of two regions or more, or leave global out',
      },
    ];
  }
  const owed = !mayRestore && !weakening;
  if (foreign.length === 0 || !(global ?? owed)) return [];
  return [
    {
      problem: `${what} stays within one account, but ${foreign.join(' and ')} is in another`,
      fix: 'put the regions into one account, or give a weakening and leave the other region to copies of backups',
    },
  ];
}

/** Whatever the approach: a cluster that follows and is told to stand alone, or the other way round, would be replaced. */
function chooseGlobal(
  choices: TierChoices,
  { others, foreign }: DatabasePlace,
  mayRestore: boolean,
  chosen: boolean | undefined,
): boolean {
  const { source } = choices.policy.regionReplication;
  const value = others.length > 0 && foreign.length === 0;
  const owed = { value, because: reasonFor(value, others.length), source };
  return choices.on({ what: 'global', owed, limit: { ...owed, value: value && !mayRestore }, chosen });
}

function reasonFor(isGlobal: boolean, others: number): string {
  if (isGlobal) return 'the other region has the data, seconds behind';
  return others === 0 ? 'there is one region' : 'the other region is in another account';
}

/** In a region that waits, what stands ready is the tier's share of what serves. One that serves has all, also where it follows. */
function chooseInstances(
  choices: TierChoices,
  waits: boolean,
  approach: RecoveryApproach | undefined,
  chosen: number | undefined,
): number {
  const { minimumUnits, standbyRegionCapacity, minimumStandbyRegionCapacity } = choices.policy;
  if (!waits) return choices.atLeast({ what: 'instances', owed: minimumUnits, chosen });
  const holdsData = approach !== undefined && DATA_ONLY.includes(approach);
  const share = (capacity: number): number =>
    holdsData ? 0 : Math.max(1, Math.ceil(minimumUnits.value * capacity));
  const because = holdsData ? 'only the data is there' : standbyRegionCapacity.because;
  return choices.atLeast({
    what: 'instances',
    owed: { ...standbyRegionCapacity, because, value: share(standbyRegionCapacity.value) },
    limit: { ...minimumStandbyRegionCapacity, value: share(minimumStandbyRegionCapacity.value) },
    chosen,
  });
}

const DATA_ONLY: readonly RecoveryApproach[] = [
  RecoveryApproach.PILOT_LIGHT,
  RecoveryApproach.BACKUP_AND_RESTORE,
];

/** Burstable instances cannot be replicated to another region. */
function classMistakes(instanceClass: string | undefined, what: string): Mistake[] {
  if (!instanceClass?.startsWith('db.t')) return [];
  return [
    {
      problem: `instanceClass is ${instanceClass}, which ${what} does not take`,
      fix: "use a memory-optimised one, such as 'db.r6g.large', or set global: false",
    },
  ];
}

function headlessMistakes(instances: number, follows: boolean): Mistake[] {
  if (instances > 0 || follows) return [];
  return [
    {
      problem: 'instances is 0 in the region that writes, so nobody could write',
      fix: 'set instances to 1 or more',
    },
  ];
}

function storeOf(
  stores: ClusterStores,
  { isGlobal, follows, instances }: Pick<ClusterPlan, 'isGlobal' | 'follows' | 'instances'>,
): StoreFact {
  if (follows) return instances === 0 ? stores.headless : stores.inSeveral;
  const store = isGlobal ? stores.inSeveral : stores.inOneRegion;
  if (instances > 1) return store;
  if (!isGlobal) return stores.alone;
  const { instance, availabilityZone } = stores.alone;
  return { ...store, store: `${store.store} with one instance in each region`, instance, availabilityZone };
}
