import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnOutput, CfnResource, CustomResource, Stack, Token } from 'aws-cdk-lib/core';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { RegionStack, type RegionStackProps } from '../../../lib/constructs/region/region-stack';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, refusal, shopOf } from '../fixtures';

const IRELAND = { account: ACCOUNT, region: 'eu-west-1' };
const FRANKFURT = { account: ACCOUNT, region: 'eu-central-1' };

type Tie = (primary: Stack, standby: Stack, app: App) => void;

/** The CDK makes strong references between regions only where it is told to. */
class ReadableRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, { ...props, crossRegionReferences: true });
  }
}

/** The two regions in stacks that are made for them. */
function made(): [App, Stack, Stack] {
  const app = new App();
  const { stacks } = new ActivePassive(app, 'Shop', {
    service: shopOf(Tier.BUSINESS_CRITICAL),
    account: ACCOUNT,
    primary: IRELAND.region,
    standby: FRANKFURT.region,
    stackClass: ReadableRegion,
  });
  return [app, stacks[0]!, stacks[1]!];
}

/** The two regions in stacks of one's own. */
function own(): [App, Stack, Stack] {
  const app = new App();
  const primary = new Stack(app, 'Shop-eu-west-1', { env: IRELAND, crossRegionReferences: true });
  const standby = new Stack(app, 'Shop-eu-central-1', { env: FRANKFURT, crossRegionReferences: true });
  new ActivePassive(app, 'Shop', { service: shopOf(Tier.BUSINESS_CRITICAL), stacks: [primary, standby] });
  return [app, primary, standby];
}

