import type { Truth } from '../conditions';
import { matchesGlob } from '../glob';
import type { Resource } from '../resource';
import { negated, someTruth } from '../truth';
import { describe, isList, isMap, Unknown, type Value, type ValueMap } from '../value';
import { statementsOf } from './policy-statements';

/** Values that a policy lists, or all but those. */
export interface Listed {
  readonly values: readonly Value[];

  /** Whether it means all others: `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly except: boolean;
}

/** One statement of a policy: an edge from who may, or may not, to what. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';

  /** Where the statement stands: a role, a policy or a resource with a policy. */
  readonly by: Resource;

  /** Patterns of actions. */
  readonly actions: Listed;

  /** ARNs and patterns of them. */
  readonly resources: Listed;

  /** Who it is about; only policies of resources say so. @default - whoever holds the policy */
  readonly principals?: Listed;

  /** What must hold when somebody calls. @default - nothing */
  readonly conditions?: Value;

  /** Unknown where only deploy knows whether the statement is there. */
  readonly certain: Truth;
}

/** The statements that were read, and why there may be others. */
export interface Grants {
  readonly grants: readonly Grant[];
  readonly unknowns: readonly Unknown[];
}

export const NO_GRANTS: Grants = { grants: [], unknowns: [] };

/** Reads a policy that a resource holds at a path. */
export function grantsIn(by: Resource, policy: Value | undefined, certain: Truth = true): Grants {
  const statements = statementsOf(policy);
  if (statements instanceof Unknown) return openPolicy(by, statements, certain);
  return together(statements.map((statement) => readStatement(by, statement, certain)));
}

export function together(parts: readonly Grants[]): Grants {
  return {
    grants: parts.flatMap(({ grants }) => grants),
    unknowns: parts.flatMap(({ unknowns }) => unknowns),
  };
}

/** A condition may decide between policies, each of which can be read. */
function openPolicy(by: Resource, policy: Unknown, certain: Truth): Grants {
  if (!policy.alternatives) return { grants: [], unknowns: [policy] };
  const why = certain instanceof Unknown ? certain : new Unknown(policy.reason);
  return together(
    policy.alternatives
      .filter((value) => value !== undefined)
      .map((value) => (isList(value) ? listOf(by, value, why) : grantsIn(by, value, why))),
  );
}

function listOf(by: Resource, statements: readonly Value[], certain: Truth): Grants {
  return together(statements.map((statement) => readStatement(by, statement, certain)));
}

function readStatement(by: Resource, statement: Value, certain: Truth): Grants {
  if (statement instanceof Unknown) return openStatement(by, statement, certain);
  if (!isMap(statement))
    return { grants: [], unknowns: [new Unknown('a statement is known only at deploy')] };
  const { Effect: effect, Condition: conditions } = statement;
  if (effect !== 'Allow' && effect !== 'Deny')
    return { grants: [], unknowns: [new Unknown(`the effect of a statement is ${describe(effect)}`)] };
  const principals = listed(statement, 'Principal', 'NotPrincipal');
  const grant: Grant = {
    effect,
    by,
    actions: listed(statement, 'Action', 'NotAction') ?? NOTHING,
    resources: listed(statement, 'Resource', 'NotResource') ?? NOTHING,
    certain,
    ...(principals && { principals }),
    ...(conditions !== undefined && { conditions }),
  };
  return { grants: [grant], unknowns: [] };
}

function openStatement(by: Resource, statement: Unknown, certain: Truth): Grants {
  if (!statement.alternatives) return { grants: [], unknowns: [statement] };
  const why = certain instanceof Unknown ? certain : new Unknown(statement.reason);
  const known = statement.alternatives.filter((value) => value !== undefined);
  return together(known.map((value) => readStatement(by, value, why)));
}

const NOTHING: Listed = { values: [], except: false };

function listed(statement: ValueMap, name: string, exceptName: string): Listed | undefined {
  const [named, others] = [statement[name], statement[exceptName]];
  if (named !== undefined) return { values: isList(named) ? named : [named], except: false };
  if (others !== undefined) return { values: isList(others) ? others : [others], except: true };
  return undefined;
}

/** Whether a statement is about an action. Actions are matched whatever their case. */
export function concernsAction({ actions }: Pick<Grant, 'actions'>, action: string): Truth {
  const wanted = action.toLowerCase();
  const matched = someTruth(actions.values.map((pattern) => matchesAction(pattern, wanted)));
  return actions.except ? negated(matched) : matched;
}

function matchesAction(pattern: Value, wanted: string): Truth {
  if (typeof pattern === 'string') return matchesText(pattern, wanted);
  return pattern instanceof Unknown ? pattern : new Unknown('an action is known only at deploy');
}

/** Most actions are written out: an app asks this hundreds of thousands of times. */
function matchesText(pattern: string, wanted: string): boolean {
  if (pattern.includes('*') || pattern.includes('?')) return matchesGlob(pattern.toLowerCase(), wanted, '?');
  return pattern.length === wanted.length && pattern.toLowerCase() === wanted;
}
