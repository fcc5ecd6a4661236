import { alarmDetection } from '../../assembly/dns/failover-detection';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { alarmsOn } from '../../assembly/observe/alarms';
import { stageRollbacks } from '../../assembly/observe/pipeline-rollbacks';
import {
  isOn,
  type Rollback,
  revertsOnAlarm,
  rollbackOf,
  watches,
} from '../../assembly/observe/rollback-alarms';
import { type Bake, bakeOf } from '../../assembly/observe/watched-deploys';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { detectionStep } from '../../calculus/failover-time';
import { OUTAGE_METRICS } from '../../calculus/mandatory-metrics';
import { formatSeconds } from '../../calculus/time-span';
import type { CatalogueServiceLevel } from '../../objectives/catalogue';
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
  check: (resource, { service }) => {
    if (resource.type === PIPELINE) return judgePipeline(resource);
    const controller = resource.text('DeploymentController.Type');
    if (controller === 'CODE_DEPLOY' || controller === 'EXTERNAL')
      return notApplicable('another service deploys the tasks, and takes them back');
    const rollback = rollbackOf(resource);
    return [
      resource.type === ENVIRONMENT
        ? judgeObjectives(resource, rollback, service.catalogue?.serviceLevels)
        : judgeCoverage(resource, rollback),
      judgeBake(bakeOf(resource), rollback.alarms),
    ];
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
  if (!missing) return judgeReturn(resource, rollback);
  if (open && enabled) return unknown(property, open);
  return fail({
    property,
    found: enabled ? followedBy(alarms) : 'alarms that are switched off',
    needed: `an alarm on ${missing.metric} of ${missing.one.logicalId}, as ${missing.alarm.logicalId} is`,
  });
}

function followedBy(alarms: readonly Resource[]): string {
  return alarms.length === 0 ? 'no alarm' : 'other alarms only';
}

/** An alarm may only stop a deploy, and leave what it has changed until then. */
function judgeReturn(resource: Resource, { property, alarms }: Rollback): Judgement {
  const reverts = revertsOnAlarm(resource);
  if (reverts.goesBack === true)
    return pass({ property, found: alarms.map(({ logicalId }) => logicalId).join(', ') });
  if (reverts.goesBack instanceof Unknown) return unknown(reverts.property, reverts.goesBack);
  return {
    ...fail({
      property: reverts.property,
      found: 'alarms that only stop it',
      needed: 'that they take it back',
    }),
    fix: 'let the deploy go back when its alarms stop it: Alarms.Rollback of an ECS service, the event DEPLOYMENT_STOP_ON_ALARM of a deployment group',
  };
}

/** Which users meet a configuration the app does not show; what they meet the objectives of its service watch. */
function judgeObjectives(
  environment: Resource,
  { property, alarms, unknown: open }: Rollback,
  levels: readonly CatalogueServiceLevel[] = [],
): Judgement {
  if (levels.length === 0) return notApplicable('its stack watches no objective of its service');
  const missing = levels.find(
    (level) =>
      !level.alarms.some(({ long, short, both }) =>
        alarms.some(
          ({ stack, logicalId }) => stack === environment.stack && [long, short, both].includes(logicalId),
        ),
      ),
  );
  if (!missing) return pass({ property, found: alarms.map(({ logicalId }) => logicalId).join(', ') });
  if (open) return unknown(property, open);
  return fail({
    property,
    found: followedBy(alarms),
    needed: `an alarm of the objective ${missing.name}, such as ${missing.alarms[0]?.both}`,
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
  return property === undefined || !named ? true : isOn(resource, property);
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
