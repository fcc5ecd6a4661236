import type { MathExpression } from './metric-math-syntax';
import { type MetricValue, NotKnown } from './metric-samples';

/** One value for each period, the oldest first. */
export type MathSeries = readonly MetricValue[];

/** What an expression comes to: one number for all periods, a series, several of them, or a text. */
export type MathValue = number | string | MathSeries | readonly MathSeries[] | NotKnown;

/** What an expression is worked out with. */
export interface MathScope {
  /** The value of another query by its id. */
  readonly named: (id: string) => MathValue;

  /** Every series that is a metric, for METRICS(). */
  readonly metrics: () => readonly MathSeries[] | NotKnown;

  /** How many periods a series has. */
  readonly length: number;

  /** Seconds of one period. */
  readonly period: number;

  /** When each period begins, in seconds since 1970. @default - not known: HOUR() and its like are not understood */
  readonly starts?: readonly number[];
}

/**
 * Works out an expression of metric math, as far as it is understood.
 *
 * Where an operand has no data in a period, so has the result; a division by zero gives no data.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMath(expression: MathExpression, scope: MathScope): MathValue {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value;
    case 'name':
      // Ids of queries begin with a small letter: what does not is a word such as REPEAT.
      return /^[A-Z]/.test(expression.name) ? expression.name : scope.named(expression.name);
    case 'negative':
      return eachOf(evaluateMath(expression.of, scope), (value) => -value);
    case 'list':
      return listOf(expression.of.map((part) => evaluateMath(part, scope)));
    case 'operation': {
      const operation = OPERATIONS[expression.operator];
      if (operation === undefined)
        return new NotKnown(`the operator ${expression.operator} is not understood`);
      const { left, right } = expression;
      return pairwise(evaluateMath(left, scope), evaluateMath(right, scope), operation);
    }
    case 'call':
      return call(expression, scope);
  }
}

type Operation = (left: number, right: number) => number | undefined;

const truth = (holds: boolean) => (holds ? 1 : 0);

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '<': (left, right) => truth(left < right),
  '<=': (left, right) => truth(left <= right),
  '>': (left, right) => truth(left > right),
  '>=': (left, right) => truth(left >= right),
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  AND: (left, right) => truth(left !== 0 && right !== 0),
  OR: (left, right) => truth(left !== 0 || right !== 0),
};

const OF_ONE: Readonly<Record<string, (value: number) => number | undefined>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: (value) => (value > 0 ? Math.log(value) : undefined),
  LOG10: (value) => (value > 0 ? Math.log10(value) : undefined),
};

const OF_MANY: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => values.reduce((least, value) => Math.min(least, value)),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value)),
};

/** What a moment is in UTC; Monday is the first day of the week. */
const OF_TIME: Readonly<Record<string, (at: Date) => number>> = {
  EPOCH: (at) => at.getTime() / 1_000,
  MINUTE: (at) => at.getUTCMinutes(),
  HOUR: (at) => at.getUTCHours(),
  DAY: (at) => at.getUTCDay() || 7,
  DATE: (at) => at.getUTCDate(),
  MONTH: (at) => at.getUTCMonth() + 1,
  YEAR: (at) => at.getUTCFullYear(),
};

function call({ name, inputs }: Extract<MathExpression, { kind: 'call' }>, scope: MathScope): MathValue {
  if (name === 'PERIOD') return scope.period;
  if (name === 'METRICS')
    return inputs.length === 0 ? scope.metrics() : new NotKnown('METRICS with a filter');
  const values = inputs.map((input) => evaluateMath(input, scope));
  const [first = new NotKnown(`${name} of nothing`)] = values;
  const one = OF_ONE[name];
  const many = OF_MANY[name];
  return (
    values.find((value) => value instanceof NotKnown) ??
    (one && eachOf(first, one)) ??
    (many && reduced(first, many, scope)) ??
    ofTime(name, first, scope) ??
    ofSeveral(name, values, scope) ??
    new NotKnown(`the function ${name} is not understood`)
  );
}

/** HOUR(a) and its like look at the periods of a series only, and have a value where it has none. */
function ofTime(name: string, value: MathValue, { starts }: MathScope): MathValue | undefined {
  const read = OF_TIME[name];
  if (read === undefined || !isSeries(value)) return undefined;
  if (starts === undefined) return new NotKnown(`it is not known of which time ${name} is asked`);
  return starts.map((start) => read(new Date(start * 1_000)));
}

