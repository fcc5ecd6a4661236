import { Span } from '../../lib/calculus/time-span';
import { DependencyKind } from '../../lib/objectives/dependency';
import { Objectives } from '../../lib/objectives/objectives';
import { Service, type ServiceProps } from '../../lib/objectives/service';
import type { ThirdParty } from '../../lib/objectives/third-party';
import { Tier } from '../../lib/objectives/tier';

const { HARD, SOFT } = DependencyKind;
/** A third party that gives back per cents of its fee below some availabilities. */
const credits = (...rows: readonly (readonly [below: number, percent: number])[]): ThirdParty => ({
  name: 'cards',
  kind: HARD,
  contract: { credits: rows.map(([below, percent]) => ({ below, percent })) },
});
const shop: ServiceProps = { name: 'shop', tier: Tier.BUSINESS_CRITICAL, owner: 'team-shop' };

test('a service has the objectives of its tier unless it brings its own', () => {
  expect(new Service(shop).objectives.slo).toBe(0.9995);
  const strict = Objectives.forTier(Tier.BUSINESS_CRITICAL, { slo: 0.9999 });
  expect(new Service({ ...shop, objectives: strict }).objectives).toBe(strict);
});

test('a class of data has its own recovery point, else that of the service, or none when it can be rebuilt', () => {
  const orders = { name: 'orders' };
  const views = { name: 'views', rpo: { region: Span.hours(1) } };
  const cache = { name: 'cache', rebuildable: true };
  const service = new Service({ ...shop, dataClasses: [orders, views, cache] });
  expect(service.rpo('region')?.toSeconds()).toBe(300);
  expect(service.rpo('region', orders)?.toSeconds()).toBe(300);
  expect(service.rpo('region', views)?.toSeconds()).toBe(3600);
  expect(service.rpo('instance', views)?.toSeconds()).toBe(0);
  expect(service.rpo('region', cache)).toBeUndefined();
});

