import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import type { Range } from '../../assembly/range';
import type { Resource } from '../../assembly/resource';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { likelihoodBySla } from '../../calculus/likelihood';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { needsOf } from '../needs';
import { waysOutByZone } from '../ways-out';

const INSTANCE = likelihoodBySla(AWS_SLAS.computeInstance, 'a single instance, by its agreement');

/** More units than this are beyond what private failures can take: only zones matter then. */
const MOST_UNITS = 60;

/** Units of compute that are spread over zones. */
const SPREAD: Component = {
  types: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::ECS::Service', 'AWS::EKS::Nodegroup'],
  part: 'work',
  fails: (resource, model) => anyOf(unitsOf(resource, model), needsOf(resource, model)),
};

const SINGLE: Component = {
  types: ['AWS::EC2::Instance'],
  part: 'work',
  fails: (instance, model) => {
    const [zone = `${instance.region ?? 'any-region'}#0`] = model.zoneNames(instance, instance.zones);
    return anyOf(
      model.zonal(instance, zone, INSTANCE),
      wayOut(instance, model, zone),
      needsOf(instance, model),
    );
  },
};

const FUNCTION: Component = {
  types: ['AWS::Lambda::Function'],
  part: 'work',
  fails: (handler, model) =>
    anyOf(
      model.regional(handler, likelihoodBySla(AWS_SLAS.lambda, 'Lambda, by its agreement')),
      needsOf(handler, model),
    ),
};

export const COMPUTE: readonly Component[] = [SPREAD, SINGLE, FUNCTION];

function unitsOf(resource: Resource, model: Modelling): Failure {
  const minimum = minimumUnitsOf(resource);
  if (typeof minimum === 'string') {
    model.assume(`${nameOf(resource)}: ${minimum}; it counts as one instance`, resource);
    return model.regional(resource, INSTANCE);
  }
  const units = Math.min(countOf(minimum.units, resource, model), MOST_UNITS);
  const zones = model
    .zoneNames(resource, resource.zones, Math.max(minimum.zones.least, 1))
    .slice(0, Math.max(units, 1));
  if (units === 0) {
    model.assume(`${nameOf(resource)} runs nothing until it is scaled up`, resource);
    return model.regionalControlPlane(resource);
  }
  const needed = neededOf(units, zones.length);
  model.assume(
    `${needed} of ${units} ${minimum.noun}s of ${nameOf(resource)} carry the peak: what is left without its fullest zone`,
    resource,
  );
  const inZone = (zone: string) => wayOut(resource, model, zone);
  return model.spread(resource, zones, { units, needed, noun: minimum.noun, each: INSTANCE, inZone });
}

/** What is left after the fullest zone is lost; at least one. */
function neededOf(units: number, zones: number): number {
  return Math.max(1, units - Math.ceil(units / Math.max(zones, 1)));
}

function countOf({ least, why }: Range, resource: Resource, model: Modelling): number {
  if (why) model.assume(`${nameOf(resource)} runs ${least} units at the least: ${why.reason}`, resource);
  return least;
}

function wayOut(resource: Resource, model: Modelling, zone: string): Failure {
  return anyOf(...waysOutByZone(resource, zone).map((gateway) => model.of(gateway)));
}
