import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { type HealthCheck, HostedZone, RecordSet, type RecordType } from 'aws-cdk-lib/aws-route53';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { TimeSpan } from '../../calculus/time-span';
import { missing, refuse } from '../../objectives/mistakes';
import type { RegionRole } from '../../objectives/region-role';
import { ServiceScope } from '../governance/service-scope';
import { TierChoices, type TieredProps } from '../governance/tier-choices';
import { checkWithAlarm, endpointCheck } from './endpoint-check';
import { failoverDnsMistakes, loopMistakes } from './failover-dns-mistakes';
import { failoverSide } from './failover-side';
import { failoverTarget } from './failover-target';
import { chooseTiming } from './failover-timing';
import type { HealthCheckedLoadBalancer } from './health-checked-load-balancer';
import { checkHealthPath } from './health-path';

/** Properties of a {@link FailoverDns}. */
export interface FailoverDnsProps extends TieredProps {
  /** The hosted zone by its id; nothing is looked up. */
  readonly hostedZoneId: string;

  /** The name of the hosted zone: `example.com`. */
  readonly zoneName: string;

  /** The name of the record: `shop`, or `shop.example.com`. */
  readonly recordName: string;

  /**
   * The load balancer of this region, which must face the Internet: the checkers are out there.
   *
   * @default - none: `endpoint` says where requests go
   */
  readonly loadBalancer?: HealthCheckedLoadBalancer;

  /**
   * The address or the domain name of this region's endpoint, where it is no load balancer.
   *
   * @default - none: `loadBalancer` says where requests go
   */
  readonly endpoint?: string;

  /**
   * The type of a record to an `endpoint`.
   *
   * @default - A or AAAA for an address, CNAME for a name
   */
  readonly recordType?: RecordType;

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
   * Time to live of a record to an `endpoint`. A record to a load balancer is an alias, which has 60 s.
   *
   * @default - what the DNS failover budget of the tier leaves after detection, 60 s at most at tiers 0 and 1, else 300 s
   */
  readonly ttl?: Duration;

  /**
   * Detection and time to live together, as they usually are.
   *
   * @default - 90 s, 150 s, 390 s at tiers 0, 1, 2; none at tier 3
   */
  readonly failoverBudget?: Duration;

  /**
   * How long this service needs in the other region until it can serve: promotion of a database, scaling.
   *
   * @default Duration.seconds(0)
   */
  readonly promotion?: Duration;

  /**
   * How long people need until they agree to the failover.
   *
   * @default Duration.seconds(0)
   */
  readonly approval?: Duration;

  /**
   * What the checkers ask for. Never `/`.
   *
   * @default - the path that the load balancer checks, else '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * The name that the checkers call and say in the `Host` header.
   *
   * @default - the name of the load balancer, or the `endpoint`
   */
  readonly healthCheckHost?: string;

  /**
   * The port that the checkers call.
   *
   * @default - 443 with HTTPS, else 80
   */
  readonly healthCheckPort?: number;

  /**
   * Whether the checkers use HTTPS. They do not verify the certificate.
   *
   * @default - true, unless the load balancer speaks plain HTTP
   */
  readonly https?: boolean;

  /**
   * Time between two requests of one checker: 10 s or 30 s.
   *
   * @default - 10 s at tier 0, else 30 s
   */
  readonly healthCheckInterval?: Duration;

  /**
   * Failed requests in a row until a checker calls the endpoint unhealthy, 1 to 10.
   *
   * @default 3
   */
  readonly healthCheckFailureThreshold?: number;

  /**
   * The regions that are checked from, three at least.
   *
   * @default - all that Route 53 has
   */
  readonly checkerRegions?: string[];

  /**
   * An alarm of this region on what users see. While it fires, the endpoint counts as unhealthy, whatever it answers.
   *
   * @default - none, which needs a `weakening` at tier 0
   */
  readonly alarm?: IAlarmRef;
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

  /** The check of this region's endpoint. */
  readonly endpointCheck: HealthCheck;

  /** What the record follows: the endpoint check, or where there is an `alarm`, both. */
  readonly healthCheck: HealthCheck;

  constructor(scope: Construct, id: string, props: FailoverDnsProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'hostedZoneId', 'zoneName', 'recordName'));
    refuse(this.node.path, failoverDnsMistakes(props));
    const choices = new TierChoices(this, props);
    const failover = failoverSide(this, props);
    const target = failoverTarget(props);
    refuse(this.node.path, loopMistakes(target, props.recordName, props.zoneName));
    const { ttl, ...pace } = chooseTiming(choices, props, {
      path: this.node.path,
      isAlias: target.isAlias,
      rto: this.regionRto(choices),
    });
    this.endpointCheck = endpointCheck(this, {
      ...pace,
      name: `${props.recordName} ${failover.toLowerCase()} ${Stack.of(this).region}`,
      host: target.host,
      address: target.address,
      path: checkHealthPath(target.path, this.node.path),
      port: props.healthCheckPort,
      https: choices.on({ what: 'https', owed: { ...ENCRYPTED, value: target.https }, chosen: props.https }),
      regions: props.checkerRegions ?? [...AWS_FACTS.route53CheckerRegions.value],
    });
    this.healthCheck = this.joinAlarm(choices, props.alarm);
    this.record = new RecordSet(this, 'Record', {
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', props),
      recordName: props.recordName,
      recordType: target.recordType,
      target: target.record,
      failover,
      setIdentifier: `${failover.toLowerCase()}-${Stack.of(this).region}`,
      healthCheck: this.healthCheck,
      ...(ttl && { ttl }),
    });
  }

  private joinAlarm(choices: TierChoices, alarm: IAlarmRef | undefined): HealthCheck {
    choices.given({ what: 'alarm', owed: choices.policy.healthCheckAlarm, chosen: alarm !== undefined });
    return alarm ? checkWithAlarm(this, this.endpointCheck, alarm) : this.endpointCheck;
  }

  /** What the service is owed; a construct cannot promise less by itself. */
  private regionRto(choices: TierChoices): TimeSpan {
    return ServiceScope.of(this)?.service.objectives.region.rto ?? choices.policy.recovery.region.rto.value;
  }
}

const ENCRYPTED = {
  because: 'a check on the way that users come finds what they would find',
  source: AWS_FACTS.route53HealthCheckIntervalsSeconds.source,
};
