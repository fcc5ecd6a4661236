import { awsManagedPolicy } from '../../calculus/aws-managed-policies';
import type { Truth } from '../conditions';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { isMap, referencesIn, Text, Unknown, type Value } from '../value';
import { type Grant, type Grants, grantsIn, NO_GRANTS, together } from './iam-statements';

const known = new WeakMap<Resource, Grants>();

/**
 * All that the policies of a role grant and deny: those in it, those that other resources attach to it, and those that
 * AWS manages. Its permissions boundary is asked for by itself.
 */
export function grantsOf(role: Resource): Grants {
  const found = known.get(role) ?? allGrantsOf(role);
  known.set(role, found);
  return found;
}

function allGrantsOf(role: Resource): Grants {
  const inline = role.list('Policies');
  const managed = role.list('ManagedPolicyArns');
  const { byRole, hidden } = attachedPolicies(role.stack.graph);
  return together([
    ...(inline instanceof Unknown ? [open(inline)] : inline.map((policy) => inlinePolicy(role, policy))),
    ...(managed instanceof Unknown ? [open(managed)] : managed.map((arn) => managedPolicy(role, arn))),
    ...(byRole.get(role) ?? []).map((policy) => documentOf(policy, existsWith(policy, role))),
    ...hidden,
  ]);
}

/** What a role may do at most; undefined where it has no permissions boundary. */
export function boundaryOf(role: Resource): Grants | undefined {
  const boundary = role.get('PermissionsBoundary');
  if (boundary === undefined) return undefined;
  return managedPolicy(role, boundary);
}

function inlinePolicy(role: Resource, policy: Value): Grants {
  if (policy instanceof Unknown && policy.alternatives) {
    const documents = policy.alternatives.filter((value) => isMap(value));
    const why = new Unknown(policy.reason);
    return together(documents.map((value) => grantsIn(role, value.PolicyDocument, why)));
  }
  if (policy instanceof Unknown) return open(policy);
  return isMap(policy) ? grantsIn(role, policy.PolicyDocument) : NO_GRANTS;
}

/** A policy that a role names by ARN: one of the app, or one that AWS manages. */
function managedPolicy(role: Resource, arn: Value): Grants {
  if (arn instanceof Unknown && arn.alternatives) {
    const parts = arn.alternatives.filter((value) => value !== undefined);
    const why = new Unknown(arn.reason);
    return together(parts.map((value) => whereOpen(managedPolicy(role, value), why)));
  }
  const name = awsManagedName(arn);
  if (name !== undefined) return ofAws(role, name);
  const policy = role.stack.graph.resolve(arn, role);
  return policy instanceof Resource ? documentOf(policy, existsWith(policy, role)) : open(policy);
}

function whereOpen({ grants, unknowns }: Grants, why: Unknown): Grants {
  return {
    grants: grants.map((grant) => ({ ...grant, certain: everyTruth([grant.certain, why]) })),
    unknowns,
  };
}

/** `arn:aws:iam::aws:policy/service-role/Name` gives `Name`. */
function awsManagedName(arn: Value): string | undefined {
  const last = arn instanceof Text ? arn.parts.at(-1) : arn;
  const match = typeof last === 'string' ? /:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(last) : null;
  return match?.[1];
}

function ofAws(role: Resource, name: string): Grants {
  const policy = awsManagedPolicy(name);
  if (!policy) return open(new Unknown(`what ${name}, a policy of AWS, grants is not known here`));
  const grant: Grant = {
    effect: 'Allow',
    by: role,
    actions: { values: policy.actions, except: false },
    resources: { values: ['*'], except: false },
    certain: true,
  };
  return { grants: [grant], unknowns: [] };
}

function documentOf(policy: Resource, certain: Truth): Grants {
  return grantsIn(policy, policy.get('PolicyDocument'), certain);
}

function open(why: Unknown): Grants {
  return { grants: [], unknowns: [why] };
}

interface Attached {
  readonly byRole: ReadonlyMap<Resource, readonly Resource[]>;

  /** Policies that may be any role's. */
  readonly hidden: readonly Grants[];
}

const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** The policies that name the roles they are for. */
const attachedPolicies = oncePerGraph((graph): Attached => {
  const byRole = new Map<Resource, Resource[]>();
  const hidden = graph.unreadable.slice(0, 1).map((reason) => open(new Unknown(reason)));
  for (const policy of graph.ofType(...POLICY_TYPES)) {
    for (const value of rolesNamedBy(policy)) {
      const role = graph.resolve(value, policy);
      if (role instanceof Resource) append(byRole, role, policy);
      // A role that is written out by name and is not in the app is none of the app's.
      else if (typeof value !== 'string') hidden.push(documentOf(policy, role));
    }
  }
  return { byRole, hidden };
});

function rolesNamedBy(policy: Resource): readonly Value[] {
  const roles = policy.list(policy.type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles');
  if (!(roles instanceof Unknown)) return roles;
  // Whichever branch deploy takes, it can only name what the branches name.
  return roles.alternatives ? referencesIn(roles) : [roles];
}

function append(lists: Map<Resource, Resource[]>, key: Resource, item: Resource): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
