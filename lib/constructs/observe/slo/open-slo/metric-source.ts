import type { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { DocumentPart } from './document-part';
import { FIELDS } from './fields';
import { flatQuery, type MetricQueries, metricQueriesOf } from './metric-queries';
import type { OpenSloOptions, OpenSloSource } from './open-slo-options';

/**
 * What is needed to find the numbers of an SLI.
 *
 * @internal
 */
export interface Sources {
  /** The data sources of the documents, by name. */
  readonly dataSources: ReadonlyMap<string, DocumentPart>;
  readonly metrics: OpenSloOptions['metrics'];
  readonly slo: string;
}

/**
 * The metrics of a source: those that the user names for it, else what it asks of CloudWatch.
 *
 * @internal
 */
export function sourceOf(
  metric: DocumentPart,
  part: OpenSloSource['part'],
  sources: Sources,
): MetricQueries | undefined {
  const source = metric.at('metricSource');
  source.hasOnly(FIELDS.source);
  const reference = source.at('metricSourceRef').value;
  const own = source.at('type');
  const type = own.isSet ? own : (sources.dataSources.get(String(reference))?.at('spec').at('type') ?? own);
  const given = sources.metrics?.({
    ...(typeof type.value === 'string' && { type: type.value }),
    ...(typeof reference === 'string' && { dataSource: reference }),
    spec: source.at('spec').value,
    part,
    slo: sources.slo,
  });
  if (given) return { ...givenQueries(given, part, source), isGiven: true };
  if (isCloudWatch(type))
    return source.at('spec').at('metricName').isSet ? flatQuery(source.at('spec')) : metricQueriesOf(source);
  return source.note(
    type.isSet ? `is of type ${JSON.stringify(type.value)}` : 'has no type',
    sources.metrics
      ? 'have the option metrics give its metric of CloudWatch, or write type: CloudWatch, and its queries'
      : 'only metrics of CloudWatch can be watched: name the one that has its numbers in the option metrics, or write type: CloudWatch, and its queries',
  );
}

/** Tools write it as they like. */
function isCloudWatch({ value }: DocumentPart): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'cloudwatch';
}

function givenQueries(given: Metric | MathExpression, id: string, source: DocumentPart): MetricQueries {
  if (!('usingMetrics' in given)) return { metrics: { [id]: given }, expression: id, onlyIn: given.region };
  const inner = Object.entries(given.usingMetrics);
  const plain = inner.flatMap(([name, metric]) =>
    'usingMetrics' in metric ? [] : [[name, metric as Metric] as const],
  );
  if (plain.length < inner.length)
    source.note('is given an expression over expressions', 'write it as one expression over metrics');
  return { metrics: Object.fromEntries(plain), expression: given.expression };
}
