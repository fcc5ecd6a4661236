import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { ConfigurationError } from '../../lib/errors';
import { parseRiskAcceptance } from '../../lib/records/risk-acceptance';
import schema from '../../schemas/risk-acceptance-1.schema.json';
import { RECORD, WRITTEN } from './fixtures';

function refusal(text: string): string {
  try {
    parseRiskAcceptance(text, 'records/db.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
}

const GOOD: Readonly<Record<string, string>> = {
  'it speaks of a construct': WRITTEN,
  'it speaks of a stack': WRITTEN.replace('path: Shop/Database', 'stack: Shop'),
  'it speaks of a resource': WRITTEN.replace('path: Shop/Database', 'stack: Shop\n  resource: Db'),
  'it speaks of a service': WRITTEN.replace('path: Shop/Database', 'service: shop'),
  'it has two approvers and signatures': `${WRITTEN}secondApprover: chief risk officer\nsignature: c2ln\nsecondSignature: c2ln\n`,
  'it names several rules': WRITTEN.replace('[RDS-01]', '[RDS-01, X-13, R53-02]'),
  'it is its own approver, which the audit tells': WRITTEN.replace('head of payments', 'team-shop'),
};

const changed = (from: string, to: string) => WRITTEN.replace(from, to);

const WRONG: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'it is no mapping': ['- a\n', /^records\/db\.yaml:1:1: a risk acceptance is no mapping/],
  'it has no schema': [
    changed('schema: cdk-nines.risk-acceptance/1\n', ''),
    /has no schema; fix: write schema: cdk-/,
  ],
  'it is of another version': [
    changed('acceptance/1', 'acceptance/9'),
    /:1:9: schema is of another kind or version/,
  ],
  'a key is not known': [`${WRITTEN}signed: yes\n`, /:13:1: a risk acceptance has an unknown key signed/],
  'a field is missing': [changed('owner: head of logistics\n', ''), /:1:1: owner is missing; fix: set owner/],
  'rules are a wildcard': [changed('[RDS-01]', '["RDS-*"]'), /:2:8: "RDS-\*" stands for a family of rules/],
  'rules are a family': [changed('[RDS-01]', '[RDS]'), /:2:8: "RDS" stands for a family of rules/],
  'rules are none': [changed('[RDS-01]', '[]'), /:2:8: it names no rules|:1:1: rules is missing/],
  'a rule is no id': [
    changed('[RDS-01]', '[rds-01]'),
    /"rds-01" is no id of a rule; fix: write an id such as RDS-01/,
  ],
  'a rule is named twice': [changed('[RDS-01]', '[RDS-01, RDS-01]'), /:2:8: rule RDS-01 is named twice/],
  'it accepts the rule on exceptions': [changed('[RDS-01]', '[X-84]'), /rule X-84 judges the acceptances/],
  'the scope is empty': [
    changed('  path: Shop/Database\n', '  {}\n'),
    /a scope names 0 of path, stack and service/,
  ],
  'the scope names two things': [
    changed('path:', 'stack: Shop\n  path:'),
    /:4:3: a scope names 2 of path, stack/,
  ],
  'the scope is a resource of no stack': [
    changed('path: Shop/Database', 'service: shop\n  resource: Db'),
    /names the resource "Db" without its stack/,
  ],
  'the scope has a wildcard': [changed('Shop/Database', 'Shop/*'), /scope\.path "Shop\/\*" has a wildcard/],
  'the scope has an unknown key': [changed('path:', 'paths:'), /scope has an unknown key paths/],
  'a day is none': [changed('2027-03-31', '2027-02-30'), /:12:10: expires is "2027-02-30", which is no date/],
  'it ends before it begins': [
    changed('2027-03-31', '2026-12-31'),
    /:12:10: it expires on 2026-12-31, before/,
  ],
  'an approver is an address': [
    changed('head of payments', 'jo@bank.example'),
    /:8:11: approver "jo@bank\.example" is/,
  ],
  'a text is a number, which other tools write otherwise': [
    changed('RISK-142', '142'),
    /:9:9: ticket is no text/,
  ],
  'a text is empty': [changed('RISK-142', '" "'), /:9:9: ticket is " ", not a text/],
  'a text has two lines': [changed('RISK-142', '"a\\nb"'), /:9:9: ticket holds a line break/],
  'a text is too long': [
    changed('RISK-142', 'x'.repeat(1001)),
    /ticket has 1001 characters, and at most 1000/,
  ],
  'a text turns its direction': [
    changed('RISK-142', '"a\\u202eb"'),
    /ticket holds a line break or an invisible/,
  ],
  'a key stands there twice': [`${WRITTEN}ticket: x\n`, /:13:1: .*fix: write valid YAML/],
};

describe('a risk acceptance in a file', () => {
  const validate = new Ajv2020({ formats: { date: true } }).compile(schema);

  it('is read, with where it stands', () =>
    expect(parseRiskAcceptance(WRITTEN, 'records/db.yaml')).toEqual({
      ...RECORD,
      source: { file: 'records/db.yaml', line: 1 },
    }));

  it('is read from JSON', () => {
    const json = JSON.stringify({ schema: 'cdk-nines.risk-acceptance/1', ...RECORD }, undefined, 2);
    expect(parseRiskAcceptance(json, 'db.json')).toMatchObject(RECORD);
  });

  for (const [name, text] of Object.entries(GOOD)) {
    it(`is read, and keeps the published schema, when ${name}`, () => {
      expect(refusal(text)).toBe('accepted');
      expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
    });
  }

  for (const [name, [text, message]] of Object.entries(WRONG)) {
    it(`is refused with file, line and fix when ${name}`, () => expect(refusal(text)).toMatch(message));
  }

  it('is refused by the published schema, too, but for what no schema can say', () => {
    const beyond = ['a day is none', 'it ends before it begins', 'a key stands there twice'];
    const kept = Object.entries(WRONG)
      .filter(([name]) => !beyond.includes(name))
      .filter(([, [text]]) => validate(parse(text)))
      .map(([name]) => name);
    expect(kept).toEqual([]);
  });
});
