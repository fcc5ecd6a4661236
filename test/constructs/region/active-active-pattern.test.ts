import fc from 'fast-check';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { ActiveActive } from '../../../lib/constructs/region/active-active';
import { ConfigurationError } from '../../../lib/errors';
import { TIERS } from '../../../lib/objectives/tier';
import { activeActive } from '../../patterns/active-active';
import { acceptPattern, type Findings, findingsIn, surroundings } from '../../support/pattern';

acceptPattern(activeActive);

const CLEAN: Findings = { audit: [], nag: [], ties: [] };
const CODES = ['eu-west-1', 'eu-central-1', 'ap-northeast-1', 'us-west-1', 'eu-west-9'];

test('an ActiveActive is refused clearly or has no finding, whatever its regions', () => {
  const anyCase = fc.record({
    tier: fc.constantFrom(...TIERS),
    regions: fc.array(fc.constantFrom(...CODES), { maxLength: 3 }),
    witness: fc.option(fc.constantFrom('eu-west-3', ...CODES), { nil: undefined }),
    nonProduction: fc.boolean(),
  });
  fc.assert(
    fc.property(anyCase, ({ tier, ...props }) => {
      const pattern: typeof activeActive = {
        ...activeActive,
        buildApp: (app, service) => {
          new ActiveActive(app, 'Shop', {
            service,
            build: (stack) => new ResilientNetwork(stack, 'Network'),
            ...props,
          });
        },
      };
      const around = surroundings(pattern, tier, { nonProduction: props.nonProduction });
      expect(refusedOr(() => findingsIn(pattern, around, { nag: false }))).toEqual(CLEAN);
    }),
    // The same cases in every run; the last case that failed among them.
    { numRuns: 30, seed: -1312656922 },
  );
});

function refusedOr(find: () => Findings): Findings {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return CLEAN;
  }
}
