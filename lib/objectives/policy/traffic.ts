import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Decided, type Rows, row, same } from './decided';
import {
  ELB_HEALTH_CHECKS,
  ELB_TARGET_GROUPS,
  OWN_DECISION,
  ROUTE53_HEALTH_CHECKS,
  ROUTE53_TTL,
  ZONAL_AUTOSHIFT,
} from './sources';

/** How traffic is moved away from what is broken. */
export interface TrafficPolicy {
  /** Time to live of records that are no alias; an alias to a load balancer always has 60 s. */
  readonly dnsTtl: Decided<TimeSpan>;

  /** A longer time to live needs a reason. */
  readonly maximumDnsTtl: Decided<TimeSpan>;

  /** Whether failover by DNS must have health checks of its own beside those of the load balancer. */
  readonly dnsHealthChecks: Decided<boolean>;

  /** Time between two requests of one Route 53 checker: 10 s or 30 s. */
  readonly healthCheckInterval: Decided<TimeSpan>;

  /** Failed requests in a row until a Route 53 checker calls the endpoint unhealthy. */
  readonly healthCheckFailureThreshold: Decided<number>;

  /** Regions from which Route 53 checks at least. */
  readonly checkerRegions: Decided<number>;

  /** Whether an alarm on what users see joins the endpoint check in a calculated check. */
  readonly healthCheckAlarm: Decided<boolean>;

  /** Detection and time to live together, typical; `undefined` where a person moves the traffic. */
  readonly dnsFailoverBudget: Decided<TimeSpan | undefined>;

  /** Time between two health checks of a load balancer. */
  readonly lbCheckInterval: Decided<TimeSpan>;

  /** How long a load balancer waits for the answer; must be shorter than the interval. */
  readonly lbCheckTimeout: Decided<TimeSpan>;

  /** Failed checks in a row until a load balancer takes a target out. */
  readonly lbUnhealthyThreshold: Decided<number>;

  /** Good checks in a row until a load balancer takes a target in. */
  readonly lbHealthyThreshold: Decided<number>;

  /** How long a load balancer lets open requests of a leaving target finish. */
  readonly deregistrationDelay: Decided<TimeSpan>;

  /** Whether traffic can be shifted away from a zone by hand (zonal shift on the load balancer). */
  readonly zonalShift: Decided<boolean>;

  /** Whether AWS shifts traffic away from a broken zone by itself (zonal autoshift). */
  readonly zonalAutoshift: Decided<boolean>;
}

const { minutes, seconds } = Span;

const DNS: Rows<
  Pick<
    TrafficPolicy,
    | 'dnsTtl'
    | 'maximumDnsTtl'
    | 'dnsHealthChecks'
    | 'healthCheckInterval'
    | 'healthCheckFailureThreshold'
    | 'checkerRegions'
    | 'healthCheckAlarm'
    | 'dnsFailoverBudget'
  >
