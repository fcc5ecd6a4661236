import { IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RecordType } from 'aws-cdk-lib/aws-route53';
import { Token } from 'aws-cdk-lib/core';
import { durationWords } from '../../calculus/duration-words';
import { LEFT_OPEN } from '../../errors';
import { type Mistake, quoted } from '../../objectives/mistakes';
import { checkMistakes } from './check-mistakes';
import type { DnsEntryProps } from './dns-entry-props';
import { entranceOf, notALoadBalancer } from './dns-load-balancer';
import { openEntranceMistakes, reachMistakes } from './dns-reach-mistakes';
import { type FailoverTarget, isIpv4, isIpv6 } from './failover-target';
import { portMistakes } from './target-health-check';

/** Everything in which an entry by DNS contradicts itself or what Route 53 offers. @internal */
export function dnsEntryMistakes(props: DnsEntryProps): Mistake[] {
  const strange = props.loadBalancer ? notALoadBalancer(props.loadBalancer) : [];
  if (strange.length > 0) return strange;
  return [
    ...targetMistakes(props),
    ...ipv6Mistakes(props),
    ...endpointMistakes(props),
    ...(props.switchedBy ? [] : [...reachMistakes(props), ...openEntranceMistakes(props)]),
    ...checkMistakes(props),
  ];
}

function targetMistakes({ loadBalancer, endpoint, recordType, ttl }: DnsEntryProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if ((loadBalancer === undefined) === (endpoint === undefined)) {
    mistakes.push({
      problem: `requests go to ${loadBalancer ? 'a load balancer and an endpoint' : 'nowhere'}`,
      fix: 'give either loadBalancer or endpoint',
    });
  }
  if (loadBalancer && ttl) {
    mistakes.push({
      problem: `ttl is ${ttl.isUnresolved() ? LEFT_OPEN : durationWords(ttl.toSeconds())}, but a record to a load balancer is an alias, whose time to live is 60 s and cannot be set`,
      fix: 'leave ttl out',
    });
  }
  if (recordType !== undefined && !(ENDPOINT_TYPES.includes(recordType) && endpoint !== undefined)) {
    mistakes.push({
      problem: `recordType is ${recordType}`,
      fix: `give an endpoint and one of ${ENDPOINT_TYPES.join(', ')}`,
    });
  }
  return mistakes;
}

/** What is neither an address nor a name, or what no health checker reaches. */
function endpointMistakes({ endpoint, switchedBy, healthCheckPort }: DnsEntryProps): Mistake[] {
  const mistakes = healthCheckPort === undefined ? [] : portMistakes('healthCheckPort', healthCheckPort);
  if (endpoint === undefined || Token.isUnresolved(endpoint) || isIpv6(endpoint)) return mistakes;
  const octets = endpoint.split('.').map(Number);
  const isKnown = isIpv4(endpoint) ? octets.every((each) => each <= 255) : NAME.test(endpoint);
  if (!isKnown) {
    mistakes.push({
      problem: `endpoint is ${quoted(endpoint)}, which is no address and no domain name`,
      fix: 'write an address such as 192.0.2.10, or a name such as eu-west-1.example.com',
    });
  }
  if (isIpv4(endpoint) && PRIVATE.test(endpoint) && !switchedBy) {
    mistakes.push({
      problem: `endpoint is ${endpoint}, a private address, and the health checkers of Route 53 are out on the Internet`,
      fix: 'give a public address or name, or switchedBy',
    });
  }
  return mistakes;
}

const NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i;
const PRIVATE = /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./;

function ipv6Mistakes(props: DnsEntryProps): Mistake[] {
  return [...stackMistakes(props), ...ipv6EndpointMistakes(props)];
}

function stackMistakes({ loadBalancer, ipv6 }: DnsEntryProps): Mistake[] {
  if (!loadBalancer) {
    if (!ipv6) return [];
    return [{ problem: 'ipv6 is for a load balancer, and there is none', fix: 'give ipv6Endpoint' }];
  }
  const { path, ipAddressType } = entranceOf(loadBalancer);
  if (ipAddressType === IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4) {
    return [
      {
        problem: `${path} has no public IPv4 address, which the health checkers of Route 53 call`,
        fix: 'make the load balancer dual-stack',
      },
    ];
  }
  if (!ipv6 || ipAddressType !== IpAddressType.IPV4) return [];
  return [
    {
      problem: `${path} has IPv4 addresses only`,
      fix: 'make the load balancer dual-stack, or leave ipv6 out',
    },
  ];
}

function ipv6EndpointMistakes({ endpoint, ipv6Endpoint, recordType }: DnsEntryProps): Mistake[] {
  if (ipv6Endpoint === undefined) return [];
  const mistakes: Mistake[] = [];
  if (!isIpv6(ipv6Endpoint)) {
    mistakes.push({
      problem: `ipv6Endpoint is ${ipv6Endpoint}, which is no IPv6 address`,
      fix: 'write an address such as 2001:db8::10',
    });
  }
  const besides = recordType ?? (endpoint !== undefined && isIpv4(endpoint) ? RecordType.A : undefined);
  if (besides !== RecordType.A) {
    mistakes.push({
      problem: 'ipv6Endpoint stands beside no IPv4 address',
      fix: 'give the IPv4 address as endpoint, or the IPv6 address alone as endpoint',
    });
  }
  return mistakes;
}

/**
 * A check that calls the record itself finds another region well, and stays green whatever happens here; a record that
 * leads to itself leads nowhere.
 *
 * @param names all names that the construct writes
 * @internal
 */
export function loopMistakes({ host, address }: FailoverTarget, names: readonly string[]): Mistake[] {
  const name = names.find((each) => each === host?.replace(/\.$/, ''));
  if (address !== undefined || name === undefined) return [];
  return [
    {
      problem: `the health checkers call ${name}, which is the record that fails over`,
      fix: 'give healthCheckHost or endpoint a name of this region only',
    },
  ];
}

const ENDPOINT_TYPES: readonly RecordType[] = [RecordType.A, RecordType.AAAA, RecordType.CNAME];
