import { visible } from '../assembly/source/printable';
import { findingFingerprints } from '../audit/delta';
import type { OtherFinding } from '../audit/other-findings';
import { isFinding } from '../audit/report';
import type { Verdict } from '../audit/verdict';
import { digest } from './digest';
import type { Evidence, Renderer } from './evidence';
import { safeJson } from './safe-json';
import { whereOf, worstFirst } from './worst-first';

/**
 * Renders the findings as a GitLab code quality report, the worst first.
 *
 * The format knows nothing but issues: what is accepted or unknown, and engine errors, are in the other formats.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const gitlab: Renderer = function* (evidence) {
  const { result, others = [] } = evidence;
  const fingerprints = findingFingerprints(result.verdicts);
  const issues = [
    ...worstFirst(result.verdicts)
      .filter(isFinding)
      .map((verdict) => () => issueOf(verdict, fingerprints.get(verdict) ?? '', evidence)),
    ...distinct(others.filter(({ verdict, accepted }) => verdict === 'fail' && !accepted)).map(
      ([finding, name]) =>
        () =>
          otherIssueOf(finding, name, evidence),
    ),
  ];
  yield '[';
  for (const [index, issue] of issues.entries()) yield `${index === 0 ? '\n' : ',\n'}  ${safeJson(issue())}`;
  yield issues.length > 0 ? '\n]\n' : ']\n';
};

function issueOf(verdict: Verdict, fingerprint: string, evidence: Evidence): object {
  const { rule, severity, tier, message, fix } = verdict;
  const failing = severity === 'error' && tier === 0 ? 'blocker' : SEVERITIES[severity];
  return {
    description: visible(`${rule}: ${whereOf(verdict)}: ${message}; fix: ${fix}`),
    check_name: visible(rule),
    fingerprint: digest(fingerprint),
    severity: failing,
    location: locationOf(verdict, evidence),
  };
}

const SEVERITIES = { error: 'critical', warning: 'major', info: 'info' } as const;

function locationOf(
  { source, file }: Pick<OtherFinding, 'source' | 'file'>,
  { locate }: Pick<Evidence, 'locate'>,
): object {
  const path = source?.file ?? file ?? 'cdk.json';
  return { path: visible(locate?.(path) ?? path), lines: { begin: Math.max(1, source?.line ?? 1) } };
}

function otherIssueOf(finding: OtherFinding, name: string, evidence: Evidence): object {
  const { tool, rule, severity, message, fix } = finding;
  const mend = fix === undefined ? '' : `; fix: ${fix}`;
  return {
    description: visible(`${tool} ${rule}: ${whereOf(finding)}: ${message}${mend}`),
    check_name: visible(`${tool}::${rule}`),
    fingerprint: digest(name),
    severity: SEVERITIES[severity],
    location: locationOf(finding, evidence),
  };
}

/** GitLab shows one issue for each fingerprint: those that look the same are counted. */
function distinct(findings: readonly OtherFinding[]): readonly (readonly [OtherFinding, string])[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { tool, rule, property = '' } = finding;
    const place = JSON.stringify([tool, rule, whereOf(finding), property]);
    const count = (seen.get(place) ?? 0) + 1;
    seen.set(place, count);
    return [finding, `${place}#${count}`];
  });
}
