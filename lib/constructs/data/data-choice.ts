import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { keptByCopies } from '../../calculus/stores/snapshots';
import { type StoreFact, UNHARMED } from '../../calculus/stores/store';
import { formatSeconds } from '../../calculus/time-span';
import { LEFT_OPEN } from '../../errors';
import type { DataClass } from '../../objectives/data-class';
import { DATA_DISRUPTIONS, type DataDisruption, disruptionName } from '../../objectives/disruption';
import { type Mistake, quoted, refuse } from '../../objectives/mistakes';
import { type OwedToData, storeShortfalls } from '../../objectives/store-shortfall';
import { checkWeakening } from '../../objectives/weakening';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices, TieredProps } from '../governance/tier-choices';
import { tagDataClass, tagRebuildable } from '../recovery/data-class-tag';
import { copiesWillDo, tierLeavesToCopies } from './owed-for-region';

/** What every construct takes that keeps data. */
export interface DataProps extends TieredProps {
  /**
   * The class of data that it keeps, by the name that the service gives it. Its recovery points are owed, and its
   * resources are tagged `resilience:data-class`, by which backups find them; `resilience:rebuildable` where the class is
   * that, so that they are not backed up.
   *
   * @default - the recovery points of the service
   */
  readonly dataClass?: string;
}

/**
 * Holds a store against what its data is owed: a recovery point or time that it cannot keep is refused, with the store
 * that would keep it, unless somebody answers for it in `weakening`. What it keeps is recorded as a decision, and its
 * resources have the tag of their class.
 *
 * A region without replication is left to copies of backups where the tier and the objectives owe no more than those. Repair is judged by
 * the store's continuous backups or versions, else by the snapshots that AWS Backup can make of it; nothing is owed where
 * it has none of them, for the reason that its row says.
 *
 * @throws ConfigurationError with every promise that the store cannot keep
 * @internal
 */
export function holdStore(
  construct: Construct,
  choices: TierChoices,
  props: DataProps,
  store: StoreFact,
): void {
  const path = construct.node.path;
  const dataClass = dataClassOf(construct, props.dataClass);
  if (dataClass) tagStore(construct, dataClass);
  const owed = owedTo(construct, choices, props, store);
  const copied = owed.region ? withCopies(choices, store) : store;
  const otherwise = owedTo(construct, choices, props, { ...store, dataRepair: UNHARMED });
  const shortfalls = storeShortfalls(copied, owed, dataClass?.name, otherwise);
  const { weakening } = props;
  if (!weakening) refuse(path, shortfalls);
  else if (shortfalls.length > 0) checkWeakening(weakening, path);
  for (const disruption of DATA_DISRUPTIONS) {
    if (!owed[disruption]) continue;
    const { rpoSeconds, rtoSeconds } = copied[disruption];
    choices.record({
      what: disruption,
      value: `RPO ${formatSeconds(rpoSeconds)}, RTO ${formatSeconds(rtoSeconds)}`,
      because: `${copied.store}: the worst at ${disruptionName(disruption)}`,
      source: store.source,
    });
  }
  for (const { what, found } of weakening ? shortfalls : []) {
    choices.record(
      { what, value: found, because: weakening?.reason ?? '', source: 'override' },
      weakening && { what, ...weakening },
    );
  }
}

function tagStore(construct: Construct, { name, rebuildable }: DataClass): void {
  tagDataClass(construct, name);
  if (rebuildable) tagRebuildable(construct);
}

/** @throws ConfigurationError when the service has no such class */
function dataClassOf(construct: Construct, name: string | undefined): DataClass | undefined {
  if (name === undefined) return undefined;
  const classes = ServiceScope.of(construct)?.service.dataClasses ?? [];
  const found = classes.find((each) => each.name === name);
  if (found) return found;
  const known = classes.map((each) => each.name).join(', ') || 'none';
  refuse(construct.node.path, [Token.isUnresolved(name) ? openClass(known) : unknownClass(name, known)]);
  return undefined;
}

function openClass(known: string): Mistake {
  return { problem: `dataClass is ${LEFT_OPEN}`, fix: `name a class of the service: ${known}` };
}

function unknownClass(name: string, known: string): Mistake {
  return {
    problem: `data class ${quoted(name)} is not one that its service declares (${known})`,
    fix: `add ${quoted(name)} to the dataClasses of the service, or name one of them`,
  };
}

/** Where the tier leaves a lost region to copies of backups, they are what a store without replication is judged by. */
function withCopies(choices: TierChoices, store: StoreFact): StoreFact {
  const kept = keptByCopies(store.family);
  const isLeft = tierLeavesToCopies(choices.policy) && !Number.isFinite(store.region.rpoSeconds);
  if (!kept || !isLeft) return store;
  return { ...store, store: `${store.store} with copies of its backups`, region: kept };
}

function owedTo(construct: Construct, choices: TierChoices, props: DataProps, store: StoreFact): OwedToData {
  const service = ServiceScope.of(construct)?.service;
  const dataClass = dataClassOf(construct, props.dataClass);
  const isOwed = (disruption: DataDisruption): boolean => {
    const kept = Number.isFinite(store[disruption].rpoSeconds);
    if (dataClass?.rebuildable && !kept) return false;
    if (disruption === 'region') return kept || !copiesWillDo(construct, choices, props, store.family);
    return disruption !== 'dataRepair' || kept;
  };
  return Object.fromEntries(
    DATA_DISRUPTIONS.filter(isOwed).map((disruption) => {
      const { rto, rpo } = service?.objectives[disruption] ?? {
        rto: choices.policy.recovery[disruption].rto.value,
        rpo: choices.policy.recovery[disruption].rpo.value,
      };
      const point = service ? service.rpo(disruption, dataClass) : rpo;
      return [disruption, { rtoSeconds: rto.toSeconds(), ...(point && { rpoSeconds: point.toSeconds() }) }];
    }),
  );
}
