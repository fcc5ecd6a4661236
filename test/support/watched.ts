import { CfnDistribution, Distribution, type IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnLoadBalancer, type ILoadBalancerV2 } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, type IAliasRecordTarget, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget, LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type App, AspectPriority, Aspects, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { createDeadLetters } from '../../lib/constructs/data/dead-letters';
import { deadLetterAlarm } from '../../lib/constructs/governance/dead-letter-alarm';
import { deadLetterNotices } from '../../lib/constructs/governance/dead-letter-notices';
import { TierChoices } from '../../lib/constructs/governance/tier-choices';
import { UserJourney } from '../../lib/constructs/observe/detection/user-journey';
import { MandatoryAlarms } from '../../lib/constructs/observe/mandatory/mandatory-alarms';
import { RegionStack } from '../../lib/constructs/region/region-stack';
import { ActiveActiveDns } from '../../lib/constructs/traffic/active-active-dns';
import { FailoverDns } from '../../lib/constructs/traffic/failover-dns';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import { HealthCheckedNetworkLoadBalancer } from '../../lib/constructs/traffic/health-checked-network-load-balancer';
import { ConfigurationError } from '../../lib/errors';
import { RegionRole } from '../../lib/objectives/region-role';
import { alarmIn, ZONE } from '../constructs/traffic/dns-fixtures';

/**
 * Builds around the patterns of an app what an app builds around them: a name that leads users in, and away from a lost
 * region, the alarms that are owed, somebody who hears of them, and users who walk in from the other region.
 */
export function watch(app: App): void {
  const regions = app.node.findAll().filter((each) => each instanceof RegionStack);
  const followed = regions.flatMap(switchEntry);
  const names = [
    ...new Set([
      ...followed.map(() => 'shop.example.com'),
      ...app.node
        .findAll()
        .filter((each) => !followed.some((entry) => each.node.scopes.includes(entry)))
        .flatMap(nameOfEntry),
    ]),
  ];
  if (names.length > 0)
    for (const region of regions)
      new UserJourney(region, 'WalkIn', {
        steps: names.map((name) => ({ name, url: `https://${name}/` })),
      });
  MandatoryAlarms.of(app);
  Aspects.of(app).add({ visit: subscribe }, { priority: AspectPriority.READONLY });
}

/** Has one name lead to the load balancers of all regions, and away from one that is lost, unless the pattern does. */
function switchEntry(region: RegionStack): readonly Entry[] {
  const all = region.node.findAll();
  const [loadBalancer] = all.filter(isEntry);
  if (!loadBalancer || region.peers.length === 0) return [];
  const isLed = all.some((each) => each instanceof FailoverDns || each instanceof ActiveActiveDns);
  return isLed || leads(region, loadBalancer) ? [loadBalancer] : [];
}

type Entry = HealthCheckedLoadBalancer | HealthCheckedNetworkLoadBalancer;

function isEntry(each: IConstruct): each is Entry {
  if (!(each instanceof HealthCheckedLoadBalancer || each instanceof HealthCheckedNetworkLoadBalancer))
    return false;
  return (each.loadBalancer.node.defaultChild as CfnLoadBalancer).scheme !== 'internal';
}

/** Whether a name can lead to it: objectives may be stricter than any name can keep. */
function leads(region: RegionStack, loadBalancer: Entry): boolean {
  const Dns = region.place.role === RegionRole.ACTIVE ? ActiveActiveDns : FailoverDns;
  const alarm = alarmIn(region, 'UsersFail');
  try {
    new Dns(region, 'LedBy', { ...ZONE, recordName: 'shop', loadBalancer, alarm });
    return true;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const id of ['LedBy', 'UsersFail']) region.node.tryRemoveChild(id);
    return false;
  }
}

/** Gives an entry that everybody may use a name, so that it can be asked from elsewhere. */
function nameOfEntry(entry: IConstruct): readonly string[] {
  const target = targetAt(entry);
  if (!target) return [];
  const { region } = Stack.of(entry);
  const name = entry instanceof Distribution ? 'shop.example.com' : `${region}.shop.example.com`;
  const zone = HostedZone.fromHostedZoneAttributes(entry, 'NamedIn', {
    hostedZoneId: 'Z1D633PJN98FT9',
    zoneName: 'example.com',
  });
  new ARecord(entry, 'Named', { zone, recordName: name, target: RecordTarget.fromAlias(target) });
  return [name];
}

function targetAt(entry: IConstruct): IAliasRecordTarget | undefined {
  const resource = entry.node.defaultChild;
  if (resource instanceof CfnDistribution) return new CloudFrontTarget(entry as unknown as IDistribution);
  return resource instanceof CfnLoadBalancer && resource.scheme !== 'internal'
    ? new LoadBalancerTarget(entry as unknown as ILoadBalancerV2)
    : undefined;
}

/** Whoever is on call subscribes to what a stack tells. */
function subscribe(node: IConstruct): void {
  if (!Stack.isStack(node)) return;
  const own = node.node.findAll().filter((each) => Stack.of(each) === node);
  const topics = own.filter((each) => each instanceof Topic);
  if (topics.length === 0 || node.node.tryFindChild('Undelivered')) return;
  const mail = new Construct(node, 'Undelivered');
  const choices = new TierChoices(mail, {});
  const deadLetterQueue = createDeadLetters(mail, choices, {});
  // CloudWatch may not publish to every topic: not to one that carries what the service itself says.
  const told = topics.find(({ node: { id } }) => id.endsWith('Notices')) ?? deadLetterNotices(mail, choices);
  deadLetterAlarm(mail, deadLetterQueue, told);
  const onCall = new EmailSubscription('on-call@example.com', { deadLetterQueue });
  for (const topic of new Set([...topics, told])) topic.addSubscription(onCall);
}
