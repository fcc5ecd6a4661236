import {
  failoverNeedsNoControlPlane,
  recoveryNeedsNoGlobalPoint,
} from '../../../lib/audit/rules/failover-calls';
import { RegionRole } from '../../../lib/objectives/region-role';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const alarm = (more: Resources = {}) => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmActions: [att('Actor', 'Arn')], Namespace: 'AWS/ApplicationELB', ...more },
  },
});

/** A function with a role that allows an action. */
const actor = (action: unknown, variables: Resources = {}) => ({
  Actor: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: att('Role', 'Arn'), Environment: { Variables: variables } },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] } }],
    },
  },
});

const record = (more: Resources = {}) => ({
  Record: {
    Type: 'AWS::Route53::RecordSet',
    Properties: { HostedZoneId: 'Z1', Name: 'shop.example.com', Type: 'A', Failover: 'PRIMARY', ...more },
  },
});

const app = (...parts: readonly Resources[]) => ({ Resources: Object.assign({}, ...parts) });

const CHANGE = 'route53:ChangeResourceRecordSets';
const CHECKED = record({ HealthCheckId: 'c1' });

checks(failoverNeedsNoControlPlane, {
  passes: {
    'what the alarm starts changes no record': app(alarm(), actor('lambda:UpdateAlias'), record()),
    'a health check drives the record': app(alarm(), actor(CHANGE), CHECKED),
  },
  fails: {
    'what the alarm starts changes the record': app(alarm(), actor(CHANGE), record()),
    'what the alarm starts changes a distribution': app(alarm(), actor('cloudfront:*'), record()),
    'what a topic of the alarm starts changes the record': app(
      alarm({ AlarmActions: [{ Ref: 'Topic' }] }),
      {
        Topic: { Type: 'AWS::SNS::Topic' },
        Subscription: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: { Ref: 'Topic' }, Endpoint: att('Actor', 'Arn') },
        },
      },
      actor('route53:*'),
      record(),
    ),
    'what an event of an outage starts changes the record': app(
      {
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: { source: ['aws.health'] },
            Targets: [{ Id: 'a', Arn: att('Actor', 'Arn') }],
          },
        },
      },
      actor(CHANGE),
      record(),
    ),
  },
  unknown: {
    'the role is not in the app': app(alarm(), record(), {
      Actor: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/own' } },
    }),
    'the records are not in the app': app(alarm(), actor(CHANGE)),
    'nothing tells what starts it': app(actor(CHANGE), record()),
  },
  notApplicable: {
    'nothing starts it in an outage': app(actor('s3:GetObject'), record()),
    'a deployment starts it': app(actor(CHANGE), record(), {
      Zone: { Type: 'Custom::Zone', Properties: { ServiceToken: att('Actor', 'Arn') } },
    }),
  },
  equivalent: {
    'Alarm.AlarmActions.0': 'what no alarm starts is no failover',
    'Alarm.Namespace': 'any alarm will do',
    'Actor.Role': 'without its role nothing is allowed',
    'Role.Policies.0.PolicyDocument.Statement.0.*': 'what allows nothing changes no record',
    'Record.*': 'a record that is driven by nothing decides only for what changes it',
  },
});

const REGION = 'eu-west-1';

const shop = (variables: Resources) => ({
  stacks: {
    shop: placeOf(
      { role: RegionRole.ACTIVE, region: REGION },
      { Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } } },
    ),
    other: placeOf(
      { role: RegionRole.ACTIVE, region: 'eu-central-1' },
      { Topic: { Type: 'AWS::SNS::Topic' } },
    ),
  },
});

/** The same in an app of two regions. */
const inTwo = (...parts: readonly Resources[]) => ({
  stacks: {
    shop: placeOf({ role: RegionRole.PRIMARY, region: REGION }, Object.assign({}, ...parts)),
    other: placeOf(
      { role: RegionRole.STANDBY, region: 'eu-central-1' },
      { Topic: { Type: 'AWS::SNS::Topic' } },
    ),
  },
});

checks(recoveryNeedsNoGlobalPoint, {
  passes: {
    'the endpoint is that of the region': shop({ STS: 'https://sts.eu-west-1.amazonaws.com' }),
    'tokens come from the region': shop({ AWS_STS_REGIONAL_ENDPOINTS: 'regional' }),
    'what the alarm starts changes nothing global': inTwo(alarm(), actor('rds:PromoteReadReplica')),
  },
  fails: {
    'the endpoint is the global one': shop({ STS: 'https://sts.amazonaws.com' }),
    'tokens come from the global endpoint': shop({ AWS_STS_REGIONAL_ENDPOINTS: 'legacy' }),
    'what the alarm starts changes a role': inTwo(alarm(), actor('iam:CreateRole')),
    'the alarm watches metrics of one region': inTwo(
      alarm({ Namespace: 'AWS/Route53' }),
      actor('rds:PromoteReadReplica'),
    ),
  },
  unknown: {
    'an endpoint is imported': shop({ STS: { 'Fn::ImportValue': 'sts' } }),
    'the role is not in the app': inTwo(alarm(), {
      Actor: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/own' } },
    }),
    'no second region is declared': app(alarm(), actor('iam:CreateRole')),
  },
  notApplicable: {
    'its service runs in one region': app(actor('iam:*', { STS: 'https://sts.amazonaws.com' })),
    'nothing is declared': { Resources: { Fn: { Type: 'AWS::Lambda::Function' } } },
  },
  equivalent: {
    '*Alarm.AlarmActions.0': 'what no alarm starts is no recovery',
    '*Actor.Role': 'without its role nothing is allowed',
    '*Role.Policies.0.PolicyDocument.Statement.0.Effect': 'what allows nothing changes nothing',
    '*Role.Policies.0.PolicyDocument.Statement.0.Resource': 'what allows nothing changes nothing',
  },
});

describe('X-62', () => {
  const east = (there: Resources) => ({
    stacks: {
      shop: placeOf(
        { role: RegionRole.PRIMARY, region: 'us-east-1' },
        { ...alarm(), ...actor('rds:PromoteReadReplica') },
      ),
      other: placeOf({ role: RegionRole.STANDBY, region: 'us-west-2' }, there),
    },
  });

  it('wants what recovers from us-east-1 to stand elsewhere too', () => {
    const topic = { Topic: { Type: 'AWS::SNS::Topic' } };
    expect(outcomeOf(recoveryNeedsNoGlobalPoint, east(topic))).toBe('fail');
    const twin = { ...alarm(), ...actor('rds:PromoteReadReplica') };
    expect(outcomeOf(recoveryNeedsNoGlobalPoint, east(twin))).toBe('pass');
  });

  it('lets an alarm of one region tell people', () => {
    const told = inTwo(alarm({ Namespace: 'AWS/Route53' }), actor('sns:Publish'));
    expect(outcomeOf(recoveryNeedsNoGlobalPoint, told)).toBe('pass');
  });
});

describe('X-08', () => {
  it('lets a Region switch plan switch health checks', () => {
    const plan = {
      Plan: {
        Type: 'AWS::ARCRegionSwitch::Plan',
        Properties: {
          ExecutionRole: att('Role', 'Arn'),
          Workflows: [{ Steps: [{ ExecutionBlockType: 'Route53HealthCheck' }] }],
        },
      },
    };
    expect(outcomeOf(failoverNeedsNoControlPlane, app(plan, actor(CHANGE), record()))).not.toBe('fail');
  });
});
