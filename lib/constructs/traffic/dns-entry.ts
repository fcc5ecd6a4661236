import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TimeSpan } from '../../calculus/time-span';
import { missing, refuse } from '../../objectives/mistakes';
import { ServiceScope } from '../governance/service-scope';
import type { TierChoices } from '../governance/tier-choices';
import { dnsEntryMistakes, loopMistakes } from './dns-entry-mistakes';
import type { DnsEntryProps } from './dns-entry-props';
import { type DnsAnswer, type EntryHealth, entryHealth } from './entry-health';
import { failoverTarget, ipv6Target } from './failover-target';
import { chooseTtl } from './failover-timing';
import { apexMistakes, foreignMistakes, lengthMistakes, wholeName } from './record-name';

/** This region's way in by DNS, before any record is written. @internal */
export interface DnsEntry {
  readonly zone: IHostedZone;

  /** The whole name: `shop.example.com`. */
  readonly name: string;

  /** Whether people or a plan say where requests go. */
  readonly isSwitched: boolean;

  readonly answer: DnsAnswer;

  /** Gives requests to another target of this region their check. */
  readonly health: EntryHealth;

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
  refuse(path, [...foreignMistakes(props.recordName, props.zoneName), ...dnsEntryMistakes(props)]);
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
    ...lengthMistakes(name, moreNames),
    ...loopMistakes(target, [name, ...moreNames]),
  ]);
  const rto = ServiceScope.of(construct)?.service.objectives.region.rto;
  const ttl = chooseTtl(choices, props, {
    path,
    isAlias: target.isAlias,
    promotion,
    // What the service is owed; a construct cannot promise less by itself.
    rto: rto ?? choices.policy.recovery.region.rto.value,
  });
  const health = entryHealth(choices, props, `${props.recordName} ${side}`);
  const answer = health(construct, target);
  return {
    zone: HostedZone.fromHostedZoneAttributes(construct, 'Zone', props),
    name,
    isSwitched: props.switchedBy !== undefined,
    ttl,
    answer,
    health,
    ipv6: besideOverIpv6(construct, props, answer, health),
  };
}

/** A second address has a check of its own; a second record to one load balancer does with the first one's. */
function besideOverIpv6(
  construct: Construct,
  props: DnsEntryProps,
  answer: DnsAnswer,
  health: EntryHealth,
): DnsAnswer | undefined {
  const target = ipv6Target(props);
  if (!target) return undefined;
  const scope = new Construct(construct, 'Ipv6');
  return target.isAlias || props.switchedBy ? { ...answer, scope, target } : health(scope, target);
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
export function claimOf({ zone, name, isSwitched }: DnsEntry, { target }: DnsAnswer) {
  const { recordType: type, endpoint } = target;
  return { hostedZoneId: zone.hostedZoneId, name, type, endpoint, isSwitched };
}
