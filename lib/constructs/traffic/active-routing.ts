import type { GeoLocation } from 'aws-cdk-lib/aws-route53';

/** How Route 53 chooses among the regions that serve. */
export enum ActiveRouting {
  /** The region that answers soonest, as Route 53 measures it for the network of the user. */
  LATENCY = 'latency',

  /** A share of the answers for each region. */
  WEIGHTED = 'weighted',

  /** The region that the country, state or continent of the user is given. */
  GEOLOCATION = 'geolocation',

  /** The region that the address range of the user is given. */
  CIDR = 'cidr',
}

/** What a person says about the choice among regions. Each map is the same in all regions. @internal */
export interface ActiveRoutingProps {
  readonly routing?: ActiveRouting;
  readonly weights?: Readonly<Record<string, number>>;
  readonly locations?: Readonly<Record<string, readonly GeoLocation[]>>;
  readonly cidrCollectionId?: string;
  readonly cidrLocations?: Readonly<Record<string, readonly string[]>>;
}

/** A place by its code, as Route 53 has it: `continent EU`, `DE`, `US-CA`, `*`. @internal */
export function placeOf({ continentCode, countryCode, subdivisionCode }: GeoLocation): string {
  if (continentCode !== undefined) return `continent ${continentCode}`;
  return subdivisionCode === undefined ? String(countryCode) : `${countryCode}-${subdivisionCode}`;
}

/** Everybody who is in none of the named places. @internal */
export const EVERYWHERE_ELSE = '*';
