import type { Truth } from '../conditions';
import { mayDo } from '../iam/iam-access';
import { grantsOf } from '../iam/iam-grants';
import { resourcesNamedBy, standsFor } from '../iam/iam-resources';
import { rolesOf } from '../iam/iam-roles';
import { concernsAction, type Grant } from '../iam/iam-statements';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { Reference, referencesIn, Text, Unknown, type Value } from '../value';
import { COMPUTE_TYPES, databasesOf, environmentOf, namedIn } from './call-environment';
import { CALL_TARGETS, type CallKind, type CallTarget } from './call-targets';
import { DECLARING_TYPES, declaredCallsOf } from './calls-declared';
import { callsThroughGroups } from './calls-network';
import { openedValue } from './held-values';

/** Something that one resource uses at run time: an edge from the caller to what it calls. */
export interface Call {
  readonly from: Resource;
  readonly to: Resource;
  readonly kind: CallKind;

  /** Whether the caller waits for an answer, hands something over, or fetches what others have handed over. */
  readonly mode: 'synchronous' | 'asynchronous' | 'polled';

  /** The property of the caller that shows it, where there is one. */
  readonly property?: string;

  /** What shows it, in words. */
  readonly because: string;

  /** Unknown where only deploy knows whether it is made. */
  readonly certain: Truth;
}

/** The types that call others. */
export const CALLING_TYPES: readonly string[] = [...COMPUTE_TYPES, ...DECLARING_TYPES];

const TASKS = 'AWS::ECS::TaskDefinition';

const known = new WeakMap<Resource, readonly Call[]>();

/**
 * What a resource uses at run time, one call for each resource and mode. Compute is seen to call what its environment names and
 * its role lets it use, what its role names one by one, and the databases and caches whose security group lets its own
 * in. What calls an imported resource is not seen.
 */
export function callsOf(resource: Resource): readonly Call[] {
  const calls = known.get(resource) ?? distinct(allCallsOf(resource));
  known.set(resource, calls);
  return calls;
}

/** Those for which the caller waits. */
export function synchronousCallsOf(resource: Resource): readonly Call[] {
  return callsOf(resource).filter(({ mode }) => mode === 'synchronous');
}

function allCallsOf(resource: Resource): readonly Call[] {
  if (DECLARING_TYPES.includes(resource.type)) return declaredCallsOf(resource);
  // Tasks that something starts one by one have no service that calls for them.
  if (!COMPUTE_TYPES.includes(resource.type) && resource.type !== TASKS) return [];
  return [...callsInEnvironment(resource), ...callsInGrants(resource), ...callsThroughGroups(resource)];
}

/** A sure call stands for those that are open. */
function distinct(calls: readonly Call[]): readonly Call[] {
  const best = new Map<Resource, Map<string, Call>>();
  for (const call of calls) {
    if (call.to === call.from || call.certain === false) continue;
    const modes = best.get(call.to) ?? new Map<string, Call>();
    best.set(call.to, modes);
    if (modes.get(call.mode)?.certain !== true) modes.set(call.mode, call);
  }
  return [...best.values()].flatMap((modes) => [...modes.values()]);
}

function callsInEnvironment(from: Resource): readonly Call[] {
  const entries = environmentOf(from).map((entry) => ({ ...entry, value: openedValue(entry.value, from) }));
  return entries.flatMap((entry) =>
    namedIn(entry, from).flatMap((reference) =>
      targetsOf(reference).flatMap((to) =>
        callsTo(from, to, reference, entry.value).map((call): Call => {
          const open = entry.value instanceof Unknown ? entry.value : true;
          return {
            ...call,
            property: entry.property,
            because: entry.property,
            certain: everyTruth([call.certain, open]),
          };
        }),
      ),
    ),
  );
}

/** What a reference means: the function of an alias, the database of its secret. */
function targetsOf({ resource }: Reference): readonly Resource[] {
  const target = standsFor(resource);
  return target.type === 'AWS::SecretsManager::Secret' ? databasesOf(target) : [target];
}

function callsTo(
  from: Resource,
  to: Resource,
  { resource, attribute }: Reference,
  value: Value,
): readonly Call[] {
  const target = CALL_TARGETS[to.type];
  if (!target) return [];
  const bySecret = resource.type.startsWith('AWS::SecretsManager::');
  const call = { from, to, kind: target.kind, because: '' };
  if (bySecret || target.addresses?.test(attribute) || isHost(value, target))
    return [{ ...call, mode: 'synchronous', certain: true }];
  return MODES.map(
    (mode): Call => ({ ...call, mode, certain: mayDoOneOf(from, target[mode] ?? [], to) }),
  ).filter(({ certain }) => certain !== false);
}

/** An API is named by its id, which is an address only within a host name. */
function isHost(value: Value, { host }: CallTarget): boolean {
  return (
    host !== undefined &&
    value instanceof Text &&
    value.parts.some((part) => typeof part === 'string' && part.startsWith(host))
  );
}

const MODES = ['synchronous', 'asynchronous', 'polled'] as const;

function mayDoOneOf(from: Resource, actions: readonly string[], to: Resource): Truth {
  return someTruth(actions.map((action) => mayDo(from, action, to)));
}

function callsInGrants(from: Resource): readonly Call[] {
  return rolesOf(from).roles.flatMap((role) =>
    grantedTargets(role).map(
      (granted): Call => ({ ...granted, from, because: `a grant of ${role.logicalId}` }),
    ),
  );
}

type Granted = Pick<Call, 'to' | 'kind' | 'mode' | 'certain'>;

const granted = new WeakMap<Resource, readonly Granted[]>();

/** What a role may use that its policies name one by one. */
function grantedTargets(role: Resource): readonly Granted[] {
  const targets = granted.get(role) ?? grantsOf(role).grants.flatMap(targetsOfGrant);
  granted.set(role, targets);
  return targets;
}

function targetsOfGrant(grant: Grant): readonly Granted[] {
  if (grant.effect === 'Deny') return [];
  return resourcesNamedBy(grant.resources, grant.by).resources.flatMap((to) => {
    const target = CALL_TARGETS[to.type];
    if (to.type === 'AWS::SSM::Parameter') return addressesHeldBy(to, grant);
    return target
      ? modesOf(grant, target).map(({ mode, certain }) => ({ to, kind: target.kind, mode, certain }))
      : [];
  });
}

const READING = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];

/** What a parameter that may be read holds the address of; what it holds the name of, the role must let be used itself. */
function addressesHeldBy(parameter: Resource, grant: Grant): readonly Granted[] {
  const reads = someTruth(READING.map((action) => concernsAction(grant, action)));
  const certain = everyTruth([grant.certain, reads]);
  if (certain === false) return [];
  const held = openedValue(new Reference(parameter, 'Ref'), parameter);
  return referencesIn(held).flatMap((reference): readonly Granted[] => {
    const to = standsFor(reference.resource);
    const target = CALL_TARGETS[to.type];
    const leads = target?.addresses?.test(reference.attribute) || (target && isHost(held, target));
    return target && leads ? [{ to, kind: target.kind, mode: 'synchronous', certain }] : [];
  });
}

function modesOf(grant: Grant, target: CallTarget): readonly Pick<Call, 'mode' | 'certain'>[] {
  return MODES.map((mode) => {
    const concerns = someTruth((target[mode] ?? []).map((action) => concernsAction(grant, action)));
    return { mode, certain: everyTruth([grant.certain, concerns]) };
  }).filter(({ certain }) => certain !== false);
}
