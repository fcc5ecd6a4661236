import {
  CidrRoutingConfig,
  Failover,
  type IAliasRecordTarget,
  RecordSet,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { ActiveRouting, type ActiveRoutingProps, EVERYWHERE_ELSE, placeOf } from './active-routing';
import { claimOf, type DnsEntry, recordOf } from './dns-entry';
import type { DnsAnswer } from './entry-health';
import { claimRecord } from './record-claims';

/** The names below a record that two policies together need. @internal */
export function nestedNames(name: string, region: string, nested: boolean): string[] {
  return nested ? [nearestName(name), regionName(name, region)] : [];
}

/** Whether users are sent by where they are, which alone would leave them without a region that is lost. @internal */
export function isNested(routing: ActiveRouting): boolean {
  return routing === ActiveRouting.GEOLOCATION || routing === ActiveRouting.CIDR;
}

/** The records of one region among several that serve. @internal */
export class ActiveRecords {
  constructor(
    private readonly construct: Construct,
    private readonly entry: DnsEntry,
    private readonly region: string,
    private readonly props: ActiveRoutingProps,
  ) {}

  /** Writes the records of one answer that users ask for, and those that they lead to. */
  write(answer: DnsAnswer, spare?: DnsAnswer): RecordSet[] {
    const { routing = ActiveRouting.LATENCY, weights } = this.props;
    const { region, entry } = this;
    if (isNested(routing)) return this.nested(answer);
    const choice =
      routing === ActiveRouting.WEIGHTED ? { weight: weights?.[region] ?? EVEN_WEIGHT } : { region };
    const claim = { name: entry.name, policy: routing };
    if (!spare) return [this.leaf(answer, 'Record', claim, choice)];
    const to = regionName(entry.name, region);
    this.half(answer, 'Own', to, Failover.PRIMARY);
    this.half(spare, 'Record', to, Failover.SECONDARY);
    const record = this.alias(answer, 'Record', { claim, to, routing: choice });
    record.node.addDependency(answer.scope.node.findChild('Own'));
    return [record];
  }

  /** One half of a failover pair, to a target of its own. */
  private half(answer: DnsAnswer, id: string, name: string, failover: Failover): RecordSet {
    return this.leaf(answer, id, { name, policy: 'failover', side: failover }, { failover });
  }

  /**
   * Route 53 has one policy for each record. So the record of a place is an alias to the region's own name, whose PRIMARY
   * is this region; its SECONDARY is an alias to a third name, where the nearest region that is well answers.
   */
  private nested(answer: DnsAnswer): RecordSet[] {
    const { entry, region } = this;
    const own = regionName(entry.name, region);
    const nearest = nearestName(entry.name);
    this.leaf(answer, 'Nearest', { name: nearest, policy: 'latency' }, { region });
    this.half(answer, 'Own', own, Failover.PRIMARY);
    const elsewhere = this.alias(answer, 'Elsewhere', {
      claim: { name: own, policy: 'failover', side: Failover.SECONDARY },
      to: nearest,
      routing: { failover: Failover.SECONDARY },
    });
    elsewhere.node.addDependency(answer.scope.node.findChild('Nearest'));
    return this.places().map(({ place, id, routing }) => {
      const record = this.alias(answer, id, {
        claim: { name: entry.name, policy: this.props.routing ?? '', side: place },
        to: own,
        routing,
      });
      record.node.addDependency(answer.scope.node.findChild('Own'));
      return record;
    });
  }

  /** The places whose users this region serves. */
  private places(): { place: string; id: string; routing: object }[] {
    const { routing, locations, cidrCollectionId = '', cidrLocations } = this.props;
    if (routing === ActiveRouting.GEOLOCATION) {
      return (locations?.[this.region] ?? []).map((geoLocation) => {
        const place = placeOf(geoLocation);
        return { place, id: idOf(place), routing: { geoLocation } };
      });
    }
    return (cidrLocations?.[this.region] ?? []).map((place) => ({
      place,
      id: idOf(place),
      routing: {
        cidrRoutingConfig: CidrRoutingConfig.create({ collectionId: cidrCollectionId, locationName: place }),
      },
    }));
  }

  /** A record that leads to this region. */
  private leaf(
    answer: DnsAnswer,
    id: string,
    { name, policy, side = this.region }: Claim,
    routing: object,
  ): RecordSet {
    claimRecord(this.construct, { ...claimOf(this.entry, answer), name, policy, side });
    return new RecordSet(answer.scope, id, {
      ...recordOf(this.entry, answer),
      recordName: `${name}.`,
      setIdentifier: setIdentifier(side, this.region),
      ...routing,
    });
  }

  /** A record that leads to another record of the zone. */
  private alias(answer: DnsAnswer, id: string, { claim, to, routing }: Alias): RecordSet {
    const { zone } = this.entry;
    const { name, policy, side = this.region } = claim;
    claimRecord(this.construct, {
      ...claimOf(this.entry, answer),
      name,
      policy,
      side,
      endpoint: undefined,
    });
    const target: IAliasRecordTarget = {
      bind: () => ({ hostedZoneId: zone.hostedZoneId, dnsName: to, evaluateTargetHealth: true }),
    };
    return new RecordSet(answer.scope, id, {
      zone,
      recordName: `${name}.`,
      recordType: answer.target.recordType,
      target: RecordTarget.fromAlias(target),
      setIdentifier: setIdentifier(side, this.region),
      ...routing,
    });
  }
}

interface Claim {
  readonly name: string;
  readonly policy: string;

  /** @default - the region */
  readonly side?: string;
}

interface Alias {
  readonly claim: Claim;

  /** The name that it leads to. */
  readonly to: string;
  readonly routing: object;
}

/** Where the nearest region that is well answers. */
function nearestName(name: string): string {
  return `nearest.${name}`;
}

/** Where one region answers, and the nearest other one in its place. */
function regionName(name: string, region: string): string {
  return `at-${region}.${name}`;
}

/** `continent-eu-eu-west-1`; of the records of a name, each has its own. */
function setIdentifier(side: string, region: string): string {
  return side === region ? region : `${side.toLowerCase().replaceAll(' ', '-')}-${region}`;
}

/** A place keeps its record while others come and go. */
function idOf(place: string): string {
  return place === EVERYWHERE_ELSE ? 'Everywhere' : `Place${place.replace(/[^0-9A-Za-z]/g, '')}`;
}

const EVEN_WEIGHT = 100;
