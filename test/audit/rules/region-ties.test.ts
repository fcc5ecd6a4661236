import { regionStandsAlone, standbyDeploysAlone } from '../../../lib/audit/rules/region-ties';
import { RegionRole } from '../../../lib/objectives/region-role';
import type { TestApp } from '../../support/graph';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const { PRIMARY, STANDBY } = RegionRole;

/** `shop` in two regions, with these resources in the standby. */
const standby = (
  resources: Resources,
  primary: Resources = { Queue: { Type: 'AWS::SQS::Queue' } },
): TestApp => ({
  stacks: {
    main: placeOf({ role: PRIMARY, region: 'eu-west-1' }, primary),
    other: placeOf({ role: STANDBY, region: 'eu-central-1' }, resources),
  },
});

const fn = (value: unknown, more: Resources = {}) => ({
  Caller: {
    Type: 'AWS::Lambda::Function',
    Properties: { Environment: { Variables: { X: value } }, ...more },
  },
});

const named = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } } };

const grantOn = (resource: unknown) => ({
  ...fn('x', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: resource }] } },
      ],
    },
  },
});

checks(regionStandsAlone, {
  passes: {
    'the environment names the own region': standby(fn('https://sqs.eu-central-1.amazonaws.com/1/orders')),
    'a grant names the own region': standby(grantOn('arn:aws:sqs:eu-central-1:111122223333:orders')),
    'events come from the own region': standby({
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'arn:aws:sqs:eu-central-1:111122223333:orders' },
      },
    }),
  },
  fails: {
    'the environment names the other region': standby(fn('https://sqs.eu-west-1.amazonaws.com/1/orders')),
    'the environment names a database there': standby(fn('db.abc.eu-west-1.rds.amazonaws.com')),
    'the environment names a resource there by name': standby(fn('orders'), named),
    'a grant names the other region': standby(grantOn('arn:aws:sqs:eu-west-1:111122223333:orders')),
    'events come from the other region': standby({
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
      },
    }),
  },
  unknown: {
    'the region of the stack is open': {
      stacks: {
        main: placeOf({ role: PRIMARY, region: 'eu-west-1' }, named),
        other: placeOf({ role: STANDBY }, fn('https://sqs.eu-west-1.amazonaws.com/1/orders')),
      },
    },
  },
  notApplicable: {
    'the service is declared nowhere else': { Resources: fn('https://sqs.eu-west-1.amazonaws.com/1/orders') },
    'nothing that stands in a region is named': standby(fn('on')),
  },
  equivalent: {
    'other/Caller.Role': 'without its role nothing is granted',
    'other/Role.Policies.*': 'a grant on anything else names no region',
  },
});

describe('X-52', () => {
  it('lets a grant name all replicas of a table', () => {
    const arn = (region: string) => `arn:aws:dynamodb:${region}:111122223333:table/orders`;
    const judge = (...regions: string[]) => outcomeOf(regionStandsAlone, standby(grantOn(regions.map(arn))));
    expect(judge('eu-west-1', 'eu-central-1')).toBe('pass');
    expect(judge('eu-west-1')).toBe('fail');
  });

  it('takes the name of a global table for its replica beside the caller', () => {
    const table = (...regions: string[]) => ({
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: { TableName: 'orders', Replicas: regions.map((Region) => ({ Region })) },
      },
    });
    const judge = (...regions: string[]) =>
      outcomeOf(regionStandsAlone, standby(fn('orders'), table(...regions)));
    expect(judge('eu-west-1', 'eu-central-1')).toBe('notApplicable');
    expect(judge('eu-west-1')).toBe('fail');
  });
});

const stackOf = (app: Resources): TestApp => app as unknown as TestApp;

const read = (value: unknown) =>
  standby({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: value } } }, named);

const output = { 'Fn::GetStackOutput': { StackName: 'main', OutputName: 'Url', Region: 'eu-west-1' } };

/** The primary hands out an address, and the standby has this value. */
const withOutput = (value: unknown) => {
  const { stacks } = read(value) as { stacks: Record<string, { template: Resources }> };
  const { main, other } = stacks;
  return stackOf({
    stacks: {
      main: { ...main, template: { ...main?.template, Outputs: { Url: { Value: { Ref: 'Queue' } } } } },
      other,
    },
  });
};

const deploy = (region: string, name: string, provider = 'CloudFormation') => ({
  ActionTypeId: { Provider: provider },
  Region: region,
  Configuration: { StackName: name },
});

const MAIN = deploy('eu-west-1', 'main');
const OTHER = deploy('eu-central-1', 'other');

/** A pipeline with these actions, stage by stage. */
const pipeline = (...stages: readonly (readonly unknown[])[]) => {
  const { stacks } = standby({ Topic: { Type: 'AWS::SNS::Topic' } }) as { stacks: Resources };
  const Stages = stages.map((Actions, index) => ({ Name: `Stage${index}`, Actions }));
  const Pipeline = { Type: 'AWS::CodePipeline::Pipeline', Properties: { Stages } };
  return stackOf({
    stacks: { ...stacks, tools: { region: 'eu-west-1', template: { Resources: { Pipeline } } } },
  });
};

checks(standbyDeploysAlone, {
  passes: {
    'it names things by name': withOutput('orders'),
    'a stage that deploys the primary only copies the other template': pipeline([
      MAIN,
      deploy('eu-central-1', 'other', 'S3'),
    ]),
  },
  fails: {
    'it takes a value of the primary': withOutput(output),
    'one stage deploys both regions': pipeline([MAIN, OTHER]),
  },
  unknown: {
    'the primary is not in the app': {
      stacks: {
        other: placeOf({ role: STANDBY, region: 'eu-central-1' }, { T: { Type: 'AWS::SNS::Topic' } }),
      },
    },
  },
  notApplicable: {
    'the stack is the primary': {
      stacks: { main: placeOf({ role: PRIMARY, region: 'eu-west-1' }, { T: { Type: 'AWS::SNS::Topic' } }) },
    },
    'no service is declared': { Resources: { T: { Type: 'AWS::SNS::Topic' } } },
  },
  equivalent: {
    'main/Queue.QueueName': 'a name ties nothing',
    'tools/Pipeline.Stages.*.Name': 'the name of a stage decides nothing',
    'tools/Pipeline.Stages.0.Actions.0.*': 'a stage that deploys less deploys no two regions',
    'tools/Pipeline.Stages.0.Actions.1.Region': 'an action that deploys nothing has no say',
    'tools/Pipeline.Stages.0.Actions.1.Configuration.*': 'an action that deploys nothing has no say',
  },
});

describe('X-53', () => {
  it('lets a pipeline deploy the regions one after the other', () => {
    expect(outcomeOf(standbyDeploysAlone, pipeline([MAIN], [OTHER]))).toBe('pass');
  });
});
