import { RecordTarget, RecordType } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { HealthCheckedLoadBalancer } from './health-checked-load-balancer';
import { DEFAULT_HEALTH_PATH } from './health-path';

/** What a person says about where requests go. @internal */
export interface FailoverTargetProps {
  readonly loadBalancer?: HealthCheckedLoadBalancer;
  readonly endpoint?: string;
  readonly recordType?: RecordType;
  readonly healthCheckPath?: string;
  readonly healthCheckHost?: string;
}

/** Where requests go, and how a checker gets there. @internal */
export interface FailoverTarget {
  readonly record: RecordTarget;
  readonly recordType: RecordType;

  /** Whether the record is an alias, whose time to live is fixed. */
  readonly isAlias: boolean;

  /** The name that checkers call, or where there is an `address`, only say. */
  readonly host: string | undefined;

  /** The address that checkers call. */
  readonly address: string | undefined;

  readonly path: string;

  /** Whether it speaks HTTPS, as far as is known. */
  readonly https: boolean;
}

/** Where requests go: to a load balancer of ours, else to an endpoint. @internal */
export function failoverTarget(props: FailoverTargetProps): FailoverTarget {
  const { loadBalancer, endpoint = '' } = props;
  return loadBalancer ? aliasTo(loadBalancer, props) : recordTo(endpoint, props);
}

function aliasTo(balancer: HealthCheckedLoadBalancer, props: FailoverTargetProps): FailoverTarget {
  const { loadBalancer, healthCheckPath, https } = balancer;
  return {
    record: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer, { evaluateTargetHealth: true })),
    recordType: RecordType.A,
    isAlias: true,
    host: props.healthCheckHost ?? loadBalancer.loadBalancerDnsName,
    address: undefined,
    path: props.healthCheckPath ?? healthCheckPath,
    https,
  };
}

function recordTo(endpoint: string, props: FailoverTargetProps): FailoverTarget {
  const recordType = props.recordType ?? recordTypeOf(endpoint);
  const isName = recordType === RecordType.CNAME;
  return {
    record: RecordTarget.fromValues(endpoint),
    recordType,
    isAlias: false,
    host: props.healthCheckHost ?? (isName ? endpoint : undefined),
    address: isName ? undefined : endpoint,
    path: props.healthCheckPath ?? DEFAULT_HEALTH_PATH,
    https: true,
  };
}

function recordTypeOf(endpoint: string): RecordType {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(endpoint)) return RecordType.A;
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(endpoint) ? RecordType.AAAA : RecordType.CNAME;
}
