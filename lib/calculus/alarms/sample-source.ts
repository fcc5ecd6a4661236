import type { SampleSource } from './metric-alarm';
import { type MetricName, type MetricSamples, NotKnown } from './metric-samples';

/** A metric with what was kept of it. */
export interface KeptMetric {
  readonly metric: MetricName;
  readonly samples: readonly MetricSamples[];
}

/**
 * Where the samples of metrics come from, by namespace, name and dimensions.
 *
 * A dimension that deploy fills in is written in braces (`{Queue.QueueName}`) and fits any value, if only one metric
 * fits.
 */
export function sampleSourceOf(kept: readonly KeptMetric[]): SampleSource {
  const byName = new Map<string, KeptMetric[]>();
  for (const each of kept) {
    const key = nameOf(each.metric);
    const known = byName.get(key);
    if (known) known.push(each);
    else byName.set(key, [each]);
  }
  const found = new Map<string, readonly MetricSamples[] | NotKnown>();
  return (metric) => {
    const key = `${nameOf(metric)} ${JSON.stringify(Object.entries(metric.dimensions).sort())}`;
    const known = found.get(key) ?? samplesOf(metric, byName.get(nameOf(metric)) ?? []);
    found.set(key, known);
    return known;
  };
}

function samplesOf(metric: MetricName, named: readonly KeptMetric[]): readonly MetricSamples[] | NotKnown {
  const fitting = named.filter((each) => fits(metric.dimensions, each.metric.dimensions));
  const [first] = fitting;
  if (first === undefined) return new NotKnown(`there is no data of ${inWords(metric)}`);
  const others = fitting.filter((each) => inWords(each.metric) !== inWords(first.metric));
  if (others.length === 0) return fitting.flatMap(({ samples }) => samples);
  return new NotKnown(`${inWords(metric)} can be ${fitting.length} metrics of the data`);
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
