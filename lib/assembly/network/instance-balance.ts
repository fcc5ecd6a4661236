import type { Graph } from '../graph';
import { fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { ZoneSet } from './zones';

/** The share of the fullest zone that another may lack. */
export interface BalanceLimit {
  readonly mostPercent: number;
}

/** Judges whether instances stand in at least two zones, about as many in each. */
export function judgeBalance(
  instances: readonly Resource[],
  graph: Graph,
  { mostPercent }: BalanceLimit,
): Judgement {
  if (instances.length === 0) return notApplicable('there is no instance');
  const [macro] = graph.unreadable;
  const all = ZoneSet.union(instances.map(({ zones }) => zones));
  const spread = all.atLeast(2);
  if (spread.outcome === 'fail' && macro !== undefined) return unknown(undefined, macro);
  if (spread.outcome === 'fail')
    return {
      ...spread,
      found: `${instances.length} instance${instances.length === 1 ? '' : 's'} in ${spread.found}`,
    };
  const open = instances.find(({ presence }) => presence !== true)?.presence;
  if (open instanceof Unknown) return unknown(undefined, open);
  if (spread.outcome !== 'pass') return spread;
  return macro === undefined ? judgeCounts(instances, all, mostPercent) : unknown(undefined, macro);
}

function judgeCounts(instances: readonly Resource[], all: ZoneSet, mostPercent: number): Judgement {
  const zones = instances.map(({ zones: { names } }) => [...names][0]);
  if (all.least !== all.most || zones.includes(undefined))
    return unknown(
      undefined,
      all.unknowns[0] ?? 'which instance stands in which zone is known only at deploy',
    );
  const counts = [...all.names].map((name) => zones.filter((zone) => zone === name).length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const found = `between ${least} and ${most} instances in a zone`;
  return (most - least) * 100 > mostPercent * most
    ? fail({ found, needed: `no more than ${mostPercent}% fewer in one zone than in another` })
    : pass({ found });
}
