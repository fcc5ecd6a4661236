import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { load } from '../../../lib/assembly/source/load';
import type { SourceStack } from '../../../lib/assembly/source/source';
import { folderOf } from './workspace';

/** Where this file makes the nested queue. */
const LINE =
  readFileSync(__filename, 'utf8')
    .split('\n')
    .findIndex((line) => /^ +Validations.*nested/.test(line)) + 1;

/** The assembly that this version of the CDK writes for a stage with a nested stack. */
function synthesised(context: Record<string, unknown>): readonly SourceStack[] {
  const outdir = join(folderOf({}), 'cdk.out');
  const app = new App({ outdir, context, analyticsReporting: false });
  const stage = new Stage(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
  const network = new Stack(stage, 'Network');
  const shop = new Stack(stage, 'Shop', {
    stackName: 'the-shop',
    terminationProtection: true,
    tags: { team: 'a' },
  });
  const nested = new NestedStack(shop, 'Nested');
  new Queue(network, 'Queue');
  Validations.of(new Queue(shop, 'Queue')).acknowledge({ id: 'cdk-nines::SQS-01', reason: 'known' });
  Validations.of(new Queue(nested, 'Queue')).acknowledge({ id: 'cdk-nines::SQS-02', reason: 'nested' });
  shop.addStackDependency(network);
  app.synth();
  return load([outdir]).apps[0]!.stacks;
}

describe('an assembly of the installed CDK', () => {
  test.each([
    ['without what only the command line adds', {}],
    [
      'with paths and assets recorded',
      { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
    ],
  ])('is read %s', (_, context) => {
    const [network, shop] = synthesised(context);
    expect(network).toMatchObject({ id: 'Prod/Network', name: 'Prod-Network', stage: 'Prod', tags: {} });
    expect(shop).toMatchObject({
      id: 'Prod/Shop',
      name: 'the-shop',
      account: '111111111111',
      region: 'eu-west-1',
      dependencies: ['Prod/Network'],
      tags: { team: 'a' },
      terminationProtection: true,
    });
    expect(shop!.acknowledgements).toEqual([
      {
        path: 'Prod/Shop/Queue',
        id: 'cdk-nines::SQS-01',
        reason: 'known',
        at: expect.stringContaining('cdk-app.test.ts:'),
      },
    ]);
    const paths = [...shop!.constructs.values()].map(({ path }) => path);
    expect(paths).toContain('Prod/Shop/Queue/Resource');
    const [nested] = [...shop!.nested.values()];
    expect([...nested!.constructs.values()]).toEqual([
      {
        path: 'Prod/Shop/Nested/Queue/Resource',
        source: { file: expect.stringMatching(/cdk-app\.test\.ts$/), line: LINE },
      },
    ]);
    expect(nested!.acknowledgements).toMatchObject([{ path: 'Prod/Shop/Nested/Queue', reason: 'nested' }]);
  });
});
