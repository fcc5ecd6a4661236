import { RELATIONAL } from '../../lib/calculus/stores/relational';
import type { StoreFact } from '../../lib/calculus/stores/store';
import { storeShortfalls } from '../../lib/objectives/store-shortfall';
import { TIERS } from '../../lib/objectives/tier';
import { tierPolicy } from '../../lib/objectives/tier-policy';

const stores: readonly StoreFact[] = Object.values(RELATIONAL);

describe('the relational stores', () => {
  test('name their source, and each differently', () => {
    for (const { source, asOf } of stores) {
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(asOf).toMatch(/^\d{4}-\d{2}$/);
    }
    expect(new Set(stores.map(({ store }) => store)).size).toBe(stores.length);
  });

  test('lose nothing with an instance or a zone', () => {
    for (const { instance, availabilityZone } of stores)
      expect([instance.rpoSeconds, availabilityZone.rpoSeconds]).toEqual([0, 0]);
  });

  test('are as slow after a zone as after an instance, or slower', () => {
    for (const { instance, availabilityZone } of stores)
      expect(availabilityZone.rtoSeconds).toBeGreaterThanOrEqual(instance.rtoSeconds);
  });

  test.each(TIERS)('have one that keeps all that tier %i owes of instances, zones and the region', (tier) => {
    const { instance, availabilityZone, region } = tierPolicy(tier).recovery;
    const owed = Object.fromEntries(
      Object.entries({ instance, availabilityZone, region }).map(([what, { rto, rpo }]) => [
        what,
        { rtoSeconds: rto.value.toSeconds(), rpoSeconds: rpo.value.toSeconds() },
      ]),
    );
    expect(stores.filter((store) => storeShortfalls(store, owed, 'data').length === 0)).not.toEqual([]);
  });

  test('are fast enough for tier 0 without the standby of an instance only', () => {
    const slow = stores.filter(({ instance }) => instance.rtoSeconds > 60);
    expect(slow.every(({ store }) => store.startsWith('RDS Multi-AZ instance'))).toBe(true);
  });
});
