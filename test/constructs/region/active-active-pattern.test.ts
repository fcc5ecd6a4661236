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
      expect(refusedOr(() => findingsIn(pattern, surroundings(pattern, tier), { nag: false }))).toEqual(
        CLEAN,
      );
    }),
    { numRuns: 30 },
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
