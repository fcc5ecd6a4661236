import { createHash } from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Stack } from 'aws-cdk-lib/core';
import { CloudEvent } from 'cloudevents';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import type { IncidentBridgeProps } from '../../../../lib/constructs/observe/telling/incident-bridge-props';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { IncidentSeverity } from '../../../../lib/constructs/observe/telling/incident-severity';
import schema from '../../../../schemas/incident-event-1.schema.json';
import { changed } from '../../../support/alarm-change';
import { BridgeRun } from '../../../support/bridge-run';
import { CLOUD_EVENT, FORMATS, PAGER_DUTY, PAGER_DUTY_CHANGE } from '../../../support/incident-schemas';
import { IncidentTool } from '../../../support/incident-tool';
import { shopStack } from '../../fixtures';
import { codeDeployIs, containersAre, pipelineIs, stackIs } from './deployments';

const ALARM = 'CheckoutB7CD3E82';
const RUNBOOK = 'https://runbooks.example.com/shop';

const tool = new IncidentTool();
const { received } = tool;
beforeAll(() => tool.open());
afterAll(() => tool.close());
beforeEach(() => tool.forget());

function secret(stack: Stack, name: string) {
  return Secret.fromSecretNameV2(stack, name, `shop/${name}`);
}

function bridgeIn(
  stack: Stack,
  destinations: readonly IncidentDestination[],
  props: Partial<IncidentBridgeProps> = {},
): IncidentBridge {
  const alarm = new Alarm(stack, 'Checkout', {
    metric: new Metric({ namespace: 'Shop', metricName: 'FailedPayments' }),
    threshold: 10,
    evaluationPeriods: 1,
  });
  return new IncidentBridge(stack, 'Incidents', {
    destinations,
    fallback: [new SmsSubscription('+15550100')],
    alarms: [alarm],
    ...props,
  });
}

function bridgeRun(stack: Stack): BridgeRun {
  return new BridgeRun(Template.fromStack(stack).toJSON() as never, tool);
}

/** The bridge of the shop at tier 1, with PagerDuty. */
function run(): BridgeRun {
  const stack = shopStack(1, {}, { runbook: RUNBOOK });
  bridgeIn(stack, [IncidentDestination.pagerDuty({ routingKey: secret(stack, 'pagerduty') })]);
  return bridgeRun(stack);
}

const actions = () => received.map(({ body }) => body.event_action);
const ajv = new Ajv2020({ strict: false, formats: FORMATS });

/** The name of the alarm in the template. */
const alarmOf = (bridge: BridgeRun, event: Omit<Parameters<typeof changed>[0], 'alarm'>) =>
  bridge.happen(changed({ alarm: ALARM, ...event }));

