import type { SourceApp } from '../assembly/source/source';
import { readValidationReport } from '../assembly/source/validation-report';
import { readBaseline } from '../audit/baseline-file';
import { findingsOfReport } from '../audit/earlier-report';
import { otherFindings } from '../audit/other-findings';
import type { Evidence } from '../evidence/evidence';
import { locator } from './checkout';

/** The files that a report may be given beside the audit, as commander reads them. */
export interface BesideFlags {
  readonly base?: string;
  readonly baseline?: string;
  readonly merge?: readonly string[];
}

/** What stands beside the audit in a report: an earlier run, findings of other tools, where files are. */
export function evidenceBeside(
  { base, baseline, merge = [] }: BesideFlags,
  apps: readonly SourceApp[],
): Pick<Evidence, 'base' | 'others' | 'locate'> {
  const reported = merge.flatMap(readValidationReport);
  return {
    locate: locator(),
    ...(base === undefined &&
      baseline !== undefined && { base: new Set(readBaseline(baseline).findings.keys()) }),
    ...(base !== undefined && { base: findingsOfReport(base) }),
    ...(merge.length > 0 && { others: otherFindings(reported, apps) }),
  };
}
