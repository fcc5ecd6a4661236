import { visible } from '../../assembly/source/printable';
import type { OtherFinding } from '../../audit/other-findings';
import type { RegisterEntry } from '../../audit/register';
import type { Verdict } from '../../audit/verdict';
import { digest } from '../digest';
import type { Evidence } from '../evidence';
import { locationsOf } from './location';
import { LEVELS } from './rule';
import { messageText } from './text';

/** What the results of a run have in common. */
export interface ResultContext {
  readonly evidence: Evidence;
  readonly indexOfRule: ReadonlyMap<string, number>;
  readonly fingerprints: ReadonlyMap<Verdict, string>;
}

/** One verdict as a result. */
export function resultOf(verdict: Verdict, { evidence, indexOfRule, fingerprints }: ResultContext): object {
  const { rule, severity, message, fix, tier, service, stack, region, account, type, property } = verdict;
  const name = fingerprints.get(verdict);
  const index = indexOfRule.get(rule);
  const failed = verdict.verdict === 'fail';
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    ...kindOf(verdict.verdict, failed ? LEVELS[severity] : 'none'),
    message: { text: messageText(failed ? `${message}; fix: ${fix}` : message) },
    locations: locationsOf(verdict, evidence),
    ...(name !== undefined && { partialFingerprints: partialFingerprints(name) }),
    suppressions: suppressionsOf(verdict, evidence.register ?? []),
    properties: { severity, tier, service, stack, region, account, type, property },
  };
}

/** What is not a fail has no level (3.27.10); what nobody knows is open (3.27.9). */
function kindOf(outcome: Verdict['verdict'], level: string): object {
  const kind = outcome === 'unknown' ? 'open' : outcome;
  return { kind, level };
}

/** Code scanning tells alerts apart by the hash of the line; ours stays the same when lines move. */
function partialFingerprints(name: string): object {
  return { 'cdkNinesFinding/v1': name, primaryLocationLineHash: `${digest(name).slice(0, 16)}:1` };
}

/** Where one result of a run has them all have; an empty list says that nobody accepted it (3.27.23). */
function suppressionsOf({ accepted, rule }: Verdict, register: readonly RegisterEntry[]): readonly object[] {
  if (accepted === undefined) return [];
  const { by, until, reason } = accepted;
  const record = register.find(
    (entry) =>
      entry.source &&
      entry.kind === 'risk acceptance' &&
      entry.rules.includes(rule) &&
      entry.reason === reason,
  );
  const who = by === undefined ? '' : ` (${by}${until === undefined ? '' : `, until ${until}`})`;
  const kind = record ? 'external' : 'inSource';
  return [{ kind, status: 'accepted', justification: messageText(`${reason}${who}`) }];
}

/** One finding of another tool as a result of that tool's run. */
export function otherResultOf(finding: OtherFinding, evidence: Evidence, index: number): object {
  const { rule, severity, message, fix, accepted, property, verdict, tool } = finding;
  const failed = verdict === 'fail';
  const name = [tool, rule, finding.constructPath ?? finding.logicalId, property].join('|');
  return {
    ruleId: visible(rule),
    ruleIndex: index,
    ...kindOf(verdict, failed ? LEVELS[severity] : 'none'),
    message: { text: messageText(fix === undefined ? message : `${message}; fix: ${fix}`) },
    locations: locationsOf(finding, evidence),
    partialFingerprints: partialFingerprints(name),
    suppressions: accepted
      ? [{ kind: 'inSource', status: 'accepted', justification: messageText(accepted.reason) }]
      : [],
    properties: { severity, property },
  };
}
