import type { SampleSource } from './metric-alarm';
import { type MetricName, type MetricSamples, NotKnown } from './metric-samples';

/** A metric with what was kept of it. */
export interface KeptMetric {
  readonly metric: MetricName;

  /** @default - it is not known of which region it is */
  readonly region?: string;
  readonly samples: readonly MetricSamples[];
}

/** A metric that something looks at, and where that is. */
export interface WantedMetric {
  readonly metric: MetricName;

  /** @default - not known */
  readonly region?: string;
}

/**
 * Where the samples of metrics come from, by namespace, name, dimensions and region.
 *
 * A dimension that deploy fills in is written in braces (`{Queue.QueueName}`) and fits any value, if only one metric
 * fits.
 *
 * @param wanted all that is looked at: data that does not say its region is of no alarm where those of several regions fit
 */
export function sampleSourceOf(
  kept: readonly KeptMetric[],
  wanted: readonly WantedMetric[] = [],
): SampleSource {
  const byName = new Map<string, KeptMetric[]>();
  for (const each of kept) {
    const key = nameOf(each.metric);
    const known = byName.get(key);
    if (known) known.push(each);
    else byName.set(key, [each]);
  }
  const found = new Map<string, readonly MetricSamples[] | NotKnown>();
  return (metric, region) => {
    const key = `${region} ${nameOf(metric)} ${JSON.stringify(Object.entries(metric.dimensions).sort())}`;
    const asked = { metric, ...(region !== undefined && { region }) };
    const known = found.get(key) ?? samplesOf(asked, byName.get(nameOf(metric)) ?? [], wanted);
    found.set(key, known);
    return known;
  };
}

function samplesOf(
  { metric, region }: WantedMetric,
  named: readonly KeptMetric[],
  wanted: readonly WantedMetric[],
): readonly MetricSamples[] | NotKnown {
  const fitting = named.filter(
    (each) =>
      fits(metric.dimensions, each.metric.dimensions) &&
      (region === undefined || each.region === undefined || each.region === region),
  );
  const [first] = fitting;
  if (first === undefined)
    return new NotKnown(
      `there is no data of ${inWords(metric)}${region === undefined ? '' : ` in ${region}`}`,
    );
  const others = fitting.filter(
    (each) => inWords(each.metric) !== inWords(first.metric) || each.region !== first.region,
  );
  if (others.length > 0)
    return new NotKnown(`${inWords(metric)} can be ${fitting.length} metrics of the data`);
  const regions = first.region === undefined ? regionsOf(first, wanted) : [];
  if (regions.length > 1)
    return new NotKnown(
      `the data does not say of which region ${inWords(metric)} is (${regions.join(' or ')}): write "Region", or name the file so`,
    );
  return fitting.flatMap(({ samples }) => samples);
}

/** Where the metric of some data is looked at. */
function regionsOf({ metric }: KeptMetric, wanted: readonly WantedMetric[]): readonly string[] {
  const there = wanted.filter(
    (each) => nameOf(each.metric) === nameOf(metric) && fits(each.metric.dimensions, metric.dimensions),
  );
  return [...new Set(there.flatMap(({ region }) => region ?? []))].sort();
}

/** An AWS metric with other dimensions is another metric. */
function fits(wanted: MetricName['dimensions'], found: MetricName['dimensions']): boolean {
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(found).length &&
    names.every((name) => {
      const [want, have] = [wanted[name], found[name]];
      return have !== undefined && (want === have || want?.startsWith('{') === true);
    })
  );
}

function nameOf({ namespace, name }: MetricName): string {
  return `${namespace} ${name}`;
}

function inWords({ namespace, name, dimensions }: MetricName): string {
  const by = Object.entries(dimensions)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name}${by.length === 0 ? '' : ` (${by.join(', ')})`}`;
}
