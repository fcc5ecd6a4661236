import type { DnsRecord } from '../../assembly/dns/dns-record';
import { dnsRecordsOf, RECORD_TYPES } from '../../assembly/dns/dns-records';
import { targetsOf } from '../../assembly/dns/dns-targets';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { Resource } from '../../assembly/resource';
import { isMap, Unknown, wordOf } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { Tier } from '../../objectives/tier';
import { HEALTH_CHECKS } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const HEALTH_CHECK = 'AWS::Route53::HealthCheck';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const CONFIG = 'HealthCheckConfig';
const CONFIG_PAGE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-route53-healthcheck-healthcheckconfig.html';

/** What a person writes into a health check's `Metadata` under `cdk-nines` when it is inverted on purpose. */
const INVERSION_MARKER = 'invertedBecause';

/** Ports behind which the web stands. */
const HTTP_PORTS: readonly number[] = [80, 443, 8080, 8443];

/** What answers HTTP whatever its port. */
const HTTP_TYPES =
  /^AWS::(ElasticLoadBalancingV2::LoadBalancer|ApiGateway|ApiGatewayV2|CloudFront|AppRunner|AppSync|ElasticBeanstalk)/;

/** Paths that any web server answers, however broken the application behind it. The last is the default for gRPC. */
const SHALLOW_PATHS: readonly string[] = ['', '/', '/AWS.ALB/healthcheck'];

export const healthCheckAsksTheApplication: Rule = {
  id: 'X-04',
  title: 'Health checks of tier 0 and 1 ask the application, not only its port or front page.',
  kind: 'monitoring',
  why: 'A server that still accepts connections while the application behind it is broken stays in service.',
  fix: 'check over HTTP or HTTPS a path that the application answers only when it can serve, such as /health',
  severity: MEDIUM,
  appliesTo: [HEALTH_CHECK, TARGET_GROUP],
  controls: HEALTH_CHECKS,
  subsumes: ['ELB-07'],
  sources: [
    CONFIG_PAGE,
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  ],
  check: (resource, { service }) => {
    if (service.tier > Tier.BUSINESS_CRITICAL)
      return notApplicable(`tier ${service.tier} may do with a shallow check`);
    return resource.type === HEALTH_CHECK ? judgeHealthCheck(resource) : judgeTargetGroup(resource);
  },
};

export const healthCheckCanTurn: Rule = {
  id: 'X-07',
  title: 'Health checks are on, upright, seen from three regions and able to turn unhealthy.',
  kind: 'redundancy',
  why: 'A check that is always healthy, or unhealthy when all is well, never fails over when it should.',
  fix: 'enable the check, and leave out what makes it healthy without asking its endpoint',
  severity: HIGH,
  appliesTo: [HEALTH_CHECK],
  controls: HEALTH_CHECKS,
  sources: [CONFIG_PAGE],
  check: (check) => [
    check.isNot(`${CONFIG}.Disabled`, true, { default: false }),
    judgeInversion(check),
    check.isNot(`${CONFIG}.InsufficientDataHealthStatus`, 'Healthy', { default: 'LastKnownStatus' }),
    judgeRegions(check),
    judgeThreshold(check),
  ],
};

function judgeHealthCheck(check: Resource): Judgement {
  const type = check.text(`${CONFIG}.Type`);
  if (type instanceof Unknown) return unknown(`${CONFIG}.Type`, type);
  if (type === 'TCP') return judgeConnection(check);
  // A search string proves that the application wrote the page, whatever its path.
  if (type?.endsWith('_STR_MATCH')) return pass({ property: `${CONFIG}.Type`, found: type });
  if (type !== 'HTTP' && type !== 'HTTPS') return notApplicable(`type ${type ?? 'none'} asks no endpoint`);
  return judgePath(check, `${CONFIG}.ResourcePath`);
}

function judgePath(resource: Resource, property: string, standard?: string): Judgement {
  return resource.judge(
    property,
    (path) => !SHALLOW_PATHS.includes(wordOf(path)),
    'a path that only a working application answers',
    { ...(standard !== undefined && { default: standard }) },
  );
}

/** A connection alone says nothing of an application that speaks HTTP; of others it is what can be asked. */
function judgeConnection(check: Resource): Judgement {
  const property = `${CONFIG}.Type`;
  const port = check.number(`${CONFIG}.Port`);
  const targets = recordsWith(check).flatMap((record) => targetsOf(record).map(({ what }) => what));
  const speaksHttp =
    (typeof port === 'number' && HTTP_PORTS.includes(port)) ||
    targets.some((what) => what instanceof Resource && HTTP_TYPES.test(what.type) && !isNetwork(what));
  if (speaksHttp)
    return fail({ property, found: 'TCP on an HTTP service', needed: 'HTTP or HTTPS with a path' });
  const open = [port, ...targets].find((item) => item instanceof Unknown);
  if (open instanceof Unknown) return unknown(property, open);
  return notApplicable(`nothing says that port ${port ?? 'none'} speaks HTTP`);
}

