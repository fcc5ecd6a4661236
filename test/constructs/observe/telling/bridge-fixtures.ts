import { Alarm, type AlarmProps, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Stack } from 'aws-cdk-lib/core';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import type { IncidentBridgeProps } from '../../../../lib/constructs/observe/telling/incident-bridge-props';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import type { Tier } from '../../../../lib/objectives/tier';
import { shopStack } from '../../fixtures';

/** The shop, with a runbook. */
export function shopAt(tier: Tier): Stack {
  return shopStack(tier, {}, { runbook: 'https://runbooks.example.com/shop' });
}

export function checkoutIn(stack: Stack, props: Partial<AlarmProps> = {}): Alarm {
  return new Alarm(stack, 'Checkout', {
    metric: new Metric({ namespace: 'Shop', metricName: 'FailedPayments' }),
    threshold: 10,
    evaluationPeriods: 1,
    ...props,
  });
}

/** The key of a tool, which people put there. */
export function secretOf(stack: Stack, name: string): ISecret {
  return Secret.fromSecretNameV2(stack, name, `shop/${name}`);
}

/** A bridge that tells PagerDuty, and a phone where nothing else is said. */
export function bridgeTo(stack: Stack, props: Partial<IncidentBridgeProps> = {}): IncidentBridge {
  return new IncidentBridge(stack, 'Incidents', {
    destinations: [IncidentDestination.pagerDuty({ routingKey: secretOf(stack, 'PagerDutyKey') })],
    ...(!props.fallbackTopic && { fallback: [new SmsSubscription('+15550100')] }),
    ...props,
  });
}
