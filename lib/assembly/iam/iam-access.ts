import type { Truth } from '../conditions';
import { Resource } from '../resource';
import { inSameAccount } from '../same-place';
import { everyTruth, negated, someTruth } from '../truth';
import { isList, isMap, Text, Unknown, type Value } from '../value';
import { boundaryOf, grantsOf } from './iam-grants';
import { resourceGrantsOf } from './iam-resource-policies';
import { coversResource } from './iam-resources';
import { rolesOf } from './iam-roles';
import { concernsAction, type Grant, type Grants } from './iam-statements';

/**
 * Whether what runs as a resource may do something: a role, or whatever runs under one; to a resource, or to anything
 * at all.
 *
 * What a condition of a statement allows or denies at times only counts as "may", for at times it may. Unknown where a role, a
 * policy or an ARN is known only at deploy.
 */
export function mayDo(principal: Resource, action: string, target?: Resource): Truth {
  const { roles, unknowns } = rolesOf(principal);
  return someTruth([...roles.map((role) => roleMay(role, action, target)), ...unknowns]);
}

function roleMay(role: Resource, action: string, target: Resource | undefined): Truth {
  const own = grantsOf(role);
  const boundary = boundaryOf(role);
  const identity = everyTruth([
    allows(own, action, target),
    ...(boundary ? [allows(boundary, action, target), negated(denies(boundary, action, target))] : []),
  ]);
  const denied = negated(denies(own, action, target));
  if (target === undefined) return everyTruth([identity, denied]);
  return everyTruth([denied, ofBoth(role, identity, action, target)]);
}

/** What the policy of a role and that of a resource come to together. */
function ofBoth(role: Resource, identity: Truth, action: string, target: Resource): Truth {
  const theirs = onlyFor(resourceGrantsOf(target), role);
  const granted = allows(theirs.named, action, target);
  const denied = negated(denies(theirs.named, action, target));
  if (isKey(target)) {
    const delegated = everyTruth([identity, allows(theirs.account, action, target)]);
    return everyTruth([
      denied,
      someTruth([granted, target.get('KeyPolicy') === undefined ? identity : delegated]),
    ]);
  }
  const sameAccount = inSameAccount(role, target);
  if (sameAccount === false)
    return everyTruth([denied, identity, someTruth([granted, allows(theirs.account, action, target)])]);
  return everyTruth([denied, someTruth([identity, granted])]);
}

/** A key obeys its own policy only, which may leave the say to the policies of its account. */
function isKey({ type }: Resource): boolean {
  return type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey';
}

/** Whether the policy of a resource lets a service of AWS do something with it, at times at least. */
export function letsService(resource: Resource, service: string, action: string): Truth {
  const { grants, unknowns } = resourceGrantsOf(resource);
  const about = grants.map((grant) => withCertainty(grant, isForService(grant, service)));
  return everyTruth([
    someTruth([...about.map((grant) => grantAllows(grant, action, resource)), ...unknowns]),
    negated(someTruth(about.map((grant) => grantDenies(grant, action, resource)))),
  ]);
}

function allows({ grants, unknowns }: Grants, action: string, target: Resource | undefined): Truth {
  return someTruth([...grants.map((grant) => grantAllows(grant, action, target)), ...unknowns]);
}

function denies({ grants }: Grants, action: string, target: Resource | undefined): Truth {
  return someTruth(grants.map((grant) => grantDenies(grant, action, target)));
}

function grantAllows(grant: Grant, action: string, target: Resource | undefined): Truth {
  if (grant.effect !== 'Allow') return false;
  return everyTruth([grant.certain, concernsAction(grant, action), isAbout(grant, target, 'part')]);
}

function grantDenies(grant: Grant, action: string, target: Resource | undefined): Truth {
  if (grant.effect !== 'Deny' || grant.conditions !== undefined) return false;
  return everyTruth([grant.certain, concernsAction(grant, action), isAbout(grant, target, 'whole')]);
}

function isAbout(grant: Grant, target: Resource | undefined, extent: 'part' | 'whole'): Truth {
  if (target !== undefined)
    return (
      (grant.principals !== undefined && grant.by === target) ||
      coversResource(grant.resources, target, grant.by, extent)
    );
  // To anything at all: any resource will do to allow, and only all of them deny.
  if (extent === 'part') return grant.resources.values.length > 0;
  return !grant.resources.except && grant.resources.values.includes('*');
}

interface Theirs {
  /** Statements that name the role, or everybody. */
  readonly named: Grants;

  /** Statements that name the role's whole account. */
  readonly account: Grants;
}

function onlyFor({ grants, unknowns }: Grants, role: Resource): Theirs {
  const each = (test: (grant: Grant) => Truth) => ({
    grants: grants.map((grant) => withCertainty(grant, test(grant))),
    unknowns,
  });
  return {
    named: each((grant) => isForRole(grant, role)),
    account: each((grant) => isForAccount(grant)),
  };
}

function withCertainty(grant: Grant, certain: Truth): Grant {
  return { ...grant, certain: everyTruth([grant.certain, certain]) };
}

function principalsOf({ principals }: Grant, kind: 'AWS' | 'Service'): readonly Value[] {
  return (principals?.values ?? []).flatMap((value): readonly Value[] => {
    if (!isMap(value)) return [value];
    const named = value[kind] ?? [];
    return isList(named) ? named : [named];
  });
}

function isForRole(grant: Grant, role: Resource): Truth {
  const named = someTruth(principalsOf(grant, 'AWS').map((value) => isRole(value, role, grant.by)));
  return grant.principals?.except ? negated(named) : named;
}

function isRole(value: Value, role: Resource, from: Resource): Truth {
  if (value === '*') return true;
  if (isAccount(value)) return false;
  const named = role.stack.graph.resolve(value, from);
  if (named instanceof Resource) return named === role;
  return typeof value === 'string' ? false : named;
}

function isForAccount(grant: Grant): Truth {
  if (grant.principals?.except) return false;
  return principalsOf(grant, 'AWS').some(isAccount);
}

/** The root of an account, or its bare number, stands for all whom the account lets. */
function isAccount(value: Value): boolean {
  const last = value instanceof Text ? value.parts.at(-1) : value;
  return typeof last === 'string' && (last.endsWith(':root') || /^\d{12}$/.test(last));
}

function isForService(grant: Grant, service: string): Truth {
  const values = principalsOf(grant, 'Service');
  const named = someTruth(
    values.map((value) => {
      if (value instanceof Unknown) return value;
      return value === '*' || value === service;
    }),
  );
  return grant.principals?.except ? negated(named) : named;
}
