import type { RecordType } from 'aws-cdk-lib/aws-route53';
import type { Mistake } from '../../objectives/mistakes';

/** The whole name of a record: `shop.example.com`. @internal */
export function wholeName(recordName: string, zoneName: string): string {
  const name = recordName.replace(/\.$/, '');
  const zone = zoneName.replace(/\.$/, '');
  return `.${name}`.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
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
