import { alarmDetection } from '../../assembly/dns/failover-detection';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { alarmsOn } from '../../assembly/observe/alarms';
import { stageRollbacks } from '../../assembly/observe/pipeline-rollbacks';
import { type Rollback, rollbackOf, watches } from '../../assembly/observe/rollback-alarms';
import { existsWith } from '../../assembly/presence';
import { textOfBoolean } from '../../assembly/question';
import { Resource } from '../../assembly/resource';
import { isScalar, Unknown } from '../../assembly/value';
import { detectionStep } from '../../calculus/failover-time';
import { OUTAGE_METRICS } from '../../calculus/mandatory-metrics';
import { formatSeconds } from '../../calculus/time-span';
import { CHANGE_SAFETY, MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const SERVICE = 'AWS::ECS::Service';
const ENVIRONMENT = 'AWS::AppConfig::Environment';
const PIPELINE = 'AWS::CodePipeline::Pipeline';

export const rollbackFollowsTheAlarms: Rule = {
  id: 'X-75',
  title: 'Deploys are taken back by the alarms on what users see, and are watched long enough for them.',
  kind: 'monitoring',
  why: 'A bad version that fires an alarm which the deploy does not follow, or only after the deploy is done, stays.',
  fix: 'name the alarms on what is deployed as rollback alarms, and bake for at least as long as they take to fire',
  severity: MEDIUM,
  appliesTo: [GROUP, SERVICE, ENVIRONMENT, PIPELINE],
  controls: [...MONITORING, ...CHANGE_SAFETY],
  sources: [
    'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html',
    'https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-environment.html',
    'https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html',
  ],
  check: (resource) => {
    if (resource.type === PIPELINE) return judgePipeline(resource);
    const controller = resource.text('DeploymentController.Type');
    if (controller === 'CODE_DEPLOY' || controller === 'EXTERNAL')
      return notApplicable('another service deploys the tasks, and takes them back');
    const rollback = rollbackOf(resource);
    return [judgeCoverage(resource, rollback), judgeBake(bakeOf(resource), rollback.alarms)];
  },
};

/** Each stage of a pipeline that deploys stacks of the app goes back by itself. */
function judgePipeline(pipeline: Resource): Judgement | readonly Judgement[] {
  const stages = stageRollbacks(pipeline);
  if (stages.length === 0) return notApplicable('it deploys no stack of the app');
  return stages.flatMap((stage) => {
    if (stage instanceof Unknown) return [unknown('Stages', stage)];
    const covered = judgeCoverage(pipeline, stage);
    const { waitSeconds: seconds, property } = stage;
    return [
      covered.outcome === 'fail' ? { ...covered, fix: STAGE_FIX } : covered,
      judgeBake(seconds === undefined ? undefined : { property, seconds }, stage.followed),
    ];
  });
}

const STAGE_FIX =
  'give the stage an OnSuccess condition with the result ROLLBACK and a CloudWatchAlarm rule, in a pipeline of type V2';

/** Every metric of an outage that any alarm watches on what is deployed must be watched by one that takes it back. */
function judgeCoverage(resource: Resource, rollback: Rollback): Judgement {
  const { deployed, property, alarms, unknown: open } = rollback;
  const watched = deployed.flatMap((one) =>
    alarmsOn(one)
      .metrics.filter(
        ({ name, alarm }) =>
          typeof name === 'string' &&
          OUTAGE_METRICS.has(name) &&
          existsWith(alarm, resource) === true &&
          !onlyScales(alarm),
      )
      .map(({ name, alarm }) => ({ one, alarm, metric: String(name) })),
  );
  if (watched.length === 0) return notApplicable('no alarm of the app watches what is deployed');
  const enabled = isEnabled(resource, alarms.length > 0);
  if (enabled instanceof Unknown) return unknown(property, enabled);
  const missing = watched.find(
    ({ one, metric }) => !enabled || !alarms.some((alarm) => watches(alarm, one, metric)),
  );
  if (!missing) return pass({ property, found: alarms.map(({ logicalId }) => logicalId).join(', ') });
  if (open && enabled) return unknown(property, open);
  return fail({
    property,
    found: enabled ? 'other alarms only' : 'alarms that are switched off',
    needed: `an alarm on ${missing.metric} of ${missing.one.logicalId}, as ${missing.alarm.logicalId} is`,
  });
}

/** Whether all that an alarm does is to scale: it says how many units there must be, not whether they serve. */
function onlyScales(alarm: Resource): boolean {
  const { resources, unknowns } = alarm.targets('AlarmActions');
  return (
    resources.length > 0 &&
    unknowns.length === 0 &&
    resources.every(({ type }) => type.endsWith('ScalingPolicy'))
  );
}

/** Where alarms are switched on; AppConfig has no switch. */
const SWITCHES: Readonly<Record<string, string>> = {
  [GROUP]: 'AlarmConfiguration.Enabled',
  [SERVICE]: 'DeploymentConfiguration.Alarms.Enable',
};

/** Alarms that are named but not switched on take nothing back; where none are named, there is nothing to switch. */
function isEnabled(resource: Resource, named: boolean): boolean | Unknown {
  const property = SWITCHES[resource.type];
  if (property === undefined || !named) return true;
  const value = resource.get(property);
  if (value === undefined) return new Unknown(`nothing says whether ${property} is on`);
  if (value instanceof Unknown) return value;
  return isScalar(value) && textOfBoolean(value) === 'true';
}

/** The quickest of the alarms must be able to fire while the new version is watched. */
function judgeBake(bake: Bake | undefined, alarms: readonly Resource[]): Judgement {
  if (bake === undefined || alarms.length === 0)
    return notApplicable('nothing says for how long it is watched');
  const { property, seconds } = bake;
  if (seconds instanceof Unknown) return unknown(property, seconds);
  const detections = alarms
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map((alarm) => alarmDetection(alarm));
  const known = detections.flatMap((one) =>
    one instanceof Unknown ? [] : [detectionStep(one).typicalSeconds],
  );
  const quickest = Math.min(...known);
  if (quickest <= seconds) return pass({ property, found: `watched for ${formatSeconds(seconds)}` });
  const open = detections.find((one) => one instanceof Unknown);
  if (open instanceof Unknown) return unknown(property, open);
  if (known.length === 0) return notApplicable('no alarm of the app has a period');
  return fail({
    property,
    found: `watched for ${formatSeconds(seconds)}`,
    needed: `at least ${formatSeconds(quickest)}, after which the quickest alarm fires`,
  });
}

interface Bake {
  readonly property: string;
  readonly seconds: number | Unknown;
}

function bakeOf(resource: Resource): Bake | undefined {
  if (resource.type === SERVICE) return bakeOfMinutes(resource, 'DeploymentConfiguration.BakeTimeInMinutes');
  return resource.type === GROUP ? bakeOfGroup(resource) : bakeOfEnvironment(resource);
}

function bakeOfMinutes(resource: Resource, property: string): Bake | undefined {
  const minutes = resource.number(property);
  if (minutes === undefined) return undefined;
  return { property, seconds: minutes instanceof Unknown ? minutes : minutes * 60 };
}

/** Functions and tasks are shifted within a time that the name of the configuration tells; instances take as long as they take. */
function bakeOfGroup(group: Resource): Bake | undefined {
  const property = 'DeploymentConfigName';
  const name = group.get(property);
  const shift =
    /^CodeDeployDefault\.(?:Lambda|ECS)(AllAtOnce|Canary|Linear)(?:\d+Percent)?(?:Every)?(\d+)?Minutes?$|^CodeDeployDefault\.(?:Lambda|ECS)AllAtOnce$/.exec(
      typeof name === 'string' ? name : '',
    );
  if (!shift) return undefined;
  const percent = Number(/(\d+)Percent/.exec(String(name))?.[1] ?? 100);
  const steps = shift[1] === 'Linear' ? Math.ceil(100 / percent) - 1 : 1;
  const wait = group.number(
    'BlueGreenDeploymentConfiguration.TerminateBlueInstancesOnDeploymentSuccess.TerminationWaitTimeInMinutes',
  );
  if (wait instanceof Unknown) return { property, seconds: wait };
  return { property, seconds: (Number(shift[2] ?? 0) * steps + (wait ?? 0)) * 60 };
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
