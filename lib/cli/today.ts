import { InvalidArgumentError } from 'commander';
import { isDate } from '../objectives/weakening';

/** Reads `--today`. */
export function readDay(text: string): Date {
  if (!isDate(text)) throw new InvalidArgumentError('Write a day as YYYY-MM-DD.');
  return startOf(text);
}

/**
 * The day of a run: exceptions and ends of support are judged on it, and reports carry it. A day and no moment, so that
 * two runs on one day write the same bytes.
 */
export function dayOfRun({ today }: { readonly today?: Date }): Date {
  return today ?? startOf(new Date().toISOString().slice(0, 10));
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
