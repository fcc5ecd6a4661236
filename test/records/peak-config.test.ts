import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { ConfigurationError } from '../../lib/errors';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';

const withPeaks = (peaks: string) =>
  `services:\n  - name: shop\n    tier: 1\n    stacks: ["*"]\n    peakUnits: ${peaks}\n`;

function refusal(text: string): string {
  try {
    parseConfig(text, 'nines.config.yaml');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
}

const described = new Ajv2020({ strict: false }).compile(schema);

it('the units of the peak are read by what runs them', () => {
  const text = withPeaks('{ Shop/Web: 4, Worker: 1 }');
  expect(parseConfig(text, 'nines.config.yaml').services[0]?.peakUnits).toEqual({ 'Shop/Web': 4, Worker: 1 });
  expect(described(parse(text))).toBe(true);
});

it.each(['0', '-1', '2.5', '1e400', 'many'])('fails when the units are %s, and names the line', (units) => {
  const text = withPeaks(`{ Shop/Web: ${units} }`);
  expect(refusal(text)).toMatch(/^nines\.config\.yaml:5:\d+: peakUnits is .*; fix: give a whole number/);
  expect(described(parse(text))).toBe(false);
});

it('fails when the units are of nothing', () => {
  expect(refusal(withPeaks('{ "": 4 }'))).toMatch(/^nines\.config\.yaml:5:.*names nothing/);
  expect(refusal(withPeaks('4'))).toMatch(/^nines\.config\.yaml:5:/);
});
