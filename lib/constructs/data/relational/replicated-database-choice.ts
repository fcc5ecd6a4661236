import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StoreFact } from '../../../calculus/stores/store';
import { formatSeconds, Span } from '../../../calculus/time-span';
import { DATA_DISRUPTIONS } from '../../../objectives/disruption';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { ReplicationMode } from '../../../objectives/policy/regions';
import { OWN_DECISION } from '../../../objectives/policy/sources';
import { RegionRole } from '../../../objectives/region-role';
import { ServiceScope } from '../../governance/service-scope';
import type { TierChoices } from '../../governance/tier-choices';
import { membershipOf } from '../../region/membership';
import { copiesWillDo, owedForRegion } from '../owed-for-region';
import { DatabaseEngine } from './database-engine';
import type { ReplicatedDatabaseProps } from './replicated-database';
import { BACK_END_MODES, type BackEndMode, DatabaseBackEnd } from './replicated-database-back-end';

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
 * zone and the region, and after damage to the data; the last that replicates so where none keeps it, which then says itself what it cannot keep.
 *
 * @throws ConfigurationError when no store replicates the dialect as asked
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
  refuse(path, dialectMistakes(engine, wanted, fitting));
  const named = namedOf(props.backEnd, speaking, fitting, wanted);
  refuse(path, backEndMistakes(props.backEnd, engine, wanted, { fitting, named }));
  const keeping = named.find(({ store }) => keeps(construct, choices, store, props));
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

/** Whether the store keeps the recovery times and points of what it is there for. */
function keeps(
  construct: Construct,
  choices: TierChoices,
  store: StoreFact,
  props: ReplicatedDatabaseProps,
): boolean {
  const service = ServiceScope.of(construct)?.service;
  const own = service?.dataClasses.find(({ name }) => name === props.dataClass);
  return DATA_DISRUPTIONS.every((disruption) => {
    const { rto, rpo } = choices.policy.recovery[disruption];
    const owed = service
      ? { rto: service.objectives[disruption].rto, rpo: service.rpo(disruption, own) }
      : { rto: rto.value, rpo: rpo.value };
    const { rpoSeconds, rtoSeconds } = store[disruption];
    // Copies of backups answer for the region where replication does not, if they are soon enough.
    if (disruption === 'region' && !Number.isFinite(rpoSeconds))
      return owed.rpo === undefined || copiesWillDo(construct, choices, props, store.family);
    return rtoSeconds <= owed.rto.toSeconds() && rpoSeconds <= (owed.rpo?.toSeconds() ?? rpoSeconds);
  });
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

/** Says which modes the dialect has, and which dialect has the mode. */
function dialectMistakes(engine: DatabaseEngine, wanted: Wanted, fitting: readonly BackEndMode[]): Mistake[] {
  if (fitting.length > 0) return [];
  const ofDialect = BACK_END_MODES.filter(
    ({ engines, mode }) => engines.includes(engine) && mode !== BACKUPS,
  );
  const least = Math.min(...ofDialect.map(({ store }) => store.region.rpoSeconds));
  const others = BACK_END_MODES.filter(({ mode, store }) => reaches(wanted, mode, store));
  const stores = [...new Set(others.map(({ store, engines }) => `${store.store} (${engines.join(', ')})`))];
  const modes =
    least === 0
      ? 'Replication.synchronous()'
      : `Replication.asynchronous({ maxLag }) of ${formatSeconds(least)}`;
  return [
    {
      problem: `no store for ${engine} reaches another region with ${inWords(wanted)}`,
      fix: `use ${modes} or more${stores.length > 0 ? `, or ${stores.join(', or ')}` : ''}`,
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
