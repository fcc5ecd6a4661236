import { vantagePointsOn } from '../../assembly/dns/vantage-points';
import { placeInArn } from '../../assembly/iam/arn-fields';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { compositesOf } from '../../assembly/observe/alarm-composites';
import { alarmsOn } from '../../assembly/observe/alarms';
import { Resource } from '../../assembly/resource';
import { Unknown, type Value } from '../../assembly/value';
import { Tier } from '../../objectives/tier';
import { MONITORING } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';
const REST = 'AWS::ApiGateway::RestApi';

export const endpointsAreSeenFromOutside: Rule = {
  id: 'X-74',
  title: 'Public endpoints of tiers 0 and 1 are asked, and their trouble is told, from outside their region.',
  kind: 'monitoring',
  why: 'A region that is lost takes its alarms and topics with it: nobody is told by what is down.',
  fix: 'add a Route 53 health check, or a canary in another region, with an alarm and a topic outside the region',
  severity: MEDIUM,
  appliesTo: [LOAD_BALANCER, CLASSIC, REST, 'AWS::ApiGatewayV2::Api', 'AWS::CloudFront::Distribution'],
  controls: MONITORING,
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html',
  ],
  check: (endpoint, { service }) => {
    if (service.tier > Tier.BUSINESS_CRITICAL)
      return notApplicable(`tier ${service.tier} owes no view from outside`);
    const hidden = whyHidden(endpoint);
    if (typeof hidden === 'string') return notApplicable(hidden);
    const judged = judgeView(endpoint);
    return hidden instanceof Unknown && judged.outcome === 'fail' ? unknown(undefined, hidden) : judged;
  },
};

/** Why nobody outside the network reaches an endpoint; undefined where everybody does. */
function whyHidden(endpoint: Resource): string | Unknown | undefined {
  if (endpoint.type === REST) {
    const types = endpoint.list('EndpointConfiguration.Types');
    if (types instanceof Unknown) return types;
    return types.includes('PRIVATE') ? 'the API is private' : undefined;
  }
  if (endpoint.type !== LOAD_BALANCER && endpoint.type !== CLASSIC) return undefined;
  if (endpoint.type === LOAD_BALANCER && endpoint.get('Type') === 'gateway')
    return 'a gateway load balancer is internal';
  const scheme = endpoint.text('Scheme');
  if (scheme instanceof Unknown) return scheme;
  return scheme === 'internal' ? 'the load balancer is internal' : undefined;
}

function judgeView(endpoint: Resource): Judgement {
  const points = vantagePointsOn(endpoint);
  const sure = points.filter(({ certain }) => certain === true).map(({ by }) => by);
  if (sure.length > 0) return judgeTelling(endpoint, sure);
  const open = points.find(({ certain }) => certain instanceof Unknown)?.certain;
  const [macro] = endpoint.stack.graph.unreadable;
  if (open instanceof Unknown || macro !== undefined)
    return unknown(undefined, open instanceof Unknown ? open : (macro ?? ''));
  return fail({
    found: 'nothing that asks it from outside its region',
    needed: 'a Route 53 health check, or a canary in another region',
  });
}

/** One alarm that lives, and tells, outside the region is enough. None at all is another rule's. */
function judgeTelling(endpoint: Resource, points: readonly Resource[]): Judgement {
  const alarms = [endpoint, ...points].flatMap((resource) =>
    alarmsOn(resource).metrics.map(({ alarm }) => alarm),
  );
  const seen = pass({ found: `asked by ${points.map(({ logicalId }) => logicalId).join(', ')}` });
  const { region } = endpoint;
  if (alarms.length === 0 || endpoint.type === 'AWS::CloudFront::Distribution') return seen;
  if (region === undefined) return unknown(undefined, 'the region of the endpoint is known only at deploy');
  const places = alarms.flatMap(withComposites).map((alarm) => tellsOutside(alarm, region));
  if (places.includes(true)) return seen;
  if (places.includes(undefined)) return unknown(undefined, 'where an alarm tells is known only at deploy');
  return fail({
    found: `alarms and topics in ${region} only`,
    needed: 'an alarm with a topic in another region',
  });
}

/** An alarm may be silent itself, as one of several locations is: then a composite alarm over it tells. */
function withComposites(alarm: Resource): readonly Resource[] {
  const all = new Set([alarm]);
  for (const each of all) for (const composite of compositesOf(each)) all.add(composite);
  return [...all];
}

/** Whether an alarm and one of its topics are outside a region; undefined when that cannot be told. */
function tellsOutside(alarm: Resource, region: string): boolean | undefined {
  if (alarm.region === region) return false;
  const actions = alarm.list('AlarmActions');
  if (alarm.region === undefined || actions instanceof Unknown) return undefined;
  const regions = actions.map((action) => regionOf(action, alarm));
  if (regions.some((one) => typeof one === 'string' && one !== region)) return true;
  return regions.includes(undefined) ? undefined : false;
}

function regionOf(action: Value, alarm: Resource): string | undefined {
  const target = alarm.stack.graph.resolve(action, alarm);
  if (target instanceof Resource) return target.region;
  const place = placeInArn(action);
  return place instanceof Unknown || typeof place.region !== 'string' ? undefined : place.region;
}