function ofSeveral(
  name: string,
  [first, second, third]: readonly MathValue[],
  scope: MathScope,
): MathValue | undefined {
  if (first === undefined) return undefined;
  if (name === 'TIME_SERIES' && typeof first === 'number') return constant(first, scope.length);
  if (second === undefined) return undefined;
  if (name === 'IF') return chosen(first, second, third, scope);
  return name === 'FILL' ? filled(first, second) : undefined;
}

/** SUM([a, b]) is a series over its parts; SUM(a) is one number over its time. */
function reduced(
  value: MathValue,
  reduce: (values: readonly number[]) => number,
  scope: MathScope,
): MathValue {
  if (isSeries(value)) return overTime(value, reduce);
  if (!isSeriesList(value)) return value;
  return Array.from({ length: scope.length }, (_, index) => {
    const column = value.map((series) => series[index]);
    const open = column.find((each) => each instanceof NotKnown);
    if (open) return open;
    const known = column.filter((each) => typeof each === 'number');
    return known.length === 0 ? undefined : reduce(known);
  });
}

function overTime(series: MathSeries, reduce: (values: readonly number[]) => number): MathValue {
  const open = series.find((value) => value instanceof NotKnown);
  if (open instanceof NotKnown) return open;
  const known = series.filter((value) => typeof value === 'number');
  return known.length === 0 ? new NotKnown('nothing is there to sum up') : reduce(known);
}

/** IF(condition, yes, no) period by period; without `no`, nothing where the condition does not hold. */
function chosen(
  condition: MathValue,
  yes: MathValue,
  no: MathValue | undefined,
  scope: MathScope,
): MathValue {
  const [when, then, otherwise] = [condition, yes, no ?? []].map((value) => seriesOf(value, scope.length));
  if (when === undefined || then === undefined || otherwise === undefined)
    return new NotKnown('IF of several series is not understood');
  return when.map((value, index) => {
    if (value === undefined || value instanceof NotKnown) return value;
    return value === 0 ? otherwise[index] : then[index];
  });
}

function filled(value: MathValue, by: MathValue): MathValue {
  if (isSeriesList(value)) return listOf(value.map((series) => filled(series, by)));
  if (!isSeries(value)) return value;
  if (typeof by === 'number') return value.map((each) => each ?? by);
  if (by !== 'REPEAT') return new NotKnown(`FILL with ${JSON.stringify(by)} is not understood`);
  let last: MetricValue;
  return value.map((each) => {
    last = each ?? last;
    return last;
  });
}

function eachOf(value: MathValue, map: (value: number) => number | undefined): MathValue {
  if (typeof value === 'number') return map(value) ?? new NotKnown('a number without a result');
  if (isSeriesList(value)) return listOf(value.map((series) => eachOf(series, map)));
  if (!isSeries(value)) return value;
  return value.map((each) => (typeof each === 'number' ? map(each) : each));
}

function pairwise(left: MathValue, right: MathValue, operation: Operation): MathValue {
  if (left instanceof NotKnown) return left;
  if (right instanceof NotKnown) return right;
  if (typeof left === 'number' && typeof right === 'number')
    return operation(left, right) ?? new NotKnown('a division by zero');
  if (isSeriesList(left)) return listOf(left.map((series) => pairwise(series, right, operation)));
  if (isSeriesList(right)) return listOf(right.map((series) => pairwise(left, series, operation)));
  const length = isSeries(left) ? left.length : isSeries(right) ? right.length : 0;
  const [ones, others] = [seriesOf(left, length), seriesOf(right, length)];
  if (ones === undefined || others === undefined) return new NotKnown('a text is no number');
  return ones.map((one, index) => {
    const other = others[index];
    if (one instanceof NotKnown || one === undefined) return one;
    return other instanceof NotKnown || other === undefined ? other : operation(one, other);
  });
}

function seriesOf(value: MathValue, length: number): MathSeries | undefined {
  if (typeof value === 'number') return constant(value, length);
  return isSeries(value) ? value : undefined;
}

function constant(value: number, length: number): MathSeries {
  return Array.from({ length }, () => value);
}

function listOf(values: readonly MathValue[]): MathValue {
  const open = values.find((value) => value instanceof NotKnown);
  if (open instanceof NotKnown) return open;
  const series = values.filter(isSeries);
  return series.length === values.length ? series : new NotKnown('a list holds more than series');
}

function isSeries(value: MathValue): value is MathSeries {
  return Array.isArray(value) && !Array.isArray(value[0]);
}

function isSeriesList(value: MathValue): value is readonly MathSeries[] {
  return Array.isArray(value) && Array.isArray(value[0]);
}
