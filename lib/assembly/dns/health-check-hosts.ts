import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { Unknown, type Value } from '../value';
import { type DnsTarget, targetsOfHost } from './dns-targets';
import { ENDPOINT_CHECKS } from './failover-detection';

const CONFIG = 'HealthCheckConfig';

/** A health check that sends requests to a host, or cannot be told. */
export interface Probe {
  readonly check: Resource;

  /** What answers the requests. */
  readonly targets: readonly DnsTarget[] | Unknown;

  /** The property that names the host. */
  readonly property: string;
}

const HEALTH_CHECK = 'AWS::Route53::HealthCheck';

const probeOf = oncePerGraph(() => new Map<Resource, readonly Probe[]>());

/**
 * What a health check probes, through the checks that a calculated one is made of.
 *
 * None where it asks no endpoint: it follows an alarm, or a person switches it.
 */
export function probesOf(check: Resource): readonly Probe[] {
  const known = probeOf(check.stack.graph);
  const found = known.get(check) ?? readProbes(check, []);
  known.set(check, found);
  return found;
}

function readProbes(check: Resource, above: readonly Resource[]): readonly Probe[] {
  const property = `${CONFIG}.Type`;
  const type = check.text(property);
  if (type instanceof Unknown) return [{ check, targets: type, property }];
  if (type === 'CALCULATED') return probesOfChildren(check, [...above, check]);
  if (type === undefined || !ENDPOINT_CHECKS.includes(type)) return [];
  // With an address, the name is only what is asked for in the request.
  const host = hostAt(check, 'IPAddress') ?? hostAt(check, 'FullyQualifiedDomainName');
  if (!host) return [{ check, targets: new Unknown(`${check.logicalId} names no host`), property: CONFIG }];
  const { value } = host;
  const targets = value instanceof Unknown && value.maybeAbsent ? value : targetsOfHost(value, check);
  return [{ check, targets, property: host.property }];
}

function hostAt(check: Resource, name: string): { value: Value; property: string } | undefined {
  const property = `${CONFIG}.${name}`;
  const value = check.get(property);
  return value === undefined || value === '' || value === null ? undefined : { value, property };
}

function probesOfChildren(check: Resource, above: readonly Resource[]): readonly Probe[] {
  const property = `${CONFIG}.ChildHealthChecks`;
  const { resources, unknowns } = check.targets(property);
  const children = resources.filter((child) => child.type === HEALTH_CHECK && !above.includes(child));
  return [
    ...children.flatMap((child) => readProbes(child, above)),
    ...unknowns.map((targets): Probe => ({ check, targets, property })),
  ];
}

const INTERFACES = /^AWS::(ApiGateway::DomainName|ApiGatewayV2::DomainName)$/;
const APIS = /^AWS::(ApiGateway::RestApi|ApiGatewayV2::Api|Serverless::(Rest|Http)?Api|Serverless::HttpApi)$/;

/** Whether two targets are one host; undefined when that cannot be told. */
export function isSameHost(a: DnsTarget, b: DnsTarget): boolean | undefined {
  const [one, other] = [a.what, b.what];
  if (one instanceof Unknown || other instanceof Unknown) return undefined;
  if (one === other) return true;
  if (one instanceof Resource && other instanceof Resource) return isSameResource(one, other);
  if (one instanceof Resource || other instanceof Resource) return undefined;
  if (ofBothVersions(one) === ofBothVersions(other)) return true;
  return isAddress(one) === isAddress(other) && (isAddress(one) || (isGiven(a) && isGiven(b)))
    ? false
    : undefined;
}

/** A domain of API Gateway is only a name of the APIs mapped to it, and an address is one of what it is given to. */
function isSameResource(one: Resource, other: Resource): boolean | undefined {
  const isName = (a: Resource, b: Resource) => INTERFACES.test(a.type) && APIS.test(b.type);
  if (isName(one, other) || isName(other, one)) return one.stack === other.stack ? true : undefined;
  const addresses = [one, other].filter(({ type }) => type === 'AWS::EC2::EIP');
  return addresses.length === 1 ? undefined : false;
}

function isAddress(host: string): boolean {
  return /^([\d.]+|[\da-f]*:[\da-f:]*)$/i.test(host);
}

/**
 * The name of a load balancer without what the console and the CDK put before it in an alias.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html
 */
function ofBothVersions(host: string): string {
  return host.replace(/^dualstack\.(?=.*\.elb\.)/, '');
}

/** Names that AWS gives are each of one resource; any other name may lead anywhere. */
function isGiven({ what }: DnsTarget): boolean {
  return typeof what === 'string' && /\.(amazonaws\.com(\.cn)?|cloudfront\.net)$/.test(what);
}
