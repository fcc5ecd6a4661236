import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { GlobalTable, type GlobalTableProps } from '../../lib/constructs/data/global-table';
import { Replication } from '../../lib/objectives/replication';
import type { Pattern } from '../support/pattern';

const partitionKey = { name: 'id', type: AttributeType.STRING };

export const globalTable: Pattern<Partial<GlobalTableProps>> = {
  construct: 'GlobalTable',
  build: (stack) => {
    // minimal
    new GlobalTable(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      homeRegion: 'eu-west-1',
    });
    // end
  },
  notItsFault: {
    'BKP-02': 'a backup plan is for all data of a service, and stands beside it',
    'BKP-09': 'a backup plan is for all data of a service, and stands beside it',
    'DDB-04': 'a backup plan is for all data of a service, and stands beside it',
  },
  options: fc.record(
    {
      replication: fc.constantFrom(
        Replication.synchronous(),
        Replication.asynchronous({ maxLag: Span.seconds(5) }),
        Replication.asynchronous({ maxLag: Span.seconds(1) }),
      ),
      sortKey: fc.constant({ name: 'at', type: AttributeType.NUMBER }),
      timeToLiveAttribute: fc.constant('expires'),
      globalSecondaryIndexes: fc.constant([
        { indexName: 'byBuyer', partitionKey: { name: 'buyer', type: AttributeType.STRING } },
      ]),
      witnessRegion: fc.constantFrom('eu-west-2', 'us-east-2', 'ap-northeast-3'),
      homeRegion: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-1', 'sa-east-1'),
      pointInTimeRecoveryDays: fc.integer({ min: 0, max: 36 }),
      contributorInsights: fc.boolean(),
      maxReadRequestUnits: fc.constant(1000),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options, { regions: [homeRegion] }) => {
    new GlobalTable(stack, 'Orders', { partitionKey, homeRegion, ...options });
  },
};
