import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { parseConfig } from '../../lib/records/config';
import schema from '../../schemas/config-1.schema.json';
import { configRefusal } from '../support/config-refusal';

const withPeaks = (peaks: string) =>
  `services:\n  - name: shop\n    tier: 1\n    stacks: ["*"]\n    peakUnits: ${peaks}\n`;

const described = new Ajv2020({ strict: false }).compile(schema);

it('the units of the peak are read by what runs them', () => {
  const text = withPeaks('{ Shop/Web: 4, Worker: 1 }');
  expect(parseConfig(text, 'nines.config.yaml').services[0]?.peakUnits).toEqual({ 'Shop/Web': 4, Worker: 1 });
  expect(described(parse(text))).toBe(true);
});

it.each(['0', '-1', '2.5', '1e400', 'many'])('fails when the units are %s, and names the line', (units) => {
  const text = withPeaks(`{ Shop/Web: ${units} }`);
  expect(configRefusal(text)).toMatch(
    /^nines\.config\.yaml:5:\d+: peakUnits is .*; fix: give a whole number/,
  );
  expect(described(parse(text))).toBe(false);
});

it('fails when the units are of nothing', () => {
  expect(configRefusal(withPeaks('{ "": 4 }'))).toMatch(/^nines\.config\.yaml:5:.*names nothing/);
  expect(configRefusal(withPeaks('4'))).toMatch(/^nines\.config\.yaml:5:/);
});
