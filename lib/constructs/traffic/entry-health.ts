import { HealthCheck, HealthCheckType, type IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { TierChoices } from '../governance/tier-choices';
import { AlarmHealthCheck } from './alarm-health-check';
import type { DnsEntryProps } from './dns-entry-props';
import { endpointCheck } from './endpoint-check';
import { type FailoverTarget, failoverTarget } from './failover-target';
import { type CheckPace, checkPace } from './failover-timing';
import { givenCheckType } from './given-check';
import { checkHealthPath } from './health-path';

/** How one kind of requests, over IPv4 or IPv6, reaches this region. @internal */
export interface DnsAnswer {
  /** What its records stand below. */
  readonly scope: Construct;

  readonly target: FailoverTarget;

  /** The check of the endpoint; `undefined` where people or a plan decide. */
  readonly endpointCheck: HealthCheck | undefined;

  /** What its records follow. */
  readonly healthCheck: IHealthCheck;
}

/** Gives the requests to a target the check that their records follow. @internal */
export type EntryHealth = (scope: Construct, target: FailoverTarget) => DnsAnswer;

/**
 * What the records of one entry follow: the switch that people or a plan turn, or the health of the endpoint.
 *
 * @param name what people find the checks by
 * @throws ConfigurationError when an alarm is owed and missing, or a value is weaker than the tier owes without a reason
 * @internal
 */
export function entryHealth(choices: TierChoices, props: DnsEntryProps, name: string): EntryHealth {
  const { switchedBy } = props;
  if (switchedBy) {
    const { healthCheckId } = switchedBy.healthCheckRef;
    return (scope, target) => {
      const healthCheck = HealthCheck.fromHealthCheckId(scope, 'Switch', healthCheckId);
      return { scope, target, endpointCheck: undefined, healthCheck };
    };
  }
  const pace = checkPace(choices, props);
  choices.given({ what: 'alarm', owed: choices.policy.healthCheckAlarm, chosen: hasAlarm(props) });
  const { path, https: encrypts } = failoverTarget(props);
  const owed = { ...ENCRYPTED, value: encrypts };
  // A connection is neither.
  const https = path !== undefined && choices.on({ what: 'https', owed, chosen: props.https });
  const healthThreshold = chooseThreshold(choices, props);
  return (scope, target) => {
    const endpoint = checkOf(scope, target, { props, pace, https, name });
    const healthCheck = joined(scope, endpoint, props, healthThreshold);
    return { scope, target, endpointCheck: endpoint, healthCheck };
  };
}

interface Asked {
  readonly props: DnsEntryProps;
  readonly pace: CheckPace;
  readonly https: boolean;
  readonly name: string;
}

function checkOf(scope: Construct, target: FailoverTarget, { props, pace, https, name }: Asked): HealthCheck {
  return endpointCheck(scope, {
    ...pace,
    name: `${name} ${Stack.of(scope).region}`,
    host: target.host,
    address: target.address,
    path: target.path === undefined ? undefined : checkHealthPath(target.path, scope.node.path),
    port: target.port,
    https,
    searchString: props.healthCheckSearchString,
    regions: props.checkerRegions ?? [...AWS_FACTS.route53CheckerRegions.value],
  });
}

/** How many checks must be healthy: all, or as many as a person counts, whose sum is judged with the slower ones. */
function chooseThreshold(choices: TierChoices, props: DnsEntryProps): number {
  const count = 1 + (props.alarm ? 1 : 0) + (props.healthChecks ?? []).length;
  if (count === 1) return count;
  return choices.atLeast({
    what: 'healthThreshold',
    owed: { ...ALL_HEALTHY, value: count },
    limit: { ...ALL_HEALTHY, value: 1 },
    chosen: props.healthThreshold,
  });
}

function joined(
  scope: Construct,
  endpoint: HealthCheck,
  { alarm, healthChecks = [] }: DnsEntryProps,
  healthThreshold: number,
): HealthCheck {
  const children: IHealthCheck[] = [
    endpoint,
    ...(alarm ? [new AlarmHealthCheck(scope, 'AlarmCheck', { alarm }).healthCheck] : []),
    ...healthChecks.map((each) => {
      // By its address in the tree, which is its own: two checks are never one.
      const id = `Given${each.node.addr}`;
      return HealthCheck.fromHealthCheckId(scope, id, each.healthCheckRef.healthCheckId);
    }),
  ];
  if (children.length === 1) return endpoint;
  return new HealthCheck(scope, 'JoinedCheck', {
    type: HealthCheckType.CALCULATED,
    childHealthChecks: children,
    healthThreshold,
  });
}

function hasAlarm({ alarm, healthChecks = [] }: DnsEntryProps): boolean {
  return alarm !== undefined || healthChecks.some((each) => givenCheckType(each) === 'CLOUDWATCH_METRIC');
}

const ENCRYPTED = {
  because: 'a check on the way that users come finds what they would find',
  source: AWS_FACTS.route53HealthCheckIntervalsSeconds.source,
};

const ALL_HEALTHY = {
  because: 'each of them sees what the others do not',
  source:
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html',
};
