import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { standsFor } from '../../assembly/iam/iam-resources';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { declaredPeakOf } from '../peak';
import { groupFails } from './compute';
import { serviceUnitsFail } from './containers';
import { exportsBefore } from './exported';
import { pooledFail } from './pooled-units';
import { servesNobody } from './units/late-units';
import { INSTANCE } from './units/spread-units';

/**
 * What registers with a target group, or with a Classic Load Balancer. Where it is declared how many units carry the peak, the
 * units of all groups and services are counted together; where nobody declares it, each is taken to carry the load alone.
 *
 * @param served the zones whose targets get any traffic. Default: all
 */
export function registeredFail(group: Resource, model: Modelling, served?: ReadonlySet<string>): Failure {
  const { registrations } = registrationsOf(group);
  const others = [...new Set(registrations.map(({ by }) => by).filter((by) => by !== group))];
  const listed = listedTargets(group, model, served);
  if (others.length === 0 && listed.length === 0) return nothingServes(group, model);
  return allOf(...togetherFail(group, others, { model, served }), ...listed.map(({ fails }) => fails));
}

interface Place {
  readonly model: Modelling;
  readonly served: ReadonlySet<string> | undefined;
}

/** What several register carries the peak together, or each of them alone. */
function togetherFail(
  group: Resource,
  others: readonly Resource[],
  { model, served }: Place,
): readonly Failure[] {
  const alone = () =>
    others.map((other) => (served ? unitsThere(other, model, served) : model.of(other, group)));
  if (others.length < 2) return alone();
  const names = others.map(nameOf).join(' and ');
  if (others.some((other) => declaredPeakOf(other, model.services))) {
    const pooled = pooledFail(others, { model, served });
    if (pooled) return [pooled];
  }
  model.assume(
    `each of ${names} is taken to carry alone what ${nameOf(group)} sends: nobody declares their peak`,
    group,
  );
  return alone();
}

function unitsThere(by: Resource, model: Modelling, served: ReadonlySet<string>): Failure {
  return by.type === 'AWS::ECS::Service'
    ? serviceUnitsFail(by, model, served)
    : groupFails(by, model, served);
}

/** Nothing answers where nothing registers; what the app does not show may be one target. */
function nothingServes(group: Resource, model: Modelling): Failure {
  const [hidden] = [...registrationsOf(group).unknowns, ...clustersBeside(group), ...exportsBefore(group)];
  if (hidden === undefined) return servesNobody(group, 'nothing registers with it', model);
  model.assume(`${nameOf(group)} has one target that the app does not show: ${hidden.reason}`, group);
  const [zone = `${regionKey(group)}#0`] = model.zoneNames(group, group.zones);
  const part = { id: 'target 1', what: 'target 1' };
  return anyOf(model.own(group, INSTANCE, part), model.zone(group, zone), model.region(group));
}

/** A cluster registers its pods with target groups, and makes listeners, by itself. */
export function clustersBeside({ stack }: Resource): readonly Unknown[] {
  return stack.graph
    .ofType('AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster')
    .slice(0, 1)
    .map((cluster) => new Unknown(`${nameOf(cluster)} may lead to its pods`));
}

interface ListedTarget {
  readonly zone: string;
  readonly fails: Failure;
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
