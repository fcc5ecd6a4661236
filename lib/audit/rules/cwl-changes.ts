import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { tellsOfCalls } from '../../assembly/observe/change-alarms';
import type { Resource } from '../../assembly/resource';
import { STACK_TYPE } from '../../assembly/stack-resource';
import { Unknown } from '../../assembly/value';
import { MONITORING } from '../control-families';
import { absentFromApp, MAY_STAND_ELSEWHERE } from '../elsewhere';
import type { Rule, RuleContext } from '../rule';
import { LOW, MEDIUM } from '../severity';

const TRAIL = 'AWS::CloudTrail::Trail';
const LOG_GROUP = 'CloudWatchLogsLogGroupArn';
const HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html';

/** The calls that the CIS benchmark of AWS asks to be told of, by what they change. */
const CHANGES: Readonly<Record<string, string>> = {
  'trails of CloudTrail': 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging',
  'AWS Config': 'StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
  'network ACLs':
    'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
  gateways:
    'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
  'route tables':
    'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
  VPCs: 'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection',
};

const KEYS: Readonly<Record<string, string>> = { 'KMS keys': 'DisableKey ScheduleKeyDeletion' };

export const changesAreTold: Rule = {
  id: 'CWL-03',
  title: 'Changes to the audit trail and to the network are told by an alarm.',
  kind: 'monitoring',
  why: 'Most outages begin with a change: without an alarm the search for it begins with the outage.',
  fix: 'add a metric filter on the log group of the trail, and an alarm on what it counts',
  severity: LOW,
  appliesTo: [TRAIL, STACK_TYPE],
  controls: MONITORING,
  parameters: MAY_STAND_ELSEWHERE,
  sources: [HUB],
  check: (trail, context) => judge(trail, CHANGES, context),
};

export const keyDeletionIsTold: Rule = {
  id: 'CWL-04',
  title: 'An alarm tells when a KMS key is disabled or will be deleted.',
  kind: 'monitoring',
  why: 'All data under a deleted key is lost for ever, and the days in which the deletion can be called off pass unseen.',
  fix: 'add a metric filter for DisableKey and ScheduleKeyDeletion on the log group of the trail, and an alarm on it',
  severity: MEDIUM,
  appliesTo: [TRAIL, STACK_TYPE],
  controls: MONITORING,
  parameters: MAY_STAND_ELSEWHERE,
  sources: [`${HUB}#cloudwatch-7`],
  check: (trail, context) => judge(trail, KEYS, context),
};

function judge(
  trail: Resource,
  changes: Readonly<Record<string, string>>,
  context: RuleContext,
): Judgement | readonly Judgement[] {
  if (trail.type === STACK_TYPE) return absentFromApp('trail that alarms could watch', context);
  const group = trail.target(LOG_GROUP);
  if (group === undefined) return notApplicable('the trail writes to no log group, which CTR-04 tells');
  if (group instanceof Unknown) return unknown(LOG_GROUP, group);
  const [hidden] = context.graph.unreadable;
  if (hidden !== undefined) return unknown(undefined, hidden);
  return Object.entries(changes).map(([what, calls]) => judgeChange(group, what, calls.split(' ')));
}

function judgeChange(group: Resource, what: string, calls: readonly string[]): Judgement {
  const told = tellsOfCalls(group, calls);
  const missing = told.filter(([, truth]) => truth === false).map(([call]) => call);
  if (missing.length > 0)
    return fail({
      found: `no alarm on changes to ${what} (${missing.join(', ')})`,
      needed: `a metric filter on ${group.logicalId} and an alarm on it`,
    });
  const open = told.map(([, truth]) => truth).find((truth) => truth instanceof Unknown);
  return open instanceof Unknown ? unknown(undefined, open) : pass({ found: `alarms on changes to ${what}` });
}
