import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { standsFor } from '../../assembly/iam/iam-resources';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import { allOf, anyOf, atLeast, type Failure } from '../failure';
import { type Modelling, regionKey } from '../modelling';
import { groupFails } from './compute';
import { serviceUnitsFail } from './containers';
import { INSTANCE } from './units/spread-units';

/**
 * What registers with a target group, or with a Classic Load Balancer: groups and services stand in for each other, and
 * so do the single targets, as far as those without their fullest zone carry the load.
 *
 * @param served the zones whose targets get any traffic. Default: all
 */
export function registeredFail(group: Resource, model: Modelling, served?: ReadonlySet<string>): Failure {
  const { registrations } = registrationsOf(group);
  const others = [...new Set(registrations.map(({ by }) => by).filter((by) => by !== group))];
  const listed = listedTargets(group, model, served);
  const needed = neededOf(listed.map(({ zone }) => zone));
  const targets = listed.map(({ fails }) => fails);
  return allOf(
    ...others.map((other) => (served ? unitsThere(other, model, served) : model.of(other))),
    ...(targets.length === 0 ? [] : [atLeast(targets.length - needed + 1, targets)]),
  );
}

function unitsThere(by: Resource, model: Modelling, served: ReadonlySet<string>): Failure {
  return by.type === 'AWS::ECS::Service'
    ? serviceUnitsFail(by, model, served)
    : groupFails(by, model, served);
}

interface ListedTarget {
  readonly zone: string;
  readonly fails: Failure;
}

/** What is left without the fullest zone is taken to carry the load; at least one. */
function neededOf(zones: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return Math.max(1, zones.length - Math.max(0, ...counts.values()));
}

function listedTargets(
  group: Resource,
  model: Modelling,
  served: ReadonlySet<string> | undefined,
): readonly ListedTarget[] {
  const classic = group.type === 'AWS::ElasticLoadBalancing::LoadBalancer';
  const list = group.list(classic ? 'Instances' : 'Targets');
  if (list instanceof Unknown) return [];
  return list
    .map((target, index) => listedTarget(group, target, { index, model }))
    .filter(({ zone }) => !served?.size || served.has(zone));
}

function listedTarget(
  group: Resource,
  target: Value,
  { index, model }: { readonly index: number; readonly model: Modelling },
): ListedTarget {
  const id = isMap(target) ? target.Id : target;
  const found = group.stack.graph.resolve(id ?? null, group);
  const [zone = `${regionKey(group)}#0`] =
    found instanceof Resource && found.zones.names.size > 0
      ? model.zoneNames(found, found.zones)
      : [isMap(target) && typeof target.AvailabilityZone === 'string' ? target.AvailabilityZone : undefined];
  if (found instanceof Resource) return { zone, fails: model.of(standsFor(found), group) };
  const part = { id: `target ${index + 1}`, what: `target ${index + 1}` };
  return {
    zone,
    fails: anyOf(model.own(group, INSTANCE, part), model.zone(group, zone), model.region(group)),
  };
}
