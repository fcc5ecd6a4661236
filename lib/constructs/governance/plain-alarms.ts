import { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IAspect, TagManager, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { newerThanLinters } from '../observe/new-properties';
import { taggedRunbook } from './tagged-runbook';

/** Tags that somebody sets count for more. */
const LEAST_PRIORITY = 10;

/**
 * Has every alarm within a service say what it looks at and what to do, and send its tags with each event, as those do that our
 * constructs make. What an alarm says of itself stays.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudwatch-alarm-alarmtagspropagation.html
 * @internal
 */
export class PlainAlarms implements IAspect {
  /**
   * @param owns whether a construct is of the service
   * @param runbook of the service
   */
  constructor(
    private readonly owns: (node: IConstruct) => boolean,
    private readonly runbook: string | undefined,
  ) {}

  visit(node: IConstruct): void {
    if (!(node instanceof CfnAlarm || node instanceof CfnCompositeAlarm) || !this.owns(node)) return;
    const tags = { layer: layerOf(node), runbook: taggedRunbook(node, this.runbook) };
    for (const [name, value] of Object.entries(tags))
      if (value !== undefined) TagManager.of(node)?.setTag(`resilience:${name}`, value, LEAST_PRIORITY);
    // Who has said how an alarm acts has said whether it sends its tags.
    if (Reflect.get(node, 'actionConfiguration') !== undefined) return;
    node.addPropertyOverride('ActionConfiguration.AlarmTagsPropagation.Enabled', true);
    newerThanLinters(node);
  }
}

const SERVICE = /^(CloudWatchSynthetics|AWS\/ApplicationSignals|ApplicationSignals)$/;
const NETWORK =
  /^AWS\/(ApplicationELB|NetworkELB|GatewayELB|ELB|ApiGateway|AppSync|CloudFront|DX|GlobalAccelerator|NATGateway|NetworkFirewall|PrivateLink\w*|Route53|TransitGateway|VPN)$/;
const APPLICATION = /^(AWS\/(Lambda|States|ECS)|ECS\/ContainerInsights|ContainerInsights)$/;
const OF_AWS = /^(AWS\/|CWAgent$|LambdaInsights$)/;

/** What an alarm looks at, after the namespace of its metric: one of the app's own is what its code does. */
function layerOf(alarm: CfnAlarm | CfnCompositeAlarm): string {
  const [namespace] = alarm instanceof CfnAlarm ? namespacesOf(alarm) : [];
  if (namespace === undefined) return 'application';
  if (SERVICE.test(namespace)) return 'service';
  if (NETWORK.test(namespace)) return 'network';
  return OF_AWS.test(namespace) && !APPLICATION.test(namespace) ? 'infrastructure' : 'application';
}

function namespacesOf(alarm: CfnAlarm): readonly string[] {
  const { metrics } = alarm;
  const queries: unknown[] = Array.isArray(metrics) ? metrics : [];
  const found = [alarm.namespace, ...queries.map(namespaceOf)];
  return found.filter((each): each is string => typeof each === 'string' && !Token.isUnresolved(each));
}

function namespaceOf(query: unknown): unknown {
  const { metricStat } = (query ?? {}) as { readonly metricStat?: { readonly metric?: unknown } };
  return (metricStat?.metric as { readonly namespace?: unknown } | undefined)?.namespace;
}
