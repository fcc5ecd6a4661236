/** A metric by its name. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;

  /** By name; a metric with other dimensions is another metric. */
  readonly dimensions: Readonly<Record<string, string>>;

  /** Those of the dimensions that deploy fills in, in words among the dimensions. @default - all are known */
  readonly open?: Readonly<Record<string, OpenName>>;
}

/** The value of a dimension that deploy fills in. */
export interface OpenName {
  /** The same for two of them only if deploy puts the same there. */
  readonly id: string;

  /** What it is the name of. */
  readonly words: string;

  /** What it can come to. */
  readonly like: RegExp;

  /** What else of its kind the app has, and what that can be called. */
  readonly others: readonly { readonly words: string; readonly region?: string; readonly like: RegExp }[];
}

/** What CloudWatch kept of a metric at one statistic. */
export interface MetricSamples {
  /** As CloudWatch writes it: `Sum`, `Average`, `SampleCount`, `Minimum`, `Maximum`, `p99`. */
  readonly statistic: string;

  /** Seconds that one point covers. */
  readonly period: number;

  /** The start of each point in seconds since 1970, and its value; sorted. */
  readonly points: readonly (readonly [at: number, value: number])[];

  /** Seconds after the end of its period until a point can be read. @default 0 */
  readonly delay?: number;

  /** What is known: a point that is lacking there is missing; outside nothing is known. @default - all time */
  readonly covers?: readonly Stretch[];
}

/**
 * Why a value cannot be worked out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html of which not all is worked out here
 */
export class NotKnown {
  constructor(readonly reason: string) {}
}

/**
 * That the data does not reach over a stretch of time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html which gives what was asked for only
 */
export class NotCovered extends NotKnown {}

/** A data point: its value, nothing where no sample is there, or why it cannot be worked out. */
export type MetricValue = number | undefined | NotKnown;

/** From, included, to, excluded, in seconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Stretches in order, those that meet as one. */
export function apart(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const { from, until } of [...stretches].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last === undefined || last.until < from) all.push({ from, until });
    else all[all.length - 1] = { from: last.from, until: Math.max(last.until, until) };
  }
  return all;
}

/**
 * The value of a statistic over a stretch of time, as far as it could be read at a moment.
 *
 * Points of a shorter period are joined: sums and counts add up, the least and the greatest stay, an average is weighed
 * by the counts. Percentiles of parts say nothing of the whole, and so do parts that reach over an end.
 *
 * @param readAt the moment at which it is read; points that come late are not there yet
 */
export function statisticOver(
  kept: readonly MetricSamples[],
  statistic: string,
  stretch: Stretch,
  readAt: number,
): MetricValue {
  const seconds = stretch.until - stretch.from;
  const samples = samplesFor(kept, statistic, seconds);
  const read = (each: MetricSamples | undefined) => each && pointsIn(each, stretch, readAt);
  if (samples === undefined) {
    const [sum, count] = ['Sum', 'SampleCount'].map((name) => read(samplesFor(kept, name, seconds)));
    if (statistic !== 'Average' || sum === undefined || count === undefined)
      return new NotKnown(`no ${statistic} is among the data`);
    return divided(sum, count);
  }
  const own = pointsIn(samples, stretch, readAt);
  if (own instanceof NotKnown) return own;
  if (samples.period < seconds && ![...JOINED, 'Average'].includes(statistic))
    return new NotKnown(`${statistic} of shorter periods says nothing of the whole`);
  if (own.count === 0) return undefined;
  if (own.count === 1) return own.samples.points[own.first]?.[1];
  return statistic === 'Average' ? weighed(own, read(countsOf(kept, samples))) : joined(own);
}

const JOINED: readonly string[] = ['Sum', 'SampleCount', 'Minimum', 'Maximum'];

/**
 * The samples that a statistic over some seconds is read from: the finest of those that can be joined to it, as
 * alarms look at periods that slide.
 *
 * @internal
 */
