import { InvalidArgumentError } from 'commander';
import { FRAMEWORK_NAMES, type FrameworkName } from '../audit/frameworks';
import { ConfigurationError } from '../errors';
import type { Format } from './formats';

/** The formats that have a place for reports by framework. */
const WITH_REPORTS: readonly string[] = [
  'text',
  'json',
  'markdown',
  'html',
  'oscal-assessment-results',
  'oscal-component-definition',
];

/** Reads `--framework`: names with commas between, and it may be given again. Names of presets are understood, too. */
export function readFrameworks(
  names: string,
  before: readonly FrameworkName[] = [],
): readonly FrameworkName[] {
  const read = names.split(',').map((name) => {
    const found = FRAMEWORK_NAMES.find((known) => bare(known) === bare(name));
    if (!found) throw new InvalidArgumentError(`Allowed choices are ${FRAMEWORK_NAMES.join(', ')}.`);
    return found;
  });
  return [...new Set([...before, ...read])];
}

function bare(name: string): string {
  return name.trim().toLowerCase().replaceAll('-', '').replace(/^aws/, '');
}

/** Refuses a format that would leave the reports out without a word. */
export function checkFormat(format: Format, frameworks: readonly FrameworkName[] = []): void {
  if (frameworks.length === 0 || WITH_REPORTS.includes(format)) return;
  throw new ConfigurationError({
    path: '--framework',
    problem: `has no place in the format ${format}`,
    fix: `use one of ${WITH_REPORTS.join(', ')}`,
  });
}
