import type { Truth } from '../conditions';
import { matchesGlob } from '../glob';
import type { Resource } from '../resource';
import { everyTruth, negated, someTruth } from '../truth';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../value';
import { statementsOf } from './policy-statements';

/** Which actions a resource policy does not deny to everybody. */
export interface Denial {
  readonly missing: readonly string[];

  /** Why one of the missing may yet be denied. @default - none is */
  readonly unknown?: Unknown;
}

/**
 * Looks for statements that deny actions on everything to everybody. What a policy calls everything, the caller may say.
 *
 * Exemptions of principals, by `NotPrincipal` or by a condition on who calls, leave a way in an emergency and count as a
 * denial; a condition on anything else leaves the action open to everybody at times and does not.
 */
export function deniesEveryone(
  resource: Resource,
  path: string,
  actions: readonly string[],
  isAll: (named: Value) => Truth = isStar,
): Denial {
  const statements = statementsOf(resource.get(path));
  const truths = actions.map((action) => ({
    action,
    denied:
      statements instanceof Unknown
        ? statements
        : someTruth(statements.map((one) => denies(one, action, isAll))),
  }));
  const open = truths.find(({ denied }) => denied instanceof Unknown)?.denied;
  return {
    missing: truths.filter(({ denied }) => denied !== true).map(({ action }) => action),
    ...(open instanceof Unknown && truths.every(({ denied }) => denied !== false) && { unknown: open }),
  };
}

function denies(statement: Value, action: string, isAll: (named: Value) => Truth): Truth {
  if (statement instanceof Unknown) return statement;
  if (!isMap(statement) || statement.Effect === 'Allow') return false;
  if (statement.Effect instanceof Unknown) return statement.Effect;
  if (statement.Effect !== 'Deny') return false;
  return everyTruth([
    concerns(statement, action),
    isForEverybody(statement),
    isForEverything(statement, isAll),
    exemptsPrincipalsOnly(statement.Condition),
  ]);
}

function concerns({ Action: action, NotAction: others }: ValueMap, wanted: string): Truth {
  if (action !== undefined) return anyMatches(action, wanted);
  return others === undefined ? false : negated(anyMatches(others, wanted));
}

/** Actions are matched whatever their case. */
function anyMatches(patterns: Value, wanted: string): Truth {
  const list = isList(patterns) ? patterns : [patterns];
  return someTruth(
    list.map((pattern) => {
      if (typeof pattern === 'string') return matchesGlob(pattern.toLowerCase(), wanted.toLowerCase());
      return pattern instanceof Unknown ? pattern : new Unknown('an action is known only at deploy');
    }),
  );
}

function isForEverybody({ Principal: principal, NotPrincipal: exempt }: ValueMap): Truth {
  if (exempt !== undefined) return true;
  const named = isMap(principal) ? principal.AWS : principal;
  return includesStar(named);
}

function isForEverything({ Resource: resource }: ValueMap, isAll: (named: Value) => Truth): Truth {
  if (resource === undefined) return false;
  return someTruth((isList(resource) ? resource : [resource]).map(isAll));
}

function isStar(named: Value): Truth {
  return named instanceof Unknown ? named : named === '*';
}

function includesStar(value: Value | undefined): Truth {
  if (value === undefined) return false;
  const list = isList(value) ? value : [value];
  return someTruth(list.map(isStar));
}

/** Operators with which a condition leaves somebody out. */
const EXEMPTING = /^(ForA(ll|ny)Values:)?(String|Arn)Not(Equals|Like|EqualsIgnoreCase)(IfExists)?$/;

/** Keys that say who calls. */
const WHO = /^aws:(Principal|userid|username|SourceArn|SourceAccount|CalledVia)/i;

function exemptsPrincipalsOnly(condition: Value | undefined): Truth {
  if (condition === undefined) return true;
  if (condition instanceof Unknown) return condition;
  if (!isMap(condition)) return false;
  return everyTruth(
    Object.entries(condition).map(([operator, keys]) => {
      if (keys instanceof Unknown) return keys;
      return EXEMPTING.test(operator) && isMap(keys) && Object.keys(keys).every((key) => WHO.test(key));
    }),
  );
}
