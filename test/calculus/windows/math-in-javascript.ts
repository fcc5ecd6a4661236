import { runInThisContext } from 'node:vm';
import type { MathMask } from '../../../lib/calculus/windows/dialects/math-mask';
import { IDS } from './open-at';

/**
 * The functions of metric math that masks use, by what JavaScript knows itself. The first day of the week is Monday.
 *
 * @see https://aws.amazon.com/blogs/mt/enhance-cloudwatch-metrics-with-metric-math-functions/
 */
const FUNCTIONS = {
  EPOCH: (at: number) => at,
  FLOOR: Math.floor,
  MONTH: (at: number) => new Date(at * 1_000).getUTCMonth() + 1,
  DATE: (at: number) => new Date(at * 1_000).getUTCDate(),
  DAY: (at: number) => ((new Date(at * 1_000).getUTCDay() + 6) % 7) + 1,
};

/**
 * Whether a mask is open in the minutes that begin at some moments, as JavaScript works it out: it shares neither the parser nor
 * the evaluator of metric math.
 */
export function openInJavaScript({ clock, open }: MathMask, starts: readonly number[]): readonly number[] {
  const parameters = [...Object.keys(FUNCTIONS), IDS.series, IDS.clock].join(', ');
  const compiled = (text: string) =>
    runInThisContext(
      `(${parameters}) => Number(${text.replaceAll(' AND ', ' && ').replaceAll(' OR ', ' || ')})`,
    ) as (...values: readonly unknown[]) => number;
  const [clockAt, openAt] = [compiled(clock), compiled(open)];
  const functions = Object.values(FUNCTIONS);
  return starts.map((at) => openAt(...functions, at, clockAt(...functions, at, undefined)));
}
