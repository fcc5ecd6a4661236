import { trafficIsLogged } from '../../../lib/audit/rules/vpc-flow-logs';
import { checks } from '../../support/rule-cases';

const OPEN = {
  Parameters: { Open: { Type: 'String' } },
  Conditions: { Wanted: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
};
const log = (properties: Readonly<Record<string, unknown>>, rest: object = {}) => ({
  Log: {
    Type: 'AWS::EC2::FlowLog',
    Properties: { ResourceType: 'VPC', ResourceId: { Ref: 'Subject' }, ...properties },
    ...rest,
  },
});
const network = (more: object) => ({ ...OPEN, Resources: { Subject: { Type: 'AWS::EC2::VPC' }, ...more } });

checks(trafficIsLogged, {
  passes: {
    'the network has a flow log': network(log({})),
    'another stack has it': {
      stacks: {
        Net: {
          template: {
            Resources: { Subject: { Type: 'AWS::EC2::VPC' } },
            Outputs: { Id: { Value: { Ref: 'Subject' }, Export: { Name: 'net' } } },
          },
        },
        Logs: { template: { Resources: log({ ResourceId: { 'Fn::ImportValue': 'net' } }) } },
      },
    },
  },
  fails: {
    'it has none': network({}),
    'only a subnet has one': network({
      ...log({ ResourceType: 'Subnet', ResourceId: { Ref: 'Part' } }),
      Part: { Type: 'AWS::EC2::Subnet' },
    }),
    'another network has one': network(log({ ResourceId: 'vpc-1' })),
  },
  unknown: {
    'a parameter names the network': network(log({ ResourceId: { Ref: 'Open' } })),
    'a condition may leave it out': network(log({}, { Condition: 'Wanted' })),
    'a macro may write it': { ...network({}), Transform: 'Mine' },
  },
  notApplicable: { 'there is no network': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } },
});
