import { audit } from '../../../lib/audit/engine';
import { exceptionsAreInForce } from '../../../lib/audit/rules/exceptions';
import { catalogueService } from '../../../lib/objectives/catalogue';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { graphOf } from '../../support/graph';

/** A stack that declares a service with a weakening that ends on a day. */
function stackWeakenedUntil(...expiries: readonly string[]) {
  const service = new Service({ name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop' });
  const weakenings = expiries.map((expires) => ({
    what: 'dnsTtl',
    reason: 'resolvers of a partner',
    expires,
    approver: 'head of payments',
  }));
  const services = [catalogueService(service, { weakenings })];
  return { Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services } }, Resources: {} };
}

function outcomes(template: ReturnType<typeof stackWeakenedUntil>, today?: string) {
  const options = {
    rules: [exceptionsAreInForce],
    ...(today !== undefined && { today: new Date(`${today}T12:00:00Z`) }),
  };
  return audit([graphOf(template)], options).verdicts.map(({ verdict }) => verdict);
}

describe('X-84 weakenings', () => {
  it('hold on their last day', () =>
    expect(outcomes(stackWeakenedUntil('2026-03-31'), '2026-03-31')).toEqual(['pass']));

  it('hold before it', () =>
    expect(outcomes(stackWeakenedUntil('2026-03-31', '2027-01-01'), '2026-01-01')).toEqual(['pass']));

  it('fail when the day is past', () =>
    expect(outcomes(stackWeakenedUntil('2026-03-31'), '2026-04-01')).toEqual(['fail']));

  it('fail when one of several is past', () =>
    expect(outcomes(stackWeakenedUntil('2027-01-01', '2026-03-31'), '2026-04-01')).toEqual(['fail']));

  it('are unknown when no day is given', () =>
    expect(outcomes(stackWeakenedUntil('2026-03-31'))).toEqual(['unknown']));

  it('are nothing to judge where nothing is weakened', () =>
    expect(outcomes(stackWeakenedUntil(), '2026-01-01')).toEqual(['notApplicable']));
});
