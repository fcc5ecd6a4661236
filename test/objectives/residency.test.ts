import { AWS_REGIONS } from '../../lib/calculus/aws-regions';
import { EUROPEAN_UNION, Residency } from '../../lib/objectives/residency';

test('a region is allowed by its name or by its country', () => {
  const residency = new Residency({ regions: ['us-east-1'], countries: ['DE', 'IE'] });
  expect(residency.allows('us-east-1')).toBe(true);
  expect(residency.allows('eu-central-1')).toBe(true);
  expect(residency.allows('eu-west-1')).toBe(true);
  expect(residency.allows('eu-west-2')).toBe(false);
  expect(residency.allows('us-east-2')).toBe(false);
});

test('nothing is said about a region whose country is not known', () => {
  expect(new Residency({ countries: ['DE'] }).allows('eu-nowhere-1')).toBeUndefined();
  expect(new Residency({ regions: ['eu-central-1'] }).allows('eu-nowhere-1')).toBe(false);
});

test('the European Union has 27 members, and the regions of AWS in it are these', () => {
  expect(new Set(EUROPEAN_UNION).size).toBe(27);
  const union = new Residency({ countries: EUROPEAN_UNION });
  const inside = AWS_REGIONS.map((region) => region.code).filter((code) => union.allows(code));
  expect(inside).toEqual([
    'eu-central-1',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-3',
    'eusc-de-east-1',
  ]);
});

test.each([
  ['nothing is allowed', {}, /allows no region and no country/],
  ['nothing is given', undefined, /allows no region and no country/],
  ['a region is a name', { regions: ['Ireland'] }, /"Ireland" is no region code/],
  [
    'a region is a slip of the pen',
    { regions: ['eu-wset-1'] },
    /"eu-wset-1" is none of .*write eu-west-1 if/s,
  ],
  ['a region has a wrong number', { regions: ['eu-central-9'] }, /write eu-central-1 if that is meant/],
  ['a country is a word', { countries: ['Germany', 'DE'] }, /"Germany" is no country code/],
  [
    'a country goes by another code',
    { countries: ['UK', 'IE'] },
    /"UK" is no country of ISO 3166-1\n {2}fix: write GB$/,
  ],
  [
    'a union stands for its countries',
    { countries: ['EU'] },
    /"EU" is no country of ISO 3166-1\n {2}fix: write countries: EUROPEAN_UNION, or name its countries$/,
  ],
  ['a country is in small letters', { countries: ['de'] }, /"de" is no country code\n {2}fix: write DE$/],
  [
    'a country is none',
    { countries: ['XY'] },
    /"XY" is no country of ISO 3166-1\n {2}fix: write the code of a country as ISO 3166-1 alpha-2 has it: DE$/,
  ],
  [
    'there is one code where a list is asked for',
    { countries: 'DE' as never },
    /countries is "DE", which is no list\n {2}fix: write a list: countries: \["DE"\]$/,
  ],
  [
    'several countries are none, each for its own reason',
    { countries: ['UK', 'XY', 'uk'] },
    /3 mistakes: \(1\) "UK" is no .*; \(2\) "XY" is no .*; \(3\) "uk" .*\n {2}fix: \(1\) write GB; .*\(3\) write GB$/,
  ],
])('fails when %s', (_, props, message) => {
  expect(() => new Residency(props)).toThrow(message);
});
