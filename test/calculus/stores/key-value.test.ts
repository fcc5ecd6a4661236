import { KEY_VALUE } from '../../../lib/calculus/stores/key-value';
import { UNHARMED } from '../../../lib/calculus/stores/store';

describe('a DynamoDB table', () => {
  test.each(Object.values(KEY_VALUE))(
    'loses nothing with a zone: $store',
    ({ instance, availabilityZone }) => {
      expect([instance, availabilityZone]).toEqual([UNHARMED, UNHARMED]);
    },
  );

  test.each(Object.values(KEY_VALUE))(
    'is repaired to a point five minutes back: $store',
    ({ dataRepair }) => {
      expect(dataRepair.rpoSeconds).toBe(300);
    },
  );

  test('loses all with its only region, seconds where it replicates, nothing where it agrees first', () => {
    const { dynamoDbTable, dynamoDbGlobalTableEventual, dynamoDbGlobalTableStrong } = KEY_VALUE;
    const lost = [dynamoDbTable, dynamoDbGlobalTableEventual, dynamoDbGlobalTableStrong].map(
      ({ region }) => region.rpoSeconds,
    );
    expect(lost).toEqual([Number.POSITIVE_INFINITY, 5, 0]);
  });

  test('has no promise of AWS for its lag', () => {
    expect(KEY_VALUE.dynamoDbGlobalTableEventual.confidence).toBe('assumed');
  });
});