/** A network load balancer passes on whatever is spoken. */
function isNetwork(loadBalancer: Resource): boolean {
  const type = loadBalancer.get('Type');
  return loadBalancer.type.endsWith('V2::LoadBalancer') && type !== undefined && type !== 'application';
}

/** The records that a health check moves, by itself or through the calculated checks that it is part of. */
function recordsWith(check: Resource, seen: readonly Resource[] = []): readonly DnsRecord[] {
  if (seen.includes(check)) return [];
  const { graph } = check.stack;
  const records = dnsRecordsOf(graph);
  const own = graph.mentionsOf(check, ...RECORD_TYPES).flatMap(({ from }) => {
    const held = records.of(from);
    return held instanceof Unknown ? [] : held.filter((record) => record.healthCheck === check);
  });
  const parents = graph.mentionsOf(check, HEALTH_CHECK).map(({ from }) => from);
  return [...own, ...parents.flatMap((parent) => recordsWith(parent, [...seen, check]))];
}

function judgeTargetGroup(group: Resource): Judgement {
  if (group.get('TargetType') === 'lambda') return judgeFunctionGroup(group);
  const protocol = group.text('Protocol');
  if (protocol instanceof Unknown) return unknown('Protocol', protocol);
  if (protocol === 'HTTP' || protocol === 'HTTPS') return judgeCheck(group, 'HTTP');
  if (protocol !== 'TCP' && protocol !== 'TLS')
    return notApplicable(`a target group of protocol ${protocol ?? 'none'} has no HTTP service`);
  const port = group.number('Port');
  if (port instanceof Unknown) return unknown('Port', port);
  const speaksHttp = group.get('TargetType') === 'alb' || (port !== undefined && HTTP_PORTS.includes(port));
  return speaksHttp
    ? judgeCheck(group, 'TCP')
    : notApplicable(`nothing says that port ${port ?? 'none'} speaks HTTP`);
}

/** Functions are checked only where that is switched on: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
function judgeFunctionGroup(group: Resource): Judgement {
  const checked = group.is('HealthCheckEnabled', true, { default: false });
  if (checked.outcome === 'pass') return judgeCheck(group, 'HTTP');
  return checked.outcome === 'unknown' ? checked : notApplicable('the function is not checked');
}

function judgeCheck(group: Resource, standardProtocol: string): Judgement {
  const overHttp = group.is('HealthCheckProtocol', ['HTTP', 'HTTPS'], { default: standardProtocol });
  if (overHttp.outcome !== 'pass') return overHttp;
  const standardPath = group.get('ProtocolVersion') === 'GRPC' ? '/AWS.ALB/healthcheck' : '/';
  return judgePath(group, 'HealthCheckPath', standardPath);
}

function judgeInversion(check: Resource): Judgement {
  const upright = check.isNot(`${CONFIG}.Inverted`, true, { default: false });
  if (upright.outcome !== 'fail') return upright;
  const metadata = check.attribute('Metadata');
  const own = isMap(metadata) ? metadata['cdk-nines'] : metadata;
  const reason = isMap(own) ? own[INVERSION_MARKER] : own;
  if (reason instanceof Unknown) return unknown(`${CONFIG}.Inverted`, reason);
  if (typeof reason === 'string' && reason.trim() !== '')
    return pass({ property: `${CONFIG}.Inverted`, found: `true, because ${reason}` });
  return {
    ...upright,
    fix: `set Inverted to false, or say why not in Metadata under cdk-nines.${INVERSION_MARKER}`,
  };
}

/** Where no regions are set, Route 53 checks from all of them. */
function judgeRegions(check: Resource): Judgement {
  const property = `${CONFIG}.Regions`;
  const needed = AWS_FACTS.route53MinimumCheckerRegions.value;
  const regions = check.list(property);
  if (regions instanceof Unknown) return unknown(property, regions);
  if (regions.length === 0) return notApplicable('Route 53 checks from all its regions');
  const open = regions.filter((region) => region instanceof Unknown);
  const known = new Set(regions.filter((region) => typeof region === 'string'));
  if (known.size >= needed) return pass({ property, found: `${known.size} regions` });
  if (open[0] && known.size + open.length >= needed) return unknown(property, open[0]);
  return fail({
    property,
    found: `${known.size} ${known.size === 1 ? 'region' : 'regions'}`,
    needed: `at least ${needed} regions, or none set`,
  });
}

/** With a threshold of 0 a calculated check is healthy whatever its children say. */
function judgeThreshold(check: Resource): Judgement {
  const property = `${CONFIG}.HealthThreshold`;
  const type = check.text(`${CONFIG}.Type`);
  const threshold = check.isNot(property, 0);
  if (type === 'CALCULATED')
    return check.get(property) === undefined
      ? unknown(property, 'Route 53 refuses a calculated check without a threshold')
      : threshold;
  return type instanceof Unknown && threshold.outcome === 'fail'
    ? unknown(`${CONFIG}.Type`, type)
    : notApplicable('only a calculated check counts its children');
}
