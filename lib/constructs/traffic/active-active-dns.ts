import type { GeoLocation, HealthCheck, IHealthCheck, RecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { TierChoices } from '../governance/tier-choices';
import { ActiveRecords, isNested, nestedNames } from './active-records';
import { activeRegions } from './active-regions';
import { ActiveRouting } from './active-routing';
import { routingMistakes } from './active-routing-mistakes';
import { dnsEntry, refuseDnsEntry } from './dns-entry';
import type { DnsEntryProps } from './dns-entry-props';
import type { DnsLoadBalancer } from './dns-load-balancer';
import { wholeName } from './record-name';
import { spareAnswer, spareMistakes, spareProps } from './spare-entrance';

/** Properties of an {@link ActiveActiveDns}. The maps are the same in all regions. */
export interface ActiveActiveDnsProps extends DnsEntryProps {
  /**
   * How Route 53 chooses among the regions.
   *
   * @default ActiveRouting.LATENCY
   */
  readonly routing?: ActiveRouting;

  /**
   * The share of each region with weighted routing, 0 to 255: `{ 'eu-west-1': 90, 'eu-central-1': 10 }`.
   *
   * @default - all regions have the same
   */
  readonly weights?: Readonly<Record<string, number>>;

  /**
   * Whose users each region serves with geolocation routing. One region has `GeoLocation.default()` too: users in no named
   * place would get no answer.
   *
   * @default - none, which geolocation routing needs
   */
  readonly locations?: Readonly<Record<string, readonly GeoLocation[]>>;

  /**
   * The id of the collection of address ranges, for CIDR routing. It is made at deployment: of a {@link CidrLocations}
   * that was deployed before.
   *
   * @default - none, which CIDR routing needs
   */
  readonly cidrCollectionId?: string;

  /**
   * The locations of that collection which each region serves with CIDR routing. One region has `*` too.
   *
   * @default - none, which CIDR routing needs
   */
  readonly cidrLocations?: Readonly<Record<string, readonly string[]>>;

  /**
   * A second load balancer of this region, which gets the requests while the first entrance is not well: users stay in the
   * region until both are not. For latency and weighted routing.
   *
   * @default - none
   */
  readonly spareLoadBalancer?: DnsLoadBalancer;

  /**
   * The same, by its address or domain name.
   *
   * @default - none
   */
  readonly spareEndpoint?: string;

  /**
   * The other regions that serve.
   *
   * @default - the other active regions of the enclosing region stack
   */
  readonly peerRegions?: readonly string[];
}

/**
 * This region's record among those of several regions that serve side by side, and its health check: a region that is
 * not well gets no more users. Each region's stack makes its own, so none needs another to be deployed.
 *
 * With geolocation and CIDR routing the users of a lost region go to the nearest one that is well: the record of a place
 * leads to a failover pair, `at-<region>.<name>`, whose other half leads to latency records, `nearest.<name>`. With latency
 * and weighted routing a region may have a spare entrance, the other half of such a pair.
 *
 * @throws ConfigurationError when detection and time to live do not fit the DNS failover budget of the tier or the recovery
 * time objective for a region, or when the maps do not say for each user which region serves
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
 */
export class ActiveActiveDns extends Construct {
  /** The record that users ask for; with geolocation and CIDR routing, one for each place that the region serves. */
  readonly records: readonly RecordSet[];

  /** The AAAA records beside them; none where there is no IPv6. */
  readonly ipv6Records: readonly RecordSet[];

  /** The check of this region's endpoint; `undefined` where the record is `switchedBy` people or a plan. */
  readonly endpointCheck: HealthCheck | undefined;

  /** What the records follow: the endpoint check, or where there are more, all of them together. */
  readonly healthCheck: IHealthCheck;

  constructor(scope: Construct, id: string, props: ActiveActiveDnsProps) {
    super(scope, id);
    refuseDnsEntry(this, props);
    const spare = spareProps(props);
    if (spare) refuseDnsEntry(this, spare);
    const { routing = ActiveRouting.LATENCY } = props;
    const regions = activeRegions(this, props.peerRegions);
    const [region = ''] = regions;
    const name = wholeName(props.recordName, props.zoneName);
    refuse(this.node.path, [
      ...routingMistakes(props, regions),
      ...spareMistakes(props),
      ...wildcardMistakes(name, isNested(routing) || spare ? routing : undefined),
    ]);
    const choices = new TierChoices(this, props, { lists: ['checkerRegions'] });
    choices.record({ what: 'routing', value: routing, because: BECAUSE[routing], source: ROUTING_PAGE });
    const moreNames = nestedNames(name, region, isNested(routing) || spare !== undefined);
    const entry = dnsEntry(this, choices, props, { side: 'active', moreNames, promotion: undefined });
    const records = new ActiveRecords(this, entry, region, props);
    this.endpointCheck = entry.answer.endpointCheck;
    this.healthCheck = entry.answer.healthCheck;
    this.records = records.write(
      entry.answer,
      spare && spareAnswer(this, entry, spare, [name, ...moreNames]),
    );
    this.ipv6Records = entry.ipv6 ? records.write(entry.ipv6) : [];
  }
}

/** @param routing the one that writes names below the record; `undefined` where none does */
function wildcardMistakes(name: string, routing: ActiveRouting | undefined): Mistake[] {
  if (routing === undefined || !name.startsWith('*')) return [];
  return [
    {
      problem: `${name} stands for many names, below which ${routing} routing cannot write its own`,
      fix: 'use latency or weighted routing without a spare entrance, or a name without *',
    },
  ];
}

const BECAUSE: Readonly<Record<ActiveRouting, string>> = {
  [ActiveRouting.LATENCY]: 'users get the region that answers soonest, and the next one when it is lost',
  [ActiveRouting.WEIGHTED]: 'regions share the users by weight, and the rest takes those of a lost one',
  [ActiveRouting.GEOLOCATION]: 'users get the region of their place, and the nearest one when it is lost',
  [ActiveRouting.CIDR]: 'users get the region of their network, and the nearest one when it is lost',
};

const ROUTING_PAGE =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html';
