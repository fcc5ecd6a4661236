import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { PRESETS } from '../../lib/audit/presets';
import { VOCABULARY } from '../../lib/audit/vocabulary';
import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';

const FILE = 'nines.config.yaml';
const isValid = new Ajv2020({ strict: false }).compile(schema);

/** What the parser says of a text: one line, or nothing. */
function refusal(text: string): string | undefined {
  try {
    parseConfig(text, FILE, VOCABULARY);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return undefined;
}

const GOOD: Readonly<Record<string, string>> = {
  'nothing is said': 'services: []\n',
  'presets are named': 'presets: [tier-2, dora, iso-27001]\n',
  'the tier is said': 'tier: standard\npresets: [dora]\n',
  'levels are given': 'rules: { RDS-01: warning, X-13: error }\n',
  'a rule is off for a reason': 'rules: { RDS-01: { level: off, reason: no databases } }\n',
  'a rule is quieter for a reason': 'rules: { RDS-01: { level: info, reason: later } }\n',
  'a parameter is set': 'rules: { CWL-01: { level: warning, parameters: { minimumDays: 400 } } }\n',
  'a parameter of several rules is set': 'parameters: { accountLimit: 2000 }\n',
  'some resources are judged differently':
    "overrides:\n  - paths: ['Shop/Cache/*']\n    types: ['AWS::ElastiCache::*']\n    rules: { X-13: info }\n",
  'some resources are ignored': "ignore:\n  - stacks: ['Sandbox-*']\n    reason: torn down every night\n",
};

type Wrong = readonly [text: string, message: RegExp, schema: 'schema too' | 'parser only'];

const WRONG: Readonly<Record<string, Wrong>> = {
  'a rule is not known': [
    'rules:\n  RDS-1: error\n',
    /^nines\.config\.yaml:2:3: RDS-1 is no rule; fix: write RDS-\d+$/,
    'parser only',
  ],
  'the id of a rule is none': ['rules: { rds: error }\n', /:1:10: rds is no rule; fix: write /, 'schema too'],
  'the level is not known': [
    'rules: { RDS-01: critical }\n',
    /:1:18: critical is no level; fix: write one of error, warning, info, off/,
    'schema too',
  ],
  'a rule is off and nobody says why': [
    'rules: { RDS-01: off }\n',
    /:1:18: RDS-01 is turned off and nobody says why; fix: write RDS-01: \{ level: off, reason: /,
    'schema too',
  ],
  'a rule is off with no reason in it': [
    'rules:\n  RDS-01:\n    level: off\n',
    /:3:12: RDS-01 is turned off and nobody says why/,
    'schema too',
  ],
  'a key of a rule is not known': [
    'rules: { RDS-01: { lvl: off } }\n',
    /:1:20: rule RDS-01 has an unknown key lvl; fix: use one of level, reason, parameters/,
    'schema too',
  ],
  'a parameter is not known': [
    'rules: { CWL-01: { parameters: { minDays: 400 } } }\n',
    /:1:34: CWL-01 has no parameter minDays; fix: write minimumDays/,
    'parser only',
  ],
  'a rule has no parameters': [
    'rules: { RDS-01: { parameters: { days: 4 } } }\n',
    /:1:34: RDS-01 has no parameters, so days is none; fix: take it out/,
    'parser only',
  ],
  'a value is of another kind': [
    'rules: { CWL-01: { parameters: { minimumDays: "400" } } }\n',
    /:1:47: minimumDays is a text, needs a number; fix: write a number, such as 365/,
    'parser only',
  ],
  'a value is no finite number': [
    'rules: { CWL-01: { parameters: { minimumDays: .inf } } }\n',
    /:1:47: minimumDays is no finite number, needs a number/,
    'parser only',
  ],
  'a value is missing': ['rules:\n  RDS-01:\n', /:2:10: a level is no text/, 'schema too'],
  'no rule has the parameter': [
    'parameters: { acountLimit: 4 }\n',
    /:1:15: no rule has a parameter acountLimit; fix: write accountLimit/,
    'parser only',
  ],
  'a parameter is less than nothing': [
    'rules: { CWL-01: { parameters: { minimumDays: -1 } } }\n',
    /:1:47: minimumDays is less than 0, needs a number; fix: write a number, such as \d+/,
    'parser only',
  ],
  'a preset is like none': [
    'presets: [sarbanes-oxley-act]\n',
    /is no preset; fix: write one of .*, soc-2$/,
    'schema too',
  ],
  'there is a second document': [
    'tier: 1\n---\ntier: 2\n',
    /:2:1: a second document begins; fix: write one/,
    'parser only',
  ],
  'a parameter means different things': [
    'parameters: { minimumDays: 4 }\n',
    /:1:15: minimumDays means different things in .*CWL-01.*; fix: set it at the rule/,
    'parser only',
  ],
  'a preset is not known': ['presets: [dorra]\n', /:1:11: dorra is no preset; fix: write dora/, 'schema too'],
  'two presets give a tier': [
    'presets: [tier-0, tier-1]\n',
    /:1:10: the tier is said 2 times: tier-0, tier-1; fix: leave one of them/,
    'parser only',
  ],
  'the tier is no tier': ['tier: 7\n', /:1:7: "7" is no tier/, 'schema too'],
  'an override names no resources': [
    'overrides:\n  - rules: { RDS-01: info }\n',
    /:2:5: it names no resources; fix: add paths, stacks, types/,
    'schema too',
  ],
  'an override has no rules': [
    'overrides:\n  - paths: [a]\n',
    /:2:5: an override has no rules; fix: add rules/,
    'schema too',
  ],
  'an override turns a rule off and nobody says why': [
    'overrides:\n  - { paths: [a], rules: { RDS-01: off } }\n',
    /:2:36: RDS-01 is turned off/,
    'schema too',
  ],
  'resources are ignored and nobody says why': [
    'ignore:\n  - paths: [a]\n',
    /:2:5: something is ignored and nobody says why; fix: add reason/,
    'schema too',
  ],
  'the reason is empty': [
    'ignore:\n  - { paths: [a], reason: "" }\n',
    /:2:27: reason is no text/,
    'schema too',
  ],
  'patterns are no list': ['ignore:\n  - { paths: a, reason: b }\n', /:2:14: paths is no list/, 'schema too'],
  'a key is said twice': ['rules: {}\nrules: {}\n', /:2:1: Map keys must be unique/, 'parser only'],
};

it('tells the mistakes of all rules, presets and overrides at once', () => {
  const text =
    'presets: [dora, doar]\nrules: { RDS-1: info, RDS-02: loud }\noverrides:\n  - { rules: { X-13: off } }\nignore:\n  - { stacks: [a] }\n';
  expect(() => parseConfig(text, 'nines.config.yaml', VOCABULARY)).toThrow(
    /:1:17: 5 mistakes: \(1\) doar is no preset; \(2\) .*:2:10: RDS-1 is no rule; \(3\) .*:2:31: loud is no level; \(4\) .*:4:5: it names no resources; \(5\) .*:6:5: something is ignored and nobody says why/,
  );
});

describe('rules in nines.config.yaml', () => {
  for (const [name, text] of Object.entries(GOOD)) {
    it(`are read where ${name}`, () => {
      expect(refusal(text)).toBeUndefined();
      expect([isValid(parse(text)), isValid.errors]).toEqual([true, null]);
    });
  }

  for (const [name, [text, message, schemaToo]] of Object.entries(WRONG)) {
    it(`are refused with their place where ${name}`, () => {
      expect(refusal(text)).toMatch(message);
      if (schemaToo === 'schema too') expect(isValid(parse(text))).toBe(false);
    });
  }

  it('keep their reason, their line and their parameters', () => {
    const text = 'rules:\n  CWL-01: { level: off, reason: elsewhere, parameters: { minimumDays: 30 } }\n';
    expect(parseConfig(text, FILE, VOCABULARY).rules).toEqual({
      'CWL-01': {
        level: 'off',
        reason: 'elsewhere',
        parameters: { minimumDays: 30 },
        source: { file: FILE, line: 2 },
      },
    });
  });

  it('take the assumed tier from a preset', () => {
    expect(parseConfig('presets: [tier-3]\n', FILE, VOCABULARY).tier).toBe(3);
  });

  it('have the presets of the published schema', () => {
    expect(schema.properties.presets.items.enum).toEqual(Object.keys(PRESETS).sort());
  });

  it('cannot smuggle what a terminal would run into an error', () => {
    const line = refusal('rules: { "RDS-01\\u001b[31m": error }\n') ?? '';
    expect(line).toMatch(/is no rule/);
    expect(line).not.toContain('\u001b');
  });

  it('never reach the prototype of anything', () => {
    expect(refusal('rules: { CWL-01: { parameters: { __proto__: 1 } } }\n')).toMatch(
      /no parameter __proto__/,
    );
    expect(refusal('rules: { constructor: error }\n')).toMatch(/constructor is no rule/);
    expect(refusal('parameters: { toString: 1 }\n')).toMatch(/no rule has a parameter toString/);
  });
});
