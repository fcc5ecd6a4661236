import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Acknowledgement } from '../assembly/source/source';
import type { Stack } from '../assembly/stack';
import { scopeInWords } from '../objectives/risk-acceptance';
import { EXCEPTIONS_RULE } from '../objectives/risk-acceptance-checks';
import type { RecordedWeakening } from '../objectives/weakening';
import { dayOf, PLUGIN_NAME } from './acceptance';
import type { RegisterEntry } from './register';
import type { ServiceIndex } from './services';
import { isOfAcceptance, NEVER_ACKNOWLEDGED, type SettledAcceptance, type Settlement } from './settle';

/** One entry, and the stack that is told of it. */
export interface PlacedEntry {
  readonly entry: RegisterEntry;

  /** @default - nothing was audited */
  readonly stack?: Stack;
}

/** What the register is made of. */
export interface RegisterSource {
  readonly graphs: readonly Graph[];
  readonly services: ReadonlyMap<Graph, ServiceIndex>;
  readonly settlement: Settlement;
  readonly today: Date | undefined;
}

/** Every exception of the apps with its state, sorted by kind and id. */
export function registerOf(source: RegisterSource): readonly PlacedEntry[] {
  const { graphs, services, settlement, today } = source;
  const accepted = settlement.acceptances.map((each) => ({
    entry: acceptanceEntry(each, settlement, today),
    ...(each.stack && { stack: each.stack }),
  }));
  const stacks = graphs.flatMap((graph) =>
    graph.stacks.map((stack) => ({ stack, index: services.get(graph) })),
  );
  const rest = stacks.flatMap(({ stack, index }) => [
    ...(index?.inStack(stack) ?? []).flatMap(({ name, catalogue }) =>
      (catalogue?.weakenings ?? []).map((weakening) => ({
        entry: weakeningEntry(weakening, `service ${name} in stack ${stack.id}`, {
          stack,
          settlement,
          today,
        }),
        stack,
      })),
    ),
    ...stack.source.acknowledgements
      .filter((each) => isOurs(each) && !isOfAcceptance(each, settlement.acceptances))
      .map((each) => ({ entry: acknowledgementEntry(each, settlement), stack })),
  ]);
  return [...accepted, ...rest].sort((a, b) => compare(a.entry, b.entry));
}

function acceptanceEntry(
  { found, state, signature, problems }: SettledAcceptance,
  { answered }: Settlement,
  today: Date | undefined,
): RegisterEntry {
  const { record, source } = found;
  const { secondApprover, created, expires } = record;
  const scope = printable(scopeInWords(record.scope));
  return {
    kind: 'risk acceptance',
    id: source ? printable(source.file) : `${record.rules.map(printable).join(', ')} on ${scope}`,
    rules: record.rules.map(printable),
    scope,
    reason: printable(record.reason),
    author: printable(record.author),
    owner: printable(record.owner),
    approver: printable(record.approver),
    ...(secondApprover !== undefined && { secondApprover: printable(secondApprover) }),
    ticket: printable(record.ticket),
    compensatingControl: printable(record.compensatingControl),
    created,
    expires,
    state,
    ...daysLeft(expires, today),
    signature,
    accepts: answered.get(found) ?? 0,
    problems: problems.map(({ problem }) => problem),
    ...(problems[0] && { fix: problems[0].fix }),
    ...(source && { source: { file: printable(source.file), line: source.line } }),
  };
}

function weakeningEntry(
  { what, reason, expires, approver }: RecordedWeakening,
  scope: string,
  { stack, settlement, today }: { stack: Stack; settlement: Settlement; today: Date | undefined },
): RegisterEntry {
  const expired = today !== undefined && expires < dayOf(today);
  const answered = [...settlement.answered].filter(
    ([by]) => 'what' in by && by.what === what && 'expires' in by && by.expires === expires,
  );
  return {
    kind: 'weakening',
    id: printable(`${stack.id}: ${what}`),
    rules: [printable(what)],
    scope: printable(scope),
    reason: printable(reason),
    approver: printable(approver),
    expires,
    state: today === undefined ? 'unknown' : expired ? 'expired' : 'in force',
    ...daysLeft(expires, today),
    accepts: answered.reduce((sum, [, count]) => sum + count, 0),
    problems: expired ? [`it expired on ${expires}`] : [],
  };
}

function acknowledgementEntry(
  acknowledgement: Acknowledgement,
  { answered, unsigned, wasRun }: Settlement,
): RegisterEntry {
  const rule = acknowledgement.id.slice(PLUGIN_NAME.length + 2);
  const accepts = answered.get(acknowledgement) ?? 0;
  const isUnsigned = unsigned.has(acknowledgement);
  return {
    kind: 'acknowledgement',
    id: printable(`${rule} on construct ${acknowledgement.path}`),
    rules: [printable(rule)],
    scope: printable(`construct ${acknowledgement.path}`),
    reason: printable(acknowledgement.reason),
    accepts,
    ...stateOfAcknowledgement(rule, { isUnsigned, isUsed: accepts > 0 || isUnsigned || !wasRun(rule) }),
  };
}

/** How an acknowledgement fares: at best it holds without end. */
function stateOfAcknowledgement(
  rule: string,
  { isUnsigned, isUsed }: { readonly isUnsigned: boolean; readonly isUsed: boolean },
): Pick<RegisterEntry, 'state' | 'problems' | 'fix'> {
  const idle = 'take the acknowledgement out: it accepts nothing';
  if (rule === EXCEPTIONS_RULE) return { state: 'refused', problems: [NEVER_ACKNOWLEDGED], fix: idle };
  if (rule.endsWith(']'))
    return {
      state: 'refused',
      problems: ['a finding whose acceptance does not hold cannot be acknowledged'],
      fix: idle,
    };
  if (!isUsed) return { state: 'stale', problems: [`${printable(rule)} no longer fails there`], fix: idle };
  const fix = 'write a RiskAcceptance in its stead, with an approver and a last day';
  return isUnsigned
    ? { state: 'unsigned', problems: ['it is not signed, and its tier asks for it'], fix }
    : { state: 'without end', problems: ['it names no approver and no last day'], fix };
}

function isOurs({ id }: Acknowledgement): boolean {
  return id.startsWith(`${PLUGIN_NAME}::`);
}

function daysLeft(expires: string, today: Date | undefined): Pick<RegisterEntry, 'daysLeft'> {
  if (today === undefined) return {};
  const days = Math.round((Date.parse(expires) - Date.parse(dayOf(today))) / 86_400_000);
  return Number.isFinite(days) ? { daysLeft: days } : {};
}

function compare(a: RegisterEntry, b: RegisterEntry): number {
  const key = ({ kind, id, scope, expires, reason }: RegisterEntry) =>
    JSON.stringify([KINDS.indexOf(kind), id, scope, expires ?? '', reason]);
  const [left, right] = [key(a), key(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const KINDS: readonly RegisterEntry['kind'][] = ['risk acceptance', 'weakening', 'acknowledgement'];