> = {
  dnsTtl: row({
    values: [seconds(60), seconds(60), seconds(300), seconds(300)],
    because: [
      'AWS advises 60 s or less for records with a health check; 30 s is allowed',
      'AWS advises 60 s or less for records with a health check',
      'five minutes of old answers fit a recovery time of hours',
      'traffic is moved by a person; five minutes of old answers fit',
    ],
    source: ROUTE53_TTL,
  }),
  maximumDnsTtl: row({
    values: [seconds(60), seconds(60), seconds(300), seconds(3600)],
    because: 'longer answers outlive the DNS failover budget of the tier',
    source: OWN_DECISION,
  }),
  dnsHealthChecks: row({
    values: [true, true, false, false],
    because: [
      'DNS moves the traffic of a lost region',
      'DNS moves the traffic of a lost region',
      'the load balancer checks its targets; DNS checks only where records fail over',
      'the load balancer checks its targets',
    ],
    source: OWN_DECISION,
  }),
  healthCheckInterval: row({
    values: [seconds(10), seconds(30), seconds(30), seconds(30)],
    because: [
      'fast checks save a minute of detection',
      'the standard interval fits; 10 s is better',
      'the standard interval fits',
      'the standard interval fits',
    ],
    source: ROUTE53_HEALTH_CHECKS,
  }),
  healthCheckFailureThreshold: row({
    values: same(3),
    because: 'the default: fewer turns a lost packet into a failover, more costs detection time',
    source: ROUTE53_HEALTH_CHECKS,
  }),
  checkerRegions: row({
    values: same(3),
    because: 'Route 53 wants three, so that one checker region cannot decide alone',
    source: ROUTE53_HEALTH_CHECKS,
  }),
  healthCheckAlarm: row({
    values: [true, false, false, false],
    because: [
      'an endpoint can answer its check while users see errors',
      'an application-level endpoint check is enough',
      'an application-level endpoint check is enough',
      'an application-level endpoint check is enough',
    ],
    source: OWN_DECISION,
  }),
  dnsFailoverBudget: row<TimeSpan | undefined>({
    values: [seconds(90), seconds(150), seconds(390), undefined],
    because: [
      '3 checks of 10 s and a TTL of 60 s',
      '3 checks of 30 s and a TTL of 60 s',
      '3 checks of 30 s and a TTL of 300 s',
      'a person moves the traffic',
    ],
    source: ROUTE53_HEALTH_CHECKS,
  }),
};

const LOAD_BALANCING: Rows<Omit<TrafficPolicy, keyof typeof DNS>> = {
  lbCheckInterval: row({
    values: [seconds(5), seconds(10), seconds(15), seconds(30)],
    because: [
      'up to 10 s is allowed; 5 s is the shortest',
      'a third of the default',
      'half of the default',
      'the default',
    ],
    source: ELB_HEALTH_CHECKS,
  }),
  lbCheckTimeout: row({
    values: [seconds(3), seconds(5), seconds(5), seconds(5)],
    because: 'shorter than the interval; 5 s is the default',
    source: ELB_HEALTH_CHECKS,
  }),
  lbUnhealthyThreshold: row({
    values: [2, 2, 3, 3],
    because: [
      'a target is out after 10 s',
      'a target is out after 20 s',
      'a target is out after 45 s',
      'a target is out after 90 s',
    ],
    source: ELB_HEALTH_CHECKS,
  }),
  lbHealthyThreshold: row({
    values: [2, 2, 3, 5],
    because: [
      'a replacement serves 10 s after it answers; the default of 5 is for the default interval of 30 s',
      'a replacement serves 20 s after it answers',
      'a replacement serves 45 s after it answers',
      'the default: a replacement serves 150 s after it answers',
    ],
    source: ELB_HEALTH_CHECKS,
  }),
  deregistrationDelay: row({
    values: [minutes(1), minutes(1), minutes(2), minutes(5)],
    because: [
      'the default of 300 s outlives the recovery time of a lost zone',
      'the default of 300 s uses up the recovery time of a lost zone',
      'long enough for open requests, and deploys stay short',
      'the default',
    ],
    source: ELB_TARGET_GROUPS,
  }),
  zonalShift: row({
    values: same(true),
    because: 'costs nothing until used, and is the first thing to do when one zone is sick',
    source: ZONAL_AUTOSHIFT,
  }),
  zonalAutoshift: row({
    values: [true, false, false, false],
    because: [
      'two minutes are owed: nobody can be called; needs capacity that survives a zone',
      'a person shifts the zone',
      'a person shifts the zone',
      'a person shifts the zone',
    ],
    source: ZONAL_AUTOSHIFT,
  }),
};

/**
 * DNS, health checks and load balancing by tier.
 *
 * @internal
 */
export const TRAFFIC: Rows<TrafficPolicy> = { ...DNS, ...LOAD_BALANCING };
