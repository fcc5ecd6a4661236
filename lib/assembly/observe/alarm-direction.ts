import { badWhen } from '../../calculus/mandatory/bad-direction';
import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import { describe, Unknown } from '../value';

/** Compares with both ends of a band. */
const BOTH_WAYS = 'LessThanLowerOrGreaterThanUpperThreshold';

/**
 * Whether an alarm fires where a metric is bad: on more of what is bad when there is much of it, on less of what is bad when there is
 * little. Metric math may turn it around.
 */
export function looksTheBadWay(alarm: Resource, metric: string): Truth {
  const operator = alarm.text('ComparisonOperator');
  if (operator instanceof Unknown) return operator;
  if (operator === undefined) return new Unknown(`${alarm.logicalId} has no ComparisonOperator`);
  if (operator === BOTH_WAYS) return true;
  const wanted = badWhen(metric) === 'less than' ? /^LessThan/ : /^GreaterThan/;
  if (wanted.test(operator)) return true;
  if (alarm.get('MetricName') !== undefined) return false;
  return new Unknown(`${alarm.logicalId} compares what it computes of ${describe(metric)} by ${operator}`);
}
