import { STORE_FACTS, storeFacts } from '../../lib/calculus/store-facts';
import type { StoreFact } from '../../lib/calculus/stores/store';
import { type OwedToData, storeShortfalls } from '../../lib/objectives/store-shortfall';

const fixOf = (store: StoreFact, owed: OwedToData, otherwise?: OwedToData): string =>
  storeShortfalls(store, owed, 'orders', otherwise)
    .map(({ fix }) => fix)
    .join('\n');

describe('data that its store cannot keep is told where it can be kept', () => {
  const { sqsQueue, snsTopic, eventBus, documentDbGlobal, elastiCache, s3BucketReplicatedInTime } =
    STORE_FACTS;

  test.each<[string, StoreFact, OwedToData, RegExp]>([
    [
      'a queue whose region’s loss may cost ten minutes: a bus with an endpoint',
      sqsQueue,
      { region: { rpoSeconds: 600, rtoSeconds: 900 } },
      /^use EventBridge global endpoint with event replication; or/,
    ],
    [
      'a topic whose region’s loss may cost a minute: a stream that is replicated',
      snsTopic,
      { region: { rpoSeconds: 60, rtoSeconds: 900 } },
      /^keep it in MSK cluster with MSK Replicator instead, or/,
    ],
    [
      'a bus that may lose nothing: a table, whose changes are sent on',
      eventBus,
      { region: { rpoSeconds: 0 } },
      /^keep it in DynamoDB global table with strong consistency instead \(write it there first and send its changes on from the stream of the table\), or/,
    ],
    [
      'documents that may lose a second: items',
      documentDbGlobal,
      { region: { rpoSeconds: 1 } },
      /^keep it in DynamoDB global table with strong consistency instead, or/,
    ],
    [
      'a graph that may lose a second: a table that it is loaded from',
      STORE_FACTS.neptuneGlobal,
      { region: { rpoSeconds: 1 } },
      /^keep it in DynamoDB global table with strong consistency instead \(and declare here a class that is rebuildable, made again from there\), or/,
    ],
    [
      'a cache that may lose nothing: a table behind it',
      elastiCache,
      { instance: { rpoSeconds: 0, rtoSeconds: 5 } },
      /^keep it in DynamoDB table in one region, or .* instead \(and declare here a class that is rebuildable/,
    ],
    [
      'an index that may lose a second: a table that it is made from',
      STORE_FACTS.openSearchReplicated,
      { region: { rpoSeconds: 1 } },
      /^keep it in DynamoDB global table with strong consistency instead \(and declare here/,
    ],
    [
      'objects that may lose five minutes: items, if they are small',
      s3BucketReplicatedInTime,
      { region: { rpoSeconds: 300 } },
      /^keep it in DynamoDB global table with eventual .* instead \(items of up to 400 KB\), or/,
    ],
  ])('%s', (_, store, owed, fix) => {
    expect(fixOf(store, owed)).toMatch(fix);
  });

  test('not in what would be refused for what only it is owed', () => {
    const owed = { region: { rpoSeconds: 600, rtoSeconds: 900 } };
    const otherwise = { ...owed, dataRepair: { rpoSeconds: 300 } };
    expect(fixOf(sqsQueue, owed)).toMatch(/^use EventBridge/);
    expect(fixOf(sqsQueue, owed, otherwise)).toMatch(/^keep it in MSK cluster with MSK Replicator instead/);
  });

  test('not in what has no backups, where those of now are too few', () => {
    const owed = { dataRepair: { rpoSeconds: 300 } };
    expect(fixOf(STORE_FACTS.memoryDb, owed)).toMatch(/^keep it in DynamoDB table in one region/);
  });

  test('and what is named keeps all that is owed', () => {
    for (const store of storeFacts()) {
      for (const rpoSeconds of [0, 1, 30, 60, 300, 900]) {
        const owed = { region: { rpoSeconds, rtoSeconds: 3600 } };
        const named =
          /^(?:use|keep it in) (.*?)(?:;| instead)/.exec(fixOf(store, owed))?.[1]?.split(', or ') ?? [];
        const facts = storeFacts().filter(({ store: name }) => named.includes(name));
        expect(facts.filter((each) => storeShortfalls(each, owed).length > 0)).toEqual([]);
      }
    }
  });
});
