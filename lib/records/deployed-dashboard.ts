import { readText } from '../assembly/source/text-file';
import type { Value } from '../assembly/value';
import { ConfigurationError } from '../errors';
import { isJsonRecord, parseJsonFile } from './json-file';

const FIX =
  'write there what aws cloudwatch get-dashboard prints in JSON, {"DashboardName": ..., "DashboardBody": ...}';

/**
 * Reads dashboards as `aws cloudwatch get-dashboard` printed them, one a file: their bodies by their names.
 *
 * @throws ConfigurationError with the file, where it is no such output
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html
 */
export function readDeployedDashboards(files: readonly string[]): ReadonlyMap<string, Value> {
  return new Map(files.map((file) => deployedDashboard(readText(file, FIX).text, file)));
}

function deployedDashboard(text: string, file: string): readonly [string, Value] {
  const parsed = parseJsonFile(text, file, FIX);
  const { DashboardName: name, DashboardBody: body } = isJsonRecord(parsed) ? parsed : {};
  if (typeof name !== 'string' || typeof body !== 'string')
    throw new ConfigurationError({
      path: file,
      problem: 'it holds no DashboardName or no DashboardBody',
      fix: FIX,
    });
  return [name, parseJsonFile(body, `${file}: DashboardBody`, FIX) as Value];
}
