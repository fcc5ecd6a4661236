import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { describe, isScalar, Unknown } from '../../assembly/value';
import { CHANGE_SAFETY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const GUIDE = 'https://docs.aws.amazon.com/codedeploy/latest/userguide';
const CONFIG_NAME = 'DeploymentConfigName';

export const deploymentRollsBack: Rule = {
  id: 'CDP-01',
  title: 'Deployments watch alarms, and roll back by themselves.',
  kind: 'protection',
  why: 'A bad version stays until somebody is awake and has found out how to go back.',
  fix: 'enable AutoRollbackConfiguration, and name the alarms of the service in AlarmConfiguration',
  severity: MEDIUM,
  appliesTo: [GROUP],
  controls: CHANGE_SAFETY,
  sources: [`${GUIDE}/deployments-rollback-and-redeploy.html`],
  check: (group) =>
    all(
      group.is('AutoRollbackConfiguration.Enabled', true),
      group.isSet('AlarmConfiguration.Alarms', 'an alarm'),
      watchesAlarms(group),
    ),
};

/** No page says whether alarms that are named are watched where `Enabled` is left out. */
function watchesAlarms(group: Resource): Judgement {
  const path = 'AlarmConfiguration.Enabled';
  return group.get(path) === undefined
    ? unknown(path, 'AWS does not say whether alarms are watched where Enabled is not set')
    : group.is(path, true);
}

export const deploymentLeavesHostsServing: Rule = {
  id: 'CDP-02',
  title: 'Enough hosts serve while the others are deployed to.',
  kind: 'protection',
  why: 'A deployment that takes most hosts out is an outage, and a bad version reaches all of them at once.',
  fix: 'raise MinimumHealthyHosts.Value',
  severity: MEDIUM,
  appliesTo: ['AWS::CodeDeploy::DeploymentConfig'],
  controls: CHANGE_SAFETY,
  parameters: {
    minimumPercent: { meaning: 'Percent of the hosts that keep serving at least.', default: 66 },
    minimumHosts: { meaning: 'Hosts that keep serving at least, where they are counted.', default: 1 },
  },
  sources: [`${GUIDE}/instances-health.html`],
  check: (config, context) => {
    const platform = config.is('ComputePlatform', 'Server');
    if (platform.outcome === 'unknown') return platform;
    if (platform.outcome === 'fail') return notApplicable('functions and tasks are replaced side by side');
    return judgeHosts(config, context);
  },
};

export const trafficShiftsInSteps: Rule = {
  id: 'CDP-03',
  title: 'Traffic is shifted to a new version in steps.',
  kind: 'protection',
  why: 'All at once, the first to notice a bad version are all customers.',
  fix: 'use a canary or linear deployment configuration',
  severity: MEDIUM,
  appliesTo: [GROUP],
  controls: CHANGE_SAFETY,
  sources: [`${GUIDE}/deployment-configurations.html`],
  check: (group) => {
    const platform = platformOf(group);
    if (platform instanceof Unknown) return unknown('ApplicationName', platform);
    return platform === 'Server'
      ? notApplicable('on servers, hosts are deployed to, and no traffic is shifted')
      : judgeShift(group);
  },
};

function judgeHosts(config: Resource, { parameters }: RuleContext): Judgement {
  const path = 'MinimumHealthyHosts.Value';
  const byCount = config.is('MinimumHealthyHosts.Type', 'HOST_COUNT');
  const [hosts, percent] = [Number(parameters.minimumHosts), Number(parameters.minimumPercent)];
  const counted = config.atLeast(path, hosts, { unit: 'hosts' });
  const share = config.atLeast(path, percent, { unit: 'percent' });
  if (byCount.outcome === 'pass') return counted;
  // Where deploy decides the kind, only what suffices or fails for both is decided.
  if (byCount.outcome === 'fail') return share;
  return counted.outcome === share.outcome ? share : byCount;
}

/** A configuration of AWS names the platform; else the application says it. */
function platformOf(group: Resource): string | Unknown {
  const name = group.get(CONFIG_NAME);
  const named = isScalar(name) ? /^CodeDeployDefault\.(Lambda|ECS)?/.exec(String(name)) : null;
  if (named) return named[1] ?? 'Server';
  const application = group.target('ApplicationName');
  if (!(application instanceof Resource))
    return application ?? new Unknown('the deployment group names no application');
  return application.text('ComputePlatform') ?? 'Server';
}

function judgeShift(group: Resource): Judgement {
  const name = group.get(CONFIG_NAME);
  if (name === undefined) return unknown(CONFIG_NAME, 'the default of the platform holds');
  const byName = group.judge(CONFIG_NAME, (text) => !String(text).endsWith('AllAtOnce'), 'steps');
  if (byName.outcome === 'fail') return byName;
  const config = group.target(CONFIG_NAME);
  if (!(config instanceof Resource))
    return isScalar(name) ? byName : unknown(CONFIG_NAME, config ?? describe(name));
  const shift = config.isNot('TrafficRoutingConfig.Type', 'AllAtOnce');
  if (config.get('TrafficRoutingConfig') === undefined)
    return fail({ property: CONFIG_NAME, found: `${config.logicalId} shifts all at once`, needed: 'steps' });
  return any(shift.outcome === 'pass' ? pass({ property: CONFIG_NAME, found: config.logicalId }) : shift);
}
