import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Budgeting, type Counting, type Counts } from './counting';
import type { DocumentPart } from './document-part';

import { filled } from './metric-queries';
import { sourceOf } from './metric-source';

/** How a bad value compares, by the operator that says which are good; and what lies beside the limit on the good side. */
const BAD: Readonly<Record<string, { readonly op: string; readonly good: number }>> = {
  lte: { op: '>', good: 0 },
  lt: { op: '>=', good: -1 },
  gte: { op: '<', good: 0 },
  gt: { op: '<=', good: 1 },
};

/**
 * A value that must be on one side of a limit: each minute is good or bad. CloudWatch keeps one value a minute, which is what
 * occurs.
 *
 * @internal
 */
export function thresholdIndicator({ sli, objective, sources }: Counting): Counts | undefined {
  const queries = sourceOf(sli.at('spec').at('thresholdMetric'), 'threshold', sources);
  const limit = objective.at('value').number();
  const op = objective.at('op');
  const bad = BAD[String(op.value)];
  if (bad === undefined)
    return op.note(`is ${JSON.stringify(op.value)}`, `write one of ${Object.keys(BAD).join(', ')}`);
  if (!queries || limit === undefined) return undefined;
  const { metrics, expression, onlyIn } = queries;
  const [first] = Object.keys(metrics);
  // Where nothing was measured nothing was bad.
  const value = filled(queries, limit + bad.good);
  return {
    metrics,
    total: `FILL(${expression in metrics ? expression : first} * 0 + 1, 0)`,
    bad: `IF((${value}) ${bad.op} ${limit}, 1, 0)`,
    minutes: true,
    ...(onlyIn !== undefined && { onlyIn }),
  };
}

/**
 * A ratio that somebody works out already, kept as a metric: its samples are what occurs.
 *
 * @internal
 */
export function precomputed(
  { objective, sources }: Counting,
  ratio: DocumentPart,
  method: Budgeting,
): Counts | undefined {
  const type = ratio.at('rawType');
  if (type.value !== 'success' && type.value !== 'failure')
    return type.note(`is ${JSON.stringify(type.value)}`, 'write success or failure');
  const queries = sourceOf(ratio.at('raw'), 'raw', sources);
  if (!queries) return undefined;
  const { metrics, expression, onlyIn } = queries;
  const metric = metrics[expression];
  if (!metric)
    return ratio
      .at('raw')
      .note('is an expression, of which no samples can be counted', 'name one metric that keeps the ratio');
  const place = onlyIn === undefined ? {} : { onlyIn };
  const isGood = type.value === 'success';
  if (method !== Budgeting.TIMESLICES)
    return {
      metrics: {
        samples: metric.with({ statistic: Stats.SAMPLE_COUNT }),
        ratios: metric.with({ statistic: Stats.SUM }),
      },
      total: 'FILL(samples, 0)',
      bad: isGood ? 'FILL(samples, 0) - FILL(ratios, 0)' : 'FILL(ratios, 0)',
      ...place,
    };
  const target = objective.at('timeSliceTarget').number();
  if (target === undefined) return undefined;
  const limit = isGood ? target : Number((1 - target).toPrecision(12));
  return {
    metrics: { ratio: metric.with({ statistic: Stats.AVERAGE }) },
    total: 'FILL(ratio * 0 + 1, 0)',
    bad: `IF(FILL(ratio, ${limit}) ${isGood ? '<' : '>'} ${limit}, 1, 0)`,
    minutes: true,
    ...place,
  };
}
