import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';

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

function refusal(text: string): string {
  try {
    parseConfig(text, 'nines.config.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
}

describe('nines.config.yaml', () => {
  it('declares services and what is theirs', () => {
    expect(parseConfig(GOOD, 'nines.config.yaml').services).toEqual([
      { name: 'shop', tier: 1, owner: 'team-shop', stacks: ['Shop-*'], paths: [], tags: {} },
      { name: 'archive', tier: 3, stacks: [], paths: [], tags: { app: 'archive' } },
    ]);
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
  for (const [name, [text, message]] of Object.entries(wrong)) {
    it(`fails when ${name}`, () => expect(refusal(text)).toMatch(message));
  }

  it('is described by the published schema', () => {
    const valid = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    expect(valid(parse(GOOD))).toBe(true);
    for (const name of [
      'a key is not known',
      'a service has no tier',
      'a tier is not known',
      'a service names no resources',
      'stacks is no list',
      'signatures are asked for by a word',
      'signatures are asked for at no tier that there is',
      'records is no list',
    ]) {
      expect([name, valid(parse(wrong[name]?.[0] ?? ''))]).toEqual([name, false]);
    }
  });
});
