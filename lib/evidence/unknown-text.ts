import { STACK_TYPE } from '../assembly/stack-resource';
import { isGivenAtDeploy, MAY_BE_ELSEWHERE, mayBeElsewhere } from '../audit/elsewhere';
import { isUnknown } from '../audit/report';
import type { Verdict } from '../audit/verdict';
import { groupBy } from './group-by';
import type { Palette } from './text';

/** What nobody knows of many stacks at once, and what nobody knows of one alone. */
export interface Unknowns {
  /** What stands under its stack. */
  readonly ofOneStack: ReadonlySet<Verdict>;

  /** What is said once for all, ready to print; empty where there is none. */
  readonly ofMany: string;
}

/**
 * Says once what would be said again under each stack: a hundred equal lines hide the one that matters. What an account
 * has once, and an organisation for all its accounts, is one line for all rules that look for it.
 */
export function renderUnknownsOfMany(shown: readonly Verdict[], palette: Palette): Unknowns {
  const unknowns = shown.filter(isUnknown);
  const elsewhere = unknowns.filter(mayBeElsewhere);
  // Of a resource people need to know where it is; of a stack it says no more to name each.
  const ofWholeStacks = unknowns.filter((verdict) => verdict.type === STACK_TYPE && !mayBeElsewhere(verdict));
  const repeated = [...groupBy(ofWholeStacks, reasonOf)]
    .filter(([, group]) => stacksOf(group) > 1 || group.some(isGivenAtDeploy))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
  const lines = [
    ...repeated.map((group) => repeatedLine(group, palette)),
    ...(elsewhere.length > 0 ? [elsewhereLine(elsewhere, palette)] : []),
  ];
  const said = new Set([...repeated.flat(), ...elsewhere]);
  return {
    ofOneStack: new Set(unknowns.filter((verdict) => !said.has(verdict))),
    ofMany: lines.length > 0 ? [palette.bold('Unknown for the whole'), ...lines].join('\n') : '',
  };
}

function reasonOf({ rule, message }: Verdict): string {
  return `${rule} ${message}`;
}

function stacksOf(verdicts: readonly Verdict[]): number {
  return new Set(verdicts.map(({ app, file, stack }) => JSON.stringify([app, file, stack]))).size;
}

function repeatedLine(group: readonly Verdict[], { cyan, bold, dim }: Palette): string {
  const [first] = group;
  const stacks = stacksOf(group);
  const where = stacks === 1 ? `${first?.stack}:` : `in ${stacks} stacks:`;
  return `  ${cyan('unknown')} ${bold(first?.rule ?? '')}  ${dim(where)} ${first?.message ?? ''}`;
}

/** `the app has no trail (CTR-01), detector of GuardDuty (GRD-01); …`. */
function elsewhereLine(verdicts: readonly Verdict[], { cyan, bold }: Palette): string {
  const { before, after } = MAY_BE_ELSEWHERE;
  const absent = [...groupBy(verdicts, ({ message }) => message.slice(before.length, -after.length))]
    .map(([what, group]) => ({ what, rules: [...new Set(group.map(({ rule }) => rule))].sort() }))
    .sort((a, b) => ((a.rules[0] ?? '') < (b.rules[0] ?? '') ? -1 : 1))
    .map(({ what, rules }) => `${what} (${bold(rules.join(', '))})`);
  return `  ${cyan('unknown')} ${before}${absent.join(', ')}${after}`;
}
