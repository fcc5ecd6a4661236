import { formatSeconds, Span } from '../calculus/time-span';
import { ConfigurationError } from '../errors';
import { FASTEST_RECOVERY, RecoveryApproach, ReplicationMode } from './policy/regions';
import { ReadConsistency, type TopologyNeeds, WriteConflicts } from './topology-needs';
import type { Topology } from './topology-recommended';

type Recommended = Omit<Topology, 'wouldChange'>;

/** One need that could be another, in words. */
interface Change {
  readonly words: string;
  readonly needs: Partial<TopologyNeeds>;
}

/**
 * What would be recommended if one need were another: found by asking again.
 *
 * @param decide the decision that is asked
 * @internal
 */
export function changesOf(
  needs: TopologyNeeds,
  now: Recommended,
  decide: (needs: TopologyNeeds) => Recommended,
): readonly string[] {
  return [...dataChanges(needs), ...timeChanges(needs), ...budgetChanges(needs)].flatMap((change) => {
    const then = whatIf(() => decide({ ...needs, ...change.needs }));
    if (typeof then === 'string') return [`${change.words} could not be kept: ${then}`];
    return isSame(now, then) ? [] : [`${change.words} ${verbOf(now, then)} ${inWords(then)}`];
  });
}

function dataChanges({ stateful, rpo, consistency, writeConflicts }: TopologyNeeds): Change[] {
  if (!stateful)
    return [{ words: 'data of its own with an RPO of 0', needs: { stateful: true, rpo: Span.ZERO } }];
  const changes: Change[] = [{ words: 'a service without data of its own', needs: { stateful: false } }];
  if (rpo?.toSeconds() !== 0) changes.push({ words: 'an RPO of 0', needs: { rpo: Span.ZERO } });
  if ((rpo?.toSeconds() ?? 0) < DAY)
    changes.push({ words: 'an RPO of 1 d', needs: { rpo: Span.seconds(DAY) } });
  if (consistency !== ReadConsistency.STRONG) {
    changes.push({ words: 'strong consistency', needs: { consistency: ReadConsistency.STRONG } });
  } else {
    changes.push({ words: 'eventual consistency', needs: { consistency: ReadConsistency.EVENTUAL } });
  }
  const words = 'write conflicts that can be resolved';
  return writeConflicts === undefined || writeConflicts === WriteConflicts.HARMFUL
    ? [...changes, { words, needs: { writeConflicts: WriteConflicts.RESOLVABLE } }]
    : [
        ...changes,
        { words: 'write conflicts that do harm', needs: { writeConflicts: WriteConflicts.HARMFUL } },
      ];
}

const DAY = 24 * 3600;

/** Each time at which an approach becomes possible. */
function timeChanges({ rto }: TopologyNeeds): Change[] {
  const times = Object.values(FASTEST_RECOVERY).map(({ value }) => Math.max(1, value.toSeconds()));
  return times
    .filter((seconds) => seconds !== rto.toSeconds())
    .sort((one, other) => one - other)
    .map((seconds) => ({
      words: `an RTO of ${formatSeconds(seconds)}`,
      needs: { rto: Span.seconds(seconds) },
    }));
}

function budgetChanges({ fullSecondRegion = true }: TopologyNeeds): Change[] {
  return fullSecondRegion
    ? [{ words: 'no budget for a second region at full size', needs: { fullSecondRegion: false } }]
    : [{ words: 'a second region at full size', needs: { fullSecondRegion: true } }];
}

function whatIf(decide: () => Recommended): Recommended | string {
  try {
    return decide();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problem;
    throw error;
  }
}

function isSame(now: Recommended, then: Recommended): boolean {
  return now.approach === then.approach && now.replication === then.replication;
}

function verbOf(now: Recommended, then: Recommended): string {
  return costOf(then) > costOf(now) ? 'would need' : 'would get by with';
}

function costOf({ approach, replication }: Recommended): number {
  const approaches = Object.values(RecoveryApproach);
  const modes = Object.values(ReplicationMode);
  return -(approaches.indexOf(approach) * modes.length + modes.indexOf(replication));
}

function inWords({ approach, replication }: Recommended): string {
  return replication === ReplicationMode.NONE
    ? `${approach}, without replication`
    : `${approach} with ${replication === ReplicationMode.BACKUP_COPIES ? 'copies of backups' : `${replication} replication`}`;
}
