import { isList, isObject, own } from '../assembly/source/json';
import { parse } from '../assembly/source/parse';
import { refusal } from '../assembly/source/refusal';
import type { Json } from '../assembly/source/source';
import { readText } from '../assembly/source/text-file';
import type { Baseline } from './baseline';
import type { Severity } from './severity';

/** The file that `nines init` writes. */
export const BASELINE_FILE = 'nines.baseline.json';

const SCHEMA = 'cdk-nines.baseline/1';
const FIX = 'name a file that nines baseline wrote';
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** A baseline as a file: sorted, one finding a line, so that a change to it is easy to review. */
export function baselineText({ findings, unknowns }: Baseline): string {
  const known = [...findings].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = known.map(([fingerprint, severity]) => safe({ fingerprint, severity }));
  const others = [...unknowns].sort().map(safe);
  return `{\n  "schema": "${SCHEMA}",\n  "findings": ${listOf(rows)},\n  "unknowns": ${listOf(others)}\n}\n`;
}

/** Fingerprints hold names from templates: what a terminal would obey is escaped. */
function safe(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function listOf(rows: readonly string[]): string {
  return rows.length === 0 ? '[]' : `[\n    ${rows.join(',\n    ')}\n  ]`;
}

/**
 * Reads a baseline.
 *
 * @throws ConfigurationError when the file cannot be read or is no baseline
 */
export function readBaseline(file: string): Baseline {
  const written = parse(readText(file, FIX));
  const schema = isObject(written) ? own(written, 'schema') : undefined;
  if (!isObject(written) || schema !== SCHEMA) {
    const found = typeof schema === 'string' ? JSON.stringify(schema) : 'no schema';
    throw refusal({ file, problem: `has ${found}, needs "${SCHEMA}"`, fix: FIX });
  }
  const list = (key: string): readonly Json[] => {
    const items = own(written, key);
    if (!isList(items)) throw refusal({ file, problem: `has no list ${key}`, fix: FIX });
    return items;
  };
  return {
    findings: new Map(list('findings').map((item, index) => findingIn(file, item, index))),
    unknowns: new Set(
      list('unknowns').map((item, index) => {
        if (typeof item === 'string') return item;
        throw refusal({ file, problem: `unknowns.${index} is no text`, fix: FIX });
      }),
    ),
  };
}

function findingIn(file: string, item: Json, index: number): readonly [string, Severity] {
  const fingerprint = isObject(item) ? own(item, 'fingerprint') : undefined;
  const severity = isObject(item) ? SEVERITIES.find((each) => each === own(item, 'severity')) : undefined;
  if (typeof fingerprint !== 'string' || severity === undefined) {
    const missing = typeof fingerprint === 'string' ? 'severity' : 'fingerprint';
    throw refusal({ file, problem: `findings.${index} has no ${missing}`, fix: FIX });
  }
  return [fingerprint, severity];
}
