import {
  HealthCheck,
  HealthCheckType,
  HostedZone,
  type IHealthCheck,
  type IHostedZone,
} from 'aws-cdk-lib/aws-route53';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { TimeSpan } from '../../calculus/time-span';
import { missing, refuse } from '../../objectives/mistakes';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';
import { AlarmHealthCheck } from './alarm-health-check';
import { dnsEntryMistakes, loopMistakes } from './dns-entry-mistakes';
import type { DnsEntryProps } from './dns-entry-props';
import { endpointCheck } from './endpoint-check';
import { type FailoverTarget, failoverTarget, ipv6Target } from './failover-target';
import { chooseTiming, type FailoverTiming } from './failover-timing';
import { givenCheckType } from './given-check';
import { checkHealthPath } from './health-path';
import { apexMistakes, wholeName } from './record-name';

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

/** This region's way in by DNS, before any record is written. @internal */
export interface DnsEntry {
  readonly zone: IHostedZone;

  /** The whole name: `shop.example.com`. */
  readonly name: string;

  readonly answer: DnsAnswer;

  /** The same over IPv6; `undefined` where there is none beside it. */
  readonly ipv6: DnsAnswer | undefined;

  /** `undefined` for an alias. */
  readonly ttl: Duration | undefined;
}

/** What the kind of routing says about an entry. @internal */
export interface DnsEntryContext {
  /** What people find its checks by: `primary`. */
  readonly side: string;

  /** Names that it writes beside its own. */
  readonly moreNames: readonly string[];

  /** What another region needs until it can serve. */
  readonly promotion: TimeSpan | undefined;
}

/**
 * Everything that is wrong with the properties by themselves.
 *
 * @throws ConfigurationError with all of it
 * @internal
 */
export function refuseDnsEntry(construct: Construct, props: DnsEntryProps): void {
  const { path } = construct.node;
  refuse(path, missing(props, 'hostedZoneId', 'zoneName', 'recordName'));
  refuse(path, dnsEntryMistakes(props));
}

/**
 * The target, the pace and the health checks of this region's way in.
 *
 * @throws ConfigurationError when the failover does not fit what the tier owes
 * @internal
 */
export function dnsEntry(
  construct: Construct,
  choices: TierChoices,
  props: DnsEntryProps,
  { side, moreNames, promotion }: DnsEntryContext,
): DnsEntry {
  const { path } = construct.node;
  const name = wholeName(props.recordName, props.zoneName);
  const target = failoverTarget(props);
  refuse(path, [
    ...apexMistakes(name, props.zoneName, target.recordType),
    ...loopMistakes(target, [name, ...moreNames]),
  ]);
  const rto = ServiceScope.of(construct)?.service.objectives.region.rto;
  const timing = chooseTiming(choices, props, {
    path,
    isAlias: target.isAlias,
    promotion,
    // What the service is owed; a construct cannot promise less by itself.
    rto: rto ?? choices.policy.recovery.region.rto.value,
  });
  const health = new EntryHealth(choices, props, timing, `${props.recordName} ${side}`);
  const overIpv6 = ipv6Target(props);
  const answer = health.answer(construct, target);
  return {
    zone: HostedZone.fromHostedZoneAttributes(construct, 'Zone', props),
    name,
    ttl: timing.ttl,
    answer,
    ipv6: overIpv6 && health.answerBeside(answer, new Construct(construct, 'Ipv6'), overIpv6),
  };
}

/** What all records to one target have in common. @internal */
export function recordOf({ zone, ttl }: DnsEntry, { target, healthCheck }: DnsAnswer) {
  return {
    zone,
    recordType: target.recordType,
    target: target.record,
    healthCheck,
    ...(ttl && { ttl }),
  };
}

/** What all claims of records to one target have in common. @internal */
export function claimOf({ zone, name }: DnsEntry, { target }: DnsAnswer) {
  const { recordType: type, endpoint } = target;
  return { hostedZoneId: zone.hostedZoneId, name, type, endpoint };
}

/** The checks that the records of one entry follow. */
class EntryHealth {
  private readonly https: boolean | undefined;

  constructor(
    private readonly choices: TierChoices,
    private readonly props: DnsEntryProps,
    private readonly timing: FailoverTiming,
    private readonly name: string,
  ) {
    if (props.switchedBy) return;
    choices.given({ what: 'alarm', owed: choices.policy.healthCheckAlarm, chosen: hasAlarm(props) });
    const owed = { ...ENCRYPTED, value: failoverTarget(props).https };
    this.https = choices.on({ what: 'https', owed, chosen: props.https });
  }

  answer(scope: Construct, target: FailoverTarget): DnsAnswer {
    const { switchedBy } = this.props;
    if (switchedBy) {
      const { healthCheckId } = switchedBy.healthCheckRef;
      const healthCheck = HealthCheck.fromHealthCheckId(scope, 'Switch', healthCheckId);
      return { scope, target, endpointCheck: undefined, healthCheck };
    }
    const endpoint = this.endpointCheck(scope, target);
    return { scope, target, endpointCheck: endpoint, healthCheck: this.join(scope, endpoint) };
  }

  /** A second address has a check of its own; a second record to one load balancer does with the first one's. */
  answerBeside(answer: DnsAnswer, scope: Construct, target: FailoverTarget): DnsAnswer {
    return target.isAlias || this.props.switchedBy
      ? { ...answer, scope, target }
      : this.answer(scope, target);
  }

  private endpointCheck(scope: Construct, target: FailoverTarget): HealthCheck {
    const { checkerRegions, healthCheckPort, healthCheckSearchString } = this.props;
    return endpointCheck(scope, {
      name: `${this.name} ${Stack.of(scope).region}`,
      host: target.host,
      address: target.address,
      path: checkHealthPath(target.path, scope.node.path),
      port: healthCheckPort,
      https: this.https ?? target.https,
      searchString: healthCheckSearchString,
      interval: this.timing.interval,
      failureThreshold: this.timing.failureThreshold,
      regions: checkerRegions ?? [...AWS_FACTS.route53CheckerRegions.value],
    });
  }

  private join(scope: Construct, endpoint: HealthCheck): HealthCheck {
    const { alarm, healthChecks = [], healthThreshold } = this.props;
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
      healthThreshold: this.choices.atLeast({
        what: 'healthThreshold',
        owed: { ...ALL_HEALTHY, value: children.length },
        // A person who counts fewer has the sum judged with the slower ones.
        limit: { ...ALL_HEALTHY, value: 1 },
        chosen: healthThreshold,
      }),
    });
  }
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
