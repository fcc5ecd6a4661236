import fc from 'fast-check';
import { VOCABULARY } from '../../lib/audit/vocabulary';
import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';

const GOOD = `schema: cdk-nines.config/1
tier: 2
presets: [dora, iso-27001]
services:
  - { name: shop, tier: 1, owner: team, stacks: ["Shop-*"], tags: { a: b } }
rules:
  X-13: error
  CWL-01: { level: off, reason: r, parameters: { minimumDays: 400 } }
parameters: { accountLimit: 3000 }
overrides:
  - { paths: ["Shop/*"], types: [a], rules: { X-13: info } }
ignore:
  - { stacks: ["Sandbox-*"], reason: torn down }
records: [records]
requireSignatures: [0, 1]
`;

const PIECES = [
  '&a',
  '*a',
  '<<',
  '? ',
  ': ',
  '~',
  'null',
  '!!binary',
  '[',
  '{',
  '- ',
  '\n',
  '"',
  '__proto__',
  '.nan',
  '\u0000',
  '%YAML 1.1\n---\n',
  '---\n',
];

describe('a configuration of any text', () => {
  it('is read, or refused in one line that names its place', () => {
    const edit = fc.record({
      at: fc.nat(GOOD.length),
      cut: fc.nat(30),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const text = edits.reduce(
          (all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut),
          GOOD,
        );
        try {
          parseConfig(text, 'nines.config.yaml', VOCABULARY);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          expect(error.line).toMatch(/^nines\.config\.yaml:\d+:\d+: [^\n]*; fix: [^\n]+$/);
          expect(error.line).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});
