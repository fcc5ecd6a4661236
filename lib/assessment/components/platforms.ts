import { valuesAt, ZoneSet, zonesNamedIn, zonesOfTarget } from '../../assembly/network/zones';
import { exactly } from '../../assembly/range';
import { Resource } from '../../assembly/resource';
import { isMap, isScalar, Unknown, type Value, wordOf } from '../../assembly/value';
import type { Component } from '../component';
import { anyOf } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement } from './agreement';
import { outgoingFail } from './outgoing';
import { sharedFails } from './shared-services';
import { unitsFail } from './units/spread-units';

/** AWS runs its instances over the zones of the region; a connector to a network brings that network's way out. */
const APP_RUNNER: Component = {
  types: ['AWS::AppRunner::Service'],
  part: 'entry',
  fails: (service, model) => {
    const connector = service.target('NetworkConfiguration.EgressConfiguration.VpcConnectorArn');
    const zones = connector instanceof Resource ? [...connectorZones(connector).names].sort() : [];
    return anyOf(
      model.regional(service, model.assumption('withoutAgreement')),
      zones.length > 0 ? model.allZones(service, zones) : anyOf(),
      outgoingFail(service, model),
    );
  },
};

function connectorZones(connector: Resource): ZoneSet {
  return ZoneSet.union(valuesAt(connector, 'Subnets').map((value) => zonesOfTarget(connector, value)));
}

/** An environment of Beanstalk: instances behind a load balancer, or one alone. */
const BEANSTALK: Component = {
  types: ['AWS::ElasticBeanstalk::Environment'],
  part: 'entry',
  fails: (environment, model) => {
    const single = optionOf(environment, 'EnvironmentType') === 'SingleInstance';
    const minimum = single ? 1 : Math.max(Number(optionOf(environment, 'MinSize')) || 1, 1);
    if (optionOf(environment, 'MinSize') === undefined)
      model.assume(`${nameOf(environment)} runs one instance at the least: no MinSize is set`, environment);
    const zones = model.zoneNames(environment, zonesOf(environment), Math.min(minimum, 3));
    return anyOf(
      unitsFail(environment, { noun: 'instance', units: exactly(minimum), zones }, model),
      single
        ? anyOf()
        : model.own(environment, agreement('loadBalancerMultiAz', 'a load balancer in several zones'), {
            id: 'balancer',
            what: 'the load balancer',
          }),
      outgoingFail(environment, model),
    );
  },
};

function optionOf(environment: Resource, name: string): string | undefined {
  const settings = environment.list('OptionSettings');
  if (settings instanceof Unknown) return undefined;
  const found = settings.filter(isMap).findLast(({ OptionName: own }) => own === name);
  return found !== undefined && isScalar(found.Value) ? wordOf(found.Value) : undefined;
}

/** Zones are named outright, or by the subnets of the network. */
function zonesOf(environment: Resource): ZoneSet {
  const settings = environment.list('OptionSettings');
  const entries = settings instanceof Unknown ? [] : settings.filter(isMap);
  const settingOf = (name: string): Value | undefined =>
    entries.findLast(({ OptionName: own }) => own === name)?.Value;
  const named = settingOf('Custom Availability Zones') ?? settingOf('Availability Zones');
  if (isScalar(named) && /[a-z]-\d[a-z]/.test(wordOf(named)))
    return zonesNamedIn(
      wordOf(named)
        .split(',')
        .map((zone) => zone.trim()),
      environment.stack,
    );
  const subnets = settingOf('Subnets');
  return subnets === undefined ? ZoneSet.all : zonesOfTarget(environment, subnets);
}

/** Jobs that wait in a queue until something is launched for them. */
const JOBS: Component = {
  types: ['AWS::Batch::JobQueue'],
  part: 'work',
  fails: (queue, model) => {
    model.assume(
      `${nameOf(queue)} launches what its jobs run on: without the control plane they wait`,
      queue,
    );
    const environments = valuesAt(queue, 'ComputeEnvironmentOrder.*.ComputeEnvironment')
      .map((value) => queue.stack.graph.resolve(value, queue))
      .filter((one) => one instanceof Resource);
    const sets = environments.flatMap((one) =>
      valuesAt(one, 'ComputeResources.Subnets').map((value) => zonesOfTarget(one, value)),
    );
    const zones = [...ZoneSet.union(sets).names].sort();
    return anyOf(
      sharedFails('batch', queue, model),
      model.regionalControlPlane(queue),
      zones.length > 0 ? model.allZones(queue, zones) : anyOf(),
      ...jobsBeside(queue, model).map((job) => outgoingFail(job, model)),
    );
  },
};

/** What a queue is handed to run is named by whoever hands it over: taken to be what stands beside it. */
function jobsBeside(queue: Resource, model: Modelling): readonly Resource[] {
  const { stack } = queue;
  const jobs = stack.graph.ofType('AWS::Batch::JobDefinition').filter((job) => job.stack === stack);
  if (jobs.length > 0)
    model.assume(
      `${nameOf(queue)} is taken to run the jobs that its stack defines, and to need what they call`,
      queue,
    );
  return jobs;
}

export const PLATFORMS: readonly Component[] = [APP_RUNNER, BEANSTALK, JOBS];
