import type { SourceApp } from '../assembly/source/source';
import { readValidationReport } from '../assembly/source/validation-report';
import { readBaseline } from '../audit/baseline-file';
import { findingsOfReport } from '../audit/earlier-report';
import { otherFindings } from '../audit/other-findings';
import { ConfigurationError } from '../errors';
import type { Evidence } from '../evidence/evidence';
import { locator } from './checkout';
import type { Format } from './formats';

/** The files that a report may be given beside the audit, as commander reads them. */
export interface BesideFlags {
  readonly base?: string;
  readonly baseline?: string;
  readonly merge?: readonly string[];
}

/** The formats that say what is new since a base. */
const WITH_BASE: readonly Format[] = ['text', 'markdown'];

/** Refuses a format that would leave the comparison out without a word. */
export function checkBase(format: Format, base: string | undefined): void {
  if (base === undefined || WITH_BASE.includes(format)) return;
  throw new ConfigurationError({
    path: '--base',
    problem: `has no place in the format ${format}`,
    fix: `use one of ${WITH_BASE.join(', ')}`,
  });
}

/** What stands beside the audit in a report: an earlier run, findings of other tools, where files are. */
export function evidenceBeside(
  { base, baseline, merge = [], format }: BesideFlags & { readonly format?: Format },
  apps: readonly SourceApp[],
): Pick<Evidence, 'base' | 'others' | 'locate'> {
  const reported = merge.flatMap(readValidationReport);
  return {
    locate: locator(),
    // The text has lines of its own for a baseline.
    ...(base === undefined &&
      baseline !== undefined &&
      format === 'markdown' && { base: new Set(readBaseline(baseline).findings.keys()) }),
    ...(base !== undefined && { base: findingsOfReport(base) }),
    ...(merge.length > 0 && { others: otherFindings(reported, apps) }),
  };
}
