import { shiftByName, stepsOf } from '../../traffic-shift';
import { numberAt, type PlainProperty, textAt } from './planned-work';

/** A resource that another one begins, or is told to use for it. */
export interface BegunResource {
  readonly type: string;
  readonly property: PlainProperty;
  readonly begins: Begins;
}

/** The resources that a resource refers to below a path. */
export type Begins = (path: string) => readonly BegunResource[];

/** How long something lasts, as far as a template tells. */
export interface Length {
  readonly seconds: number;

  /** Whether it may last longer. */
  readonly atLeast: boolean;
}

const MINUTE = 60;

/** How long that lasts which begins with some resources; nothing where they do not tell. */
export function lengthOf(begun: readonly BegunResource[]): Length | undefined {
  for (const each of begun) {
    const length = READERS[each.type]?.(each);
    if (length) return length;
  }
  return undefined;
}

const READERS: Readonly<Record<string, (begun: BegunResource) => Length | undefined>> = {
  'AWS::FIS::ExperimentTemplate': ({ property }) => experiment(property),
  'AWS::CodeDeploy::DeploymentGroup': shiftOfGroup,
  'AWS::AppConfig::DeploymentStrategy': ({ property }) =>
    minutes(
      numberAt(property, 'DeploymentDurationInMinutes'),
      numberAt(property, 'FinalBakeTimeInMinutes') ?? 0,
    ),
  'AWS::ECS::Service': ({ property }) => shiftOfService(property),
};

function minutes(...all: readonly (number | undefined)[]): Length | undefined {
  const sum = all.reduce<number>((total, each) => total + (each ?? Number.NaN), 0);
  return Number.isNaN(sum) ? undefined : { seconds: sum * MINUTE, atLeast: false };
}

/**
 * Traffic that a deployment group moves bit by bit, and the time for which the old tasks wait after it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentconfig.html
 */
function shiftOfGroup({ property, begins }: BegunResource): Length | undefined {
  const name = textAt(property, 'DeploymentConfigName') ?? '';
  const wait =
    'BlueGreenDeploymentConfiguration.TerminateBlueInstancesOnDeploymentSuccess.TerminationWaitTimeInMinutes';
  const config = begins('DeploymentConfigName').find(
    ({ type }) => type === 'AWS::CodeDeploy::DeploymentConfig',
  );
  const shift = config ? shiftOfConfig(config.property) : shiftByName(name);
  return minutes(shift, property(wait) === undefined ? 0 : numberAt(property, wait));
}

function shiftOfConfig(property: PlainProperty): number | undefined {
  const at = 'TrafficRoutingConfig';
  switch (property(`${at}.Type`)) {
    case 'AllAtOnce':
      return 0;
    case 'TimeBasedCanary':
      return numberAt(property, `${at}.TimeBasedCanary.CanaryInterval`);
    case 'TimeBasedLinear': {
      const percent = numberAt(property, `${at}.TimeBasedLinear.LinearPercentage`);
      const interval = numberAt(property, `${at}.TimeBasedLinear.LinearInterval`);
      return percent === undefined || interval === undefined ? undefined : stepsOf(percent) * interval;
    }
    default:
      return undefined;
  }
}

/**
 * Traffic that a service of ECS moves itself. How long its tasks take to start is not in a template.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function shiftOfService(property: PlainProperty): Length | undefined {
  const at = 'DeploymentConfiguration';
  const bake = numberAt(property, `${at}.BakeTimeInMinutes`) ?? 0;
  const canary = numberAt(property, `${at}.CanaryConfiguration.CanaryBakeTimeInMinutes`);
  const percent = numberAt(property, `${at}.LinearConfiguration.StepPercent`);
  const step = numberAt(property, `${at}.LinearConfiguration.StepBakeTimeInMinutes`);
  const linear = percent !== undefined && step !== undefined ? stepsOf(percent) * step : undefined;
  const seconds = (bake + (canary ?? linear ?? 0)) * MINUTE;
  return seconds > 0 ? { seconds, atLeast: true } : undefined;
}

/** Actions that are one behind the other take the time of all; one without a duration takes as long as it takes. */
function experiment(property: PlainProperty): Length | undefined {
  const actions = property('Actions');
  if (typeof actions !== 'object' || actions === null || Array.isArray(actions)) return undefined;
  const names = Object.keys(actions);
  const own = new Map(
    names.map((name) => [name, isoSeconds(property(`Actions.${name}.Parameters.duration`))]),
  );
  const before = new Map(names.map((name) => [name, namesAt(property, `Actions.${name}.StartAfter`)]));
  const endOf = (name: string, above: readonly string[]): number => {
    if (above.includes(name)) return 0;
    const starts = (before.get(name) ?? []).map((each) => endOf(each, [...above, name]));
    return Math.max(0, ...starts) + (own.get(name) ?? 0);
  };
  const seconds = Math.max(0, ...names.map((name) => endOf(name, [])));
  const atLeast = names.length === 0 || [...own.values()].some((each) => each === undefined);
  return seconds > 0 ? { seconds, atLeast } : undefined;
}

function namesAt(property: PlainProperty, path: string): readonly string[] {
  const names = property(path);
  return Array.isArray(names) ? names.filter((each) => typeof each === 'string') : [];
}

const UNITS = [86_400, 3_600, MINUTE, 1];

/** The seconds of `PT1H30M`; undefined where it is none. @internal */
export function isoSeconds(value: unknown): number | undefined {
  const [all, ...parts] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(String(value)) ?? [];
  if (all === undefined) return undefined;
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0);
}
