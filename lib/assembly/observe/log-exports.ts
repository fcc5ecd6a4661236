import { fail, type Judgement, pass, unknown } from '../judgement';
import type { Resource } from '../resource';
import { describe, Unknown } from '../value';

const EXPORTS = 'EnableCloudwatchLogsExports';

/** Judges whether a database exports one of its logs to CloudWatch Logs. */
export function logExport(database: Resource, log: string): Judgement {
  const logs = database.list(EXPORTS);
  if (logs instanceof Unknown) return unknown(EXPORTS, logs);
  if (logs.includes(log)) return pass({ property: EXPORTS, found: describe(database.get(EXPORTS)) });
  const open = logs.find((item) => typeof item !== 'string');
  if (open !== undefined)
    return unknown(EXPORTS, open instanceof Unknown ? open : `${describe(open)} is known only at deploy`);
  return fail({ property: EXPORTS, found: describe(database.get(EXPORTS)), needed: `the ${log} log in it` });
}
