import { type HealthCheck, type IHealthCheck, RecordSet } from 'aws-cdk-lib/aws-route53';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refuse } from '../../objectives/mistakes';
import type { RegionRole } from '../../objectives/region-role';
import { TierChoices } from '../governance/tier-choices';
import { openTimeMistakes } from './check-mistakes';
import { claimOf, dnsEntry, recordOf, refuseDnsEntry } from './dns-entry';
import type { DnsEntryProps } from './dns-entry-props';
import type { DnsAnswer } from './entry-health';
import { failoverSide } from './failover-side';
import { claimRecord } from './record-claims';

/** Properties of a {@link FailoverDns}. */
export interface FailoverDnsProps extends DnsEntryProps {
  /**
   * Whether this region serves (primary) or waits (standby).
   *
   * @default - the role of the enclosing region stack
   */
  readonly role?: RegionRole;

  /**
   * The region of the other record.
   *
   * @default - the other region of the enclosing region stack
   */
  readonly peerRegion?: string;

  /**
   * How long this service needs in the other region until it can serve: promotion of a database, scaling.
   *
   * @default Duration.seconds(0)
   */
  readonly promotion?: Duration;
}

/**
 * This region's half of a DNS failover: its record, PRIMARY or SECONDARY, and its health check. Both are made in the
 * region's own stack, so neither region needs the other to be deployed.
 *
 * @throws ConfigurationError when detection and time to live do not fit the DNS failover budget of the tier, or
 * everything together at its worst does not fit the recovery time objective for a region; the sum is shown
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html
 */
export class FailoverDns extends Construct {
  readonly record: RecordSet;

  /** The AAAA record beside an A record; `undefined` where there is none. */
  readonly ipv6Record: RecordSet | undefined;

  /** The check of this region's endpoint; `undefined` where the record is `switchedBy` people or a plan. */
  readonly endpointCheck: HealthCheck | undefined;

  /** What the record follows: the endpoint check, or where there are more, all of them together. */
  readonly healthCheck: IHealthCheck;

  constructor(scope: Construct, id: string, props: FailoverDnsProps) {
    super(scope, id);
    refuseDnsEntry(this, props);
    refuse(this.node.path, openTimeMistakes({ promotion: props.promotion }));
    const choices = new TierChoices(this, props, { lists: ['checkerRegions'] });
    const failover = failoverSide(this, props);
    const side = failover.toLowerCase();
    const entry = dnsEntry(this, choices, props, { side, moreNames: [], promotion: props.promotion });
    const { answer, ipv6 } = entry;
    const write = (each: DnsAnswer): RecordSet => {
      claimRecord(this, { ...claimOf(entry, each), policy: 'failover', side: failover });
      return new RecordSet(each.scope, 'Record', {
        ...recordOf(entry, each),
        recordName: props.recordName,
        failover,
        setIdentifier: `${side}-${Stack.of(this).region}`,
      });
    };
    this.endpointCheck = answer.endpointCheck;
    this.healthCheck = answer.healthCheck;
    this.record = write(answer);
    this.ipv6Record = ipv6 && write(ipv6);
  }
}
