import { any, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { minimumUnitsOf } from '../../assembly/minimum-units';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const SUBNETS = 'NetworkConfiguration.AwsvpcConfiguration.Subnets';

export const serviceSpansZones: Rule = {
  id: 'ECS-02',
  title: 'Services run at least two tasks, in at least two zones.',
  kind: 'redundancy',
  why: 'One task stands in one zone: when the zone is lost, or the task just fails, nobody is served until another one has started.',
  fix: 'ask for at least two tasks, in subnets of at least two zones',
  severity: HIGH,
  appliesTo: ['AWS::ECS::Service'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html'],
  check: (service) => {
    const controller = service.text('DeploymentController.Type');
    if (controller === 'EXTERNAL') return notApplicable('task sets say how many tasks run, and where');
    if (controller instanceof Unknown) return unknown('DeploymentController.Type', controller);
    return [judgeCount(service), judgeZones(service)];
  },
};

/** Where the tasks share the network of their instances, the instances decide the zones. */
function judgeZones(service: Resource): Judgement {
  return service.get(SUBNETS) === undefined
    ? notApplicable('the tasks stand where the instances of the cluster do')
    : service.zones.atLeast(2, SUBNETS);
}

function judgeCount(service: Resource): Judgement {
  const strategy = service.text('SchedulingStrategy');
  if (strategy === 'DAEMON') return notApplicable('a daemon runs one task on each instance');
  if (strategy instanceof Unknown) return unknown('SchedulingStrategy', strategy);
  return any(service.atLeast('DesiredCount', 2, { default: 1, unit: 'tasks' }), judgeScaling(service));
}

/** Automatic scaling starts as many tasks as its minimum at once, whatever count is asked for. */
function judgeScaling(service: Resource): Judgement {
  const counted = minimumUnitsOf(service);
  if (typeof counted === 'string' || counted.setBy === undefined)
    return notApplicable('nothing scales the service');
  const { least, most, why } = counted.units;
  if (least >= 2) return pass({ found: `${counted.setBy} is ${least}` });
  return most >= 2 ? unknown(undefined, why ?? counted.setBy) : notApplicable('one task is the minimum');
}