export function samplesFor(
  kept: readonly MetricSamples[],
  statistic: string,
  seconds: number,
): MetricSamples | undefined {
  const named = kept.filter((each) => each.statistic === statistic);
  const finest = named
    .filter((each) => seconds === each.period || (seconds % each.period === 0 && canBeJoined(each, kept)))
    .reduce<MetricSamples | undefined>(
      (best, each) => (best && best.period <= each.period ? best : each),
      undefined,
    );
  return finest ?? named[0];
}

function canBeJoined(samples: MetricSamples, kept: readonly MetricSamples[]): boolean {
  if (samples.statistic === 'Average') return countsOf(kept, samples) !== undefined;
  return JOINED.includes(samples.statistic);
}

function countsOf(kept: readonly MetricSamples[], { period }: MetricSamples): MetricSamples | undefined {
  return kept.find((each) => each.statistic === 'SampleCount' && each.period === period);
}

/** Some points in a row. */
interface Run {
  readonly samples: MetricSamples;
  readonly first: number;
  readonly count: number;
}

function pointsIn(samples: MetricSamples, { from, until }: Stretch, readAt: number): Run | NotKnown {
  const { points, period, delay = 0, covers } = samples;
  if (covers && !covers.some((each) => each.from <= from && until <= each.until))
    return new NotCovered('the data does not reach so far');
  const first = firstAtOrAfter(points, from);
  const end = firstAtOrAfter(points, until);
  const before = points[first - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
  const last = end > first ? (points[end - 1]?.[0] ?? 0) : Number.NEGATIVE_INFINITY;
  if (before + period > from || last + period > until)
    return new NotKnown(`a data point of ${period} s does not fit into a period of ${until - from} s`);
  // What comes late is not there yet.
  const readable = firstAtOrAfter(points, Math.floor(readAt - period - delay) + 1);
  return { samples, first, count: Math.max(0, Math.min(end, readable) - first) };
}

function firstAtOrAfter(points: MetricSamples['points'], at: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(run: Run): MetricValue {
  switch (run.samples.statistic) {
    case 'Sum':
    case 'SampleCount':
      return sumOf(run);
    case 'Minimum':
      return valuesOf(run).reduce((least, value) => Math.min(least, value));
    default:
      return valuesOf(run).reduce((most, value) => Math.max(most, value));
  }
}

function divided(sum: Run | NotKnown, count: Run | NotKnown): MetricValue {
  if (sum instanceof NotKnown) return sum;
  if (count instanceof NotKnown) return count;
  const all = sumOf(count);
  return sum.count === 0 || all === 0 ? undefined : sumOf(sum) / all;
}

function weighed(averages: Run, counts: Run | NotKnown | undefined): MetricValue {
  const lacking = new NotKnown('averages of parts need the SampleCount of each');
  if (counts === undefined || counts instanceof NotKnown) return lacking;
  const countAt = new Map(pointsOf(counts));
  const points = pointsOf(averages);
  if (points.some(([at]) => !countAt.has(at))) return lacking;
  const total = points.reduce((sum, [at]) => sum + (countAt.get(at) ?? 0), 0);
  return total === 0
    ? undefined
    : points.reduce((sum, [at, value]) => sum + value * (countAt.get(at) ?? 0), 0) / total;
}

function pointsOf({ samples, first, count }: Run): MetricSamples['points'] {
  return samples.points.slice(first, first + count);
}

function valuesOf(run: Run): readonly number[] {
  return pointsOf(run).map(([, value]) => value);
}

/** A window that slides by the minute is summed up thousands of times: sums from the start make each a subtraction. */
function sumOf({ samples, first, count }: Run): number {
  const sums = SUMS.get(samples) ?? sumsFromTheStart(samples);
  SUMS.set(samples, sums);
  return (sums[first + count] ?? 0) - (sums[first] ?? 0);
}

const SUMS = new WeakMap<MetricSamples, Float64Array>();

function sumsFromTheStart({ points }: MetricSamples): Float64Array {
  const sums = new Float64Array(points.length + 1);
  for (const [index, [, value]] of points.entries()) sums[index + 1] = (sums[index] ?? 0) + value;
  return sums;
}
