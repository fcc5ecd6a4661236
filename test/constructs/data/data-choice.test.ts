import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { CfnResource, Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { backupCoverageOf } from '../../../lib/assembly/backup/backup-coverage';
import { Graph } from '../../../lib/assembly/graph';
import { load } from '../../../lib/assembly/source/load';
import { STORE_FACTS } from '../../../lib/calculus/store-facts';
import { holdStore } from '../../../lib/constructs/data/data-choice';
import { GlobalTable } from '../../../lib/constructs/data/key-value/global-table';
import { ReplicatedBucket } from '../../../lib/constructs/data/objects-and-files/replicated-bucket';
import { TierChoices } from '../../../lib/constructs/governance/tier-choices';
import { BackupStrategy } from '../../../lib/constructs/recovery/backup-strategy';
import { Tier } from '../../../lib/objectives/tier';
import { shopStack } from '../fixtures';
import { all, inTwoRegions } from '../recovery/region-fixtures';

const CLASSES = [{ name: 'orders' }, { name: 'images' }, { name: 'sessions', rebuildable: true }];

/** Tables and buckets of several classes, of which two have a plan of their own. */
function shop(): Stack {
  const service = { dataClasses: CLASSES };
  return inTwoRegions({ tier: Tier.IMPORTANT, service }, (stack) => {
    const partitionKey = { name: 'id', type: AttributeType.STRING };
    new GlobalTable(stack, 'Orders', { partitionKey, dataClass: 'orders' });
    new GlobalTable(stack, 'Sessions', { partitionKey, dataClass: 'sessions' });
    new GlobalTable(stack, 'Others', { partitionKey });
    new ReplicatedBucket(stack, 'Images', { dataClass: 'images' });
    new BackupStrategy(stack, 'Backup', {
      dataClasses: [
        { dataClass: 'orders', snapshotInterval: Duration.hours(1) },
        { dataClass: 'images', backupRetention: Duration.days(90) },
      ],
    });
  }).primary;
}

/** The plans that select each store, by the start of its logical id. */
function plansOf(stack: Stack): Record<string, string[]> {
  const { directory } = (stack.node.root as import('aws-cdk-lib/core').App).synth();
  const graphs = load([directory]).apps.map((each) => new Graph(each));
  const stores = graphs
    .flatMap((graph) => graph.ofType('AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'))
    .filter((each) => each.stack.name === stack.stackName);
  return Object.fromEntries(
    stores.map((store) => [
      store.logicalId.replace(/[0-9A-F]{8}$/, ''),
      [
        ...new Set(
          backupCoverageOf(store).rules.map(({ plan }) => plan.logicalId.replace(/[0-9A-F]{8}$/, '')),
        ),
      ],
    ]),
  );
}

describe('what a store keeps', () => {
  it('is backed up by the plan of its class, without another word', () => {
    expect(plansOf(shop())).toEqual({
      OrdersTable: ['BackupOrdersPlan'],
      SessionsTable: [],
      OthersTable: ['BackupPlan'],
      ImagesBucket: ['BackupImagesPlan'],
      ImagesAccessLogs: [],
      BackupReportsBucket: [],
    });
  });

  it('has the tag of its class, but where another tag would replace or be refused', () => {
    const stack = shopStack(Tier.STANDARD, {}, { dataClasses: CLASSES });
    const store = new Construct(stack, 'Store');
    new CfnResource(store, 'Late', { type: 'AWS::ElastiCache::GlobalReplicationGroup' });
    holdStore(store, new TierChoices(store, {}), { dataClass: 'orders' }, STORE_FACTS.s3Bucket);
    expect(all(stack, 'AWS::ElastiCache::GlobalReplicationGroup')).toEqual([undefined]);
  });
});
