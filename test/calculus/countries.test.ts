import { AWS_REGIONS } from '../../lib/calculus/aws-regions';
import { COUNTRY_COUNT, isCountry } from '../../lib/calculus/countries';
import { EUROPEAN_UNION } from '../../lib/objectives/residency';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

test('a country is what ISO 3166-1 assigns, and neither what it reserves nor a country that is no more', () => {
  expect(PAIRS.filter(isCountry)).toHaveLength(249);
  expect(COUNTRY_COUNT).toBe(249);
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const named = PAIRS.filter((code) => names.of(code) !== undefined);
  expect(PAIRS.filter((code) => isCountry(code) && !named.includes(code))).toEqual([]);
  // What Unicode names beside: reserved codes, countries of the past, groups of countries and codes for private use.
  expect(named.filter((code) => !isCountry(code))).toEqual(
    'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ'.split(' '),
  );
});

test('every region lies in a country, and so do the members of the European Union', () => {
  expect(AWS_REGIONS.filter(({ country }) => !isCountry(country))).toEqual([]);
  expect(EUROPEAN_UNION.filter((code) => !isCountry(code))).toEqual([]);
});
