/** A metric by its name. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;

  /** By name; a metric with other dimensions is another metric. */
  readonly dimensions: Readonly<Record<string, string>>;
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
}

/** Why a value cannot be worked out. */
export class NotKnown {
  constructor(readonly reason: string) {}
}

/** A data point: its value, nothing where no sample is there, or why it cannot be worked out. */
export type MetricValue = number | undefined | NotKnown;

/** From, included, to, excluded, in seconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
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
  const own = kept.find((samples) => samples.statistic === statistic);
  const read = (name: string) => {
    const samples = kept.find((each) => each.statistic === name);
    return samples && pointsIn(samples, stretch, readAt);
  };
  if (own === undefined) {
    const [sum, count] = [read('Sum'), read('SampleCount')];
    if (statistic === 'Average' && sum && count) return divided(joined('Sum', sum), joined('Sum', count));
    return new NotKnown(`no ${statistic} is among the data`);
  }
  const points = read(statistic) ?? [];
  if (points instanceof NotKnown) return points;
  if (points.length <= 1) return points[0]?.value;
  if (statistic !== 'Average') return joined(statistic, points);
  const counts = read('SampleCount');
  if (counts === undefined || counts instanceof NotKnown)
    return new NotKnown('averages of parts need the SampleCount of each');
  return weighed(points, counts);
}

interface Point {
  readonly at: number;
  readonly value: number;
}

function pointsIn(
  { points, period, delay = 0 }: MetricSamples,
  { from, until }: Stretch,
  readAt: number,
): readonly Point[] | NotKnown {
  const found: Point[] = [];
  for (let index = firstAtOrAfter(points, from - period + 1); index < points.length; index += 1) {
    const [at, value] = points[index] ?? [Number.POSITIVE_INFINITY, 0];
    if (at >= until) break;
    if (at < from || at + period > until)
      return new NotKnown(`a data point of ${period} s does not fit into a period of ${until - from} s`);
    if (at + period + delay <= readAt) found.push({ at, value });
  }
  return found;
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

function joined(statistic: string, points: readonly Point[] | NotKnown): MetricValue {
  if (points instanceof NotKnown) return points;
  if (points.length === 0) return undefined;
  const values = points.map(({ value }) => value);
  switch (statistic) {
    case 'Sum':
    case 'SampleCount':
      return values.reduce((sum, value) => sum + value, 0);
    case 'Minimum':
      return values.reduce((least, value) => Math.min(least, value));
    case 'Maximum':
      return values.reduce((most, value) => Math.max(most, value));
    default:
      return new NotKnown(`${statistic} of shorter periods says nothing of the whole`);
  }
}

function divided(sum: MetricValue, count: MetricValue): MetricValue {
  if (sum instanceof NotKnown || count instanceof NotKnown) return sum instanceof NotKnown ? sum : count;
  return sum === undefined || count === undefined || count === 0 ? undefined : sum / count;
}

function weighed(averages: readonly Point[], counts: readonly Point[]): MetricValue {
  const countAt = new Map(counts.map(({ at, value }) => [at, value]));
  if (averages.some(({ at }) => !countAt.has(at)))
    return new NotKnown('averages of parts need the SampleCount of each');
  const total = averages.reduce((sum, { at }) => sum + (countAt.get(at) ?? 0), 0);
  if (total === 0) return undefined;
  return averages.reduce((sum, { at, value }) => sum + value * (countAt.get(at) ?? 0), 0) / total;
}
