import { ecsLaunchOf } from '../../assembly/compute/ecs-launch';
import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { valuesAt, ZoneSet } from '../../assembly/network/zones';
import { atLeast, exactly } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { isMap, Unknown, wordOf } from '../../assembly/value';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { agreement } from './agreement';
import { outgoingFail } from './outgoing';
import { type CapacityGroups, clusterGroupsOf } from './units/cluster-groups';
import { type StandingUnits, unitsFail } from './units/spread-units';
import { zoneNeedsFail } from './zone-needs';
import { zonesHeld } from './zones-held';

/** Tasks: what they fetch to start, images, secrets and parameters, they do not need to run on. */
const SERVICE: Component = {
  types: ['AWS::ECS::Service'],
  part: 'work',
  fails: (service, model) => anyOf(serviceUnitsFail(service, model), outgoingFail(service, model)),
};

const FARGATE_PODS: Component = {
  types: ['AWS::EKS::FargateProfile', 'Custom::AWSCDK-EKS-FargateProfile'],
  part: 'work',
  fails: podsFail,
};

/** A cluster that runs its own nodes (Auto Mode) has pods; of any other, only the nodes count. */
const KUBERNETES: Component = {
  types: ['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'],
  part: (cluster) => (runsItsNodes(cluster) ? 'work' : 'support'),
  fails: (cluster, model) =>
    runsItsNodes(cluster)
      ? podsFail(cluster, model)
      : model.regional(cluster, agreement('eksControlPlane', 'the control plane of EKS')),
};

export const CONTAINERS: readonly Component[] = [SERVICE, FARGATE_PODS, KUBERNETES];

function runsItsNodes(cluster: Resource): boolean {
  return wordOf(cluster.get('ComputeConfig.Enabled')) === 'true';
}

/** Pods run on while the control plane is down; they are only not started again. */
function podsFail(pods: Resource, model: Modelling): Failure {
  model.assume(
    `how many pods ${nameOf(pods)} runs is in no template: they are taken to be in all of its zones, and to run on without the control plane of their cluster`,
    pods,
  );
  const zones = model.zoneNames(pods, pods.zones, 1);
  const paths = zones.map((zone) => anyOf(model.zone(pods, zone), zoneNeedsFail(pods, model, zone)));
  const whole =
    zones.length > 1
      ? agreement('computeMultiAz', 'pods in several zones')
      : agreement('computeInstance', 'pods in one zone');
  return anyOf(model.regional(pods, whole), allOf(...paths));
}

/** Fargate shows no instances. */
const NO_GROUPS: CapacityGroups = { groups: [], shares: false };

/**
 * What takes so many tasks away that the others do not carry the peak, with the instances that they run on.
 *
 * @param served the zones whose tasks get any work. Default: all
 */
export function serviceUnitsFail(service: Resource, model: Modelling, served?: ReadonlySet<string>): Failure {
  const tasks = serviceTasks(service, model, served);
  return 'kind' in tasks ? tasks : anyOf(unitsFail(service, tasks.standing, model), tasks.around);
}

/** The tasks of a service, and what takes all of them away; of a daemon, what makes it fail. */
export function serviceTasks(
  service: Resource,
  model: Modelling,
  served?: ReadonlySet<string>,
): { readonly standing: StandingUnits; readonly around: Failure } | Failure {
  const launch = ecsLaunchOf(service);
  const { groups, shares } = launch === 'FARGATE' ? NO_GROUPS : clusterGroupsOf(service);
  const each = groups.map((group) => model.of(group, service));
  const instances = shares ? anyOf(...each) : allOf(...each);
  const minimum = minimumUnitsOf(service);
  if (typeof minimum === 'string') return daemonFails(service, { instances, why: minimum }, model);
  if (launch !== 'FARGATE' && groups.length === 0)
    model.assume(
      `${nameOf(service)} runs on instances that the app does not show: only its tasks count`,
      service,
    );
  const least = Math.max(minimum.zones.least, 1);
  const names = service.zones.isEmpty
    ? model.zoneNames(service, ZoneSet.union(groups.map((group) => group.zones)), least)
    : zonesHeld(service, model, least);
  return {
    standing: { noun: minimum.noun, units: minimum.units, zones: names, ...(served && { served }) },
    around: anyOf(instances, spotFails(service, model)),
  };
}

/** A daemon runs wherever its cluster has an instance. */
function daemonFails(
  service: Resource,
  { instances, why }: { readonly instances: Failure; readonly why: string },
  model: Modelling,
): Failure {
  if (instances.kind !== 'never') return instances;
  model.assume(`${nameOf(service)}: ${why}; those are not in the app, and it counts as one task`, service);
  const open = atLeast(1, new Unknown(why));
  const [zone = `${regionKey(service)}#0`] = model.zoneNames(service, service.zones, 1);
  return unitsFail(service, { noun: 'task', units: exactly(open.least), zones: [zone] }, model);
}

/** Tasks on Spot only may all be taken back at once. */
function spotFails(service: Resource, model: Modelling): Failure {
  const entries = valuesAt(service, 'CapacityProviderStrategy').flat().filter(isMap);
  if (entries.length === 0 || !entries.every(({ CapacityProvider: name }) => name === 'FARGATE_SPOT'))
    return anyOf();
  model.assume(`${nameOf(service)} runs on Spot only: AWS may take all of it back at once`, service);
  return model.own(service, model.assumption('withoutAgreement'), { id: 'spot', what: 'the Spot capacity' });
}
