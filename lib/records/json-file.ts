import { printable } from '../assembly/source/printable';
import { ConfigurationError } from '../errors';

/** A JSON object of which nothing is known yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** @throws ConfigurationError with the file, when it holds no JSON */
export function parseJsonFile(text: string, file: string, fix: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The message shows what stands in the file.
    const problem = error instanceof Error ? printable(error.message) : 'it is no JSON';
    throw new ConfigurationError({ path: file, problem, fix });
  }
}

/** Whether a value is a JSON object, and no list. */
export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A time with its zone, or seconds since 1970, in seconds since 1970; undefined where it is neither. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = String(value);
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const at = Date.parse(text) / 1_000;
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) && Number.isFinite(at) ? at : undefined;
}
