import type { Graph } from '../assembly/graph';
import { printable } from '../assembly/source/printable';
import type { Acknowledgement } from '../assembly/source/source';
import type { Stack } from '../assembly/stack';
import { EXCEPTIONS_RULE } from '../objectives/risk-acceptance-checks';
import type { Tier } from '../objectives/tier';
import { acceptedByWeakening, acknowledgementOf, PLUGIN_NAME, weakeningFor } from './acceptance';
import { type AcceptanceState, asksForSignatures, stateOf } from './acceptance-state';
import {
  acceptancesIn,
  answersFor,
  type ExceptionOptions,
  type FoundAcceptance,
  type Judged,
} from './exceptions';
import type { Verdict } from './verdict';

/** Why nobody answers for what the rule on exceptions finds. */
export const NEVER_ACKNOWLEDGED = `${EXCEPTIONS_RULE} judges the exceptions and cannot be acknowledged`;

/** What exceptions are judged with. */
export interface SettleOptions {
  readonly exceptions: ExceptionOptions;
  readonly assumedTier: Tier;
  readonly ruleIds: ReadonlySet<string>;
  readonly knownRules?: ReadonlySet<string>;
  readonly today: Date | undefined;
}

/** A risk acceptance with how it fares. */
export interface SettledAcceptance extends AcceptanceState {
  readonly found: FoundAcceptance;

  /** The stack that is told of it. @default - nothing was audited */
  readonly stack?: Stack;
}

/** Who answers for which findings. */
export interface Settlement {
  readonly acceptances: readonly SettledAcceptance[];

  /** How many findings an exception answers for, by the acceptance, the acknowledgement or the weakening itself. */
  readonly answered: ReadonlyMap<object, number>;

  /** The acknowledgements that do not count, because a signature is asked for. */
  readonly unsigned: ReadonlySet<object>;

  /** Whether a rule was run: of one that was not, nobody knows whether it still fails. */
  wasRun(rule: string): boolean;

  /** A verdict with who answers for it, or why nobody does. */
  answer(judged: Judged): Verdict;
}

/** Judges the risk acceptances of the apps by what the rules say, and has them answer for findings. */
export function settle(
  judged: readonly Judged[],
  graphs: readonly Graph[],
  options: SettleOptions,
): Settlement {
  const byRule = groupByRule(judged);
  const acceptances = acceptancesIn(graphs, options.exceptions).map((found): SettledAcceptance => {
    const covered = found.record.rules
      .flatMap((rule) => byRule.get(rule) ?? [])
      .filter((each) => answersFor(found, each));
    const state = stateOf(found, { ...options.exceptions, ...options, judged: covered });
    const anywhere = options.exceptions.partial ? undefined : graphs[0]?.stacks[0];
    const stack = found.stack ?? firstStack(covered) ?? anywhere;
    return { ...state, found, ...(stack && { stack }) };
  });
  const answers = new Answers(acceptances, options);
  const { answered, unsigned } = answers;
  const { ruleIds, knownRules = ruleIds } = options;
  return {
    acceptances,
    answered,
    unsigned,
    wasRun: (rule) => ruleIds.has(rule) || !knownRules.has(rule),
    answer: (each) => answers.answer(each),
  };
}

/** Whether an acknowledgement is the one that a risk acceptance made for the report of the CDK. */
export function isOfAcceptance(
  { id, path }: Acknowledgement,
  acceptances: readonly SettledAcceptance[],
): boolean {
  return acceptances.some(
    ({ found: { record, stack } }) =>
      stack !== undefined &&
      record.scope.path === path &&
      record.rules.some((rule) => `${PLUGIN_NAME}::${rule}` === id),
  );
}

class Answers {
  readonly answered = new Map<object, number>();
  readonly unsigned = new Set<object>();
  private readonly byRule = new Map<string, SettledAcceptance[]>();

  constructor(
    private readonly acceptances: readonly SettledAcceptance[],
    private readonly options: SettleOptions,
  ) {
    for (const acceptance of acceptances) {
      for (const rule of new Set(acceptance.found.record.rules)) {
        this.byRule.set(rule, [...(this.byRule.get(rule) ?? []), acceptance]);
      }
    }
  }

  answer(judged: Judged): Verdict {
    const { verdict } = judged;
    if (verdict.verdict !== 'fail') return verdict;
    const acceptances = (this.byRule.get(verdict.rule) ?? []).filter(({ found }) =>
      answersFor(found, judged),
    );
    const inForce = acceptances.find(({ state }) => state === 'in force');
    if (inForce) return this.accept(judged, inForce.found, acceptedBy(inForce));
    const [refused] = acceptances;
    // Somebody took it up, and it does not hold: no older acknowledgement stands in for it.
    if (refused) return { ...verdict, refused: refusalOf(refused) };
    return this.acknowledge(judged) ?? this.weaken(judged) ?? verdict;
  }

  private acknowledge(judged: Judged): Verdict | undefined {
    const { verdict, service } = judged;
    const acknowledgement = acknowledgementOf(verdict.rule, judged.resource);
    if (!acknowledgement || isOfAcceptance(acknowledgement, this.acceptances)) return undefined;
    if (verdict.rule === EXCEPTIONS_RULE) return { ...verdict, refused: NEVER_ACKNOWLEDGED };
    if (asksForSignatures(this.options.exceptions.requireSignatures ?? false, service.tier)) {
      this.unsigned.add(acknowledgement);
      return {
        ...verdict,
        refused: `it is only acknowledged, and tier ${service.tier} asks for a signature`,
      };
    }
    return this.accept(judged, acknowledgement, { reason: printable(acknowledgement.reason) });
  }

  private weaken(judged: Judged): Verdict | undefined {
    const { verdict, resource, service } = judged;
    const weakening = weakeningFor(verdict.rule, resource, service, this.options.today);
    return weakening && this.accept(judged, weakening, acceptedByWeakening(weakening));
  }

  private accept(judged: Judged, by: object, accepted: NonNullable<Verdict['accepted']>): Verdict {
    this.count(judged, by);
    return { ...judged.verdict, accepted };
  }

  private count({ verdict }: Judged, by: object): void {
    if (verdict.subsumedBy === undefined) this.answered.set(by, (this.answered.get(by) ?? 0) + 1);
  }
}

function acceptedBy({ found: { record } }: SettledAcceptance): NonNullable<Verdict['accepted']> {
  const { approver, secondApprover, owner, ticket, expires, reason } = record;
  return {
    by: printable(secondApprover === undefined ? approver : `${approver}, ${secondApprover}`),
    owner: printable(owner),
    ticket: printable(ticket),
    until: expires,
    reason: printable(reason),
  };
}

function refusalOf({ state, problems, found: { source } }: SettledAcceptance): string {
  const where = source ? `${printable(source.file)}: ` : '';
  return `${where}${problems[0]?.problem ?? `the acceptance is ${state}`}`;
}

function groupByRule(judged: readonly Judged[]): ReadonlyMap<string, readonly Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const each of judged) {
    const group = groups.get(each.verdict.rule);
    if (group) group.push(each);
    else groups.set(each.verdict.rule, [each]);
  }
  return groups;
}

/** By name, so that a baseline does not change because lines moved. */
function firstStack(judged: readonly Judged[]): Stack | undefined {
  return judged.map(({ resource }) => resource.stack).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
