import { downtimePerYearSeconds } from '../calculus/error-budget';
import { formatSeconds } from '../calculus/time-span';
import { ConfigurationError } from '../errors';
import { type Mistake, refuse } from './mistakes';
import { FASTEST_RECOVERY, RecoveryApproach, ReplicationMode } from './policy/regions';
import { changesOf } from './topology-changes';
import { topologyMistakes } from './topology-mistakes';
import type { TopologyNeeds } from './topology-needs';
import type { Topology, TopologyReason } from './topology-recommended';
import { chooseReplication, type ReplicationChoice } from './topology-replication';
import { routingOf } from './topology-routing';

/** Where all regions serve, none has to come back: fast enough for any time. */
const FASTEST = RecoveryApproach.ACTIVE_ACTIVE;

/** The approaches that have to come back, the cheapest first. */
const APPROACHES: readonly RecoveryApproach[] = [
  RecoveryApproach.BACKUP_AND_RESTORE,
  RecoveryApproach.PILOT_LIGHT,
  RecoveryApproach.WARM_STANDBY,
  RecoveryApproach.HOT_STANDBY,
];

/**
 * The cheapest topology that keeps what a service needs, by a small table of decisions; a place to start from, which
 * people should argue with. What it recommends passes `checkDesign`.
 *
 * @throws ConfigurationError when no topology keeps what is needed
 */
export function recommendTopology(needs: TopologyNeeds): Topology {
  const recommended = decideTopology(needs);
  return { ...recommended, wouldChange: changesOf(needs, recommended, decideTopology) };
}

/** The recommendation without what would change it. */
function decideTopology(needs: TopologyNeeds): Omit<Topology, 'wouldChange'> {
  refuse(PATH, topologyMistakes(needs));
  const mistakes: Mistake[] = [];
  for (const approach of APPROACHES.filter((each) => isFastEnough(each, needs))) {
    const data = replicationOf(approach, needs);
    if ('mode' in data) return topologyOf(approach, data, needs);
    // That backups lose more than replication says nothing where replication loses too much as well.
    if (approach !== RecoveryApproach.BACKUP_AND_RESTORE) mistakes.push(data);
  }
  const data = replicationOf(FASTEST, needs);
  if ('mode' in data) return topologyOf(FASTEST, data, needs);
  // The cheapest approach is the one to argue about: those above it ask for more.
  const [mistake = data] = mistakes;
  throw new ConfigurationError({ path: PATH, ...mistake });
}

function replicationOf(approach: RecoveryApproach, needs: TopologyNeeds): ReplicationChoice | Mistake {
  return isAffordable(approach, needs) ? chooseReplication(approach, needs) : tooDear(needs);
}

const PATH = 'topology';

function topologyOf(
  approach: RecoveryApproach,
  { mode, lag, stores, reasons }: ReplicationChoice,
  needs: TopologyNeeds,
): Omit<Topology, 'wouldChange'> {
  const { routing, reason } = routingOf(approach, needs);
  const isReplicated = mode !== ReplicationMode.NONE;
  return {
    approach,
    replication: mode,
    routing,
    stores,
    design: { approach, ...(isReplicated && { regionReplication: { mode, ...(lag && { lag }) } }) },
    reasons: [approachReason(approach, needs), ...reasons, reason],
  };
}

function isFastEnough(approach: RecoveryApproach, needs: TopologyNeeds): boolean {
  return FASTEST_RECOVERY[approach].value.toSeconds() <= longestOutage(needs);
}

/** One recovery must keep the recovery time and fit the year. */
function longestOutage({ rto, slo }: TopologyNeeds): number {
  const year = slo === undefined ? Number.POSITIVE_INFINITY : downtimePerYearSeconds(slo);
  return Math.min(rto.toSeconds(), year);
}

function isAffordable(approach: RecoveryApproach, { fullSecondRegion = true }: TopologyNeeds): boolean {
  return fullSecondRegion || !FULL_SIZE.includes(approach);
}

/** The approaches that pay for a second region at full size all the time. */
const FULL_SIZE: readonly RecoveryApproach[] = [RecoveryApproach.HOT_STANDBY, FASTEST];

function tooDear(needs: TopologyNeeds): Mistake {
  const least = FASTEST_RECOVERY[RecoveryApproach.WARM_STANDBY].value;
  return {
    problem: `to be back within ${formatSeconds(longestOutage(needs))}, a second region must run at full size, for which there is no budget`,
    fix: `allow ${formatSeconds(least.toSeconds())} or more, or set fullSecondRegion`,
  };
}

function approachReason(approach: RecoveryApproach, needs: TopologyNeeds): TopologyReason {
  const { value, because, source } = FASTEST_RECOVERY[approach];
  const fits = `${approach} takes ${formatSeconds(value.toSeconds())} at least (${because}), and ${formatSeconds(longestOutage(needs))} are allowed`;
  const all = [...APPROACHES, FASTEST];
  const cheaper = all[all.indexOf(approach) - 1];
  const others = cheaper
    ? `; ${cheaper} is cheaper and would not keep what is needed`
    : '; nothing is cheaper';
  return { because: fits + others, source };
}
