import { aclLogsRequests } from '../../../lib/audit/rules/waf';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const logging = (of: unknown, rest: object = {}) => ({
  Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: of }, ...rest },
});
const acl = (more: object) => ({ ...OPEN, Resources: { Subject: { Type: 'AWS::WAFv2::WebACL' }, ...more } });
const ARN = { 'Fn::GetAtt': ['Subject', 'Arn'] };

checks(aclLogsRequests, {
  passes: {
    'its requests are logged': acl(logging(ARN)),
    'another stack logs them': {
      stacks: {
        Front: {
          template: {
            Resources: { Subject: { Type: 'AWS::WAFv2::WebACL' } },
            Outputs: { Arn: { Value: ARN, Export: { Name: 'acl' } } },
          },
        },
        Logs: { template: { Resources: logging({ 'Fn::ImportValue': 'acl' }) } },
      },
    },
  },
  fails: {
    'nothing logs them': acl({}),
    'those of another are logged': acl(logging('arn:aws:wafv2:eu-west-1:1:regional/webacl/other/1')),
  },
  unknown: {
    'a parameter names the web ACL': acl(logging({ Ref: 'Open' })),
    'a condition may leave the logging out': acl(logging(ARN, { Condition: 'Wanted' })),
    'a macro may write it': { ...acl({}), Transform: 'Mine' },
  },
  notApplicable: { 'there is no web ACL': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});
