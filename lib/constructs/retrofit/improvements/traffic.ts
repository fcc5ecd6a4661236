import type { CfnResource } from 'aws-cdk-lib/core';
import {
  type Improvement,
  improvement,
  isMore,
  isMoreInText,
  isNot,
  type ReadProperty,
} from '../improvement';
import {
  checkerSeconds,
  checkSeconds,
  checkTimeoutSeconds,
  drainSeconds,
  healthyChecks,
  locked,
  mostTtlSeconds,
  secondsInWords,
  unhealthyChecks,
  zonalShift,
} from '../owed';

/** Network load balancers and functions are checked in ways of their own. */
const isNotHttp = (_: CfnResource, read: ReadProperty): boolean =>
  !['HTTP', 'HTTPS'].includes(String(read('protocol')));

const SHORTEST_TIMEOUT = 3;
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** What requests come by. @internal */
export const TRAFFIC_IMPROVEMENTS: readonly Improvement[] = [
  improvement({
    type: BALANCER,
    property: 'loadBalancerAttributes=deletion_protection.enabled',
    owed: locked,
    isWeaker: isNot('true'),
    written: () => 'true',
  }),
  improvement({
    type: BALANCER,
    property: 'loadBalancerAttributes=zonal_shift.config.enabled',
    owed: zonalShift,
    isWeaker: isNot('true'),
    written: () => 'true',
    unless: (_, read) => read('type') === 'gateway',
  }),
  improvement({
    type: TARGETS,
    property: 'healthCheckIntervalSeconds',
    defaultsTo: 30,
    owed: checkSeconds,
    isWeaker: isMore,
    inWords: secondsInWords,
    // The answer must be waited for shorter than until the next question.
    unless: (target, read) => isNotHttp(target, read) || read('healthCheckTimeoutSeconds') !== undefined,
  }),
  improvement({
    type: TARGETS,
    property: 'healthCheckTimeoutSeconds',
    defaultsTo: 5,
    owed: checkTimeoutSeconds,
    isWeaker: isMore,
    inWords: secondsInWords,
    // After the interval above: one that a person set may be as short as the timeout that is owed.
    unless: (target, read) =>
      isNotHttp(target, read) || Number(read('healthCheckIntervalSeconds') ?? 30) <= SHORTEST_TIMEOUT,
  }),
  improvement({
    type: TARGETS,
    property: 'unhealthyThresholdCount',
    defaultsTo: 2,
    owed: unhealthyChecks,
    isWeaker: isMore,
    unless: isNotHttp,
  }),
  improvement({
    type: TARGETS,
    property: 'healthyThresholdCount',
    defaultsTo: 5,
    owed: healthyChecks,
    isWeaker: isMore,
    unless: isNotHttp,
  }),
  improvement({
    type: TARGETS,
    property: 'targetGroupAttributes=deregistration_delay.timeout_seconds',
    defaultsTo: '300',
    owed: drainSeconds,
    isWeaker: isMoreInText,
    written: String,
    unless: isNotHttp,
  }),
  improvement({
    type: 'AWS::Route53::HealthCheck',
    property: 'healthCheckConfig.requestInterval',
    replaces: true,
    defaultsTo: 30,
    owed: checkerSeconds,
    isWeaker: isMore,
    inWords: secondsInWords,
    unless: (_, read) =>
      ['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL'].includes(
        String(read('healthCheckConfig.type')),
      ),
  }),
  improvement({
    type: 'AWS::Route53::RecordSet',
    property: 'ttl',
    owed: mostTtlSeconds,
    isWeaker: isMoreInText,
    written: String,
    inWords: (ttl) => (ttl === undefined ? 'not set' : secondsInWords(Number(ttl))),
    unless: (_, read) =>
      read('aliasTarget') !== undefined || !['A', 'AAAA', 'CNAME'].includes(String(read('type'))),
  }),
];
