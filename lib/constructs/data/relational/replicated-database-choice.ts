import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StoreFact } from '../../../calculus/stores/store';
import { formatSeconds, Span } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { RegionRole } from '../../../objectives/region-role';
import type { TierChoices } from '../../governance/tier-choices';
import { membershipOf } from '../../region/membership';
import { copiesWillDo, owedForRegion } from '../owed-for-region';
import { DatabaseEngine } from './database-engine';
import type { ReplicatedDatabaseProps } from './replicated-database';
import { BACK_END_MODES, type BackEndMode, DatabaseBackEnd } from './replicated-database-back-end';
import { unkeptBy, unkeptMistakes } from './replicated-database-shortfalls';

/** What the other region is to get. */
interface Wanted {
  readonly mode: ReplicationMode;

  /** The most that may be behind, in seconds. */
  readonly maxLag: number;

  /** Whether somebody asked for it, or the data is owed it. */
  readonly asked: boolean;
}

/**
 * The first store that speaks the dialect, replicates as asked, and keeps what is owed after the loss of an instance, a
 * zone and the region, and after damage to the data. Where none keeps it: with a weakening the last that replicates so, and
 * without other regions too, which then says itself what it cannot keep.
 *
 * @throws ConfigurationError when no store replicates the dialect as asked, or none keeps what is owed
 * @internal
 */
export function chooseBackEnd(
  construct: Construct,
  choices: TierChoices,
  props: ReplicatedDatabaseProps,
): DatabaseBackEnd {
  const path = construct.node.path;
  const { engine = DatabaseEngine.POSTGRESQL } = props;
  const wanted = wantedReplication(construct, choices, props);
  if (wanted.asked) holdLag(construct, choices, props);
  const hasPeers = (membershipOf(construct)?.peers ?? []).some(({ role }) => role !== RegionRole.WITNESS);
  refuse(path, aloneMistakes(wanted, hasPeers));
  const speaking = BACK_END_MODES.filter(({ engines }) => engines.includes(engine));
  const fitting = speaking.filter(({ mode, store }) => reaches(wanted, mode, store));
  const judge = ({ store }: BackEndMode) => unkeptBy(construct, choices, props, store);
  const isKeeping = (each: BackEndMode) => props.weakening !== undefined || judge(each).unkept.length === 0;
  refuse(path, dialectMistakes(engine, wanted, fitting, isKeeping));
  const named = namedOf(props.backEnd, speaking, fitting, wanted);
  refuse(path, backEndMistakes(props.backEnd, engine, wanted, { fitting, named }));
  const keeping = named.find((each) => judge(each).unkept.length === 0);
  // What another store would keep is told by the one that was named.
  if (hasPeers && ![...fitting, ...named].some(isKeeping))
    refuse(path, unkeptMistakes(`${engine} and ${inWords(wanted)}`, fitting.map(judge), props.dataClass));
  const chosen = keeping ?? named.at(-1);
  const { backEnd = DatabaseBackEnd.DSQL, store } = chosen ?? {};
  choices.record({
    what: 'backEnd',
    value: backEnd,
    because: props.backEnd
      ? 'set by hand'
      : `the plainest for ${engine} and ${inWords(wanted)} that keeps what is owed: ${store?.store ?? backEnd}`,
    source: props.backEnd ? 'override' : OWN_DECISION,
  });
  return backEnd;
}

function wantedReplication(
  construct: Construct,
  choices: TierChoices,
  props: ReplicatedDatabaseProps,
): Wanted {
  const { replication } = props;
  if (replication) return { mode: replication.mode, maxLag: replication.lag.toSeconds(), asked: true };
  const owed = owedForRegion(construct, choices, props).rpoSeconds;
  const alone = !membershipOf(construct);
  if (owed === undefined || alone || copiesWillDo(construct, choices, props, 'relational'))
    return { mode: BACKUPS, maxLag: Number.POSITIVE_INFINITY, asked: false };
  return owed === 0
    ? { mode: ReplicationMode.SYNCHRONOUS, maxLag: 0, asked: false }
    : { mode: ReplicationMode.ASYNCHRONOUS, maxLag: owed, asked: false };
}

