import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';
import { configRefusal } from '../support/config-refusal';

const GOOD = `
schema: cdk-nines.config/1
services:
  - name: shop
    tier: 1
    owner: team-shop
    stacks: ["Shop-*"]
  - name: archive
    tier: standard
    tags: { app: archive }
`;

describe('nines.config.yaml', () => {
  it('declares services and what is theirs', () => {
    const at = (line: number) => ({ source: { file: 'nines.config.yaml', line } });
    expect(parseConfig(GOOD, 'nines.config.yaml').services).toEqual([
      { name: 'shop', tier: 1, owner: 'team-shop', stacks: ['Shop-*'], paths: [], tags: {}, ...at(4) },
      { name: 'archive', tier: 3, stacks: [], paths: [], tags: { app: 'archive' }, ...at(8) },
    ]);
  });

  it('says what an outage costs', () => {
    const service = (cost: string) =>
      `services: [{ name: shop, tier: 1, stacks: [Shop], costOfDowntime: ${cost} }]`;
    const text = service('{ perHour: 12000.5, currency: EUR }');
    expect(parseConfig(text, 'nines.config.yaml').services[0]?.costOfDowntime).toEqual({
      perHour: 12_000.5,
      currency: 'EUR',
    });
    expect(new Ajv2020({ strict: false }).validate(schema, parse(text))).toBe(true);
    expect(configRefusal(service('{ currency: EUR }'))).toMatch(
      /costOfDowntime has no perHour; fix: add perHour$/,
    );
    expect(configRefusal(service('{ perHour: -1, currency: EUR }'))).toMatch(
      /perHour is -1; fix: give an amount/,
    );
    expect(configRefusal(service('{ perHour: much, currency: EUR }'))).toMatch(
      /perHour is much; fix: give an amount/,
    );
    expect(configRefusal(service('{ perHour: 1, currency: euro }'))).toMatch(
      /currency is euro; fix: write three/,
    );
    expect(configRefusal(service('{ perMinute: 1 }'))).toMatch(/costOfDowntime has an unknown key perMinute/);
  });

  it('says where records are, whose signatures count and where they are asked for', () => {
    const text = 'records: [risks]\nallowedSigners: ../signers\nrequireSignatures: [0, business critical]\n';
    const expected = { records: ['risks'], allowedSigners: '../signers', requireSignatures: [0, 1] };
    expect(parseConfig(text, 'nines.config.yaml')).toEqual({ services: [], ...expected });
    expect(parseConfig('requireSignatures: true\n', 'a').requireSignatures).toBe(true);
    expect(new Ajv2020({ strict: false }).compile(schema)(parse(text))).toBe(true);
  });

  const wrong: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    'it is no mapping': ['- a\n', /nines\.config\.yaml:1:1: the file is no mapping/],
    'it is no YAML': ['services: [\n', /nines\.config\.yaml:\d+:\d+: .*fix: write valid YAML/],
    'the schema is of another version': [
      'schema: cdk-nines.config/9\n',
      /:1:9: schema is of another version/,
    ],
    'a key is not known': ['service: []\n', /unknown key service; fix: use one of schema, tier, services/],
    'signatures are asked for by a word': [
      'requireSignatures: always\n',
      /:1:20: requireSignatures is neither true, false nor a list/,
    ],
    'signatures are asked for at no tier that there is': [
      'requireSignatures: [0, 9]\n',
      /:1:24: "9" is no tier/,
    ],
    'records is no list': ['records: risks\n', /:1:10: records is no list/],
    'a service has no tier': ['services:\n  - name: a\n    stacks: [a]\n', /:2:5: a service has no tier/],
    'a tier is not known': [
      'services:\n  - name: a\n    tier: 7\n    stacks: [a]\n',
      /:3:11: "7" is no tier/,
    ],
    'a service names no resources': [
      'services:\n  - name: a\n    tier: 1\n',
      /service a names no resources; fix: add stacks, paths or tags/,
    ],
    'a name is none that code takes': [
      'services:\n  - name: Shop Front\n    tier: 1\n    stacks: [a]\n',
      /:2:11: "Shop Front" is no name for a service; fix: use at most 63 lower-case letters/,
    ],
    'an owner is an address': [
      'services:\n  - name: a\n    owner: jo@example.org\n    tier: 1\n    stacks: [a]\n',
      /:3:12: owner "jo@example.org" names no team; fix: name the team, not a person/,
    ],
    'an owner is blank': [
      'services:\n  - name: a\n    owner: " "\n    tier: 1\n    stacks: [a]\n',
      /:3:12: owner " " names no team/,
    ],
    'stacks is no list': ['services:\n  - name: a\n    tier: 1\n    stacks: a\n', /:4:13: stacks is no list/],
    'a tag has no value': [
      'services:\n  - { name: a, tier: 1, tags: { b } }\n',
      /:2:33: b has no value; fix: write one after the colon/,
    ],
    'a service is declared twice': [
      'services:\n  - {name: a, tier: 1, stacks: [a]}\n  - {name: a, tier: 2, stacks: [b]}\n',
      /service a is declared twice/,
    ],
  };
  const regional = (more: string) =>
    `services:\n  - name: shop\n    tier: 1\n    stacks: [a]\n${more
      .split('\n')
      .map((line) => `    ${line}\n`)
      .join('')}`;

  it('says what regions do for a service, and how it comes back', () => {
    const text = regional(
      'regions:\n  eu-west-1: primary\n  eu-central-1: standby\n  eu-west-3: witness\napproach: pilot-light',
    );
    const [shop] = parseConfig(text, 'nines.config.yaml').services;
    expect(shop).toMatchObject({
      regions: { 'eu-west-1': 'primary', 'eu-central-1': 'standby', 'eu-west-3': 'witness' },
      approach: 'PILOT_LIGHT',
    });
    expect(new Ajv2020({ strict: false }).compile(schema)(parse(text))).toBe(true);
  });

  it.each<[string, string, RegExp]>([
    ['regions are no mapping', 'regions: [eu-west-1]', /:5:14: regions is no mapping/],
    [
      'a region is not known',
      'regions: { eu-wets-1: primary }',
      /:5:16: "eu-wets-1" is none of .*write eu-west-1/,
    ],
    ['a role is not known', 'regions: { eu-west-1: primry }', /:5:27: primry is no role; fix: write primary/],
    [
      'two regions are the primary',
      'regions: { eu-west-1: primary, eu-west-3: primary }',
      /:5:14: there are two primaries; fix: write active/,
    ],
    [
      'a standby has no primary',
      'regions: { eu-west-1: standby }',
      /:5:14: a standby stands by for no region/,
    ],
    ['no region serves', 'regions: { eu-west-1: witness }', /:5:14: no region serves/],
    [
      'an approach is not known',
      'regions: { eu-west-1: active }\napproach: hot',
      /:6:15: hot is no approach/,
    ],
    [
      'an approach has no regions',
      'approach: pilot-light',
      /:5:15: an approach says nothing without regions/,
    ],
    [
      'a region waits where all serve',
      'regions: { eu-west-1: primary, eu-west-3: standby }\napproach: active-active',
      /:6:15: a region stands by, but/,
    ],
    [
      'no region waits for the failover',
      'regions: { eu-west-1: active, eu-west-3: active }\napproach: warm-standby',
      /:6:15: no region stands by/,
    ],
  ])('fails when %s', (_, more, message) => expect(configRefusal(regional(more))).toMatch(message));

  for (const [name, [text, message]] of Object.entries(wrong)) {
    it(`fails when ${name}`, () => expect(configRefusal(text)).toMatch(message));
  }

  it('fails with all that is wrong, each with its place', () => {
    const text =
      'services:\n  - {name: Shop, tier: 7, owner: jo@example.org, stacks: [a], slo: 99.9}\n  - {name: till, tier: 1}\nassumptions: {zone: 2}\nrequireSignatures: always\n';
    const line = configRefusal(text);
    expect(line).toMatch(/^nines\.config\.yaml:2:12: 7 mistakes: \(1\) "Shop" is no name for a service; /);
    expect(line).toMatch(
      /\(2\) nines\.config\.yaml:2:24: "7" is no tier; \(3\) nines\.config\.yaml:2:34: owner .*; \(4\) nines\.config\.yaml:2:68: slo /,
    );
    expect(line).toMatch(
      /\(5\) nines\.config\.yaml:3:5: service till names no resources; \(6\) .*:4:\d+: zone .*; \(7\) .*:5:20: requireSignatures/,
    );
    expect(line).toMatch(/; fix: \(1\) use at most 63 .*; \(7\) write true, or tiers: \[0, 1\]$/);
    expect(line).not.toContain('\n');
  });

  it('fails with ten of what is wrong, and counts the rest', () => {
    const entries = Array.from({ length: 12 }, (_, index) => `  - {name: a${index}, tier: 7, stacks: [a]}\n`);
    const line = configRefusal(`services:\n${entries.join('')}`);
    expect(line).toMatch(/^nines\.config\.yaml:2:\d+: 12 mistakes: .*\(10\) [^;]*; and 2 more; fix: /);
  });

  it('is described by the published schema', () => {
    const valid = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    expect(valid(parse(GOOD))).toBe(true);
    for (const name of [
      'a key is not known',
      'a service has no tier',
      'a tier is not known',
      'a service names no resources',
      'stacks is no list',
      'a name is none that code takes',
      'an owner is an address',
      'an owner is blank',
      'signatures are asked for by a word',
      'signatures are asked for at no tier that there is',
      'records is no list',
    ]) {
      expect([name, valid(parse(wrong[name]?.[0] ?? ''))]).toEqual([name, false]);
    }
  });
});
