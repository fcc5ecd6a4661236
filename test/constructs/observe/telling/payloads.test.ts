import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import schema from '../../../../schemas/incident-event-1.schema.json';
import { changed } from '../../../support/alarm-change';
import { BridgeRun } from '../../../support/bridge-run';
import { ROOT } from '../../../support/fresh';
import {
  FORMATS,
  OPS_ITEM,
  PAGER_DUTY,
  SERVICE_NOW_EVENT,
  SLACK_MESSAGE,
} from '../../../support/incident-schemas';
import { IncidentTool } from '../../../support/incident-tool';
import { bridgeTo, checkoutIn, secretOf, shopAt } from './bridge-fixtures';

const ALARM = 'CheckoutB7CD3E82';
const ARN = `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${ALARM}`;
const RUNBOOK = 'https://runbooks.example.com/shop';

/** The longest that CloudWatch gives: the description of an alarm, and why it changed, in characters of two halves. */
const LONG = {
  detail: { configuration: { description: '🔥'.repeat(512) } },
  state: { reason: `x${'🔥'.repeat(511)}` },
};

const TOOLS = {
  pagerDuty: (stack: Stack) => IncidentDestination.pagerDuty({ routingKey: secretOf(stack, 'Key') }),
  serviceNow: (stack: Stack) =>
    IncidentDestination.serviceNow({
      instance: 'https://acme.service-now.com',
      credentials: secretOf(stack, 'Key'),
    }),
  jira: (stack: Stack) =>
    IncidentDestination.jira({
      endpoint: 'https://api-private.atlassian.com/automation/webhooks/jira/a/1/2',
      token: secretOf(stack, 'Key'),
    }),
  slack: (stack: Stack) => IncidentDestination.slack({ channel: 'C0123', token: secretOf(stack, 'Key') }),
  opsItem: () => IncidentDestination.opsItem(),
} as const;

const SCHEMAS = {
  pagerDuty: PAGER_DUTY,
  serviceNow: SERVICE_NOW_EVENT,
  jira: schema,
  slack: SLACK_MESSAGE,
  opsItem: OPS_ITEM,
} as const;

const tool = new IncidentTool();
beforeAll(() => tool.open());
afterAll(() => tool.close());
beforeEach(() => tool.forget());
const ajv = new Ajv2020({ strict: false, formats: FORMATS });

/** All that one tool is told of an incident and its end, and the events behind it. */
async function told(name: keyof typeof TOOLS, more: object = {}) {
  const stack = shopAt(2);
  bridgeTo(stack, { destinations: [TOOLS[name](stack)], alarms: [checkoutIn(stack)] });
  const bridge = new BridgeRun(Template.fromStack(stack).toJSON() as never, tool);
  await bridge.happen(changed({ alarm: ALARM, value: 'ALARM', ...more }));
  await bridge.happen(changed({ alarm: ALARM, value: 'OK', previous: 'ALARM', at: '06:10:00', ...more }));
  const events = bridge.onBus.map(({ detail }) => detail);
  const sent = [...tool.received.map(({ body }) => body), ...bridge.events.opsCenter.inputs];
  return { events, sent };
}

const summary = (state: string) => `SEV-3 shop: ${ALARM} is ${state}`;
const text = (state: string) =>
  [
    summary(state),
    'Customers cannot "pay" <now> & here.',
    'Threshold Crossed: 1 datapoint [12.0] was greater than the threshold (10.0).',
    `Runbook: ${RUNBOOK}`,
  ].join('\n');
const STATES = ['ALARM', 'OK'];

describe('the whole of what is told to', () => {
  it('PagerDuty', async () => {
    const { events, sent } = await told('pagerDuty');
    expect(sent).toEqual(
      events.map(({ data, time }, index) => ({
        routing_key: 'secret<>',
        event_action: ['trigger', 'resolve'][index],
        dedup_key: data.dedupKey,
        payload: {
          summary: summary(STATES[index] ?? ''),
          source: ARN,
          severity: 'warning',
          timestamp: time,
          component: 'shop',
          group: 'eu-west-1',
          class: ALARM,
          custom_details: data,
        },
        links: [{ href: RUNBOOK, text: 'Runbook' }],
      })),
    );
    expect(sent).toHaveLength(2);
  });

  it('ServiceNow', async () => {
    const { events, sent } = await told('serviceNow');
    expect(sent).toEqual(
      events.map(({ data }, index) => ({
        source: 'cdk-nines',
        event_class: 'CloudWatch',
        node: 'shop',
        resource: ALARM,
        type: 'Alarm',
        severity: ['3', '0'][index],
        message_key: data.dedupKey,
        description: text(STATES[index] ?? ''),
      })),
    );
    expect(sent).toHaveLength(2);
  });

  it('Jira', async () => {
    const { events, sent } = await told('jira');
    expect(sent).toEqual(events);
    expect(sent.map(({ data }) => data.text)).toEqual(STATES.map(text));
  });

  it('Slack', async () => {
    const { sent } = await told('slack');
    expect(sent).toEqual(
      STATES.map((state) => ({
        channel: 'C0123',
        text: summary(state),
        mrkdwn: false,
        unfurl_links: false,
        blocks: [{ type: 'section', text: { type: 'plain_text', text: text(state), emoji: false } }],
      })),
    );
  });

  it('OpsCenter', async () => {
    const { events, sent } = await told('opsItem');
    expect(sent).toEqual([
      {
        title: summary('ALARM'),
        description: text('ALARM'),
        category: 'Availability',
        severity: '3',
        source: 'cdk-nines',
        operationalData: {
          '/aws/dedup': {
            type: 'SearchableString',
            value: JSON.stringify({ dedupString: events[0].data.dedupKey }),
          },
          service: { type: 'SearchableString', value: 'shop' },
          alarm: { value: ARN },
        },
      },
    ]);
  });
});

it('the rule that the page has for Jira reads what is in the event', () => {
  const page = readFileSync(join(ROOT, 'docs/patterns/incident-bridge.md'), 'utf8');
  const read = [...page.matchAll(/\{\{webhookData\.([\w.]+)\}\}/g)].map(([, path = '']) => path.split('.'));
  expect(read.length).toBeGreaterThan(5);
  const required = schema.properties.data.required;
  for (const [top, field = '', ...deeper] of read) {
    expect([top, deeper]).toEqual(['data', []]);
    expect(required).toContain(field);
  }
  const [begins, ends] = schema.examples;
  expect([begins?.data.action, ends?.data.action]).toEqual(['trigger', 'resolve']);
  expect(begins?.data.dedupKey).toBe(ends?.data.dedupKey);
});

describe.each(Object.keys(TOOLS) as (keyof typeof TOOLS)[])('%s', (name) => {
  it.each([
    ['little', {}],
    ['as much as CloudWatch can', LONG],
  ])('takes what an alarm says that says %s, and its runbook', async (_, more) => {
    const { sent } = await told(name, more);
    expect(sent.length).toBeGreaterThan(0);
    for (const body of sent) {
      expect(ajv.validate(SCHEMAS[name], body) || ajv.errorsText()).toBe(true);
      const said = JSON.stringify(body);
      expect(said).toContain(`\\nRunbook: ${RUNBOOK}"`);
      // JSON writes half a character as an escape.
      expect(said).not.toMatch(/\\ud[89a-f]/i);
    }
  });
});
