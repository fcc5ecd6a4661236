import { ecsLaunchOf } from '../../assembly/compute/ecs-launch';
import { minimumUnitsOf } from '../../assembly/compute/minimum-units';
import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { isMap, isScalar, Unknown, type Value } from '../../assembly/value';
import { CAPACITY, CHANGE_SAFETY, MONITORING, PATCHING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import type { ResolvedService } from '../services';
import { LOW, MEDIUM } from '../severity';
import { owesOneUnit } from '../single-unit';

const SERVICE = ['AWS::ECS::Service'];
const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';

export const clusterIsMeasured: Rule = {
  id: 'ECS-01',
  title: 'Container clusters report metrics of their tasks and containers.',
  kind: 'monitoring',
  why: 'Which task runs out of memory or starts again and again cannot be seen in the sums over the cluster.',
  fix: 'set containerInsights to enhanced in ClusterSettings',
  severity: LOW,
  appliesTo: ['AWS::ECS::Cluster'],
  controls: MONITORING,
  sources: [`${GUIDE}/cloudwatch-container-insights.html`],
  check: judgeInsights,
};

export const tasksSpreadOverZones: Rule = {
  id: 'ECS-03',
  title: 'Tasks on instances are spread over the zones first.',
  kind: 'redundancy',
  why: 'Packed onto few instances, all tasks may stand in one zone and be gone with it.',
  fix: 'put spread on attribute:ecs.availability-zone first in PlacementStrategies, or leave the strategies out',
  severity: MEDIUM,
  appliesTo: SERVICE,
  controls: REDUNDANCY,
  sources: [`${GUIDE}/task-placement-strategies.html`],
  check: judgePlacement,
};

export const fargateIsCurrent: Rule = {
  id: 'ECS-07',
  title: 'Fargate tasks run on the newest platform version.',
  kind: 'protection',
  why: 'An older platform gets no corrections, and no features that newer regions and services need.',
  fix: 'set PlatformVersion to LATEST, or leave it out',
  severity: LOW,
  appliesTo: SERVICE,
  controls: PATCHING,
  sources: [`${GUIDE}/platform-fargate.html`],
  check: judgePlatform,
};

export const instancesWithTasksStay: Rule = {
  id: 'ECS-08',
  title: 'Instances that run tasks are not taken away when a cluster scales in.',
  kind: 'capacity',
  why: 'Scaling in ends instances without regard to their tasks, which are cut off in the middle of their work.',
  fix: 'set ManagedTerminationProtection to ENABLED',
  severity: MEDIUM,
  appliesTo: ['AWS::ECS::CapacityProvider'],
  controls: CAPACITY,
  sources: [`${GUIDE}/managed-termination-protection.html`],
  check: (provider) =>
    provider.isSet('AutoScalingGroupProvider').outcome === 'fail'
      ? notApplicable('it runs no Auto Scaling group')
      : provider.is('AutoScalingGroupProvider.ManagedTerminationProtection', 'ENABLED'),
};

const DEPLOYMENT = 'DeploymentConfiguration';

export const deploymentsAreSafe: Rule = {
  id: 'X-24',
  title:
    'Deployments of services go back by themselves, keep enough tasks running, and zones stay in balance.',
  kind: 'protection',
  why: 'Without a circuit breaker a broken version is started again and again; below the tasks that are needed, the deployment itself is the outage.',
  fix: 'enable DeploymentCircuitBreaker with Rollback, raise MinimumHealthyPercent, and leave AvailabilityZoneRebalancing enabled',
  fixes: {
    'DeploymentConfiguration.DeploymentCircuitBreaker.Enable':
      'enable DeploymentCircuitBreaker, with Rollback',
    'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback':
      'set Rollback of DeploymentCircuitBreaker to true',
    'DeploymentConfiguration.MinimumHealthyPercent': 'raise MinimumHealthyPercent',
    AvailabilityZoneRebalancing: 'set AvailabilityZoneRebalancing to ENABLED',
  },
  severity: MEDIUM,
  appliesTo: SERVICE,
  controls: [...REDUNDANCY, ...CHANGE_SAFETY],
  sources: [`${GUIDE}/deployment-circuit-breaker.html`, `${GUIDE}/service-rebalancing.html`],
  check: (service, context) => {
    const controller = service.text('DeploymentController.Type');
    if (controller instanceof Unknown) return unknown('DeploymentController.Type', controller);
    if (controller !== undefined && controller !== 'ECS')
      return notApplicable(`${controller} deploys the service`);
    return [judgeGoingBack(service), judgeHealthy(service, context.service), judgeRebalancing(service)];
  },
};

/**
 * The circuit breaker works for rolling and blue/green deployments; the gradual ones go back by alarms.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 */
function judgeGoingBack(service: Resource): Judgement {
  const property = `${DEPLOYMENT}.Strategy`;
  const isOn = (part: string) =>
    all(...['Enable', 'Rollback'].map((name) => service.is(`${DEPLOYMENT}.${part}.${name}`, true)));
  const breaker = isOn('DeploymentCircuitBreaker');
  const strategy = service.text(property);
  if (strategy instanceof Unknown) return breaker.outcome === 'fail' ? unknown(property, strategy) : breaker;
  const gradual = strategy === 'LINEAR' || strategy === 'CANARY';
  return gradual ? any(breaker, isOn('Alarms')) : breaker;
}

function judgeInsights(cluster: Resource): Judgement {
  const property = 'ClusterSettings';
  const settings = cluster.list(property);
  if (settings instanceof Unknown) return unknown(property, settings);
  const own = settings.find((setting) => isMap(setting) && setting.Name === 'containerInsights');
  const value = isMap(own) ? own.Value : settings.find((setting) => setting instanceof Unknown);
  if (value instanceof Unknown) return unknown(property, value);
  if (value === 'enabled' || value === 'enhanced') return pass({ property, found: value });
  if (value !== undefined && !isScalar(value))
    return unknown(property, 'the setting is known only at deploy');
  return fail({ property, found: `containerInsights ${value ?? 'disabled'}`, needed: 'enabled or enhanced' });
}

function judgePlacement(service: Resource): Judgement {
  const property = 'PlacementStrategies';
  if (service.text('SchedulingStrategy') === 'DAEMON')
    return notApplicable('a daemon stands on every instance of its cluster');
  const launch = ecsLaunchOf(service);
  if (launch === 'FARGATE' || launch === 'EXTERNAL') return notApplicable('its tasks run on no instances');
  const strategies = service.list(property);
  if (strategies instanceof Unknown) return unknown(property, strategies);
  const [first] = strategies;
  if (launch instanceof Unknown) return unknown('LaunchType', launch);
  if (first === undefined) return pass({ property, found: 'none: ECS spreads tasks over zones by default' });
  return isSpread(first, service, property);
}

function isSpread(first: Value, service: Resource, property: string): Judgement {
  if (first instanceof Unknown) return unknown(property, first);
  const path = Array.isArray(service.get(property)) ? `${property}.0` : property;
  const type = service.is(`${path}.Type`, 'spread');
  return type.outcome === 'pass' ? service.is(`${path}.Field`, 'attribute:ecs.availability-zone') : type;
}

/** The newest of Linux and of Windows; on Windows 1.0.0 is the only one. */
const NEWEST = ['LATEST', '1.4.0'];

function judgePlatform(service: Resource): Judgement {
  const launch = ecsLaunchOf(service);
  if (launch instanceof Unknown) return unknown('LaunchType', launch);
  if (launch !== 'FARGATE') return notApplicable('it does not run on Fargate');
  if (service.text('PlatformVersion') !== '1.0.0') return service.is('PlatformVersion', NEWEST);
  const task = service.target('TaskDefinition');
  if (task === undefined || task instanceof Unknown)
    return unknown(
      'PlatformVersion',
      '1.0.0 is the newest on Windows and old on Linux: the task definition decides',
    );
  const system = task.text('RuntimePlatform.OperatingSystemFamily');
  if (system instanceof Unknown) return unknown('PlatformVersion', system);
  return system?.startsWith('WINDOWS')
    ? pass({ property: 'PlatformVersion', found: '1.0.0' })
    : service.is('PlatformVersion', NEWEST);
}

function judgeHealthy(service: Resource, owner: ResolvedService): Judgement {
  const property = `${DEPLOYMENT}.MinimumHealthyPercent`;
  const counted = minimumUnitsOf(service);
  if (typeof counted === 'string') return notApplicable(counted);
  const percent = service.number(property) ?? 100;
  if (percent instanceof Unknown) return unknown(property, percent);
  const needed = owesOneUnit(owner) ? 1 : 2;
  const { least, most, why } = counted.units;
  // Fewer tasks than are owed are what ECS-02 is about, not the deployment.
  if (most < needed) return notApplicable('fewer tasks are asked for than are owed');
  const kept = (tasks: number) => Math.ceil((tasks * percent) / 100);
  const details = { property, found: `${percent} % of ${least} tasks keeps ${kept(least)}` };
  if (least >= needed && kept(least) >= needed) return pass(details);
  if (least < most) return unknown(property, why ?? 'how many tasks run is known only at deploy');
  return fail({ ...details, needed: `at least ${needed} during a deployment` });
}

function judgeRebalancing(service: Resource): Judgement {
  return service.text('SchedulingStrategy') === 'DAEMON'
    ? notApplicable('a daemon stands on every instance of its cluster')
    : service.isNot('AvailabilityZoneRebalancing', 'DISABLED');
}
