import { isList, isObject, own } from '../assembly/source/json';
import { parse } from '../assembly/source/parse';
import { refusal } from '../assembly/source/refusal';
import type { Json, JsonObject } from '../assembly/source/source';
import { readText } from '../assembly/source/text-file';
import { openFingerprints } from './delta';
import type { Verdict } from './verdict';

const FIX = 'name a report that nines audit --format json wrote';
const PLACE = ['rule', 'verdict', 'stack', 'logicalId'];

/**
 * The fingerprints of the findings of a former `nines.audit/1` report.
 *
 * @throws ConfigurationError when the file cannot be read or is no such report
 */
export function findingsOfReport(file: string): ReadonlySet<string> {
  const report = parse(readText(file, FIX));
  const schema = isObject(report) ? own(report, 'schema') : undefined;
  if (schema !== 'nines.audit/1') {
    const found = typeof schema === 'string' ? `"${schema}"` : 'no schema';
    throw refusal({ file, problem: `has ${found}, needs "nines.audit/1"`, fix: FIX });
  }
  const verdicts = isObject(report) ? own(report, 'verdicts') : undefined;
  if (!isList(verdicts)) throw refusal({ file, problem: 'has no list verdicts', fix: FIX });
  return openFingerprints(verdicts.map((verdict, index) => verdictIn(file, verdict, index)));
}

/** As much of a verdict as names it; the rest is not looked at. */
function verdictIn(file: string, value: Json, index: number): Verdict {
  const missing = isObject(value) ? PLACE.find((key) => typeof own(value, key) !== 'string') : PLACE[0];
  if (!isObject(value) || missing !== undefined) {
    throw refusal({ file, problem: `verdicts.${index} has no ${missing ?? 'rule'}`, fix: FIX });
  }
  const text = ['account', 'region', 'constructPath', 'property', ...PLACE].filter(
    (key) => typeof own(value, key) === 'string',
  );
  const known: JsonObject = Object.fromEntries(
    [...text, 'accepted', 'subsumedBy'].flatMap((key) => {
      const found = own(value, key);
      return found === undefined || found === null ? [] : [[key, found]];
    }),
  );
  return known as unknown as Verdict;
}
