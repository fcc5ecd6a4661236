import { AWS_FACTS } from '../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../lib/calculus/recovery-facts';
import { STORE_FACTS } from '../../lib/calculus/store-facts';

const {
  noticeDamageSeconds,
  endpointSwitchSeconds,
  restoreSeconds,
  restoreTableSeconds,
  restoreVersionsSeconds,
} = RECOVERY_FACTS;
const people =
  noticeDamageSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst;

test('every fact says where it comes from, and when; the worst is no better than what is usual', () => {
  for (const { value, source, asOf, confidence } of Object.values(RECOVERY_FACTS)) {
    expect(value.worst).toBeGreaterThanOrEqual(value.typical);
    expect(source).toMatch(/^assumed/);
    expect(asOf).toMatch(/^\d{4}-\d{2}$/);
    expect(confidence).toBe('assumed');
  }
});

test.each([
  ['a table', restoreTableSeconds, STORE_FACTS.dynamoDbTable],
  ['a database', restoreSeconds, STORE_FACTS.rdsMultiAzInstance],
  ['a file system', restoreSeconds, STORE_FACTS.efsFileSystem],
])('people, restore and switch of %s take no longer than the store is said to', (_, restore, store) => {
  expect(people + restore.value.worst + endpointSwitchSeconds.value.worst).toBeLessThanOrEqual(
    store.dataRepair.rtoSeconds,
  );
});

test('versions that are copied back take no longer than the bucket is said to', () => {
  expect(people + restoreVersionsSeconds.value.worst).toBeLessThanOrEqual(
    STORE_FACTS.s3Bucket.dataRepair.rtoSeconds,
  );
});
