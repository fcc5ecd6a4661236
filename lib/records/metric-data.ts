import type { MetricName, Stretch } from '../calculus/alarms/metric-samples';
import { ConfigurationError } from '../errors';
import { isJsonRecord, type JsonRecord, parseJsonFile } from './json-file';
import { numberIn, type Series, SHAPES, type ToldMetrics, timeIn } from './metric-series';

/**
 * Reads the queries and results of `get-metric-data` in one JSON object, with its `StartTime`, `EndTime` and `Region` where
 * they are there. A result without values is a metric that is known to have none.
 *
 * @throws ConfigurationError with the place, where something is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function parseMetricData(text: string, file: string): ToldMetrics {
  const parsed = parseJsonFile(text, file, SHAPES);
  const wrong = (problem: string) => new ConfigurationError({ path: file, problem, fix: SHAPES });
  const document = isJsonRecord(parsed) ? parsed : {};
  const { MetricDataQueries: queries, MetricDataResults: results, Region: region } = document;
  if (!Array.isArray(queries) || !Array.isArray(results))
    throw wrong('it holds no MetricDataQueries or no MetricDataResults');
  const byId = new Map(queries.filter(isJsonRecord).map((query) => [query.Id, query.MetricStat]));
  const asked = askedIn(document, wrong);
  const series = results.flatMap((result, index): readonly Series[] => {
    if (!isJsonRecord(result)) throw wrong(`MetricDataResults.${index} is no object`);
    const stat = byId.get(result.Id);
    // The result of an expression is worked out again.
    if (stat === undefined && byId.has(result.Id)) return [];
    const metric = isJsonRecord(stat) && isJsonRecord(stat.Metric) ? metricIn(stat.Metric) : undefined;
    if (!isJsonRecord(stat) || metric === undefined)
      throw wrong(
        `no query of a metric has the id ${JSON.stringify(result.Id)} of MetricDataResults.${index}`,
      );
    const period = numberIn(stat.Period, () =>
      wrong(`the Period of ${JSON.stringify(result.Id)} is no number`),
    );
    const points = resultPoints(result, `MetricDataResults.${index}`, wrong);
    const where = typeof region === 'string' && { region };
    return [{ metric, statistic: String(stat.Stat), period, ...where, points }];
  });
  return { series, ...(asked && { asked }) };
}

type Refuse = (problem: string) => ConfigurationError;

function askedIn({ StartTime: start, EndTime: end }: JsonRecord, wrong: Refuse): Stretch | undefined {
  if (start === undefined || end === undefined) return undefined;
  const from = timeIn(start, () => wrong('StartTime is no time with its zone'));
  const until = timeIn(end, () => wrong('EndTime is no time with its zone'));
  if (from >= until) throw wrong('StartTime is not before EndTime');
  return { from, until };
}

function resultPoints(
  { Timestamps: times, Values: values }: JsonRecord,
  path: string,
  wrong: Refuse,
): Series['points'] {
  if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length)
    throw wrong(`${path} has not as many Timestamps as Values`);
  return times.map((time, index) => [
    timeIn(time, () => wrong(`${path}.Timestamps.${index} is no time`)),
    numberIn(values[index], () => wrong(`${path}.Values.${index} is no number`)),
  ]);
}

function metricIn({
  Namespace: namespace,
  MetricName: name,
  Dimensions: list,
}: JsonRecord): MetricName | undefined {
  if (typeof namespace !== 'string' || typeof name !== 'string') return undefined;
  const dimensions = (Array.isArray(list) ? list : []).filter(isJsonRecord);
  return {
    namespace,
    name,
    dimensions: Object.fromEntries(dimensions.map((each) => [String(each.Name), String(each.Value)])),
  };
}
