import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type ITable, Operation } from 'aws-cdk-lib/aws-dynamodb';
import type { Duration } from 'aws-cdk-lib/core';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import { type Indicator, IndicatorKind } from './indicator';
import { checkMetricsHere } from './metrics-here';

/** Each has two metrics, and an alarm takes nine. */
const MOST_OPERATIONS = 4;

const LATENCY = 'SuccessfulRequestLatency';
const USUAL = [Operation.GET_ITEM, Operation.PUT_ITEM, Operation.QUERY, Operation.UPDATE_ITEM];

/**
 * Requests to a DynamoDB table that DynamoDB does not fail (HTTP 500). What it throttles is not counted: that is for capacity.
 *
 * @param operations four at most. @default - GetItem, PutItem, Query and UpdateItem
 * @throws ConfigurationError for none or more than four
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableAvailability(table: ITable, operations: readonly Operation[] = USUAL): Indicator {
  refuse(table.node.path, operationMistakes(operations));
  checkMetricsHere(table, table.tableArn);
  const metrics = operations.flatMap((operation, index): [string, Metric][] => [
    [`failed${index}`, metricOf(table, 'SystemErrors', Stats.SUM, operation)],
    [`done${index}`, metricOf(table, LATENCY, Stats.SAMPLE_COUNT, operation)],
  ]);
  const sum = (...names: string[]) =>
    operations.flatMap((_, index) => names.map((name) => `FILL(${name}${index}, 0)`)).join(' + ');
  return {
    kind: IndicatorKind.AVAILABILITY,
    good: `${operations.join(', ')} requests that DynamoDB does not fail`,
    metrics: Object.fromEntries(metrics),
    total: sum('done', 'failed'),
    bad: sum('failed'),
  };
}

/**
 * Requests to a DynamoDB table that it answers within a time, of those that succeed. The way over the network and tries of the SDK are
 * not in it.
 *
 * @param operations four at most. @default - GetItem, PutItem, Query and UpdateItem
 * @throws ConfigurationError for none or more than four
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TroubleshootingLatency.html
 */
export function tableLatency(
  table: ITable,
  within: Duration,
  operations: readonly Operation[] = USUAL,
): Indicator {
  refuse(table.node.path, operationMistakes(operations));
  checkMetricsHere(table, table.tableArn);
  const milliseconds = within.toMilliseconds();
  const rank = Stats.percentileRank(0, milliseconds);
  const metrics = operations.flatMap((operation, index): [string, Metric][] => [
    [`done${index}`, metricOf(table, LATENCY, Stats.SAMPLE_COUNT, operation)],
    [`share${index}`, metricOf(table, LATENCY, rank, operation)],
  ]);
  const each = (count: (index: number) => string) => operations.map((_, index) => count(index)).join(' + ');
  return {
    kind: IndicatorKind.LATENCY,
    good: `${operations.join(', ')} requests that DynamoDB answers within ${milliseconds / 1_000} s`,
    metrics: Object.fromEntries(metrics),
    total: each((index) => `FILL(done${index}, 0)`),
    bad: each((index) => `FILL(done${index}, 0) * (100 - FILL(share${index}, 100)) / 100`),
  };
}

function operationMistakes({ length }: readonly Operation[]): readonly Mistake[] {
  if (length > 0 && length <= MOST_OPERATIONS) return [];
  return [
    {
      problem: `${length} operations are watched, and an alarm takes 1 to ${MOST_OPERATIONS}`,
      fix: 'name those that users wait for',
    },
  ];
}

function metricOf(table: ITable, metricName: string, statistic: string, operation: Operation): Metric {
  return table.metric(metricName, {
    statistic,
    dimensionsMap: { TableName: table.tableName, Operation: operation },
  });
}
