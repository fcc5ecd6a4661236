import { standsFor } from '../../assembly/iam/iam-resources';
import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { isMap, type ValueMap, wordOf } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { switchingLikelihood } from '../../calculus/switching';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement } from './agreement';
import { INSTANCE } from './units/spread-units';

const GROUP = 'AWS::GlobalAccelerator::EndpointGroup';
const LISTENER = 'AWS::GlobalAccelerator::Listener';

/** An accelerator: itself, and for each of its listeners the groups of endpoints. */
const ACCELERATOR: Component = {
  types: ['AWS::GlobalAccelerator::Accelerator'],
  part: 'entry',
  fails: (accelerator, model) => {
    const listeners = namedBy(accelerator, LISTENER, 'AcceleratorArn');
    return anyOf(
      model.own(accelerator, agreement('globalAccelerator', 'an accelerator')),
      ...listeners.map((listener) => listenerFails(listener, accelerator, model)),
    );
  },
};

export const ACCELERATORS: readonly Component[] = [ACCELERATOR];

function namedBy(resource: Resource, type: string, property: string): readonly Resource[] {
  const mentions = resource.stack.graph.mentionsOf(resource, type).filter((one) => one.property === property);
  return [...new Set(mentions.map(({ from }) => from))];
}

/**
 * Users of a broken group go to the nearest other one; for that, the traffic dial is not looked at. A group of dial 0 is
 * only asked then.
 *
 * @see https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html
 */
function listenerFails(listener: Resource, accelerator: Resource, model: Modelling): Failure {
  const groups = namedBy(listener, GROUP, 'ListenerArn');
  const fails = new Map(groups.map((group) => [group, groupFails(group, model)]));
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
    ...serving.map((group) => allOf(of(group), moveFails(group, accelerator, model))),
  );
}

function moveFails(group: Resource, accelerator: Resource, model: Modelling): Failure {
  const name = nameOf(accelerator);
  const [interval, threshold] = ['HealthCheckIntervalSeconds', 'ThresholdCount'].map((path) =>
    group.number(path),
  );
  const seconds =
    (typeof interval === 'number' ? interval : AWS_FACTS.route53DefaultHealthCheckIntervalSeconds.value) *
    (typeof threshold === 'number' ? threshold : AWS_FACTS.route53DefaultFailureThreshold.value);
  const source =
    'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html';
  return anyOf(
    model.event({
      id: `switch:${name}`,
      kind: 'switch',
      what: `failover of ${name}`,
      resources: [accelerator],
      likelihood: model.assumption('switchOnDemand'),
    }),
    model.event({
      id: `switching:${group.id}`,
      kind: 'switch',
      what: `the ${seconds} s in which users of ${name} still go to ${nameOf(group)}`,
      resources: [accelerator, group],
      likelihood: switchingLikelihood([{ what: 'detection', seconds, source }], model.repair),
    }),
  );
}

/** Endpoints of one group stand in for each other, those of weight 0 last. */
function groupFails(group: Resource, model: Modelling): Failure {
  const endpoints = valuesAt(group, 'EndpointConfigurations').flat().filter(isMap);
  const serving = endpoints.filter(({ Weight: weight }) => wordOf(weight) !== '0');
  return allOf(...(serving.length > 0 ? serving : endpoints).map((one) => endpointFails(group, one, model)));
}

function endpointFails(group: Resource, { EndpointId: id }: ValueMap, model: Modelling): Failure {
  const found = group.stack.graph.resolve(id ?? null, group);
  const region = group.text('EndpointGroupRegion');
  if (found instanceof Resource && found.type !== 'AWS::EC2::EIP') return model.of(standsFor(found));
  model.assume(`an endpoint of ${nameOf(group)} is not in the app: it counts as one instance`, group);
  const own = model.own(group, INSTANCE, { id: wordOf(id), what: 'an endpoint' });
  return anyOf(own, typeof region === 'string' ? model.regionNamed(region) : model.region(group));
}
