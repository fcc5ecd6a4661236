import { CfnCidrCollection } from 'aws-cdk-lib/aws-route53';
import { CfnOutput, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse, repeated } from '../../objectives/mistakes';
import { sharedName } from '../region/membership';

/** Properties of {@link CidrLocations}. */
export interface CidrLocationsProps {
  /**
   * Address ranges by the name of their location: `{ fiber-north: ['203.0.113.0/24'] }`. IPv4 ranges of /24 or more
   * addresses, IPv6 ranges of /48 or more.
   */
  readonly locations: Readonly<Record<string, readonly string[]>>;
}

/**
 * The address ranges that an {@link ActiveActiveDns} with CIDR routing sends to a region. All records of a name use the
 * same collection, whose id is made at deployment: it stands in one stack of its own, is deployed first, and its id (the
 * output) is then written into `cidrCollectionId` of all regions. Route 53 keeps it in no region.
 *
 * @throws ConfigurationError when a range is no network, stands twice, or has the wrong size
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-ipbased.html
 */
export class CidrLocations extends Construct {
  readonly collection: CfnCidrCollection;

  /** The id, made at deployment; also an output of the stack. */
  readonly collectionId: string;

  constructor(scope: Construct, id: string, props: CidrLocationsProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'locations'));
    const locations = Object.entries(props.locations);
    refuse(this.node.path, locationMistakes(locations));
    this.collection = new CfnCidrCollection(this, 'Collection', {
      name: sharedName(this, LONGEST_COLLECTION_NAME),
      locations: locations.map(([locationName, cidrList]) => ({ locationName, cidrList: [...cidrList] })),
    });
    this.collectionId = this.collection.attrId;
    new CfnOutput(this, 'CollectionId', {
      value: this.collectionId,
      description: 'cidrCollectionId of the ActiveActiveDns in all regions',
    });
  }
}

function locationMistakes(locations: readonly (readonly [string, readonly string[]])[]): Mistake[] {
  const ranges = locations.flatMap(([, cidrs]) => cidrs).filter((cidr) => !Token.isUnresolved(cidr));
  const mistakes: Mistake[] = [];
  if (locations.length === 0) {
    mistakes.push({ problem: 'locations is empty', fix: 'name a location with its address ranges' });
  }
  for (const [name, cidrs] of locations) {
    if (!LOCATION.test(name)) {
      mistakes.push({
        problem: `${quoted(name)} is no name of a location`,
        fix: 'use 1 to 16 letters, digits, hyphens and underscores; * is the default by itself',
      });
    }
    if (cidrs.length === 0) {
      mistakes.push({ problem: `${name} has no address ranges`, fix: `give ${name} one, or leave it out` });
    }
    if (cidrs.length > MOST_RANGES) {
      mistakes.push({
        problem: `${name} has ${cidrs.length} address ranges, but CloudFormation takes ${MOST_RANGES}`,
        fix: `split ${name} into several locations`,
      });
    }
  }
  for (const range of ranges.filter((cidr) => !isRange(cidr))) {
    mistakes.push({
      problem: `${quoted(range)} is no range that Route 53 takes`,
      fix: 'write an IPv4 range from /1 to /24, or an IPv6 range from /1 to /48',
    });
  }
  for (const range of repeated(ranges)) {
    mistakes.push({ problem: `${range} is in two locations`, fix: `keep ${range} in one of them` });
  }
  return mistakes;
}

function isRange(cidr: string): boolean {
  const [, address = '', written = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(cidr) ?? [];
  const length = Number(written);
  if (length < 1) return false;
  return address.includes(':')
    ? length <= LONGEST_IPV6 && URL.canParse(`http://[${address}]`)
    : length <= LONGEST_IPV4 && isNetwork(address, length);
}

/** Whether an IPv4 address has nothing beyond the length of its network. */
function isNetwork(address: string, length: number): boolean {
  const parts = address.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isAddress && parts.reduce((sum, part) => sum * 256 + Number(part), 0) % 2 ** (32 - length) === 0;
}

const LOCATION = /^[0-9A-Za-z_-]{1,16}$/;
const LONGEST_COLLECTION_NAME = 64;
const MOST_RANGES = 1000;
const LONGEST_IPV4 = 24;
const LONGEST_IPV6 = 48;
