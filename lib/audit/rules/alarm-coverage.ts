import { fail, type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import { type MetricCoverage, metricCoverage } from '../../assembly/observe/metric-coverage';
import type { WeakAlarm } from '../../assembly/observe/weak-alarm';
import { Unknown } from '../../assembly/value';
import { MANDATORY_METRICS } from '../../calculus/mandatory-metrics';
import { Tier } from '../../objectives/tier';
import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const mandatoryMetricsAreWatched: Rule = {
  id: 'X-70',
  title: 'Alarms that act watch the mandatory metrics of what tiers 0 and 1 run on.',
  kind: 'monitoring',
  why: 'What no alarm watches is noticed by the users first.',
  fix: 'add alarms with an action on the metrics named',
  severity: MEDIUM,
  appliesTo: Object.keys(MANDATORY_METRICS),
  controls: MONITORING,
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html',
  ],
  check: (resource, { service }) => {
    if (service.tier > Tier.BUSINESS_CRITICAL)
      return notApplicable(`tier ${service.tier} owes no alarm for each`);
    const coverage = metricCoverage(resource);
    if (coverage instanceof Unknown) return unknown(undefined, coverage);
    return typeof coverage === 'string' ? notApplicable(coverage) : judgeCoverage(coverage);
  },
};

function judgeCoverage(coverage: readonly MetricCoverage[]): Judgement {
  const failed = coverage.filter(({ judgement }) => judgement.outcome === 'fail');
  if (failed.length > 0) return failing(failed);
  const open = coverage.find(({ judgement }) => judgement.outcome === 'unknown');
  return (open ?? coverage[0])?.judgement ?? notApplicable('nothing is mandatory');
}

function failing(failed: readonly MetricCoverage[]): Judgement {
  const weak = failed.flatMap((each) => each.weak ?? []);
  const missing = failed.filter((each) => !each.weak).map(({ metric }) => metric.anyOf.join(' or '));
  const found = weak.map((each) => each.found);
  const needed = weak.map((each) => each.needed);
  if (missing.length === 0)
    return fail({ found: found.join('; '), needed: needed.join(', and '), fix: fixes(weak) });
  const none = `no alarm with an action on ${missing.join(', nor on ')}`;
  return fail({
    found: [none, ...found].join('; '),
    needed: [failed.length === 1 ? 'one' : 'one on each', ...needed].join(', and '),
    ...(weak.length > 0 && { fix: `add alarms with an action on ${missing.join(' and ')}; ${fixes(weak)}` }),
  });
}

function fixes(weak: readonly WeakAlarm[]): string {
  return weak.map(({ fix }) => fix).join('; ');
}
