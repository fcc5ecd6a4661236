import { awsRegion } from '../calculus/aws-regions';
import { isCountry } from '../calculus/countries';
import { type Mistake, quoted, refuse } from './mistakes';
import { unknownRegionMistakes } from './region-code';

/** Where data may lie. */
export interface ResidencyProps {
  /**
   * Regions that are allowed by name. A code that is not known is refused, with the nearest one that is; a region that
   * opened lately needs a newer version.
   *
   * @default - none
   */
  readonly regions?: readonly string[];

  /**
   * Countries all of whose regions are allowed, ISO 3166-1 alpha-2: `DE`, and `GB` for the United Kingdom. What is no
   * country there is refused.
   *
   * @default - none
   */
  readonly countries?: readonly string[];
}

/**
 * The members of the European Union.
 *
 * @see https://european-union.europa.eu/principles-countries-history/eu-countries_en
 */
export const EUROPEAN_UNION: readonly string[] = (
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU ' + 'IE IT LT LU LV MT NL PL PT RO SE SI SK'
).split(' ');

/**
 * The regions and countries that the data of a service may lie in. A region is allowed by name or by its country.
 *
 * @see https://www.iso.org/iso-3166-country-codes.html
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export class Residency {
  readonly regions: readonly string[];
  readonly countries: readonly string[];

  /** @throws ConfigurationError when nothing is allowed, or when something is no region or no country */
  constructor({ regions = [], countries = [] }: ResidencyProps = {}, path = 'residency') {
    refuse(path, listMistakes({ regions, countries }));
    refuse(path, mistakesIn(regions, countries));
    this.regions = [...new Set(regions)].sort();
    this.countries = [...new Set(countries)].sort();
  }

  /** Whether data may lie in a region; `undefined` when the country of the region is not known. */
  allows(region: string): boolean | undefined {
    if (this.regions.includes(region)) return true;
    if (this.countries.length === 0) return false;
    const known = awsRegion(region);
    return known && this.countries.includes(known.country);
  }
}

/** What is written without a compiler is caught here: one code where a list is asked for. */
function listMistakes(lists: ResidencyProps): Mistake[] {
  return Object.entries(lists)
    .filter(([, list]) => !Array.isArray(list))
    .map(([name, list]) => ({
      problem: `${name} is ${quoted(list)}, which is no list`,
      fix: `write a list: ${name}: [${quoted(list)}]`,
    }));
}

function mistakesIn(regions: readonly string[], countries: readonly string[]): Mistake[] {
  const strangeRegions = regions.filter((region) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region));
  const mistakes = unknownRegionMistakes(regions.filter((region) => !strangeRegions.includes(region)));
  if (regions.length + countries.length === 0) {
    mistakes.push({
      problem: 'residency allows no region and no country',
      fix: 'name at least one, or leave residency out where data may lie anywhere',
    });
  }
  if (strangeRegions.length > 0) {
    mistakes.push({
      problem: `${strangeRegions.map(quoted).join(', ')} is no region code`,
      fix: 'write codes such as eu-west-1',
    });
  }
  return [...mistakes, ...countries.filter((country) => !isCountry(country)).map(countryMistake)];
}

/** Codes by which people know what ISO 3166-1 calls otherwise. */
const MEANT: Readonly<Record<string, string>> = {
  UK: 'write GB',
  EL: 'write GR',
  EU: 'write countries: EUROPEAN_UNION, or name its countries',
};

function countryMistake(country: string): Mistake {
  const capitals = String(country).trim().toUpperCase();
  const isCode = /^[A-Z]{2}$/.test(country);
  const known = isCountry(capitals) ? `write ${capitals}` : MEANT[capitals];
  const fix = isCode
    ? 'write the code of a country as ISO 3166-1 alpha-2 has it: DE'
    : 'write two capitals, ISO 3166-1 alpha-2: DE';
  return {
    problem: `${quoted(country)} is no country ${isCode ? 'of ISO 3166-1' : 'code'}`,
    fix: known ?? fix,
  };
}
