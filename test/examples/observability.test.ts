import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { metricAlarmOf } from '../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../lib/assembly/value';
import { alarmTimeline } from '../../lib/calculus/alarms/alarm-timeline';
import type { MetricName, NotKnown } from '../../lib/calculus/alarms/metric-samples';
import incidentEvent from '../../schemas/incident-event-1.schema.json';
import { type Change, changed } from '../support/alarm-change';
import { BridgeRun } from '../support/bridge-run';
import type { Json } from '../support/event-run';
import { SynthesisedApp } from '../support/example-app';
import { graphOf } from '../support/graph';
import { PAGER_DUTY } from '../support/incident-schemas';
import { IncidentTool } from '../support/incident-tool';

const ACCOUNT = '123456789012';
const RUNBOOK = 'https://runbooks.example.com/tickets';
const ROUTING_KEY = '7d1f0c3e5a9b4f2e8c6d0a1b2c3d4e5f';
const ON_CALL = 'sms +15550100';
const TEAM = 'email team-tickets@example.com';

const app = new SynthesisedApp('examples/observability');
if (app.status !== 0) throw new Error(app.stderr);
const templates = app.templates().map((file) => JSON.parse(readFileSync(file, 'utf8')));
const tool = new IncidentTool();
const ajv = new Ajv2020({ strict: false, formats: { 'uri-reference': true, uri: true, 'date-time': true } });

beforeAll(() => tool.open());
afterAll(async () => {
  app.remove();
  await tool.close();
});
beforeEach(() => tool.forget());

const actions = () => tool.received.map(({ body }) => body.event_action);

it('has a bridge in each region', () => expect(templates).toHaveLength(2));

