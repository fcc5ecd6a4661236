import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { GlobalTable, type GlobalTableProps } from '../../lib/constructs/data/key-value/global-table';
import { Replication } from '../../lib/objectives/replication';
import type { Pattern } from '../support/pattern';

export const globalTable: Pattern<Options> = {
  construct: 'GlobalTable',
  build: (stack) => {
    // minimal
    new GlobalTable(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      homeRegion: 'eu-west-1',
    });
    // end
  },
  backedUp: true,
  options: fc.record(
    {
      replication: fc.oneof(
        { weight: 2, arbitrary: fc.constant(Replication.synchronous()) },
        { weight: 4, arbitrary: fc.constant(Replication.asynchronous({ maxLag: Span.seconds(5) })) },
        { weight: 1, arbitrary: fc.constant(Replication.asynchronous({ maxLag: Span.seconds(1) })) },
      ),
      sortKey: fc.constant({ name: 'at', type: AttributeType.NUMBER }),
      timeToLiveAttribute: fc.constant('expires'),
      globalSecondaryIndexes: fc.constant([
        { indexName: 'byBuyer', partitionKey: { name: 'buyer', type: AttributeType.STRING } },
      ]),
      localSecondaryIndexes: fc.constant([
        { indexName: 'byDay', sortKey: { name: 'day', type: AttributeType.STRING } },
      ]),
      witnessRegion: mostly(undefined, 'eu-west-2', 'us-east-2', 'ap-northeast-3'),
      homeRegion: mostly(undefined, 'eu-central-1', 'us-west-2', 'sa-east-1'),
      pointInTimeRecoveryDays: mostly(35, 0, 7, 36),
      contributorInsights: mostly(true, false),
      maxReadRequestUnits: fc.constantFrom(20_000, 20_000, 0),
      warmThroughput: fc.constant({ readUnitsPerSecond: 15_000, writeUnitsPerSecond: 5_000 }),
    },
    { requiredKeys: [] },
  ),
  buildWith: (stack, options, { regions }) => {
    const { homeRegion = regions[0], witnessRegion, ...rest } = options;
    new GlobalTable(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      homeRegion,
      ...(witnessRegion !== undefined && { witnessRegion }),
      ...rest,
    });
  },
};

/** What is right in most tries, so that most are not refused. */
function mostly<T>(right: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

interface Options extends Omit<Partial<GlobalTableProps>, 'witnessRegion' | 'homeRegion'> {
  readonly witnessRegion?: string | undefined;
  readonly homeRegion?: string | undefined;
}
