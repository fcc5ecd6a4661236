import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Stack } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { IncidentBridge } from '../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../lib/constructs/observe/telling/incident-severity';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly tools: readonly (keyof typeof TOOLS)[];
  readonly severity?: IncidentSeverity;
  readonly leastSeverity?: IncidentSeverity;
  readonly runbook?: string;
  readonly heard: boolean;
  readonly deployments?: boolean;
}

const TOOLS = {
  pagerDuty: (stack: Stack, more: object) =>
    IncidentDestination.pagerDuty({ routingKey: secretIn(stack, 'pagerduty'), ...more }),
  serviceNow: (stack: Stack, more: object) =>
    IncidentDestination.serviceNow({
      instance: 'https://acme.service-now.com',
      credentials: secretIn(stack, 'servicenow'),
      ...more,
    }),
  jira: (stack: Stack, more: object) =>
    IncidentDestination.jira({
      endpoint: 'https://api-private.atlassian.com/automation/webhooks/jira/a/1/2',
      token: secretIn(stack, 'jira'),
      ...more,
    }),
  slack: (stack: Stack, more: object) =>
    IncidentDestination.slack({ channel: 'C0123456789', token: secretIn(stack, 'slack'), ...more }),
  opsItem: (_: Stack, more: object) => IncidentDestination.opsItem(more),
} as const;

export const incidentBridge: Pattern<Options> = {
  construct: 'IncidentBridge',
  service: { runbook: 'https://runbooks.example.com/shop' },
  build: (stack) => {
    const alarm = alarmIn(stack);
    const routingKey = secretIn(stack, 'pagerduty');
    // minimal
    new IncidentBridge(stack, 'Incidents', {
      destinations: [IncidentDestination.pagerDuty({ routingKey })],
      fallback: [new SmsSubscription('+15550100')],
      alarms: [alarm],
    });
    // end
  },
  options: fc.record(
    {
      tools: fc.uniqueArray(fc.constantFrom(...(Object.keys(TOOLS) as (keyof typeof TOOLS)[]))),
      severity: fc.constantFrom(IncidentSeverity.SEV_1, IncidentSeverity.SEV_5),
      leastSeverity: fc.constantFrom(IncidentSeverity.SEV_2, IncidentSeverity.SEV_4),
      runbook: fc.constantFrom('https://runbooks.example.com/checkout', 'docs/checkout.md', ' '),
      heard: fc.boolean(),
      deployments: fc.boolean(),
    },
    { requiredKeys: ['tools', 'heard'] },
  ),
  buildWith: (stack, { tools, leastSeverity, heard, ...rest }) => {
    const more = leastSeverity === undefined ? {} : { leastSeverity };
    new IncidentBridge(stack, 'Incidents', {
      destinations: tools.map((tool) => TOOLS[tool](stack, more)),
      ...(heard && { fallback: [new UrlSubscription('https://oncall.example.com/sns')] }),
      alarms: [alarmIn(stack)],
      ...rest,
    });
  },
};

/** The key of a tool, which people put there. */
function secretIn(stack: Stack, name: string): ISecret {
  return Secret.fromSecretNameV2(stack, name, `shop/${name}`);
}

/** An alarm that pages. */
function alarmIn(stack: Stack): Alarm {
  return new Alarm(stack, 'Checkout', {
    alarmDescription: 'Customers cannot pay.',
    metric: new Metric({ namespace: 'Shop', metricName: 'FailedPayments', statistic: 'Sum' }),
    threshold: 10,
    evaluationPeriods: 1,
  });
}