describe.each(templates.map((template) => [regionOf(template), template] as const))(
  'in %s',
  (region, template) => {
    const { Resources: resources } = template as { Resources: Record<string, Json> };
    const run = () =>
      new BridgeRun(template, {
        post: tool.post,
        secretOf: (name) => (name === 'tickets/pagerduty' ? ROUTING_KEY : ''),
      });

    /** The alarms of which the bridge is told, by their logical ids, as the patterns of its rules name them. */
    const watched: string[] = Object.values(resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Events::Rule'
        ? (Properties.EventPattern?.detail?.alarmName ?? []).map(({ Ref }: Json) => Ref)
        : [],
    );
    const called = (id: string): string => resources[id].Properties.AlarmName ?? id;
    const idOf = (words: string): string => {
      const found = Object.keys(resources).filter((id) => id.replace(/[0-9A-F]{8}$/, '') === words);
      if (found.length !== 1) throw new Error(`${found.length} resources are called ${words}`);
      return found[0] ?? '';
    };

    /** What CloudWatch says of an alarm of the example, with the tags that it sends along. */
    const change = (id: string, event: Omit<Change, 'alarm'>): Json => {
      const { Tags = [], ActionConfiguration, AlarmDescription } = resources[id].Properties;
      const alarmTags = Object.fromEntries(Tags.map(({ Key, Value }: Json) => [Key, Value]));
      const sends = ActionConfiguration?.AlarmTagsPropagation?.Enabled === true;
      const detail = { configuration: { description: AlarmDescription }, ...(sends && { alarmTags }) };
      return { ...changed({ ...event, alarm: called(id), account: ACCOUNT, region, detail }) };
    };

    /** It fires and is over, and each event comes twice. */
    const fireAndEnd = async (bridge: BridgeRun, id: string): Promise<void> => {
      for (const event of [
        change(id, { value: 'ALARM' }),
        change(id, { value: 'OK', previous: 'ALARM', at: '06:10:00' }),
      ]) {
        await bridge.happen(event);
        await bridge.happen(event);
      }
    };

    /** Who hears of a state of an alarm without the bridge. */
    const hears = (id: string, state: 'AlarmActions' | 'OKActions'): string[] =>
      (resources[id].Properties[state] ?? []).flatMap(({ Ref: topic }: Json) =>
        Object.values(resources)
          .filter(
            ({ Type, Properties }) => Type === 'AWS::SNS::Subscription' && Properties.TopicArn.Ref === topic,
          )
          .map(({ Properties }) => `${Properties.Protocol} ${Properties.Endpoint}`),
      );

    describe('an alarm of a zone', () => {
      const id = idOf(`AlarmsZones${region.replaceAll('-', '')}aAlarm`);
      const dedupKey = createHash('sha256')
        .update(`${ACCOUNT}|${region}|tickets|${called(id)}`)
        .digest('hex');

      it('is one incident at PagerDuty, and resolves', async () => {
        await fireAndEnd(run(), id);
        expect(actions()).toEqual(['trigger', 'resolve']);
        for (const { body, url, headers } of tool.received) {
          expect(ajv.validate(PAGER_DUTY, body) || ajv.errorsText()).toBe(true);
          expect(url).toBe('https://events.pagerduty.com/v2/enqueue');
          expect(headers['x-routing-key']).toBe(ROUTING_KEY);
          expect([body.routing_key, body.dedup_key]).toEqual([ROUTING_KEY, dedupKey]);
        }
      });

      it('says what it is, where, how bad, and what to do', async () => {
        await fireAndEnd(run(), id);
        const arn = `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${called(id)}`;
        const summary = `SEV-2 tickets: ${called(id)} is ALARM`;
        const [{ body } = { body: undefined }] = tool.received;
        const { custom_details: details, ...payload } = body.payload;
        expect(payload).toEqual({
          summary,
          source: arn,
          severity: 'error',
          timestamp: '2026-11-23T06:00:00.000Z',
          component: 'tickets',
          group: region,
          class: called(id),
        });
        expect(body.links).toEqual([{ href: RUNBOOK, text: 'Runbook' }]);
        expect(details).toMatchObject({
          service: 'tickets',
          tier: 1,
          owner: 'team-tickets',
          severity: 'SEV-2',
          tags: {
            'resilience:layer': 'infrastructure',
            'resilience:zone': `${region}a`,
            'resilience:tier': '1',
          },
        });
        expect(details.text.split('\n')).toEqual([
          summary,
          resources[id].Properties.AlarmDescription,
          expect.stringContaining('Threshold Crossed'),
          `Runbook: ${RUNBOOK}`,
        ]);
      });

      it('is two CloudEvents of the published schema', async () => {
        const bridge = run();
        await fireAndEnd(bridge, id);
        expect(bridge.onBus.map(({ detail }) => detail.type)).toEqual([
          'cdk-nines.incident.trigger.v1',
          'cdk-nines.incident.resolve.v1',
        ]);
        for (const { detail } of bridge.onBus)
          expect(ajv.validate(incidentEvent, detail) || ajv.errorsText()).toBe(true);
      });

      it('is in the timeline, as it came', async () => {
        const bridge = run();
        const event = change(id, { value: 'ALARM' });
        await bridge.happen(event);
        expect(bridge.events.logged).toEqual([event]);
      });
    });

    describe('every alarm that is watched', () => {
      const severe = watched.filter((id) => hears(id, 'AlarmActions').includes(ON_CALL));
      const slow = watched.filter((id) => !severe.includes(id));

      it('is told once to whom its severity calls, and its end', async () => {
        const bridge = run();
        for (const id of watched) await fireAndEnd(bridge, id);
        const told = tool.received.map(({ body }) => `${body.event_action} ${body.payload.class}`);
        expect(told).toEqual(severe.flatMap((id) => [`trigger ${called(id)}`, `resolve ${called(id)}`]));
        expect(new Set(tool.received.map(({ body }) => body.dedup_key)).size).toBe(severe.length);
        // Of all an item is opened and resolved, of the slow ones nothing else is.
        expect(bridge.opsItems.map(({ Status }) => Status)).toEqual(watched.map(() => 'Resolved'));
        expect([severe.length, slow.length]).toEqual([region === 'eu-west-1' ? 10 : 9, 5]);
      });

      const byBoth = severe.filter((id) => id !== idOf('IncidentsFallbackUnhandled'));
      it.each(byBoth)('%s tells who is on call by itself as well, and of its end', (id) =>
        expect(hears(id, 'OKActions')).toContain(ON_CALL),
      );

      it.each(slow)('%s tells the team by mail, and wakes nobody', (id) =>
        expect(hears(id, 'AlarmActions')).toEqual([TEAM]),
      );
    });

    it('is not told of what users meet by their own alarms: the alarm of the service tells of it', async () => {
      const bridge = run();
      for (const words of ['PurchaseFailing', 'AvailabilityWithin1hBoth', 'PaymentsDown'])
        await fireAndEnd(bridge, idOf(words));
      expect(tool.calls).toBe(0);
      const { AlarmRule } = resources[idOf('AlarmsServiceAlarm')].Properties;
      expect(JSON.stringify(AlarmRule)).toContain(idOf('PurchaseFailing'));
      expect(JSON.stringify(AlarmRule)).toContain(idOf('AvailabilityWithin1hBoth'));
    });

    describe('when PagerDuty answers with 500', () => {
      const id = idOf('AlarmsServiceAlarm');
      const rule = idOf('IncidentsPagerDutyRule');

      it('tries as long as EventBridge can, then sets the event aside, where an alarm looks', async () => {
        const bridge = run();
        tool.status = 500;
        await bridge.happen(change(id, { value: 'ALARM' }));
        expect(tool.received).toEqual([]);
        expect(bridge.events.retries.get(rule)).toBe(185);
        const [aside] = bridge.events.setAside;
        expect(bridge.events.setAside).toHaveLength(1);
        expect(aside).toMatchObject({ queue: idOf('IncidentsDeadLetters'), attempts: 186 });
        expect(aside?.input).toMatchObject({ event_action: 'trigger', payload: { class: called(id) } });
        const alarm = idOf('IncidentsUnhandled');
        expect(JSON.stringify(resources[alarm].Properties)).toContain(idOf('IncidentsDeadLetters'));
        expect(hears(alarm, 'AlarmActions')).toEqual([ON_CALL]);
      });

      it('tells who is on call at once, by the alarm itself', () => {
        expect(hears(id, 'AlarmActions')).toContain(ON_CALL);
      });

      it('tells who is on call within ten minutes that PagerDuty is not told', async () => {
        const bridge = run();
        tool.status = 500;
        await bridge.happen(change(id, { value: 'ALARM' }));
        const retries = bridge.events.retries.get(rule) ?? 0;
        const fired = firstAlarm('IncidentsPagerDutyRefused', 'RetryInvocationAttempts', waits(retries));
        expect(fired).toBeLessThanOrEqual(600);
        expect(hears(idOf('IncidentsPagerDutyRefused'), 'AlarmActions')).toEqual([ON_CALL]);
        expect(hears(idOf('IncidentsPagerDutyFailed'), 'AlarmActions')).toEqual([ON_CALL]);
      });

      it('stays silent about calls that are tried again once', () => {
        expect(firstAlarm('IncidentsPagerDutyRefused', 'RetryInvocationAttempts', [1])).toBe(
          Number.POSITIVE_INFINITY,
        );
      });

      it('tells it of the end, and of the next time, once it is back', async () => {
        const bridge = run();
        tool.status = 500;
        await bridge.happen(change(id, { value: 'ALARM' }));
        tool.status = 202;
        await bridge.happen(change(id, { value: 'OK', previous: 'ALARM', at: '06:10:00' }));
        await bridge.happen(change(id, { value: 'ALARM', at: '06:20:00' }));
        expect(actions()).toEqual(['resolve', 'trigger']);
      });
    });

    /** When an alarm of the template fires first, in seconds, with a metric of its rule that counts at some seconds. */
    function firstAlarm(words: string, metric: string, seconds: readonly number[]): number {
      const resource = graphOf(template).resources.find(({ logicalId }) => logicalId === idOf(words));
      const alarm = resource && metricAlarmOf(resource);
      if (!alarm || alarm instanceof Unknown) throw new Error(alarm?.reason ?? `no ${words}`);
      const counted = new Map<number, number>();
      for (const at of seconds) {
        const minute = Math.floor(at / 60) * 60;
        counted.set(minute, (counted.get(minute) ?? 0) + 1);
      }
      const points = [...counted].sort(([one], [other]) => one - other);
      const samplesOf = ({ namespace, name }: MetricName) => {
        const isMeant = namespace === 'AWS/Events' && name === metric;
        const isOfRule = JSON.stringify(resources[idOf(words)].Properties.Dimensions).includes(
          idOf('IncidentsPagerDutyRule'),
        );
        return isMeant && isOfRule ? [{ statistic: 'Sum', period: 60, points }] : [];
      };
      const changes = alarmTimeline(alarm, samplesOf, { from: 0, until: 6 * 3_600 });
      if (!Array.isArray(changes)) throw new Error((changes as NotKnown).reason);
      return changes.find(({ state }) => state === 'ALARM')?.at ?? Number.POSITIVE_INFINITY;
    }
  },
);

/** When something is tried again: EventBridge waits twice as long each time, and says no more. */
function waits(retries: number): number[] {
  return Array.from({ length: Math.min(retries, 14) }, (_, index) => 2 ** (index + 1) - 1);
}

function regionOf({ Resources }: { readonly Resources: Readonly<Record<string, Json>> }): string {
  return JSON.stringify(Resources).includes('"eu-central-1a"') ? 'eu-central-1' : 'eu-west-1';
}
