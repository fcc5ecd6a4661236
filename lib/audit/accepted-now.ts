import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { printable } from '../assembly/source/printable';
import type { Acknowledgement } from '../assembly/source/source';
import type { Stack } from '../assembly/stack';
import { acknowledgedRule } from '../objectives/risk-acceptance-checks';
import type { AcceptedRisk } from '../objectives/service-figures';
import { constructPathOf, isAtOrAbove } from './acceptance';
import { answersFor, type FoundAcceptance } from './exceptions';
import type { ExceptionState } from './register';
import { isOfAcceptance, type Settlement } from './settle';

/** A risk that is accepted on the day of the audit, in code or in a file. */
export interface AcceptedNow extends AcceptedRisk {
  /** How many findings it answers for today; it is accepted all the same where there is none. */
  readonly answers: number;
  readonly by: FoundAcceptance | PlacedAcknowledgement;
}

/** An acknowledgement of a rule of ours, in the stack that says it. */
interface PlacedAcknowledgement {
  readonly acknowledgement: Acknowledgement;
  readonly stack: Stack;
}

/** What answers for nothing today is accepted for what comes later. */
const ACCEPTED: readonly ExceptionState[] = ['in force', 'stale'];

/** Every risk acceptance that holds today, and every acknowledgement of a rule of ours. */
export function acceptedNow(graphs: readonly Graph[], settlement: Settlement): readonly AcceptedNow[] {
  const { acceptances, answered, unsigned } = settlement;
  const inForce = acceptances
    .filter(({ state }) => ACCEPTED.includes(state))
    .map(({ found }) => ({
      reason: printable(found.record.reason),
      expires: found.record.expires,
      answers: answered.get(found) ?? 0,
      by: found,
    }));
  const acknowledged = graphs
    .flatMap(({ stacks }) => stacks)
    .flatMap((stack) => stack.source.acknowledgements.map((acknowledgement) => ({ acknowledgement, stack })))
    .filter(({ acknowledgement: each }) => acknowledgedRule(each.id) !== undefined)
    .filter(({ acknowledgement: each }) => !unsigned.has(each) && !isOfAcceptance(each, acceptances))
    .map((by) => ({
      reason: printable(by.acknowledgement.reason),
      answers: answered.get(by.acknowledgement) ?? 0,
      by,
    }));
  return [...inForce, ...acknowledged];
}

/** Whether it speaks of a resource that belongs to a service. */
export function isAcceptedOn({ by }: AcceptedNow, resource: Resource, service: string | undefined): boolean {
  if ('record' in by) return answersFor(by, { resource, service: { name: service } });
  const path = constructPathOf(resource);
  return path !== undefined && isAtOrAbove(by.acknowledgement.path, path) && isIn(resource.stack, by.stack);
}

/** What stands in a stack holds in the stacks that are nested in it, too. */
function isIn(stack: Stack | undefined, outer: Stack): boolean {
  return stack !== undefined && (stack === outer || isIn(stack.parent, outer));
}
