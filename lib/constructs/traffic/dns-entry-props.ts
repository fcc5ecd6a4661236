import type { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import type { IHealthCheckRef, RecordType } from 'aws-cdk-lib/aws-route53';
import type { Duration } from 'aws-cdk-lib/core';
import type { TieredProps } from '../governance/tier-choices';
import type { DnsLoadBalancer } from './dns-load-balancer';

/** What both ways of moving traffic by DNS take: the record, where it leads, and how its health is told. */
export interface DnsEntryProps extends TieredProps {
  /** The hosted zone by its id; nothing is looked up. The account of the stack must own it. */
  readonly hostedZoneId: string;

  /** The name of the hosted zone: `example.com`. */
  readonly zoneName: string;

  /** The name of the record: `shop`, or `shop.example.com`. */
  readonly recordName: string;

  /**
   * The load balancer of this region, which must face the Internet: the checkers are out there. One of this library, or an
   * application or network load balancer of the CDK, made or imported. Of an imported one nobody knows where it stands and
   * what it listens on, so `healthCheckPath` says what it answers.
   *
   * @default - none: `endpoint` says where requests go
   */
  readonly loadBalancer?: DnsLoadBalancer;

  /**
   * The address or the domain name of this region's endpoint, where it is no load balancer.
   *
   * @default - none: `loadBalancer` says where requests go
   */
  readonly endpoint?: string;

  /**
   * The IPv6 address of this region's endpoint, beside an `endpoint` that is an IPv4 address. Its AAAA record has a check
   * of its own.
   *
   * @default - none
   */
  readonly ipv6Endpoint?: string;

  /**
   * Whether there is an AAAA record beside the A record to a load balancer.
   *
   * @default - true where the load balancer is dual-stack
   */
  readonly ipv6?: boolean;

  /**
   * The type of a record to an `endpoint`.
   *
   * @default - A or AAAA for an address, CNAME for a name
   */
  readonly recordType?: RecordType;

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
   * How long people need until they agree to the failover, or until they or a plan turn the `switchedBy`.
   *
   * @default - none, unless there is a `switchedBy`, which needs it
   */
  readonly approval?: Duration;

  /**
   * What the checkers ask for. Never `/`. A network load balancer that speaks no HTTP is asked for a connection instead,
   * where there is no path.
   *
   * @default - the path that a load balancer of this library checks; needed for another one; '/health' for an `endpoint`
   */
  readonly healthCheckPath?: string;

  /**
   * The name that the checkers call and say in the `Host` header.
   *
   * @default - the name of the load balancer, or the `endpoint`
   */
  readonly healthCheckHost?: string;

  /**
   * The port that the checkers call. Needed for a network load balancer of the CDK without `healthCheckPath`.
   *
   * @default - that of a `HealthCheckedNetworkLoadBalancer`; else 443 with HTTPS, else 80
   */
  readonly healthCheckPort?: number;

  /**
   * Whether the checkers use HTTPS. They do not verify the certificate.
   *
   * @default - true, unless the load balancer speaks plain HTTP
   */
  readonly https?: boolean;

  /**
   * What must stand in the first 5,120 bytes of the answer, 255 characters at most.
   *
   * @default - nothing: the status of the answer is enough
   */
  readonly healthCheckSearchString?: string;

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

  /**
   * More checks that are counted with the endpoint's: of an {@link AlarmHealthCheck}, of a dependency, or of a
   * {@link RoutingControlCheck} that people turn off to leave the region.
   *
   * @default - none
   */
  readonly healthChecks?: IHealthCheckRef[];

  /**
   * How many of the checks together (the endpoint's, the alarm's and `healthChecks`) must be healthy.
   *
   * @default - all of them
   */
  readonly healthThreshold?: number;

  /**
   * The check that the record follows instead of all others, because people or a plan decide: of a
   * {@link RoutingControlCheck} or of an ARC Region switch plan. Needs `approval`.
   *
   * @default - none: the record follows the health of its endpoint
   */
  readonly switchedBy?: IHealthCheckRef;
}
