import { shiftByName, stepsOf } from '../../calculus/traffic-shift';
import { Resource } from '../resource';
import { describe, isScalar, Unknown } from '../value';

/** For how long a new version is watched before nothing takes it back any more. */
export interface Bake {
  /** The property that says so. */
  readonly property: string;
  readonly seconds: number | Unknown;
}

/**
 * For how long the deploys of an ECS service, a deployment group or an environment of AppConfig are watched; undefined where
 * nothing says so.
 */
export function bakeOf(resource: Resource): Bake | undefined {
  switch (resource.type) {
    case 'AWS::ECS::Service':
      return bakeOfMinutes(resource, 'DeploymentConfiguration.BakeTimeInMinutes');
    case 'AWS::CodeDeploy::DeploymentGroup':
      return bakeOfGroup(resource);
    default:
      return bakeOfEnvironment(resource);
  }
}

function bakeOfMinutes(resource: Resource, property: string): Bake | undefined {
  const minutes = resource.number(property);
  if (minutes === undefined) return undefined;
  return { property, seconds: minutes instanceof Unknown ? minutes : minutes * 60 };
}

const CONFIG = 'DeploymentConfigName';
const OLD_TASKS =
  'BlueGreenDeploymentConfiguration.TerminateBlueInstancesOnDeploymentSuccess.TerminationWaitTimeInMinutes';

/** Functions and tasks are shifted within a time that their configuration tells; instances take as long as they take. */
function bakeOfGroup(group: Resource): Bake | undefined {
  const shift = shiftOf(group);
  if (shift === undefined) return undefined;
  const wait = group.number(OLD_TASKS);
  const open = [shift, wait].find((part) => part instanceof Unknown);
  if (open instanceof Unknown) return { property: CONFIG, seconds: open };
  return { property: CONFIG, seconds: (Number(shift) + Number(wait ?? 0)) * 60 };
}

/** Minutes from the first request to a new version until all go there; undefined where no traffic is shifted. */
function shiftOf(group: Resource): number | Unknown | undefined {
  const name = group.get(CONFIG);
  if (name === undefined) return undefined;
  if (isScalar(name) && String(name).startsWith('CodeDeployDefault.')) return shiftByName(String(name));
  const config = group.target(CONFIG);
  if (config instanceof Resource) return shiftByConfig(config);
  return config instanceof Unknown
    ? config
    : new Unknown(`the deployment configuration ${describe(name)} is not in the app`);
}

function shiftByConfig(config: Resource): number | Unknown | undefined {
  const type = config.text('TrafficRoutingConfig.Type');
  switch (type) {
    case 'AllAtOnce':
      return 0;
    case 'TimeBasedCanary':
      return config.number('TrafficRoutingConfig.TimeBasedCanary.CanaryInterval');
    case 'TimeBasedLinear': {
      const minutes = config.number('TrafficRoutingConfig.TimeBasedLinear.LinearInterval');
      const percent = config.number('TrafficRoutingConfig.TimeBasedLinear.LinearPercentage');
      if (typeof minutes !== 'number') return minutes;
      return typeof percent === 'number' ? minutes * stepsOf(percent) : percent;
    }
    default:
      return type instanceof Unknown ? type : undefined;
  }
}

/** The deployments of the environment that the app holds say for how long it bakes. */
function bakeOfEnvironment(environment: Resource): Bake | undefined {
  const deployments = environment.stack.graph
    .mentionsOf(environment, 'AWS::AppConfig::Deployment')
    .filter(({ property }) => property === 'EnvironmentId');
  const strategies = deployments
    .map(({ from }) => from.target('DeploymentStrategyId'))
    .filter((strategy) => strategy instanceof Resource);
  const bakes = strategies.map((strategy) => bakeOfMinutes(strategy, 'FinalBakeTimeInMinutes'));
  const [bake] = bakes.flatMap((one) => (one ? [one] : []));
  return bake && { ...bake, property: 'Monitors' };
}
