import type { RecordType } from 'aws-cdk-lib/aws-route53';
import { Token } from 'aws-cdk-lib/core';
import { type Mistake, quoted } from '../../objectives/mistakes';

/** The whole name of a record: `shop.example.com`. @internal */
export function wholeName(recordName: string, zoneName: string): string {
  const name = recordName.replace(/\.$/, '');
  const zone = zoneName.replace(/\.$/, '');
  return `.${name}`.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

/** A name that ends in a dot is whole: it would not be completed by the zone that it is not of. @internal */
export function foreignMistakes(recordName: string, zoneName: string): Mistake[] {
  if (Token.isUnresolved(recordName) || Token.isUnresolved(zoneName)) return [];
  if (!recordName.endsWith('.')) return [];
  const zone = zoneName.replace(/\.$/, '');
  if (`.${recordName}`.endsWith(`.${zone}.`)) return [];
  return [
    {
      problem: `recordName is ${quoted(recordName)}, a whole name by its dot, and none of the zone ${zone}`,
      fix: `write a name of ${zone}, such as shop.${zone}, or the hosted zone of that name`,
    },
  ];
}

/** At the top of its zone stand NS and SOA records, which suffer no CNAME beside them. @internal */
export function apexMistakes(name: string, zoneName: string, type: RecordType): Mistake[] {
  if (type !== 'CNAME' || name !== zoneName.replace(/\.$/, '')) return [];
  return [
    {
      problem: `the record ${name} is a CNAME at the top of its zone, where Route 53 allows none`,
      fix: 'use a name below the zone, an address, or a load balancer',
    },
  ];
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;

/** A name that is longer than the DNS knows, or has a part that is; names below it are longer, of the same parts. @internal */
export function lengthMistakes(name: string, below: readonly string[]): Mistake[] {
  const known = [name, ...below].filter((each) => !Token.isUnresolved(each));
  const longest = known.reduce((one, other) => (other.length > one.length ? other : one), '');
  return [...wholeMistakes(longest), ...known.slice(0, 1).flatMap(labelMistakes)];
}

function wholeMistakes(name: string): Mistake[] {
  if (name.length <= LONGEST_NAME) return [];
  return [
    {
      problem: `the record ${name} has ${name.length} characters, but Route 53 takes ${LONGEST_NAME}`,
      fix: `shorten recordName by ${name.length - LONGEST_NAME} characters or more`,
    },
  ];
}

function labelMistakes(name: string): Mistake[] {
  const labels = name.split('.').filter(({ length }) => length > LONGEST_LABEL);
  return labels.map((label) => ({
    problem: `"${label}" in the record ${name} has ${label.length} characters, but a part between two dots has ${LONGEST_LABEL} at most`,
    fix: `use parts of ${LONGEST_LABEL} characters or less in recordName`,
  }));
}
