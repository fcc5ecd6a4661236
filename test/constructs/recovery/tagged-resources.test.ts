import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { App, Stack } from 'aws-cdk-lib/core';
import { taggedResources } from '../../../lib/constructs/recovery/tagged-resources';

const HAS = { has: { keep: 'yes' }, hasNot: [] };
const stackIn = (app: App, region: string): Stack =>
  new Stack(app, region, { env: { account: '111122223333', region } });

describe('a global table', () => {
  const app = new App();
  const home = stackIn(app, 'eu-west-1');
  new TableV2(home, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    tags: [{ key: 'keep', value: 'yes' }],
    replicas: [
      { region: 'eu-central-1', tags: [{ key: 'keep', value: 'yes' }] },
      { region: 'eu-west-3', tags: [{ key: 'keep', value: 'no' }] },
    ],
  });

  it.each([
    ['eu-west-1', 1],
    ['eu-central-1', 1],
    ['eu-west-3', 0],
    ['eu-west-2', 0],
  ])('in %s is there as often as a replica has the tags: %i', (region, count) => {
    const here = region === 'eu-west-1' ? home : stackIn(app, region);
    expect(taggedResources(here, HAS)).toHaveLength(count);
  });
});
