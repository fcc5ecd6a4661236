import { Retrofit } from '../../../lib/constructs/retrofit/retrofit';
import { Tier } from '../../../lib/objectives/tier';
import { allPatterns, appOf, surroundings } from '../../support/pattern';

/** Constructs of this package, which do by themselves what a retrofit does for plain ones. */
const OWN = [
  'DurableQueue',
  'FailoverDns',
  'HealthCheckedLoadBalancer',
  'RegionSwitch',
  'ResilientNetwork',
  'StatelessService',
];

describe('a retrofit', () => {
  it.each(allPatterns().filter(({ construct }) => OWN.includes(construct)))(
    'has nothing to do for a $construct',
    (pattern) => {
      const retrofits: Retrofit[] = [];
      const around = surroundings(pattern, Tier.BUSINESS_CRITICAL);
      const build: typeof pattern.build = (stack, each) => {
        retrofits.push(Retrofit.of(stack));
        pattern.build(stack, each);
      };
      appOf({ ...pattern, build }, around).synth();
      expect(retrofits.flatMap(({ report }) => report.findings)).toEqual([]);
    },
  );
});
