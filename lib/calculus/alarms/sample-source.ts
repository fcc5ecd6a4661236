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
 * A dimension that deploy fills in fits what it can come to, if only one metric of the data does, and if nothing else of the app
 * can be meant by it: else nothing is known.
 *
 * @param wanted all that is looked at: data that does not say its region is of no alarm where those of several regions fit
 */
export function sampleSourceOf(
  kept: readonly KeptMetric[],
  wanted: readonly WantedMetric[] = [],
): SampleSource {
  const keptByName = byName(kept);
  const wantedByName = byName(wanted);
  const found = new Map<string, readonly MetricSamples[] | NotKnown>();
  return (metric, region) => {
    const key = `${region} ${nameOf(metric)} ${identityOf(metric)}`;
    const asked = { metric, ...(region !== undefined && { region }) };
    const name = nameOf(metric);
    const known =
      found.get(key) ?? samplesOf(asked, keptByName.get(name) ?? [], wantedByName.get(name) ?? []);
    found.set(key, known);
    return known;
  };
}

function byName<T extends WantedMetric>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const named = new Map<string, T[]>();
  for (const each of all) {
    const known = named.get(nameOf(each.metric));
    if (known) known.push(each);
    else named.set(nameOf(each.metric), [each]);
  }
  return named;
}

/** The same for two metrics only if deploy makes the same of them. */
function identityOf({ dimensions, open = {} }: MetricName): string {
  return JSON.stringify(
    Object.entries(dimensions)
      .map(([name, value]) => [name, open[name]?.id ?? value])
      .sort(),
  );
}

function samplesOf(
  { metric, region }: WantedMetric,
  kept: readonly KeptMetric[],
  wanted: readonly WantedMetric[],
): readonly MetricSamples[] | NotKnown {
  const fitting = kept.filter((each) => fits(metric, each.metric) && mayMeet(region, each.region));
  const [first] = fitting;
  if (first === undefined)
    return new NotKnown(
      `there is no data of ${inWords(metric)}${region === undefined ? '' : ` in ${region}`}`,
    );
  const doubt =
    severalOf(metric, fitting) ?? regionUnsaid(metric, first, wanted) ?? taken(metric, first, wanted);
  return doubt === undefined ? fitting.flatMap(({ samples }) => samples) : new NotKnown(doubt);
}

function mayMeet(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Why it is not known which metric of the data a metric is. */
function severalOf(metric: MetricName, fitting: readonly KeptMetric[]): string | undefined {
  const each = new Map(fitting.map((one) => [`${inWords(one.metric)} ${one.region}`, one] as const));
  if (each.size <= 1) return undefined;
  const open = Object.keys(metric.open ?? {});
  const values = [...each.values()].flatMap(({ metric: { dimensions } }) =>
    open.map((name) => `${name}=${dimensions[name]}`),
  );
  const which = values.length === 0 ? '' : ` (${[...new Set(values)].join(', ')}): ${toTell(metric)}`;
  return `${inWords(metric)} can be ${each.size} metrics of the data${which}`;
}

function toTell({ open = {} }: MetricName): string {
  const all = Object.values(open).map(({ words }) => words);
  return `give ${all.join(' and ')} a name that the template tells`;
}

/** Why it is not known in which region some data was seen. */
function regionUnsaid(
  metric: MetricName,
  kept: KeptMetric,
  wanted: readonly WantedMetric[],
): string | undefined {
  if (kept.region !== undefined) return undefined;
  const there = wanted.filter((each) => fits(each.metric, kept.metric));
  const regions = [...new Set(there.flatMap(({ region }) => region ?? []))].sort();
  return regions.length > 1
    ? `the data does not say of which region ${inWords(metric)} is (${regions.join(' or ')}): write "Region", or name the file so`
    : undefined;
}

/** Why some data may be of something else than what is wanted. */
function taken(metric: MetricName, kept: KeptMetric, wanted: readonly WantedMetric[]): string | undefined {
  for (const [name, { words }] of Object.entries(metric.open ?? {})) {
    const others = rivals(name, metric, { kept, wanted });
    if (others.length > 0)
      return `${name}=${kept.metric.dimensions[name]} of the data can be that of ${[words, ...others].join(' or of ')}: ${toTell(metric)}, for ${inWords(metric)}`;
  }
  return undefined;
}

/** What else of the app a dimension of some data can be the name of. */
function rivals(
  name: string,
  { open = {} }: MetricName,
  { kept, wanted }: { readonly kept: KeptMetric; readonly wanted: readonly WantedMetric[] },
): readonly string[] {
  const own = open[name];
  const value = kept.metric.dimensions[name] ?? '';
  const kin = (own?.others ?? []).filter(
    ({ like, region }) => mayMeet(region, kept.region) && like.test(value),
  );
  const claims = wanted
    .filter((each) => mayMeet(each.region, kept.region) && fits(each.metric, kept.metric))
    .flatMap(({ metric: { dimensions, open: theirs } }) => {
      const other = theirs?.[name];
      return (other?.id ?? dimensions[name]) === own?.id ? [] : (other?.words ?? dimensions[name] ?? []);
    });
  return [...new Set([...kin.map(({ words }) => words), ...claims])];
}

/** An AWS metric with other dimensions is another metric. */
function fits({ dimensions: wanted, open }: MetricName, { dimensions: found }: MetricName): boolean {
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(found).length &&
    names.every((name) => {
      const have = found[name];
      return have !== undefined && (open?.[name]?.like.test(have) ?? wanted[name] === have);
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
