import { registrationsOf } from '../../assembly/compute/load-balancer-targets';
import { forwardsOf } from '../../assembly/compute/load-balancing';
import type { Resource } from '../../assembly/resource';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { likelihoodBySla } from '../../calculus/likelihood';
import type { Component } from '../component';
import { allOf, anyOf, atLeast, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';

const BALANCER: Component = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'],
  part: 'entry',
  fails: (balancer, model) => anyOf(nodesOf(balancer, model), targetsOf(balancer, model)),
};

const TARGET_GROUP: Component = {
  types: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  part: 'support',
  fails: registered,
};

export const LOAD_BALANCING: readonly Component[] = [BALANCER, TARGET_GROUP];

/** The nodes of the load balancer itself: one in each of its zones. */
function nodesOf(balancer: Resource, model: Modelling): Failure {
  const zones = model.zoneNames(balancer, balancer.zones, 1);
  const [only] = zones;
  if (zones.length === 1 && only !== undefined)
    return model.zonal(
      balancer,
      only,
      likelihoodBySla(AWS_SLAS.loadBalancerSingleAz, 'a load balancer in one zone, by its agreement'),
    );
  const whole = likelihoodBySla(
    AWS_SLAS.loadBalancerMultiAz,
    'a load balancer in several zones, by its agreement',
  );
  return anyOf(model.regional(balancer, whole), model.allZones(balancer, zones));
}

/** Every target group serves some path; one that nothing registers with, such as the idle side of a deployment, serves none. */
function targetsOf(balancer: Resource, model: Modelling): Failure {
  if (balancer.type === 'AWS::ElasticLoadBalancing::LoadBalancer') return registered(balancer, model);
  const groups = forwardsOf(balancer).forwards.map(({ targetGroup }) => targetGroup);
  const serving = groups.filter((group) => registrationsOf(group).registrations.length > 0);
  if (serving.length === 0 && groups.length > 0)
    model.assume(`nothing of the app registers with the target groups of ${nameOf(balancer)}`, balancer);
  return anyOf(...[...new Set(serving)].map((group) => model.of(group)));
}

/** Groups and services that register with the same target group stand in for each other. */
function registered(group: Resource, model: Modelling): Failure {
  const { registrations } = registrationsOf(group);
  const others = [...new Set(registrations.map(({ by }) => by).filter((by) => by !== group))];
  const single = registrations
    .filter(({ by }) => by === group)
    .map(({ zones }, index) => {
      const [zone = `${group.region ?? 'any-region'}#0`] = model.zoneNames(group, zones);
      const part = { id: `target ${index + 1}`, what: `target ${index + 1}` };
      const own = likelihoodBySla(AWS_SLAS.computeInstance, 'a single instance, by its agreement');
      return anyOf(model.own(group, own, part), model.zone(group, zone));
    });
  const needed = Math.max(1, Math.ceil(single.length / 2));
  const targets = single.length === 0 ? [] : [atLeast(single.length - needed + 1, single)];
  return allOf(...others.map((other) => model.of(other)), ...targets);
}
