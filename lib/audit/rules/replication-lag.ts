import { firesWithin, replicatingOf } from '../../assembly/data/replication-lag';
import { any, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { alarmAnswers } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REPLICATION_LAGS, type ReplicationLag } from '../../calculus/replication-metrics';
import { formatSeconds } from '../../calculus/time-span';
import { MONITORING } from '../control-families';
import { owedRecoveryPoint } from '../owed-recovery-point';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const replicationLagIsWatched: Rule = {
  id: 'X-76',
  title: 'Alarms watch how far copies are behind, and fire before they are further behind than the RPO.',
  kind: 'monitoring',
  why: 'What a copy lacks when the region is lost is lost. A lag that nobody sees grows until then.',
  fix: 'add an alarm on the lag, with a threshold within the recovery point objective for the loss of a region',
  severity: MEDIUM,
  appliesTo: Object.keys(REPLICATION_LAGS),
  controls: MONITORING,
  sources: Object.values(REPLICATION_LAGS).map(({ source }) => source),
  check: (resource, { service }) => {
    const lag = REPLICATION_LAGS[resource.type];
    const replicating = replicatingOf(resource);
    if (lag === undefined || typeof replicating === 'string')
      return notApplicable(typeof replicating === 'string' ? replicating : 'nothing shows its lag');
    if (replicating instanceof Unknown) return unknown(undefined, replicating);
    const { seconds, unknown: ofClass } = owedRecoveryPoint(resource, service, 'region');
    const judged = any(...replicating.map((one) => judgeAlarms(one, lag, seconds)));
    return ofClass && judged.outcome === 'fail' ? unknown(undefined, ofClass) : judged;
  },
};

/** Where no recovery point is owed, any alarm will do: somebody sees that the copy grows old. */
function judgeAlarms(
  resource: Resource,
  { metrics }: ReplicationLag,
  rpoSeconds = Number.POSITIVE_INFINITY,
): Judgement {
  const names = metrics.map(({ name }) => name);
  const within = Number.isFinite(rpoSeconds) ? ` that fires at ${formatSeconds(rpoSeconds)} or less` : '';
  return alarmAnswers(resource, {
    metrics: names,
    accepts: (alarm, name) => {
      const metric = metrics.find((one) => one.name === name);
      return metric === undefined ? false : firesWithin(alarm, metric, rpoSeconds);
    },
    needed: `an alarm on ${names.join(' or ')}${within}`,
  });
}
