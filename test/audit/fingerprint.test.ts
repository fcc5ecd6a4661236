import { fingerprintsOf } from '../../lib/audit/fingerprint';
import type { Verdict } from '../../lib/audit/verdict';
import { Tier } from '../../lib/objectives/tier';

const verdict = (more: Partial<Verdict> = {}): Verdict => ({
  rule: 'RDS-01',
  verdict: 'fail',
  severity: 'error',
  stack: 'Shop',
  app: 'cdk.out',
  file: 'Shop.template.json',
  logicalId: 'Orders1234',
  type: 'AWS::RDS::DBInstance',
  tier: Tier.BUSINESS_CRITICAL,
  message: 'MultiAZ: found false, needs true',
  fix: 'set multiAz: true',
  property: 'MultiAZ',
  ...more,
});
const namesOf = (...verdicts: readonly Verdict[]) => [...fingerprintsOf(verdicts).values()];

describe('the fingerprint of a finding', () => {
  it('outlives other words, another file and another severity', () => {
    const moved = verdict({ message: 'other', file: 'Other.json', severity: 'info', app: 'out' });
    expect(namesOf(moved)).toEqual(namesOf(verdict()));
  });

  it('follows the construct where there is one', () => {
    const before = verdict({ constructPath: 'Shop/Orders/Resource' });
    expect(namesOf(verdict({ ...before, logicalId: 'OrdersABCD' }))).toEqual(namesOf(before));
  });

  for (const [what, more] of Object.entries<Partial<Verdict>>({
    rule: { rule: 'RDS-02' },
    stack: { stack: 'Other' },
    region: { region: 'eu-west-1' },
    account: { account: '111122223333' },
    resource: { logicalId: 'Other' },
    property: { property: 'Engine' },
  })) {
    it(`differs by ${what}`, () => expect(namesOf(verdict(more))).not.toEqual(namesOf(verdict())));
  }

  it('counts what is said twice of one property', () => {
    const [first, second] = namesOf(verdict(), verdict({ message: 'again' }));
    expect(second).toBe(`${first}#2`);
  });

  it('keeps parts apart whatever they hold', () => {
    const one = verdict({ stack: 'A|B', logicalId: 'C' });
    const other = verdict({ stack: 'A', logicalId: 'B|C' });
    expect(namesOf(one)).not.toEqual(namesOf(other));
  });
});