describe('an alarm', () => {
  it('arrives at PagerDuty once, and resolves', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });

    expect(actions()).toEqual(['trigger', 'resolve']);
    for (const { body, url } of received) {
      expect(ajv.validate(PAGER_DUTY, body) || ajv.errorsText()).toBe(true);
      expect(url).toBe('https://events.pagerduty.com/v2/enqueue');
    }
    const key = createHash('sha256').update(`111122223333|eu-west-1|shop|${ALARM}`).digest('hex');
    expect(received[0]?.body).toMatchObject({
      routing_key: 'secret<>',
      event_action: 'trigger',
      dedup_key: key,
      payload: {
        summary: `SEV-2 shop: ${ALARM} is ALARM`,
        source: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${ALARM}`,
        severity: 'error',
        timestamp: '2026-11-23T06:00:00.000Z',
        component: 'shop',
      },
      links: [{ href: RUNBOOK, text: 'Runbook' }],
    });
    expect(received[0]?.body.payload.custom_details.text).toContain('Customers cannot "pay" <now> & here.');
    expect(received[1]?.body.dedup_key).toBe(key);
  });

  it('becomes a CloudEvent 1.0 of the published schema', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM', detail: { alarmTags: { 'resilience:service': 'shop' } } });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    expect(bridge.onBus).toHaveLength(2);
    for (const { detail } of bridge.onBus) {
      expect(ajv.validate(CLOUD_EVENT, detail) || ajv.errorsText()).toBe(true);
      expect(ajv.validate(schema, detail) || ajv.errorsText()).toBe(true);
      expect(new CloudEvent(detail).validate()).toBe(true);
      expect(() => new CloudEvent({ ...detail, source: '' })).toThrow('source');
    }
    expect(bridge.onBus.map(({ detail }) => detail)).toEqual(schema.examples);
  });

  it.each<[attribute: string, value: unknown]>([
    ['id', undefined],
    ['id', ''],
    ['source', undefined],
    ['source', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Shop is down'],
    ['specversion', '0.3'],
    ['type', ''],
    ['time', 'yesterday'],
    ['dataschema', 'no uri'],
    ['severitynumber', 25],
    ['Tier', 1],
    ['a-b', 1],
  ])('is no CloudEvent with %s %j', async (attribute, value) => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM' });
    const [{ detail }] = bridge.onBus;
    const broken = { ...detail, [attribute]: value };
    if (value === undefined) delete broken[attribute];
    expect(ajv.validate(CLOUD_EVENT, detail) && ajv.validate(schema, detail)).toBe(true);
    expect(ajv.validate(CLOUD_EVENT, broken)).toBe(false);
    expect(ajv.validate(schema, broken)).toBe(false);
  });

  it('that comes late is not told after its end', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    await alarmOf(bridge, { value: 'ALARM', at: '06:00:00' });
    expect(actions()).toEqual(['resolve']);
  });

  it('is not resolved by an end that belongs to an earlier time', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM', at: '06:00:00' });
    await alarmOf(bridge, { value: 'ALARM', at: '06:20:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    expect(actions()).toEqual(['trigger', 'trigger']);
    expect(received[0]?.body.dedup_key).toBe(received[1]?.body.dedup_key);
  });

  it('fires again after its end', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM', at: '06:00:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    await alarmOf(bridge, { value: 'ALARM', at: '06:20:00' });
    expect(actions()).toEqual(['trigger', 'resolve', 'trigger']);
  });

  it('says nothing when it is only made', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'OK', previous: 'INSUFFICIENT_DATA' });
    expect(received).toEqual([]);
    expect(bridge.lines.at(-1)).toMatchObject({ outcome: 'quiet' });
  });

  it('resolves when data come back after it fired', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'OK', previous: 'INSUFFICIENT_DATA', at: '06:10:00' });
    expect(actions()).toEqual(['trigger', 'resolve']);
  });

  it('is not told while another one suppresses it, and is told when that ends', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM', state: { actionsSuppressedBy: 'WaitPeriod' } });
    expect(received).toEqual([]);
    await alarmOf(bridge, { value: 'ALARM', previous: 'ALARM', at: '06:02:00' });
    await alarmOf(bridge, { value: 'ALARM', previous: 'ALARM', at: '06:04:00' });
    expect(actions()).toEqual(['trigger']);
  });

  it('is not told while it is mute', async () => {
    const bridge = run();
    const mute = { mutedByArn: 'arn:rule', muteWindowEnd: '2026-11-23T07:00:00.000+0000' };
    await alarmOf(bridge, { value: 'ALARM', detail: { muteDetail: mute } });
    expect(bridge.lines.at(-1)).toMatchObject({ outcome: 'muted' });
    const over = { ...mute, muteWindowEnd: '2026-11-23T05:00:00.000+0000' };
    await alarmOf(bridge, { value: 'ALARM', detail: { muteDetail: over } });
    expect(actions()).toEqual(['trigger']);
  });

  it.each<[why: string, held: object]>([
    ['another one suppressed', { state: { actionsSuppressedBy: 'Alarm' } }],
    ['was mute', { detail: { muteDetail: { mutedByArn: 'arn:rule' } } }],
  ])('that %s is not told of when it is over', async (_, held) => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM', ...held });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    expect(received).toEqual([]);
    await alarmOf(bridge, { value: 'ALARM', at: '06:20:00' });
    await alarmOf(bridge, { value: 'ALARM', previous: 'ALARM', at: '06:25:00', ...held });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:30:00' });
    expect(actions()).toEqual(['trigger', 'resolve']);
  });

  it('that was silent before the bridge was there is not told of when it is over', async () => {
    const bridge = run();
    const timestamp = '2026-11-23T05:00:00.000+0000';
    const previousState = { value: 'ALARM', actionsSuppressedBy: 'Alarm', timestamp };
    await alarmOf(bridge, { value: 'OK', detail: { previousState } });
    const muteDetail = { mutedByArn: 'arn:rule' };
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:20:00', detail: { muteDetail } });
    expect(received).toEqual([]);
  });

  it('stays open while it has no data, for nobody knows whether it is over', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'INSUFFICIENT_DATA', previous: 'ALARM', at: '06:05:00' });
    expect(actions()).toEqual(['trigger']);
    await alarmOf(bridge, { value: 'ALARM', previous: 'INSUFFICIENT_DATA', at: '06:10:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:20:00' });
    // The same incident: tools add what has its key to what is open.
    expect(actions()).toEqual(['trigger', 'trigger', 'resolve']);
    expect(new Set(received.map(({ body }) => body.dedup_key)).size).toBe(1);
    const samples = bridge.lines.filter(({ TimeToResolve }) => TimeToResolve !== undefined);
    expect(samples.map(({ TimeToResolve }) => TimeToResolve)).toEqual([1_200]);
  });

  it('of others is none of its business', async () => {
    const bridge = run();
    await bridge.happen(changed({ alarm: 'TargetTracking-table/orders', value: 'ALARM' }));
    await alarmOf(bridge, { value: 'INSUFFICIENT_DATA' });
    expect(bridge.lines).toEqual([]);
  });
});

describe('the bridge', () => {
  it('tells without its memory, for twice is better than never', async () => {
    const bridge = run();
    bridge.noMemory = true;
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    expect(actions()).toEqual(['trigger', 'resolve']);
    expect(bridge.lines[0]).toMatchObject({
      level: 'WARN',
      message: 'no memory: InternalServerError: no table',
    });
  });

  it('fails when it could not tell, and tells when Lambda tries again', async () => {
    const bridge = run();
    bridge.noBus = true;
    await expect(alarmOf(bridge, { value: 'ALARM' })).rejects.toThrow(
      'not sent: [{"ErrorCode":"InternalFailure"}]',
    );
    bridge.noBus = false;
    await alarmOf(bridge, { value: 'ALARM' });
    expect(received).toEqual([]);
    bridge.now += 60_000;
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'ALARM' });
    expect(actions()).toEqual(['trigger']);
  });

  it('writes how late it was, as a metric', async () => {
    const bridge = run();
    await alarmOf(bridge, { value: 'ALARM' });
    expect(bridge.lines).toEqual([
      expect.objectContaining({
        level: 'INFO',
        outcome: 'told',
        alarm: ALARM,
        action: 'trigger',
        Delay: 10,
        _aws: {
          Timestamp: bridge.now,
          CloudWatchMetrics: [
            { Namespace: 'Nines/IncidentBridge', Dimensions: [['Bridge']], Metrics: [{ Name: 'Delay' }] },
          ],
        },
      }),
    ]);
  });

  it('writes how long each incident took, as a metric of its service', async () => {
    const stack = shopStack(1, {}, { runbook: RUNBOOK });
    const incidents = bridgeIn(stack, [
      IncidentDestination.pagerDuty({ routingKey: secret(stack, 'pagerduty') }),
    ]);
    const bridge = bridgeRun(stack);
    await alarmOf(bridge, { value: 'ALARM' });
    // It fires again while it fires: the incident began the first time.
    await alarmOf(bridge, { value: 'ALARM', previous: 'INSUFFICIENT_DATA', at: '06:05:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    await alarmOf(bridge, { value: 'ALARM', at: '07:00:00' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '07:02:00' });
    const samples = bridge.lines.filter(({ TimeToResolve }) => TimeToResolve !== undefined);
    expect(samples.map(({ TimeToResolve, Service }) => [Service, TimeToResolve])).toEqual([
      ['shop', 600],
      ['shop', 120],
    ]);
    const [{ Namespace, Dimensions, Metrics }] = samples[0]._aws.CloudWatchMetrics;
    expect(incidents.timeToResolve({ statistic: 'p90' }).toMetricConfig().metricStat).toMatchObject({
      namespace: Namespace,
      metricName: Metrics[0].Name,
      dimensions: [{ name: Dimensions[0][0], value: 'shop' }],
      statistic: 'p90',
    });
  });

  it('measures for its service in its region alone, where there are two', () => {
    const measuring = (stack: Stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))
        .map(({ Properties }) => Properties.Environment?.Variables)
        .filter((variables) => variables?.BUS !== undefined)
        .map(({ MEASURES }) => MEASURES ?? 'yes');
    const two = () => {
      const stack = shopStack(1, {}, { runbook: RUNBOOK });
      const destinations = [IncidentDestination.pagerDuty({ routingKey: secret(stack, 'pagerduty') })];
      const { fallback } = bridgeIn(stack, destinations);
      const alarm = new Alarm(stack, 'Search', {
        metric: new Metric({ namespace: 'Shop', metricName: 'FailedSearches' }),
        threshold: 10,
        evaluationPeriods: 1,
      });
      new IncidentBridge(stack, 'Others', { destinations, fallbackTopic: fallback, alarms: [alarm] });
      return stack;
    };
    expect(measuring(two()).sort()).toEqual(['no', 'yes']);
    // Another app has nothing to do with it.
    expect(measuring(two()).sort()).toEqual(['no', 'yes']);
  });

  it('beats while its memory and its bus answer, and tells nobody of it', async () => {
    const bridge = run();
    expect(await bridge.beat()).toBe('alive');
    bridge.now += 300_000;
    expect(await bridge.beat()).toBe('alive');
    expect(bridge.lines).toHaveLength(2);
    expect(bridge.lines[1]).toMatchObject({ Heartbeat: 1 });
    expect(received).toEqual([]);
    bridge.noMemory = true;
    await expect(bridge.beat()).rejects.toThrow('no table');
    bridge.noMemory = false;
    bridge.noBus = true;
    bridge.now += 300_000;
    await expect(bridge.beat()).rejects.toThrow('not sent');
    expect(bridge.lines).toHaveLength(2);
  });
});

describe('the other tools', () => {
  async function toldBy(...make: readonly ((stack: Stack) => IncidentDestination)[]): Promise<BridgeRun> {
    const stack = shopStack(2, {}, { runbook: RUNBOOK });
    bridgeIn(
      stack,
      make.map((each) => each(stack)),
    );
    const bridge = bridgeRun(stack);
    await alarmOf(bridge, { value: 'ALARM' });
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:10:00' });
    return bridge;
  }

  const busOf = ({ events }: BridgeRun) =>
    Object.keys(events.resources).find((id) => events.resources[id].Type === 'AWS::Events::EventBus');

  it('ServiceNow gets events that open and clear', async () => {
    await toldBy((stack) =>
      IncidentDestination.serviceNow({
        instance: 'https://acme.service-now.com/',
        credentials: secret(stack, 'servicenow'),
      }),
    );
    expect(received.map(({ body }) => body.severity)).toEqual(['3', '0']);
    expect(received[0]).toMatchObject({
      url: 'https://acme.service-now.com/api/now/table/em_event',
      headers: { authorization: 'secret<username>:secret<password>' },
      body: { source: 'cdk-nines', node: 'shop', resource: ALARM, type: 'Alarm' },
    });
    expect(received[0]?.body.message_key).toBe(received[1]?.body.message_key);
  });

  it('Jira gets the event as it is', async () => {
    const endpoint = 'https://api-private.atlassian.com/automation/webhooks/jira/a/1/2';
    const { onBus } = await toldBy((stack) =>
      IncidentDestination.jira({ endpoint, token: secret(stack, 'jira'), secretField: 'token' }),
    );
    expect(received.map(({ body }) => body)).toEqual(onBus.map(({ detail }) => detail));
    expect(received[0]?.headers['x-automation-webhook-token']).toBe('secret<token>');
  });

  it('Slack gets a message in plain text', async () => {
    await toldBy((stack) => IncidentDestination.slack({ channel: 'C0123', token: secret(stack, 'slack') }));
    expect(received[0]).toMatchObject({
      url: 'https://slack.com/api/chat.postMessage',
      headers: { authorization: 'Bearer secret<>' },
      body: { channel: 'C0123', text: `SEV-3 shop: ${ALARM} is ALARM` },
    });
    expect(received[0]?.body.blocks[0].text).toMatchObject({ type: 'plain_text' });
    expect(received[1]?.body.text).toBe(`SEV-3 shop: ${ALARM} is OK`);
  });

  it('OpsCenter gets one item, which is resolved', async () => {
    const bridge = await toldBy(() => IncidentDestination.opsItem());
    expect(bridge.opsItems).toEqual([
      expect.objectContaining({
        Title: `SEV-3 shop: ${ALARM} is ALARM`,
        Severity: '3',
        Source: 'cdk-nines',
        Status: 'Resolved',
      }),
    ]);
    const { Value } = bridge.opsItems[0].OperationalData['/aws/dedup'];
    const [{ detail }] = bridge.onBus;
    expect(JSON.parse(Value)).toEqual({ dedupString: detail.data.dedupKey });
    expect(bridge.lines).toContainEqual({
      level: 'INFO',
      service: 'shop',
      event: bridge.onBus[1].detail.id,
      outcome: 'resolved',
      alarm: ALARM,
      items: ['oi-1'],
    });
  });

  it('OpsCenter gets another item for the next incident, and keeps what another alarm has', async () => {
    const bridge = await toldBy(() => IncidentDestination.opsItem());
    const [first] = bridge.opsItems;
    const dedup = { Type: 'SearchableString', Value: '{"dedupString":"of another alarm"}' };
    bridge.events.opsCenter.items.push({
      ...first,
      OpsItemId: 'oi-other',
      Status: 'Open',
      OperationalData: { ...first.OperationalData, '/aws/dedup': dedup },
    });
    await alarmOf(bridge, { value: 'ALARM', at: '06:20:00' });
    expect(bridge.events.opsCenter.statuses()).toEqual(['Resolved', 'Open', 'Open']);
    await alarmOf(bridge, { value: 'OK', previous: 'ALARM', at: '06:30:00' });
    expect(bridge.events.opsCenter.statuses()).toEqual(['Resolved', 'Open', 'Resolved']);
  });

  it('OpsCenter keeps the item of an alarm that fires, when its former end comes again', async () => {
    const bridge = await toldBy(() => IncidentDestination.opsItem());
    await alarmOf(bridge, { value: 'ALARM', at: '06:20:00' });
    const { detail, ...end } = bridge.onBus[1];
    expect(detail.data.action).toBe('resolve');
    await bridge.events.happen({ ...end, detail }, busOf(bridge));
    expect(bridge.lines.at(-1)).toMatchObject({ service: 'shop', event: detail.id, outcome: 'stale' });
    expect(bridge.events.opsCenter.statuses()).toEqual(['Resolved', 'Open']);
  });

  it('are not told of what is less severe than they want', async () => {
    const severe = (stack: Stack) =>
      IncidentDestination.pagerDuty({
        routingKey: secret(stack, 'pagerduty'),
        leastSeverity: IncidentSeverity.SEV_2,
      });
    const bridge = await toldBy(severe, () => IncidentDestination.opsItem());
    expect(received).toEqual([]);
    expect(bridge.events.opsCenter.statuses()).toEqual(['Resolved']);
  });
});

describe('a deployment', () => {
  const told = () => {
    const stack = shopStack(1, {}, { runbook: RUNBOOK });
    bridgeIn(stack, [IncidentDestination.pagerDuty({ routingKey: secret(stack, 'pagerduty') })], {
      deployments: true,
    });
    return bridgeRun(stack);
  };
  const where = { service: 'shop', account: '111122223333', region: 'eu-west-1' };

  it.each<[string, object, object]>([
    [
      'CloudFormation',
      stackIs('UPDATE_ROLLBACK_IN_PROGRESS'),
      {
        summary:
          'CloudFormation arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6a7e8feb-b491-4cf7-a9f1-bf3703467718: UPDATE_ROLLBACK_IN_PROGRESS',
        source:
          'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6a7e8feb-b491-4cf7-a9f1-bf3703467718',
        custom_details: {
          ...where,
          state: 'UPDATE_ROLLBACK_IN_PROGRESS',
          reason: 'Resource "Api" <failed>\nto stabilise',
          operation: 'deploy-42',
        },
      },
    ],
    [
      'CodeDeploy',
      codeDeployIs('FAILURE'),
      {
        summary: 'CodeDeploy production: FAILURE',
        source: 'production',
        custom_details: { ...where, state: 'FAILURE', application: 'shop', operation: 'd-123456789' },
      },
    ],
    [
      'CodePipeline',
      pipelineIs('STARTED'),
      {
        summary: 'CodePipeline shop: STARTED',
        source: 'shop',
        custom_details: { ...where, state: 'STARTED', operation: '01234567-0123-0123-0123-012345678901' },
      },
    ],
    [
      'ECS',
      containersAre('SERVICE_DEPLOYMENT_COMPLETED'),
      {
        summary: 'ECS arn:aws:ecs:eu-west-1:111122223333:service/shop/api: SERVICE_DEPLOYMENT_COMPLETED',
        source: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/api',
        custom_details: {
          ...where,
          state: 'SERVICE_DEPLOYMENT_COMPLETED',
          reason: 'ECS deployment ecs-svc/123 in progress.',
          operation: 'ecs-svc/123',
        },
      },
    ],
  ])('of %s arrives at PagerDuty as a change, once', async (_, event, payload) => {
    await told().happen(event);
    expect(received.map(({ url }) => url)).toEqual(['https://events.pagerduty.com/v2/change/enqueue']);
    const [{ body } = { body: undefined }] = received;
    expect(ajv.validate(PAGER_DUTY_CHANGE, body) || ajv.errorsText()).toBe(true);
    expect(body).toEqual({
      routing_key: 'secret<>',
      payload: { ...payload, timestamp: '2026-11-23T06:00:00Z' },
    });
  });

  it.each<[string, object]>([
    ['cleaning up', stackIs('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')],
    ['a look at a change set', stackIs('REVIEW_IN_PROGRESS')],
    ['waiting', codeDeployIs('READY')],
    ['stopping', pipelineIs('STOPPING')],
  ])('says nothing of %s', async (_, event) => {
    await told().happen(event);
    expect(received).toEqual([]);
  });

  it('is told to nobody unless asked', async () => {
    await run().happen(codeDeployIs('FAILURE'));
    expect(received).toEqual([]);
  });

  it('wakes nobody, and is no incident', async () => {
    const bridge = told();
    await bridge.happen(codeDeployIs('FAILURE'));
    expect(bridge.onBus).toEqual([]);
    expect(bridge.memory.items.size).toBe(0);
  });

  it('goes where alerts go, and to each PagerDuty', async () => {
    const stack = shopStack(1, {}, { runbook: RUNBOOK });
    const endpoint = 'https://events.eu.pagerduty.com/v2/enqueue';
    bridgeIn(
      stack,
      [
        IncidentDestination.pagerDuty({ routingKey: secret(stack, 'pagerduty'), endpoint }),
        IncidentDestination.pagerDuty({ routingKey: secret(stack, 'retail'), name: 'retail' }),
        IncidentDestination.slack({ channel: 'C0123', token: secret(stack, 'slack') }),
      ],
      { deployments: true },
    );
    await bridgeRun(stack).happen(pipelineIs('SUCCEEDED'));
    expect(received.map(({ url }) => url).sort()).toEqual([
      'https://events.eu.pagerduty.com/v2/change/enqueue',
      'https://events.pagerduty.com/v2/change/enqueue',
    ]);
  });
});