/** More lag than the data may lose needs a reason. */
function holdLag(construct: Construct, choices: TierChoices, props: ReplicatedDatabaseProps): void {
  const rpo = owedForRegion(construct, choices, props).rpoSeconds;
  const { lag } = props.replication ?? {};
  if (rpo === undefined || !lag) return;
  const because = 'what is behind is lost with the region';
  choices.shortest({
    what: 'replication',
    owed: { value: Span.seconds(rpo), because, source: OWN_DECISION },
    chosen: Duration.seconds(lag.toSeconds()),
  });
}

/** What was asked for is built; what is owed may also be kept by the stronger mode. */
function reaches({ mode: wanted, maxLag, asked }: Wanted, mode: ReplicationMode, store: StoreFact): boolean {
  if (wanted === BACKUPS) return mode === BACKUPS;
  const asStrong = mode === wanted || (!asked && mode === ReplicationMode.SYNCHRONOUS);
  return asStrong && store.region.rpoSeconds <= maxLag;
}

/**
 * What offers the store that somebody named, or all where nobody did. Where copies of backups would do, a store that
 * replicates does more: data that is in it stays in it when less is owed than before.
 */
function namedOf(
  named: DatabaseBackEnd | undefined,
  speaking: readonly BackEndMode[],
  fitting: readonly BackEndMode[],
  { mode }: Wanted,
): readonly BackEndMode[] {
  if (named === undefined) return fitting;
  return (mode === BACKUPS ? speaking : fitting).filter(({ backEnd }) => backEnd === named);
}

function aloneMistakes({ mode, asked }: Wanted, hasPeers: boolean): Mistake[] {
  if (hasPeers || !asked) return [];
  return [
    {
      problem: `replication is ${mode}, but its service has no other region`,
      fix: 'build it in a stack of an ActivePassive, an ActiveActive or a RegionSet, or leave replication out',
    },
  ];
}

/** Says which modes of the dialect keep what is owed, and which dialect has a store that keeps it in this mode. */
function dialectMistakes(
  engine: DatabaseEngine,
  wanted: Wanted,
  fitting: readonly BackEndMode[],
  isKeeping: (each: BackEndMode) => boolean,
): Mistake[] {
  if (fitting.length > 0) return [];
  const keeping = BACK_END_MODES.filter((each) => each.mode !== BACKUPS && isKeeping(each));
  const lags = keeping
    .filter(({ engines }) => engines.includes(engine))
    .map(({ store }) => store.region.rpoSeconds);
  const least = Math.min(...lags);
  const others = keeping.filter(({ mode, store }) => reaches(wanted, mode, store));
  const stores = [...new Set(others.map(({ store, engines }) => `${store.store} (${engines.join(', ')})`))];
  const modes =
    least === 0
      ? 'Replication.synchronous()'
      : `Replication.asynchronous({ maxLag }) of ${formatSeconds(least)} or more`;
  const ways = [...(lags.length > 0 ? [modes] : []), ...stores];
  return [
    {
      problem: `no store for ${engine} reaches another region with ${inWords(wanted)}`,
      fix:
        ways.length > 0
          ? `use ${ways.join(', or ')}`
          : 'declare that less is owed of this data, or give a weakening with reason, expires and approver',
    },
  ];
}

const BACKUPS = ReplicationMode.BACKUP_COPIES;

function backEndMistakes(
  backEnd: DatabaseBackEnd | undefined,
  engine: DatabaseEngine,
  wanted: Wanted,
  { fitting, named }: { readonly fitting: readonly BackEndMode[]; readonly named: readonly BackEndMode[] },
): Mistake[] {
  if (backEnd === undefined || named.length > 0) return [];
  const others = [...new Set(fitting.map((each) => each.backEnd))].join(', ');
  return [
    {
      problem: `backEnd is ${backEnd}, which does not offer ${engine} with ${inWords(wanted)}`,
      fix: `use ${others}: another, empty database, so move the data first; or leave backEnd out where there is none yet`,
    },
  ];
}

function inWords({ mode, maxLag }: Wanted): string {
  if (mode === ReplicationMode.BACKUP_COPIES) return 'copies of backups';
  return mode === ReplicationMode.SYNCHRONOUS
    ? 'synchronous replication'
    : `asynchronous replication of at most ${formatSeconds(maxLag)}`;
}
