import { standsFor } from '../../assembly/iam/iam-resources';
import { Resource } from '../../assembly/resource';
import { type ValueMap, wordOf } from '../../assembly/value';
import type { FailoverTerm } from '../../calculus/failover-time';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf, regionKey } from '../modelling';
import {
  endpointsOf,
  groupsOf,
  type LeavingOut,
  leavingOutEndpoint,
  leavingOutGroup,
  listenersOf,
} from '../switching/accelerator-groups';
import { usually } from '../switching/by-people';
import { notThrough } from '../switching/not-through';
import { promotionBehind } from '../switching/promotion';
import { agreement } from './agreement';
import { INSTANCE } from './units/spread-units';

/** An accelerator: itself, and for each of its listeners the groups of endpoints. */
const ACCELERATOR: Component = {
  types: ['AWS::GlobalAccelerator::Accelerator'],
  part: 'entry',
  fails: (accelerator, model) => {
    return anyOf(
      model.own(accelerator, agreement('globalAccelerator', 'an accelerator')),
      ...listenersOf(accelerator).map((listener) => listenerFails(listener, accelerator, model)),
    );
  },
};

export const ACCELERATORS: readonly Component[] = [ACCELERATOR];

/**
 * Users of a broken group go to the nearest other one; for that, the traffic dial is not looked at. A group of dial 0 is
 * only asked then.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html
 */
function listenerFails(listener: Resource, accelerator: Resource, model: Modelling): Failure {
  const groups = groupsOf(listener);
  const fails = new Map(groups.map((group) => [group, groupFails(group, accelerator, model)]));
  const of = (group: Resource) => fails.get(group) ?? anyOf();
  const dialled = groups.filter((group) => group.number('TrafficDialPercentage') !== 0);
  const serving = dialled.length > 0 ? dialled : groups;
  if (groups.length < 2) return anyOf(...groups.map(of));
  model.assume(
    `${nameOf(accelerator)} tries the groups nearest to its users; where all are broken it sends traffic as if none were`,
    accelerator,
  );
  return anyOf(
    allOf(...groups.map(of)),
    ...serving.map((group) => {
      const others = groups.filter((other) => other !== group);
      return allOf(of(group), moveFails(group, { accelerator, others }, model));
    }),
  );
}

/** Users are led to other groups, of other regions: what follows there must be promoted. */
function moveFails(
  group: Resource,
  { accelerator, others }: { readonly accelerator: Resource; readonly others: readonly Resource[] },
  model: Modelling,
): Failure {
  const [from, to] = [[group], others].map((groups) => new Set(groups.map(regionOf)));
  const promotion = from && to && promotionBehind({ way: accelerator, from, to }, model);
  return anyOf(
    switchFails(accelerator, model),
    notThrough(
      {
        id: group.id,
        usersOf: nameOf(accelerator),
        broken: nameOf(group),
        resources: [accelerator, group],
        led: ledAway(leavingOutGroup(group), group, model),
        promotion,
      },
      model,
    ),
  );
}

function switchFails(accelerator: Resource, model: Modelling): Failure {
  const name = nameOf(accelerator);
  return model.event({
    id: `switch:${name}`,
    kind: 'switch',
    what: `failover of ${name}`,
    resources: [accelerator],
    likelihood: model.assumption('switchOnDemand'),
  });
}

function ledAway(
  { detection, after, assumed }: LeavingOut,
  group: Resource,
  model: Modelling,
): readonly FailoverTerm[] {
  if (assumed !== undefined)
    model.assume(
      `how soon a load balancer of ${nameOf(group)} is found broken is taken as for target groups by default: ${assumed}`,
      group,
    );
  return [detection, ...after].map(usually);
}

function regionOf(group: Resource): string {
  const region = group.text('EndpointGroupRegion');
  return typeof region === 'string' ? region : regionKey(group);
}

/** Endpoints of one group stand in for each other once a broken one is left out. */
function groupFails(group: Resource, accelerator: Resource, model: Modelling): Failure {
  const endpoints = endpointsOf(group);
  const fails = endpoints.map((one) => endpointFails(group, one, model));
  if (endpoints.length < 2) return anyOf(...fails);
  return anyOf(
    allOf(...fails),
    ...endpoints.map(({ EndpointId: id }, index) => {
      const found = group.stack.graph.resolve(id ?? null, group);
      const name = found instanceof Resource ? nameOf(found) : wordOf(id) || String(index);
      const moved = notThrough(
        {
          id: `${group.id} ${name}`,
          usersOf: nameOf(accelerator),
          broken: name,
          resources: [accelerator, group],
          led: ledAway(leavingOutEndpoint(group, id), group, model),
        },
        model,
      );
      return allOf(fails[index] ?? anyOf(), anyOf(switchFails(accelerator, model), moved));
    }),
  );
}

function endpointFails(group: Resource, { EndpointId: id }: ValueMap, model: Modelling): Failure {
  const found = group.stack.graph.resolve(id ?? null, group);
  const region = group.text('EndpointGroupRegion');
  if (found instanceof Resource && found.type !== 'AWS::EC2::EIP') return model.of(standsFor(found));
  model.assume(`an endpoint of ${nameOf(group)} is not in the app: it counts as one instance`, group);
  const own = model.own(group, INSTANCE, { id: wordOf(id), what: 'an endpoint' });
  return anyOf(own, typeof region === 'string' ? model.regionNamed(region) : model.region(group));
}
