import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { DocumentPart } from './document-part';

/**
 * What a list of queries comes to: metrics by id, and one expression over them.
 *
 * @internal
 */
export interface MetricQueries {
  readonly metrics: Readonly<Record<string, Metric>>;

  /** Over their ids; the id alone where one metric is all. */
  readonly expression: string;

  /** The region of the metrics, where the document names one. */
  readonly onlyIn?: string | undefined;

  /** Whether the user gave them, and no document. */
  readonly isGiven?: boolean;
}

/**
 * The metric of a list of queries with a value where nothing was measured; what is an expression looks after that itself.
 *
 * @internal
 */
export function filled({ metrics, expression }: MetricQueries, value = 0): string {
  return expression in metrics ? `FILL(${expression}, ${value})` : expression;
}

/**
 * A metric source that names one metric, as many tools write it: `metricName`, `namespace`, `stat`, `dimensions`, `region`.
 *
 * @internal
 */
export function flatQuery(spec: DocumentPart): MetricQueries | undefined {
  const account = spec.at('accountId');
  if (account.isSet) return account.note('reads another account', 'watch the objective in that account');
  const metric = metricNamed(spec, {
    namespace: 'namespace',
    name: 'metricName',
    dimensions: 'dimensions',
    key: 'name',
    value: 'value',
    statistic: spec.at('stat'),
  });
  const region = spec.at('region').value;
  return (
    metric && {
      metrics: { metric },
      expression: 'metric',
      ...(typeof region === 'string' && { onlyIn: region }),
    }
  );
}

interface Query {
  readonly id: string;
  readonly metric?: Metric;
  readonly expression?: string;
  readonly returned: boolean;
}

/**
 * The queries of a metric source of type CloudWatch, as `GetMetricData` takes them.
 *
 * @internal
 */
export function metricQueriesOf(source: DocumentPart): MetricQueries | undefined {
  const spec = source.at('spec');
  const list = spec.at('json').isSet ? spec.at('json').json() : spec.at('metricDataQueries');
  if (!list.isSet)
    return spec.at('sql').isSet
      ? spec
          .at('sql')
          .note(
            'is a query that gives several series or none that an alarm can watch',
            'name each metric in a query of its own',
          )
      : list.note('is missing', 'write the MetricDataQuery list of CloudWatch, one of which returns data');
  const queries = list.list().map(queryOf);
  if (queries.some((query) => query === undefined)) return undefined;
  const known = queries.filter((query) => query !== undefined);
  const returned = known.filter((query) => query.returned);
  const [only] = returned;
  if (only === undefined || returned.length > 1)
    return list.note(
      `returns data ${returned.length === 0 ? 'of none' : 'of several'} of its queries`,
      'set ReturnData to false for all but one',
    );
  const metrics = known.flatMap(({ id, metric }) => (metric ? [[id, metric] as const] : []));
  const expression = written(only, known, []);
  if (expression === undefined) return list.note(`defines ${only.id} by itself`, 'end the circle');
  const used = metrics.filter(([id]) => new RegExp(`\\b${id}\\b`).test(expression));
  return { metrics: Object.fromEntries(used), expression };
}

function queryOf(part: DocumentPart): Query | undefined {
  const id = part.at('Id').text();
  const returned = part.at('ReturnData').value !== false;
  if (id === undefined) return undefined;
  const expression = part.at('Expression');
  if (expression.isSet) return expressionQuery(expression, id, returned);
  const metric = metricOf(part);
  return metric && { id, metric, returned };
}

function expressionQuery(part: DocumentPart, id: string, returned: boolean): Query | undefined {
  const expression = part.text();
  if (expression === undefined) return undefined;
  const search = /\b(SEARCH|SELECT|METRICS|LAMBDA)\b/.exec(expression)?.[1];
  if (search)
    return part.note(
      `uses ${search}, which gives several series or none that an alarm can watch`,
      'name each metric in a query of its own',
    );
  return { id, expression, returned };
}

function metricOf(part: DocumentPart): Metric | undefined {
  const stat = part.at('MetricStat');
  if (part.at('AccountId').isSet)
    return part.at('AccountId').note('reads another account', 'watch the objective in that account');
  if (!stat.isSet) return part.note('has neither MetricStat nor Expression', 'write one of them');
  return metricNamed(stat.at('Metric'), {
    namespace: 'Namespace',
    name: 'MetricName',
    dimensions: 'Dimensions',
    key: 'Name',
    value: 'Value',
    statistic: stat.at('Stat'),
  });
}

/** The keys of a metric in the form of the API and in that of tools, and its statistic. */
interface Written {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: string;
  readonly key: string;
  readonly value: string;
  readonly statistic: DocumentPart;
}

function metricNamed(part: DocumentPart, keys: Written): Metric | undefined {
  const [namespace, metricName] = [part.at(keys.namespace).text(), part.at(keys.name).text()];
  const statistic = keys.statistic.text();
  const dimensions = part
    .at(keys.dimensions)
    .list()
    .map((each) => dimensionOf(each.at(keys.key), each.at(keys.value)));
  if (namespace === undefined || metricName === undefined || statistic === undefined) return undefined;
  const known = dimensions.filter((each) => each !== undefined);
  if (known.length < dimensions.length) return undefined;
  return new Metric({ namespace, metricName, statistic, dimensionsMap: Object.fromEntries(known) });
}

function dimensionOf(key: DocumentPart, part: DocumentPart): readonly [string, string] | undefined {
  const [name, value] = [key.text(), part.text()];
  if (name === undefined || value === undefined) return undefined;
  if (/^\{.*\}$/.test(value))
    return part.note(`is ${value}, which only a deploy knows`, 'write the name that was deployed');
  return [name, value];
}

/** An expression with those that it names written out. */
function written(query: Query, all: readonly Query[], above: readonly string[]): string | undefined {
  if (above.includes(query.id)) return undefined;
  if (query.expression === undefined) return query.id;
  let expression = query.expression;
  for (const other of all) {
    if (other.expression === undefined || !new RegExp(`\\b${other.id}\\b`).test(expression)) continue;
    const inner = written(other, all, [...above, query.id]);
    if (inner === undefined) return undefined;
    expression = expression.replace(new RegExp(`\\b${other.id}\\b`, 'g'), `(${inner})`);
  }
  return expression;
}

/**
 * Two lists of queries side by side: ids that mean different metrics are told apart.
 *
 * @internal
 */
export function together(one: MetricQueries, other: MetricQueries): readonly [MetricQueries, MetricQueries] {
  const metrics: Record<string, Metric> = { ...other.metrics };
  let { expression } = other;
  for (const [id, metric] of Object.entries(other.metrics)) {
    const twin = one.metrics[id];
    if (twin === undefined || isSame(twin, metric)) continue;
    const free = [`${id}_total`, `${id}_all`, `${id}_of_total`].find(
      (each) => !(each in one.metrics) && !(each in metrics),
    );
    delete metrics[id];
    metrics[free ?? `${id}_other`] = metric;
    expression = expression.replace(new RegExp(`\\b${id}\\b`, 'g'), free ?? `${id}_other`);
  }
  return [one, { ...other, metrics, expression }];
}

function isSame(one: Metric, other: Metric): boolean {
  return JSON.stringify(one.toMetricConfig()) === JSON.stringify(other.toMetricConfig());
}
