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
  const place = placeOfDatabase(construct, props.homeRegion);
  const mayRestore = copiesWillDo(construct, choices, props, stores.inOneRegion.family);
  refuse(construct.node.path, [
    ...globalMistakes(place, props, stores.global, mayRestore),
    ...countMistakes('instances', props.instances, 0, 16),
    ...retentionMistakes('backupRetention', props.backupRetention),
  ]);
  const membership = membershipOf(construct);
  const approach = membership?.approach;
  const isGlobal = chooseGlobal(choices, place, { approach, mayRestore }, props.global);
  refuse(construct.node.path, isGlobal ? classMistakes(props.instanceClass, stores.global) : []);
  const follows = isGlobal && !place.writes;
  const waits = follows && membership?.place.role === RegionRole.STANDBY;
  const instances = chooseInstances(choices, waits, approach, props.instances);
  refuse(construct.node.path, headlessMistakes(instances, follows));
  holdStore(construct, choices, props, storeOf(stores, { isGlobal, follows, instances }));
  return {
    place,
    isGlobal,
    follows,
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

function chooseGlobal(
  choices: TierChoices,
  { others, foreign }: DatabasePlace,
  { approach, mayRestore }: { readonly approach: RecoveryApproach | undefined; readonly mayRestore: boolean },
  chosen: boolean | undefined,
): boolean {
  const { regionReplication } = choices.policy;
  const restores = approach === RecoveryApproach.BACKUP_AND_RESTORE;
  const value = others.length > 0 && foreign.length === 0 && !restores;
  const owed = {
    value,
    because: reasonFor(value, others.length, restores),
    source: regionReplication.source,
  };
  return choices.on({ what: 'global', owed, limit: { ...owed, value: value && !mayRestore }, chosen });
}

function reasonFor(isGlobal: boolean, others: number, restores: boolean): string {
  if (isGlobal) return 'the other region has the data, seconds behind';
  if (others === 0) return 'there is one region';
  return restores ? 'the other region restores copies of backups' : 'the other region is in another account';
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
  const isPilotLight = approach === RecoveryApproach.PILOT_LIGHT;
  const share = (capacity: number): number =>
    isPilotLight ? 0 : Math.max(1, Math.ceil(minimumUnits.value * capacity));
  const because = isPilotLight ? 'a pilot light: only the data is there' : standbyRegionCapacity.because;
  return choices.atLeast({
    what: 'instances',
    owed: { ...standbyRegionCapacity, because, value: share(standbyRegionCapacity.value) },
    limit: { ...minimumStandbyRegionCapacity, value: share(minimumStandbyRegionCapacity.value) },
    chosen,
  });
}

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
