import fc from 'fast-check';
import { Span } from '../../../lib/calculus/time-span';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { ConfigurationError } from '../../../lib/errors';
import { Objectives } from '../../../lib/objectives/objectives';
import { FASTEST_RECOVERY, RecoveryApproach } from '../../../lib/objectives/policy/regions';
import { TIERS } from '../../../lib/objectives/tier';
import { activePassive } from '../../patterns/active-passive';
import { acceptPattern, type Findings, findingsIn, surroundings } from '../../support/pattern';
import { WEAKENING } from '../fixtures';

acceptPattern(activePassive);

test('an ActivePassive is refused clearly or has no finding, and keeps the recovery time', () => {
  const anyCase = fc.record({
    tier: fc.constantFrom(...TIERS),
    rtoSeconds: fc.option(fc.constantFrom(30, 120, 600, 1800, 7200), { nil: undefined }),
    approach: fc.option(fc.constantFrom(...Object.values(RecoveryApproach)), { nil: undefined }),
    weakened: fc.boolean(),
    standby: fc.constantFrom('eu-central-1', 'ca-central-1', 'us-west-1', 'eu-west-1', 'eu-north-1'),
  });
  fc.assert(
    fc.property(anyCase, ({ tier, rtoSeconds, approach, weakened, standby }) => {
      let built: ActivePassive | undefined;
      const pattern: typeof activePassive = {
        ...activePassive,
        buildApp: (app, service) => {
          built = new ActivePassive(app, 'Shop', {
            service,
            primary: 'eu-west-1',
            standby,
            build: (stack) => new ResilientNetwork(stack, 'Network'),
            ...(approach && { approach }),
            ...(weakened && { weakening: WEAKENING }),
          });
        },
      };
      const found = refusedOr(() => {
        const rto = rtoSeconds === undefined ? undefined : Span.seconds(rtoSeconds);
        const objectives = Objectives.forTier(tier, rto ? { region: { rto } } : {});
        return findingsIn(pattern, surroundings(pattern, tier, { service: { objectives } }), { nag: false });
      });
      expect(found).toEqual({ audit: [], nag: [], ties: [] });
      const fastest = built ? FASTEST_RECOVERY[built.approach].value.toSeconds() : 0;
      if (built && rtoSeconds !== undefined) expect(fastest).toBeLessThanOrEqual(rtoSeconds);
    }),
    { numRuns: 40 },
  );
});

function refusedOr(find: () => Findings): Findings {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { audit: [], nag: [], ties: [] };
  }
}
