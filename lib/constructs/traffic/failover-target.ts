import { IpAddressType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RecordTarget, RecordType } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { DnsEntryProps } from './dns-entry-props';
import { type DnsLoadBalancer, entranceOf } from './dns-load-balancer';
import { DEFAULT_HEALTH_PATH } from './health-path';

/** Where requests go, and how a checker gets there. @internal */
export interface FailoverTarget {
  readonly record: RecordTarget;
  readonly recordType: RecordType;

  /** The address or the name that the record holds; `undefined` for an alias. */
  readonly endpoint: string | undefined;

  /** Whether the record is an alias, whose time to live is fixed. */
  readonly isAlias: boolean;

  /** The name that checkers call, or where there is an `address`, only say. */
  readonly host: string | undefined;

  /** The address that checkers call. */
  readonly address: string | undefined;

  /** `undefined` where checkers ask for a connection only. */
  readonly path: string | undefined;

  /** The port that checkers call; `undefined` for that of the protocol. */
  readonly port: number | undefined;

  /** Whether it speaks HTTPS, as far as is known. */
  readonly https: boolean;
}

/** Where requests go: to a load balancer, else to an endpoint. @internal */
export function failoverTarget(props: DnsEntryProps): FailoverTarget {
  const { loadBalancer, endpoint = '' } = props;
  return loadBalancer ? aliasTo(loadBalancer, props) : recordTo(endpoint, props);
}

/** Where requests over IPv6 go beside it; `undefined` where they go nowhere. @internal */
export function ipv6Target(props: DnsEntryProps): FailoverTarget | undefined {
  const { loadBalancer, ipv6Endpoint, ipv6 } = props;
  if (ipv6Endpoint !== undefined) {
    return recordTo(ipv6Endpoint, { ...props, recordType: RecordType.AAAA });
  }
  if (!loadBalancer) return undefined;
  const isDualStack = entranceOf(loadBalancer).ipAddressType === IpAddressType.DUAL_STACK;
  return (ipv6 ?? isDualStack) ? { ...aliasTo(loadBalancer, props), recordType: RecordType.AAAA } : undefined;
}

function aliasTo(balancer: DnsLoadBalancer, props: DnsEntryProps): FailoverTarget {
  const { loadBalancer, healthCheckPath, https, isNetwork, ports } = entranceOf(balancer);
  const path = props.healthCheckPath ?? healthCheckPath;
  return {
    record: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer, { evaluateTargetHealth: true })),
    recordType: RecordType.A,
    endpoint: undefined,
    isAlias: true,
    host: props.healthCheckHost ?? loadBalancer.loadBalancerDnsName,
    address: undefined,
    path,
    port: props.healthCheckPort ?? (isNetwork ? ports?.[0] : undefined),
    https: path !== undefined && (https ?? true),
  };
}

function recordTo(endpoint: string, props: DnsEntryProps): FailoverTarget {
  const recordType = props.recordType ?? recordTypeOf(endpoint);
  const isName = recordType === RecordType.CNAME;
  return {
    record: RecordTarget.fromValues(endpoint),
    recordType,
    endpoint,
    isAlias: false,
    host: props.healthCheckHost ?? (isName ? endpoint : undefined),
    address: isName ? undefined : endpoint,
    path: props.healthCheckPath ?? DEFAULT_HEALTH_PATH,
    port: props.healthCheckPort,
    https: true,
  };
}

function recordTypeOf(endpoint: string): RecordType {
  if (isIpv4(endpoint)) return RecordType.A;
  return isIpv6(endpoint) ? RecordType.AAAA : RecordType.CNAME;
}

/** @internal */
export function isIpv4(endpoint: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(endpoint);
}

/** @internal */
export function isIpv6(endpoint: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(endpoint);
}
