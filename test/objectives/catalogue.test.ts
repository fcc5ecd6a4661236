import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Span } from '../../lib/calculus/time-span';
import { CATALOGUE_SCHEMA, type Catalogue, catalogueService } from '../../lib/objectives/catalogue';
import { readCatalogue } from '../../lib/objectives/catalogue-reader';
import { catalogueThirdParty, thirdPartyIn } from '../../lib/objectives/catalogue-third-party';
import { DependencyKind } from '../../lib/objectives/dependency';
import { Objectives } from '../../lib/objectives/objectives';
import { AlertSeverity } from '../../lib/objectives/policy/operations';
import { RegionRole } from '../../lib/objectives/region-role';
import { Residency } from '../../lib/objectives/residency';
import { Service } from '../../lib/objectives/service';
import { Tier } from '../../lib/objectives/tier';
import { shopAvailability } from '../support/service-level';
import { cards } from '../support/third-party';
import { conforms } from './json-schema';

const shopWeek = {
  ...shopAvailability,
  name: 'shop-availability-7d',
  eventsPerHour: '7.5',
  furtherOf: 'shop-availability',
  onlyIn: 'us-east-1',
  responseSeconds: 450,
  recoversAlone: false,
  runbook: 'docs/shop.md',
  ownTopics: [AlertSeverity.TICKET],
};

const schema = JSON.parse(readFileSync(`${__dirname}/../../schemas/catalogue-1.schema.json`, 'utf8'));

const weakening = { reason: 'closed at night', expires: '2027-03-31', approver: 'head of logistics' };

const service = new Service({
  name: 'shop',
  tier: Tier.BUSINESS_CRITICAL,
  owner: 'team-shop',
  system: 'commerce',
  objectives: Objectives.forTier(Tier.BUSINESS_CRITICAL, { region: { rto: Span.hours(2) }, weakening }),
  dependsOn: [{ service: 'stock', kind: DependencyKind.SOFT, fallback: 'call the secret number 555' }],
  thirdParties: [{ name: 'secret cards inc', kind: DependencyKind.HARD, sla: 0.999 }],
  residency: new Residency({ regions: ['us-east-1'], countries: ['IE', 'DE'] }),
  dataClasses: [
    { name: 'orders' },
    { name: 'views', rpo: { region: Span.hours(1) } },
    { name: 'cache', rebuildable: true },
  ],
  costOfDowntime: { perHour: 123_456, currency: 'EUR' },
  runbook: 'https://wiki.example.org/shop',
});

const acceptance = {
  rules: ['RDS-01', 'RDS-05'],
  scope: { path: 'Shop/Database' },
  reason: 'the move to Aurora ends in June',
  author: 'team-shop',
  owner: 'head of logistics',
  approver: 'head of payments',
  secondApprover: 'chief risk officer',
  ticket: 'RISK-142',
  compensatingControl: 'a restore is rehearsed each week',
  created: '2027-01-01',
  expires: '2027-03-31',
  signature: 'U1NIU0lH',
  secondSignature: 'U1NIU0lH',
};

const watched = { ...cards, name: 'cards inc' };

const catalogue: Catalogue = {
  schema: CATALOGUE_SCHEMA,
  acceptances: [acceptance],
  services: [
    catalogueService(service, {
      resources: ['Table', 'Alb'],
      decisions: [
        { what: 'dnsTtl', value: '60 s', because: 'AWS advises it', source: 'https://example.org' },
      ],
      role: RegionRole.PRIMARY,
      nonProduction: false,
      serviceLevels: [shopWeek],
      thirdParties: [catalogueThirdParty(watched), catalogueThirdParty({ ...watched, name: 'all', sla: 1 })],
    }),
  ],
};

