import { parseTier, TIERS, Tier, tierName } from '../../lib/objectives/tier';

test.each([
  [0, Tier.MISSION_CRITICAL],
  ['1', Tier.BUSINESS_CRITICAL],
  ['tier 2', Tier.IMPORTANT],
  ['Tier-3', Tier.STANDARD],
  ['MISSION_CRITICAL', Tier.MISSION_CRITICAL],
  [' business critical ', Tier.BUSINESS_CRITICAL],
])('%p names a tier', (written, tier) => {
  expect(parseTier(written, 'here')).toBe(tier);
});

test('every tier is read back from its name', () => {
  for (const tier of TIERS) expect(parseTier(tierName(tier), 'here')).toBe(tier);
});

test.each([4, -1, 1.5, '', 'gold', null, undefined, {}])('fails when %p is read as a tier', (written) => {
  expect(() => parseTier(written, 'nines.config.yaml:3:9')).toThrow(
    /^nines\.config\.yaml:3:9: .* is no tier\n {2}fix: write one of 0 \(mission critical\)/,
  );
});
