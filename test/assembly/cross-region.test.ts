import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import type { Graph } from '../../lib/assembly/graph';
import type { TemplateBody } from '../../lib/assembly/source/source';
import { graphOf, type TestStack } from '../support/graph';

/** The graph of what the CDK synthesises, so that its own properties and names are what is followed. */
function synthesised(app: App): Graph {
  const stacks = app.synth().stacks.map(({ stackName, template, environment }): [string, TestStack] => [
    stackName,
    {
      template: template as TemplateBody & TestStack['template'],
      region: environment.region,
      account: environment.account,
    },
  ]);
  return graphOf({ stacks: Object.fromEntries(stacks) });
}

const at = (region: string) => ({ env: { account: '111122223333', region }, crossRegionReferences: true });

describe('a reference of the CDK between stacks', () => {
  it.each([
    ['strong', 'eu-west-1'],
    ['strong', 'us-east-1'],
    ['weak', 'eu-west-1'],
    ['weak', 'us-east-1'],
  ])('is followed where it is %s, from us-east-1 to %s', (strength, region) => {
    const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': strength } });
    const orders = new Queue(new Stack(app, 'Producer', at('us-east-1')), 'Orders');
    const consumer = new Stack(app, 'Consumer', at(region));
    new CfnQueue(consumer, 'Stock', { redrivePolicy: { deadLetterTargetArn: orders.queueArn } });

    const graph = synthesised(app);
    const stock = graph.ofType('AWS::SQS::Queue').find(({ stack }) => stack.name === 'Consumer');
    expect(stock?.target('RedrivePolicy.deadLetterTargetArn')).toMatchObject({
      type: 'AWS::SQS::Queue',
      stack: { name: 'Producer' },
    });
  });
});
