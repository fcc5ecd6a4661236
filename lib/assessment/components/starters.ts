import type { Resource } from '../../assembly/resource';
import { callsThroughGroups } from '../../assembly/wiring/calls-network';
import { startedTasksOf, startsTasks } from '../../assembly/wiring/started-tasks';
import { type Likelihood, without } from '../../calculus/likelihood';
import type { Component } from '../component';
import { allOf, anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { needsOf } from '../needs';
import { endpointsFail } from '../network-endpoints';
import { listensToAws } from '../operations';
import { agreement } from './agreement';
import { namesCalledFail } from './called-names';
import { type SharedServiceId, sharedFails } from './shared-services';
import { zoneNeedsFail } from './zone-needs';

/** What starts others; where those are tasks, nothing else stands for their work. */
function starter(type: string, service: SharedServiceId): Component {
  return {
    types: [type],
    part: (resource) => (startsTasks(resource) && !listensToAws(resource) ? 'work' : 'support'),
    fails: (resource, model) =>
      anyOf(
        sharedFails(service, resource, model),
        startsTasks(resource) ? tasksFail(resource, model) : anyOf(),
      ),
  };
}

/** Rules and schedules. */
export const STARTERS: readonly Component[] = [
  starter('AWS::Events::Rule', 'eventbridge'),
  starter('AWS::Scheduler::Schedule', 'eventbridge-scheduler'),
];

/** Each run is placed anew, in any zone that is there: that needs the control plane of its region. */
function tasksFail(resource: Resource, model: Modelling): Failure {
  const tasks = startedTasksOf(resource);
  model.assume(
    `each run of the tasks of ${nameOf(resource)} is started anew in any of its zones, which needs a control plane; one that breaks off is made up for by the next`,
    resource,
  );
  if (tasks.length === 0)
    model.assume(`what the tasks of ${nameOf(resource)} need is not in the app, and not counted`, resource);
  return anyOf(
    model.regionalControlPlane(resource),
    placeFails(resource, model),
    ...callsThroughGroups(resource).map(({ to }) => model.of(to, resource)),
    ...tasks.map((task) =>
      anyOf(
        needsOf(task, model, { eachTime: true }),
        namesCalledFail(task, model),
        endpointsFail(task, model, resource),
      ),
    ),
  );
}

function placeFails(resource: Resource, model: Modelling): Failure {
  if (resource.zones.isEmpty) {
    model.assume(
      `the tasks of ${nameOf(resource)} name no subnets: they count as standing on one instance`,
      resource,
    );
    return tasksStop(resource, agreement('computeInstance', 'tasks on one instance'), model);
  }
  const zones = model.zoneNames(resource, resource.zones);
  const several = zones.length > 1;
  const whole = several
    ? agreement('computeMultiAz', 'tasks in several zones')
    : agreement('computeInstance', 'tasks in one zone');
  const paths = zones.map((zone) => anyOf(model.zone(resource, zone), zoneNeedsFail(resource, model, zone)));
  return anyOf(tasksStop(resource, whole, model), allOf(...paths));
}

/** What the tasks run on fails by itself, or with its region. */
function tasksStop(resource: Resource, likelihood: Likelihood, model: Modelling): Failure {
  const own = without(model.assumption('region'), likelihood);
  return anyOf(model.own(resource, own, { id: 'tasks', what: 'the tasks' }), model.region(resource));
}