/** A parameter of the primary, read by a call of the SDK at deployment. */
function readParameter(standby: Stack, region: string): void {
  const call = {
    service: 'SSM',
    action: 'getParameter',
    parameters: { Name: '/shop/endpoint' },
    region,
    physicalResourceId: PhysicalResourceId.of('endpoint'),
  };
  new AwsCustomResource(standby, 'Endpoint', {
    onCreate: call,
    onUpdate: call,
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
}

function image(stack: Stack, name: string): void {
  new CfnTaskDefinition(stack, 'Task', { containerDefinitions: [{ name: 'app', image: name }] });
}

const SEEN: Readonly<Record<string, [tie: Tie, problem: RegExp]>> = {
  'a Ref': [
    (primary, standby) =>
      new CfnLogGroup(standby, 'Copy', { logGroupName: new CfnTopic(primary, 'Topic').ref }),
    /^it needs .* in eu-west-1, so it cannot be deployed while eu-west-1 is down$/,
  ],
  'a GetAtt': [
    (primary, standby) =>
      new CfnLogGroup(standby, 'Copy', { logGroupName: new CfnTopic(primary, 'Topic').attrTopicName }),
    /^it needs .* in eu-west-1/,
  ],
  'a strong reference, by an export reader': [
    (primary, standby) => {
      standby.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
      new CfnLogGroup(standby, 'Copy', { logGroupName: new Topic(primary, 'Topic').topicName });
    },
    /^it needs .* in eu-west-1/,
  ],
  'a weak reference': [
    (primary, standby) => {
      standby.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
      new CfnLogGroup(standby, 'Copy', { logGroupName: new CfnTopic(primary, 'Topic').attrTopicName });
    },
    /^it needs .* in eu-west-1/,
  ],
  'Fn::GetStackOutput by hand': [
    (primary, standby) => {
      new CfnOutput(primary, 'Endpoint', { value: 'shop' });
      const output = { StackName: primary.stackName, OutputName: 'Endpoint', Region: 'eu-west-1' };
      new CfnLogGroup(standby, 'Copy', { logGroupName: Token.asString({ 'Fn::GetStackOutput': output }) });
    },
    /^it needs Endpoint of Shop-eu-west-1 in eu-west-1/,
  ],
  'Fn::GetStackOutput of a stack that is not in the app': [
    (_, standby) => {
      const output = { StackName: 'Legacy', OutputName: 'Endpoint', Region: 'eu-west-1' };
      new CfnLogGroup(standby, 'Copy', { logGroupName: Token.asString({ 'Fn::GetStackOutput': output }) });
    },
    /^it needs Endpoint of Legacy in eu-west-1/,
  ],
  'a dependency on a resource': [
    (primary, standby) => new CfnTopic(standby, 'Copy').node.addDependency(new CfnTopic(primary, 'Topic')),
    /^it needs Shop-eu-west-1 in eu-west-1/,
  ],
  'a parameter of the other region, read by an AwsCustomResource': [
    (_, standby) => readParameter(standby, 'eu-west-1'),
    /^it needs the answer of getParameter in eu-west-1/,
  ],
  'an image in a repository of the other region': [
    (_, standby) => image(standby, `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/shop:1`),
    /^it needs an image in ECR in eu-west-1/,
  ],
  'an image in a repository of the other region, whose account is known at deployment only': [
    (_, standby) => image(standby, `${Stack.of(standby).urlSuffix}.dkr.ecr.eu-west-1.amazonaws.com/shop:1`),
    /^it needs an image in ECR in eu-west-1/,
  ],
  'a third stack that waits for the primary': [
    (primary, standby, app) => {
      const third = new Stack(app, 'Third', { env: FRANKFURT });
      third.addStackDependency(primary);
      standby.addStackDependency(third);
    },
    /^it needs Third, which needs Shop-eu-west-1 in eu-west-1, so it cannot be deployed while eu-west-1 is down$/,
  ],
  'a third stack that reads something of the primary': [
    (primary, standby, app) => {
      const third = new Stack(app, 'Third', { env: FRANKFURT, crossRegionReferences: true });
      const topic = new CfnTopic(primary, 'Topic');
      const copy = new CfnTopic(third, 'Copy', { topicName: topic.attrTopicName });
      new CfnLogGroup(standby, 'Logs', { logGroupName: copy.attrTopicName });
    },
    /^it needs Third, which needs .* in eu-west-1/,
  ],
  'a third stack in another account, by outputs alone': [
    (primary, standby, app) => {
      const third = new Stack(app, 'Third', { env: { ...FRANKFURT, account: '444455556666' } });
      const topic = new CfnTopic(primary, 'Topic', { topicName: 'topic' });
      const copy = new CfnTopic(third, 'Copy', { topicName: topic.attrTopicName });
      new CfnLogGroup(standby, 'Logs', { logGroupName: copy.attrTopicName });
    },
    /^it needs Third, which needs .* in eu-west-1/,
  ],
  'a third stack in a third region, and a fourth': [
    (primary, standby, app) => {
      const [third, fourth] = ['Third', 'Fourth'].map(
        (id) => new Stack(app, id, { env: { account: ACCOUNT, region: 'eu-north-1' } }),
      );
      fourth!.addStackDependency(primary);
      third!.addStackDependency(fourth!);
      standby.addStackDependency(third!);
    },
    /^it needs Third, which needs Fourth, which needs Shop-eu-west-1 in eu-west-1/,
  ],
};

describe.each([
  ['made for it', made],
  ['of one’s own', own],
])('a standby in a stack %s', (_, regions) => {
  test.each(Object.entries(SEEN))('fails when it is tied to the primary by %s', (_name, [tie, problem]) => {
    const found = refusal(() => {
      const [app, primary, standby] = regions();
      tie(primary, standby, app);
      app.synth();
    });
    expect(found.problem).toMatch(problem);
    expect(found.path).toMatch(/^Shop-eu-central-1/);
  });

  test('may call its own region, and take images from there', () => {
    const [app, , standby] = regions();
    readParameter(standby, 'eu-central-1');
    image(standby, `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/shop:1`);
    expect(() => app.synth()).not.toThrow();
  });

  test('may need a third stack that needs nothing of the primary, and one that needs the standby', () => {
    const [app, , standby] = regions();
    const third = new Stack(app, 'Third', { env: FRANKFURT });
    const fourth = new Stack(app, 'Fourth', { env: FRANKFURT });
    standby.addStackDependency(third);
    fourth.addStackDependency(standby);
    for (const stack of [third, fourth, standby]) new CfnTopic(stack, 'Topic');
    expect(() => app.synth()).not.toThrow();
  });

  test('may name what is in the primary by a fixed name', () => {
    const [app, primary, standby] = regions();
    new StringParameter(primary, 'Endpoint', { parameterName: '/shop/endpoint', stringValue: 'shop' });
    new CfnTopic(standby, 'Copy', {
      displayName: `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/shop/endpoint`,
    });
    expect(() => app.synth()).not.toThrow();
  });

  test('is not known to be tied by the code of a custom resource of one’s own, or by a region in its properties', () => {
    const [app, , standby] = regions();
    const serviceToken = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:reads-ireland`;
    new CustomResource(standby, 'Reader', {
      resourceType: 'Custom::Reader',
      serviceToken,
      properties: { region: 'eu-west-1' },
    });
    new CfnResource(standby, 'Plain', { type: 'AWS::CloudFormation::CustomResource', properties: {} });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a template that several stacks reach', () => {
  /** A third stack, for which the standby waits, and the primary too. */
  function reached({ byBoth = true } = {}) {
    const [app, primary, standby] = own();
    const shared = new Stack(app, 'Shared', { env: FRANKFURT });
    const topic = new CfnTopic(shared, 'Topic');
    for (const each of byBoth ? [primary, standby] : [standby]) each.node.addDependency(shared);
    return { app, primary, topic };
  }

  test('is resolved once in a synthesis, for both', () => {
    const times = (byBoth: boolean): number => {
      const { app, topic } = reached({ byBoth });
      const resolved = jest.spyOn(topic, '_toCloudFormation');
      app.synth();
      return resolved.mock.calls.length;
    };
    expect(times(true)).toBe(times(false));
  });

  test('is looked at again in the next one', () => {
    const { app, primary, topic } = reached({ byBoth: false });
    app.synth();
    topic.topicName = new CfnTopic(primary, 'Own').attrTopicName;
    expect(refusal(() => app.synth({ force: true })).problem).toMatch(
      /in eu-west-1, so it cannot be deployed/,
    );
    expect(refusal(() => app.synth({ force: true })).problem).toMatch(/in eu-west-1/);
  });
});
