import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { Unknown } from '../../assembly/value';
import { AUDIT_TRAIL, MONITORING, RECOVERY_TESTING } from '../control-families';
import { absentFromApp, MAY_STAND_ELSEWHERE } from '../elsewhere';
import type { Rule, RuleContext } from '../rule';
import { LOW, MEDIUM } from '../severity';

const RESPONSE_PLAN = 'AWS::SSMIncidents::ResponsePlan';

export const configurationIsRecorded: Rule = {
  id: 'CFG-01',
  title: 'AWS Config records the configuration of resources.',
  kind: 'compliance',
  why: 'Without a recorder nobody can say afterwards what was changed before an outage, nor prove how it was before.',
  fix: 'add an AWS::Config::ConfigurationRecorder, or let the organisation record',
  severity: MEDIUM,
  appliesTo: ['AWS::Config::ConfigurationRecorder', STACK_TYPE],
  controls: AUDIT_TRAIL,
  parameters: MAY_STAND_ELSEWHERE,
  sources: ['https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html'],
  check: (recorder, context) => present(recorder, 'recorder of AWS Config', context),
};

export const threatsAreWatched: Rule = {
  id: 'GRD-01',
  title: 'GuardDuty watches the account.',
  kind: 'compliance',
  why: 'An attack that nobody notices ends as an outage, with backups that are no longer trusted.',
  fix: 'enable the detector, or let the organisation enable GuardDuty',
  severity: MEDIUM,
  appliesTo: ['AWS::GuardDuty::Detector', STACK_TYPE],
  controls: AUDIT_TRAIL,
  parameters: MAY_STAND_ELSEWHERE,
  sources: ['https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html'],
  check: (detector, context) => all(present(detector, 'detector of GuardDuty', context), enabled(detector)),
};

export const findingsAreGathered: Rule = {
  id: 'SHB-01',
  title: 'Security Hub gathers what the checks of the account find.',
  kind: 'compliance',
  why: 'What each service finds by itself is read by nobody.',
  fix: 'add an AWS::SecurityHub::Hub, or let the organisation enable Security Hub',
  severity: LOW,
  appliesTo: ['AWS::SecurityHub::Hub', STACK_TYPE],
  controls: AUDIT_TRAIL,
  parameters: MAY_STAND_ELSEWHERE,
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html'],
  check: (hub, context) => present(hub, 'hub of Security Hub', context),
};

export const resilienceIsAssessed: Rule = {
  id: 'RHB-01',
  title: 'Resilience Hub assesses the app against a policy.',
  kind: 'backup',
  why: 'Objectives that nothing measures are wishes: the first to learn that they cannot be met is the customer.',
  fix: 'add an AWS::ResilienceHub::App with a ResiliencyPolicyArn',
  severity: MEDIUM,
  appliesTo: ['AWS::ResilienceHub::App', STACK_TYPE],
  controls: RECOVERY_TESTING,
  parameters: MAY_STAND_ELSEWHERE,
  sources: ['https://docs.aws.amazon.com/resilience-hub/latest/userguide/create-policy.html'],
  check: (app, context) =>
    all(
      present(app, 'app of Resilience Hub', context),
      app.type === STACK_TYPE ? notApplicable('') : app.isSet('ResiliencyPolicyArn', 'a resiliency policy'),
    ),
};

export const incidentsAreAnswered: Rule = {
  id: 'INC-01',
  title: 'Incidents are recorded in two regions, and a response plan answers them.',
  kind: 'monitoring',
  why: 'A record in one region is lost with it when it is needed, and without a plan nobody is called.',
  fix: 'name a second region in Regions, and add an AWS::SSMIncidents::ResponsePlan',
  severity: LOW,
  appliesTo: ['AWS::SSMIncidents::ReplicationSet', STACK_TYPE],
  controls: MONITORING,
  parameters: MAY_STAND_ELSEWHERE,
  sources: [
    'https://docs.aws.amazon.com/incident-manager/latest/userguide/disaster-recovery-resiliency.html',
  ],
  check: (set, context) =>
    set.type === STACK_TYPE
      ? absentFromApp('replication set of Incident Manager', context)
      : all(existing(set), judgeRegions(set), judgePlans(context)),
};

/** A service that is enabled by a resource that is there. */
function present(resource: Resource, what: string, context: RuleContext): Judgement {
  return resource.type === STACK_TYPE ? absentFromApp(what, context) : existing(resource);
}

function existing({ presence }: Resource): Judgement {
  return presence instanceof Unknown ? unknown(undefined, presence) : pass();
}

function enabled(detector: Resource): Judgement {
  return detector.type === STACK_TYPE ? notApplicable('') : detector.is('Enable', true);
}

function judgeRegions(set: Resource): Judgement {
  const regions = set.list('Regions');
  if (regions instanceof Unknown) return unknown('Regions', regions);
  const open = regions.find((region) => region instanceof Unknown);
  if (regions.length < 2)
    return fail({ property: 'Regions', found: `${regions.length} region`, needed: 'at least 2 regions' });
  return open instanceof Unknown && open.maybeAbsent ? unknown('Regions', open) : pass();
}

function judgePlans(context: RuleContext): Judgement {
  const plans = context.graph.ofType(RESPONSE_PLAN);
  if (plans.length === 0) return absentFromApp('response plan of Incident Manager', context);
  const { presence = false } = plans.find((plan) => plan.presence === true) ?? plans[0] ?? {};
  return presence instanceof Unknown ? unknown(undefined, presence) : pass();
}
