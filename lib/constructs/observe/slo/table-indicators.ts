import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type ITable, Operation } from 'aws-cdk-lib/aws-dynamodb';
import { refuse } from '../../../objectives/mistakes';
import { type Indicator, IndicatorKind } from './indicator';

/** Each has two metrics, and an alarm takes nine. */
const MOST_OPERATIONS = 4;

const USUAL = [Operation.GET_ITEM, Operation.PUT_ITEM, Operation.QUERY, Operation.UPDATE_ITEM];

/**
 * Requests to a DynamoDB table that DynamoDB does not fail (HTTP 500). What it throttles is not counted: that is for capacity.
 *
 * @param operations four at most. @default - GetItem, PutItem, Query and UpdateItem
 * @throws ConfigurationError for none or more than four
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableAvailability(table: ITable, operations: readonly Operation[] = USUAL): Indicator {
  if (operations.length === 0 || operations.length > MOST_OPERATIONS)
    refuse(table.node.path, [
      {
        problem: `${operations.length} operations are watched, and an alarm takes 1 to ${MOST_OPERATIONS}`,
        fix: 'name those that users wait for',
      },
    ]);
  const metricOf = (metricName: string, statistic: string, operation: Operation): Metric =>
    table.metric(metricName, {
      statistic,
      dimensionsMap: { TableName: table.tableName, Operation: operation },
    });
  const metrics = operations.flatMap((operation, index): [string, Metric][] => [
    [`failed${index}`, metricOf('SystemErrors', Stats.SUM, operation)],
    [`done${index}`, metricOf('SuccessfulRequestLatency', Stats.SAMPLE_COUNT, operation)],
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
