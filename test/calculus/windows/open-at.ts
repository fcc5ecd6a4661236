import { evaluateMath } from '../../../lib/calculus/alarms/metric-math';
import { type MathExpression, parseMetricMath } from '../../../lib/calculus/alarms/metric-math-syntax';
import { NotKnown } from '../../../lib/calculus/alarms/metric-samples';
import type { MathMask } from '../../../lib/calculus/windows/dialects/math-mask';

/** The ids of the masks that are asked. */
export const IDS = { series: 'orders', clock: 'clock' };

function parsed(text: string): MathExpression {
  const expression = parseMetricMath(text);
  if (expression instanceof NotKnown) throw new Error(expression.reason);
  return expression;
}

/** Whether a mask is open in the minutes that begin at some moments, as the offline evaluator works it out. */
export function openAt({ clock, open }: MathMask, starts: readonly number[]): readonly unknown[] {
  const scope = { length: starts.length, period: 60, starts, metrics: () => [] };
  // The series itself has no data: what is asked are its times.
  const empty = starts.map(() => undefined);
  const clocks = evaluateMath(parsed(clock), { ...scope, named: () => empty });
  const named = (id: string) => (id === IDS.clock ? clocks : empty);
  return evaluateMath(parsed(open), { ...scope, named }) as readonly unknown[];
}