describe('the catalogue', () => {
  test('says what is owed as fractions and seconds', () => {
    const { objectives } = catalogue.services[0]!;
    expect(objectives.slo).toBe('0.9995');
    expect(objectives.sloWindowSeconds).toBe(2_592_000);
    expect(objectives.recovery.rollback).toEqual({ rtoSeconds: 1800 });
    expect(objectives.recovery.region).toEqual({ rtoSeconds: 7200, rpoSeconds: 300 });
  });

  test('has the same bytes whatever the order of the resources', () => {
    const turned = catalogueService(service, { resources: ['Alb', 'Table'] });
    expect(JSON.stringify(turned)).toBe(
      JSON.stringify(catalogueService(service, { resources: ['Table', 'Alb'] })),
    );
  });

  test('keeps the decisions and weakenings of objectives and stack together', () => {
    const { decisions, weakenings } = catalogue.services[0]!;
    expect(decisions.map((decision) => decision.what)).toEqual(
      expect.arrayContaining(['slo', 'region.rto', 'dnsTtl']),
    );
    expect(weakenings).toEqual([{ what: 'region.rto', ...weakening }]);
  });

  test('tells a reader of templates no costs, contacts, fall-backs or third parties that no stack watches', () => {
    expect(JSON.stringify(catalogue)).not.toMatch(/123456|EUR|secret|555/);
  });

  test('says third parties that a stack watches as they are declared', () => {
    expect(catalogue.services[0]?.thirdParties?.map(thirdPartyIn)).toEqual([
      watched,
      { ...watched, name: 'all', sla: 1 },
    ]);
    const small = { name: 'mail', kind: DependencyKind.SOFT };
    expect(catalogueThirdParty(small)).toEqual(small);
    expect(thirdPartyIn(catalogueThirdParty({ ...small, contract: {} }))).toEqual({ ...small, contract: {} });
  });

  test('leaves out what nobody said', () => {
    const small = catalogueService(new Service({ name: 'small', tier: Tier.STANDARD, owner: 'team-small' }));
    expect(Object.keys(small)).toEqual([
      'name',
      'tier',
      'owner',
      'objectives',
      'dependsOn',
      'dataClasses',
      'decisions',
      'weakenings',
    ]);
  });

  test('keeps the published schema, and the reader reads it back', () => {
    const written: unknown = JSON.parse(JSON.stringify(catalogue));
    expect(conforms(written, schema)).toBe(true);
    expect(readCatalogue(written)).toEqual({ catalogue });
  });

  test('has no key that the published schema does not describe', () => {
    const described = new Set(Object.keys(schema.$defs.service.properties));
    expect(Object.keys(catalogue.services[0]!).filter((key) => !described.has(key))).toEqual([]);
    expect(Object.keys(shopWeek).sort()).toEqual(Object.keys(schema.$defs.serviceLevel.properties).sort());
    expect(Object.keys(acceptance).sort()).toEqual(Object.keys(schema.$defs.acceptance.properties).sort());
  });
});

describe('the reader', () => {
  test('leaves keys alone that it does not know', () => {
    const newer = { ...catalogue, services: [{ ...catalogue.services[0], mood: 'good' }], extra: 1 };
    expect(readCatalogue(newer)).toEqual({ catalogue: newer });
  });

  test.each([
    ['nothing is there', undefined, 'catalogue is undefined, not a mapping'],
    ['it is a text', 'services', 'catalogue is "services", not a mapping'],
    [
      'it is of another version',
      { ...catalogue, schema: 'cdk-nines.catalogue/2' },
      /not one of "cdk-nines\.catalogue\/1"/,
    ],
    ['it has no services', { schema: CATALOGUE_SCHEMA }, 'catalogue has no services'],
    [
      'a tier is none',
      { ...catalogue, services: [{ ...catalogue.services[0], tier: 5 }] },
      /^catalogue\.services\[0\]\.tier is 5, not one of 0, 1, 2, 3$/,
    ],
  ])('says what is wrong when %s', (_, value, problem) => {
    expect(readCatalogue(value)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test('agrees with the published schema on catalogues with one thing changed', () => {
    const places = pathsOf(catalogue);
    const wrong = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      ' ',
      'x',
      -1,
      0,
      0.5,
      1,
      7,
      true,
      [],
      {},
      [1],
      ['x'],
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), wrong, (place, value) => {
        const changed = replaced(catalogue, place, value);
        expect('catalogue' in readCatalogue(changed)).toBe(conforms(changed, schema));
      }),
      { numRuns: 2000 },
    );
  });
});

type Path = readonly (string | number)[];

/** The place of everything in a JSON value. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...at, key]));
  return at.length > 0 ? [at, ...inside] : inside;
}

/** A copy with the value at one place replaced; `undefined` removes it. */
function replaced(root: unknown, path: Path, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(root));
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key];
  holder[path.at(-1)!] = value;
  return JSON.parse(JSON.stringify(copy));
}
