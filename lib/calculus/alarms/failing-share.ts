import { evaluationInterval, type MetricAlarm, periodOf } from './metric-alarm';
import { type MathExpression, parseMetricMath } from './metric-math-syntax';
import { NotKnown } from './metric-samples';

/**
 * The seconds after which an alarm on a share fires when everything fails from one moment on: its window need not be full of
 * failures, only the threshold's part of it.
 *
 * @returns nothing for an alarm that compares no share, whose data points are then good or bad as a whole
 */
export function secondsUntilShareFires(alarm: MetricAlarm): number | undefined {
  const { comparison, threshold, datapointsToAlarm } = alarm;
  const upward = comparison === 'GreaterThanThreshold' || comparison === 'GreaterThanOrEqualToThreshold';
  if (!upward || !(threshold > 0 && threshold < 1) || !isShare(alarm)) return undefined;
  const period = periodOf(alarm);
  return (datapointsToAlarm - 1) * period + threshold * period + evaluationInterval(alarm);
}

/** Whether what is compared divides by a metric. */
function isShare({ queries, returns }: MetricAlarm): boolean {
  const query = queries.find(({ id }) => id === returns);
  if (query === undefined || !('expression' in query)) return false;
  const expression = parseMetricMath(query.expression);
  return !(expression instanceof NotKnown) && divides(expression);
}

function divides(expression: MathExpression): boolean {
  if (expression.kind === 'operation' && expression.operator === '/' && names(expression.right)) return true;
  return partsOf(expression).some(divides);
}

function names(expression: MathExpression): boolean {
  return expression.kind === 'name' || partsOf(expression).some(names);
}

function partsOf(expression: MathExpression): readonly MathExpression[] {
  switch (expression.kind) {
    case 'operation':
      return [expression.left, expression.right];
    case 'call':
      return expression.inputs;
    case 'list':
      return expression.of;
    case 'negative':
      return [expression.of];
    default:
      return [];
  }
}
