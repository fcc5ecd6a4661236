import { Construct } from 'constructs';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { ActiveActiveDnsProps } from './active-active-dns';
import { isNested } from './active-records';
import { ActiveRouting } from './active-routing';
import type { DnsEntry } from './dns-entry';
import { loopMistakes } from './dns-entry-mistakes';
import type { DnsEntryProps } from './dns-entry-props';
import type { DnsAnswer } from './entry-health';
import { failoverTarget } from './failover-target';

/** The properties of a second entrance of the region; `undefined` where there is none. @internal */
export function spareProps(props: ActiveActiveDnsProps): DnsEntryProps | undefined {
  const { spareLoadBalancer, spareEndpoint, loadBalancer, endpoint, ...rest } = props;
  if (!spareLoadBalancer && spareEndpoint === undefined) return undefined;
  return {
    ...rest,
    ...(spareLoadBalancer && { loadBalancer: spareLoadBalancer }),
    ...(spareEndpoint !== undefined && { endpoint: spareEndpoint }),
  };
}

/** Everything in which a second entrance contradicts the first. @internal */
export function spareMistakes(props: ActiveActiveDnsProps): Mistake[] {
  const { routing = ActiveRouting.LATENCY, loadBalancer, spareLoadBalancer, switchedBy } = props;
  if (!spareProps(props)) return [];
  const mistakes: Mistake[] = [];
  if (isNested(routing)) {
    mistakes.push({
      problem: `with ${routing} routing the other half of a region’s pair leads to other regions, not to a spare entrance`,
      fix: 'leave the spare entrance out, or use latency or weighted routing',
    });
  }
  if (switchedBy) {
    mistakes.push({
      problem: 'people or a plan turn the whole region, so nobody notices that its first entrance is broken',
      fix: 'put the switch into healthChecks, or leave the spare entrance out',
    });
  }
  if (loadBalancer && loadBalancer === spareLoadBalancer) {
    mistakes.push({
      problem: `${loadBalancer.node.path} is both entrances`,
      fix: 'give another load balancer as spareLoadBalancer',
    });
  }
  return mistakes;
}

/**
 * The second entrance, with a check of its own.
 *
 * @param names all names that the construct writes
 * @throws ConfigurationError when it does not answer what the first one answers
 * @internal
 */
export function spareAnswer(
  construct: Construct,
  entry: DnsEntry,
  spare: DnsEntryProps,
  names: readonly string[],
): DnsAnswer {
  const target = failoverTarget(spare);
  refuse(construct.node.path, loopMistakes(target, names));
  const { recordType, isAlias } = entry.answer.target;
  if (target.recordType !== recordType || target.isAlias !== isAlias || entry.ipv6) {
    refuse(construct.node.path, [
      {
        problem: entry.ipv6
          ? 'the first entrance answers over IPv6 as well, and the spare one does not'
          : `the first entrance is ${kind(recordType, isAlias)}, and the spare one ${kind(target.recordType, target.isAlias)}`,
        fix: 'give both entrances the same kind of addresses, IPv4 alone or IPv6 alone',
      },
    ]);
  }
  return entry.health(new Construct(construct, 'Spare'), target);
}

function kind(recordType: string, isAlias: boolean): string {
  return isAlias ? 'a load balancer' : `an endpoint of type ${recordType}`;
}