const cases: [string, Partial<ServiceProps>, RegExp][] = [
  ['its name has capitals', { name: 'Shop' }, /"Shop" is no name for a service/],
  ['its name is too long', { name: 'a'.repeat(64) }, /at most 63/],
  ['its tier is none', { tier: 9 as Tier }, /9 is no tier/],
  ['its tier is a text', { tier: '1' as unknown as Tier }, /"1" is no tier/],
  ['its tier is a text that looks like one', { tier: '1' as never }, /fix: write Tier\.BUSINESS_CRITICAL$/],
  ['its tier is a word', { tier: 'mission critical' as never }, /fix: write Tier\.MISSION_CRITICAL$/],
  ['its tier is missing', { tier: undefined as never }, /^service shop: tier is missing\n {2}fix: set tier$/],
  ['its name is empty', { name: '' }, /^service: name is missing/],
  [
    'its name and its owner are missing',
    { name: '', owner: undefined as never },
    /^service: 2 mistakes: \(1\) name is missing; \(2\) owner undefined names no team/,
  ],
  [
    'its objectives are a bare object',
    { objectives: { slo: 0.9999 } as never },
    /objectives are no Objectives\n {2}fix: make them with Objectives\.forTier\(Tier\.BUSINESS_CRITICAL, \{ slo \}\)$/,
  ],
  [
    'its residency is a bare object',
    { residency: { countries: ['DE'] } as never },
    /residency is no Residency\n {2}fix: make it with new Residency/,
  ],
  [
    'it depends on a bare name',
    { dependsOn: 'stock' as never },
    /dependsOn is "stock", which is no list\n {2}fix: write a list: dependsOn: \["stock"\]$/,
  ],
  [
    'a dependency is a bare name in a list',
    { dependsOn: ['stock' as never] },
    /dependsOn has "stock", which has no service\n {2}fix: write \{ service: "stock", kind: DependencyKind\.HARD \}$/,
  ],
  [
    'a data class is a bare name',
    { dataClasses: ['orders' as never] },
    /dataClasses has "orders", which has no name\n {2}fix: write \{ name: "orders" \}$/,
  ],
  [
    'a recovery point has no unit',
    { dataClasses: [{ name: 'a', rpo: { region: 15 as never } }] },
    /rpo\.region of data class a is 15, which is no time\n {2}fix: write it with its unit, such as Span\.minutes\(5\)$/,
  ],
  ['its owner is empty', { owner: '' }, /names no team/],
  [
    'its owner acts on a terminal',
    { owner: 'team\u001b[2J' },
    /owner "team\\u001b\[2J" has characters that nobody sees\n {2}fix: write letters/,
  ],
  ['its owner is of two lines', { owner: 'team\nshop' }, /has characters that nobody sees/],
  ['its owner reads backwards', { owner: 'team\u202e' }, /owner "team\\u202e" has characters/],
  [
    'its name acts on a terminal',
    { name: 'a\u001b[31m' },
    /^service a\\u001b\[31m: "a\\u001b\[31m" is no name for a service\n {2}fix: [ -~]*$/,
  ],
  ['its owner is an address', { owner: 'jo@example.org' }, /not a person or an address/],
  ['its runbook is empty', { runbook: ' ' }, /runbook is empty/],
  ['its runbook is a word', { runbook: 'TODO' }, /runbook "TODO" is neither a path nor an address/],
  ['it depends on itself', { dependsOn: [{ service: 'shop', kind: HARD }] }, /depends on itself/],
  [
    'it names a dependency twice',
    {
      dependsOn: [
        { service: 'stock', kind: HARD },
        { service: 'stock', kind: SOFT },
      ],
    },
    /dependency "stock" is named twice/,
  ],
  [
    'a third party promises more than everything',
    { thirdParties: [{ name: 'cards', kind: HARD, sla: 99.9 }] },
    /SLA of cards is 99\.9/,
  ],
  [
    'a contract is reviewed on no day',
    { thirdParties: [{ name: 'cards', kind: HARD, contract: { reviewBy: '2027-02-30' } }] },
    /the contract with cards is reviewed by "2027-02-30", which is no date/,
  ],
  [
    'an exit plan is empty',
    { thirdParties: [{ name: 'cards', kind: HARD, contract: { exitPlan: ' ' } }] },
    /the exit plan of cards is empty/,
  ],
  ['a credit is below nothing', { thirdParties: [credits([0, 10])] }, /gives credit below 0; it must be/],
  ['a credit is below a percentage', { thirdParties: [credits([99.9, 10])] }, /gives credit below 99\.9/],
  [
    'a credit is due although the promise is kept',
    { thirdParties: [{ ...credits([0.9999, 10]), sla: 0.999 }] },
    /gives credit below 0\.9999, and promises 0\.999 only/,
  ],
  ['a credit is none', { thirdParties: [credits([0.99, 0])] }, /gives 0 per cent back/],
  ['a credit is more than the fee', { thirdParties: [credits([0.99, 110])] }, /gives 110 per cent back/],
  ['a credit is due twice', { thirdParties: [credits([0.99, 10], [0.99, 20])] }, /credit below 0\.99 twice/],
  [
    'less is given back the less is kept',
    { thirdParties: [credits([0.95, 10], [0.99, 25])] },
    /gives 10 per cent back below 0\.95, and more where it keeps more/,
  ],
  [
    'a data class is named twice',
    { dataClasses: [{ name: 'a' }, { name: 'a' }] },
    /data class "a" is named twice/,
  ],
  [
    'rebuildable data has a recovery point',
    { dataClasses: [{ name: 'cache', rebuildable: true, rpo: { region: Span.ZERO } }] },
    /rebuildable and has an RPO/,
  ],
  [
    'a recovery point is negative',
    { dataClasses: [{ name: 'a', rpo: { region: Span.seconds(-1) } }] },
    /an RPO that is no time/,
  ],
  ['downtime pays', { costOfDowntime: { perHour: -5, currency: 'EUR' } }, /costs -5/],
  ['the currency is none', { costOfDowntime: { perHour: 5, currency: 'euro' } }, /"euro" is no currency/],
];

test.each(cases)('fails when %s', (_, wrong, message) => {
  expect(() => new Service({ ...shop, ...wrong })).toThrow(message);
});

test('all mistakes are reported at once, each with what to do about it', () => {
  const wrong = { name: 'Shop', owner: '', tier: 9 as Tier };
  expect(() => new Service(wrong)).toThrow(
    /^service Shop: 3 mistakes: \(1\) .*; \(2\) .*; \(3\) .*\n {2}fix: \(1\) /,
  );
});

describe('the objectives of a service', () => {
  const weakening = { reason: 'the till prints receipts', expires: '2027-01-31', approver: 'head of shops' };

  test('fails when they are weaker than its tier, with each number', () => {
    const objectives = Objectives.forTier(Tier.STANDARD);
    const made = () => new Service({ ...shop, tier: Tier.MISSION_CRITICAL, objectives });
    expect(made).toThrow(/slo is 0\.995, but tier 0 owes 0\.9999/);
    expect(made).toThrow(/region\.rto is .*, but tier 0 owes 15 min/);
  });

  test('fails when the weakening is for another number', () => {
    const objectives = Objectives.forTier(Tier.IMPORTANT, { region: { rto: Span.hours(48) }, weakening });
    const made = () => new Service({ ...shop, objectives });
    expect(made).toThrow(/slo is .*, but tier 1 owes 0\.9995/);
    expect(made).not.toThrow(/region\.rto/);
  });

  test('may be weaker than its tier where they record a weakening for it', () => {
    const objectives = Objectives.forTier(Tier.BUSINESS_CRITICAL, { slo: 0.99, weakening });
    expect(new Service({ ...shop, objectives }).objectives.weakenings).toEqual([
      { ...weakening, what: 'slo' },
    ]);
  });
});
