import { firesWithin, replicatingOf } from '../../assembly/data/replication-lag';
import { any, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { alarmAnswers } from '../../assembly/observe/alarms';
import { Unknown } from '../../assembly/value';
import { REPLICATION_LAGS, type ReplicationLag } from '../../calculus/replication-metrics';
import { formatSeconds } from '../../calculus/time-span';
import { MONITORING } from '../control-families';
import type { Rule, RuleContext } from '../rule';
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
  check: (resource, context) => {
    const lag = REPLICATION_LAGS[resource.type];
    const replicating = replicatingOf(resource);
    if (lag === undefined || typeof replicating === 'string')
      return notApplicable(typeof replicating === 'string' ? replicating : 'nothing shows its lag');
    if (replicating instanceof Unknown) return unknown(undefined, replicating);
    return any(...replicating.map((one) => alarmAnswers(one, questionFor(lag, context)))) satisfies Judgement;
  },
};

function questionFor({ metrics }: ReplicationLag, { service }: RuleContext) {
  const rpo = service.recovery.region.rpoSeconds ?? Number.POSITIVE_INFINITY;
  const names = metrics.map(({ name }) => name);
  return {
    metrics: names,
    accepts: (alarm: Parameters<typeof firesWithin>[0], name: string) => {
      const metric = metrics.find((one) => one.name === name);
      return metric === undefined ? false : firesWithin(alarm, metric, rpo);
    },
    needed: `an alarm on ${names.join(' or ')} that fires at ${formatSeconds(rpo)} or less`,
  };
}
