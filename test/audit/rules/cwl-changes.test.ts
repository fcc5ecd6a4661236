import { changesAreTold, keyDeletionIsTold } from '../../../lib/audit/rules/cwl-changes';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const NAMES = { Namespace: 'Trail', MetricName: 'Changes' };
const BASE = {
  Subject: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
  },
  Logs: { Type: 'AWS::Logs::LogGroup' },
};
const ALARM = { Type: 'AWS::CloudWatch::Alarm', Properties: NAMES };
const filter = (pattern: unknown, properties: object = {}) => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: {
    LogGroupName: { Ref: 'Logs' },
    FilterPattern: pattern,
    MetricTransformations: [{ MetricNamespace: 'Trail', MetricName: 'Changes' }],
    ...properties,
  },
});
const app = (more: object) => ({ ...OPEN, Resources: { ...BASE, ...more } });
const KEYS =
  '{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }';
const NO_LOGS = { ...OPEN, Resources: { Subject: { Type: 'AWS::CloudTrail::Trail' } } };
const EXCUSES = {
  'Subject.CloudWatchLogsLogGroupArn': 'a log group that is not in the app makes it unknown',
};

checks(keyDeletionIsTold, {
  passes: {
    'an alarm tells': app({ Filter: filter(KEYS), Alarm: ALARM }),
    'the filter counts all calls': app({ Filter: filter('{ $.eventName = "*" }'), Alarm: ALARM }),
  },
  fails: {
    'nothing is counted': app({}),
    'nothing watches what is counted': app({ Filter: filter(KEYS) }),
    'the deletion is not counted': app({ Filter: filter('{ $.eventName = "DisableKey" }'), Alarm: ALARM }),
    'the deletion is left out': app({
      Filter: filter('{ $.eventName = DisableKey && $.eventName != ScheduleKeyDeletion }'),
      Alarm: ALARM,
    }),
    'the filter is on another log group': app({
      Filter: filter(KEYS, { LogGroupName: 'other' }),
      Alarm: ALARM,
    }),
    'the alarm watches something else': app({
      Filter: filter(KEYS),
      Alarm: { ...ALARM, Properties: { ...NAMES, MetricName: 'Errors' } },
    }),
  },
  unknown: {
    'there is no trail': { Resources: { Logs: BASE.Logs } },
    'the log group is not in the app': {
      Resources: {
        Subject: {
          ...BASE.Subject,
          Properties: { CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:1:log-group:x' },
        },
      },
    },
    'a parameter is the pattern': app({ Filter: filter({ Ref: 'Open' }), Alarm: ALARM }),
    'a parameter names the metric': app({
      Filter: filter(KEYS, {
        MetricTransformations: [{ MetricNamespace: 'Trail', MetricName: { Ref: 'Open' } }],
      }),
      Alarm: ALARM,
    }),
    'a parameter holds the metrics': app({
      Filter: filter(KEYS, { MetricTransformations: { Ref: 'Open' } }),
      Alarm: ALARM,
    }),
    'a condition may leave the alarm out': app({
      Filter: filter(KEYS),
      Alarm: { ...ALARM, Condition: 'Wanted' },
    }),
    'a macro may write the filter': { ...app({}), Transform: 'Mine' },
  },
  notApplicable: { 'the trail writes to no log group': NO_LOGS },
  equivalent: EXCUSES,
});

const CALLS = [
  'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging',
  'StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
  'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
  'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
  'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
  'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection',
];
const patternOf = (calls: string) =>
  `{ ${calls
    .split(' ')
    .map((call) => `($.eventName = ${call})`)
    .join(' || ')} }`;
const filtersFor = (kinds: readonly string[]) =>
  Object.fromEntries(kinds.map((calls, index) => [`Filter${index}`, filter(patternOf(calls))]));
const filters = filtersFor(CALLS);

checks(changesAreTold, {
  passes: {
    'each kind of change has a filter': app({ ...filters, Alarm: ALARM }),
    'one filter counts every call': app({ Filter: filter(''), Alarm: ALARM }),
  },
  fails: {
    'nothing is counted': app({}),
    'route tables are left out': app({
      ...filtersFor(CALLS.filter((_, index) => index !== 4)),
      Alarm: ALARM,
    }),
    'nothing watches what is counted': app(filters),
  },
  unknown: { 'there is no trail': { Resources: { Logs: BASE.Logs } } },
  notApplicable: { 'the trail writes to no log group': NO_LOGS },
  equivalent: EXCUSES,
});
