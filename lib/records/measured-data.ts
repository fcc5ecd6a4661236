import { readText } from '../assembly/source/text-file';
import { ConfigurationError } from '../errors';
import { isJsonRecord, type JsonRecord, parseJsonFile } from './json-file';
import { numberIn, timeIn } from './metric-series';

/** What `get-metric-data` says of one query, in all files together. */
export interface MeasuredData {
  readonly id: string;

  /** The newest first. */
  readonly points: readonly { readonly at: Date; readonly value: number }[];

  /** Why it may not be all, in a word of CloudWatch. @default - it is all */
  readonly incomplete?: string;
}

const FIX = 'write there what aws cloudwatch get-metric-data prints in JSON, {"MetricDataResults": [...]}';

/**
 * Reads what `aws cloudwatch get-metric-data` printed. A result that comes in several pages of a file is joined, and its last page says
 * whether it is all; of several files that have it counts the one that tells of it last, and is whole.
 *
 * @throws ConfigurationError with the place, where something is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html
 */
export function readMeasured(files: readonly string[]): readonly MeasuredData[] {
  const byId = new Map<string, MeasuredData>();
  for (const file of files)
    for (const data of parseMeasured(readText(file, FIX).text, file)) {
      const known = byId.get(data.id);
      if (!known || worth(data) >= worth(known)) byId.set(data.id, data);
    }
  return [...byId.values()];
}

/** When it tells of last; what has no data, or not all of it, stands in for nothing. */
function worth({ points, incomplete }: MeasuredData): number {
  const last = points[0]?.at.getTime() ?? Number.NEGATIVE_INFINITY;
  return incomplete === undefined ? last : Number.NEGATIVE_INFINITY;
}

/** The same of one text. */
export function parseMeasured(text: string, file: string): readonly MeasuredData[] {
  const wrong = (problem: string) => new ConfigurationError({ path: file, problem, fix: FIX });
  const parsed = parseJsonFile(text, file, FIX);
  const results = isJsonRecord(parsed) ? parsed.MetricDataResults : undefined;
  if (!Array.isArray(results)) throw wrong('it holds no MetricDataResults');
  return joined(results.map((result, index) => resultIn(result, `MetricDataResults.${index}`, wrong)));
}

function joined(results: readonly MeasuredData[]): readonly MeasuredData[] {
  const byId = new Map<string, MeasuredData>();
  for (const { id, points, incomplete } of results) {
    const known = byId.get(id)?.points ?? [];
    const all = [...known, ...points].sort((one, other) => other.at.getTime() - one.at.getTime());
    byId.set(id, { id, points: all, ...(incomplete !== undefined && { incomplete }) });
  }
  return [...byId.values()];
}

type Refuse = (problem: string) => ConfigurationError;

function resultIn(result: unknown, path: string, wrong: Refuse): MeasuredData {
  if (!isJsonRecord(result) || typeof result.Id !== 'string') throw wrong(`${path} has no Id`);
  const { Id: id, StatusCode: status } = result;
  const points = pointsIn(result, path, wrong);
  if (status === undefined || status === 'Complete') return { id, points };
  return { id, points, incomplete: typeof status === 'string' ? status : 'no StatusCode that is known' };
}

function pointsIn(
  { Timestamps: times, Values: values }: JsonRecord,
  path: string,
  wrong: Refuse,
): MeasuredData['points'] {
  if (!Array.isArray(times) || !Array.isArray(values) || times.length !== values.length)
    throw wrong(`${path} has not as many Timestamps as Values`);
  return times.map((time, index) => ({
    at: momentIn(time, () => wrong(`${path}.Timestamps.${index} is no time with its zone`)),
    value: numberIn(values[index], () => wrong(`${path}.Values.${index} is no number`)),
  }));
}

/** A number may be a time that no calendar has. */
function momentIn(time: unknown, wrong: () => ConfigurationError): Date {
  const at = new Date(timeIn(time, wrong) * 1_000);
  if (Number.isNaN(at.getTime())) throw wrong();
  return at;
}
