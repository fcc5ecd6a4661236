import Ajv2020 from 'ajv/dist/2020';
import incidentEvent from '../../../schemas/incident-event-1.schema.json';
import { changed } from '../../support/alarm-change';
import { EventRun, type Json } from '../../support/event-run';
import { FORMATS, PAGER_DUTY } from '../../support/incident-schemas';
import { IncidentTool } from '../../support/incident-tool';
import { type DesignFinding, Expectations } from '../checks/designs/design';
import { Mailbox } from './mailbox';
import type { Metrics, Watched } from './metrics';
import { OpsCenterServer } from './ops-center-server';
import type { Standing } from './standing';

const ROUTING_KEY = '7d1f0c3e5a9b4f2e8c6d0a1b2c3d4e5f';
const ajv = new Ajv2020({ strict: false, formats: FORMATS });

/** A bridge that stands: its table, its bus and its queues are deployed, its function is called in a process of its own. */
class DeployedBridge {
  readonly tool = new IncidentTool();

  /** What became of each event that the function was called with. */
  readonly outcomes: unknown[] = [];

  /** What came through the bus. */
  readonly onBus: Json[] = [];
  readonly events: EventRun;
  readonly handler: string;
  private readonly opsCenter: OpsCenterServer;
  private systems = '';

  constructor(
    readonly standing: Standing,
    private readonly heard: Mailbox,
    private readonly metrics: Metrics,
  ) {
    this.handler = standing.idOf('IncidentsHandler');
    this.events = new EventRun(standing.template.Resources, {
      invoke: (id, input) => this.invoke(id, input),
      post: this.tool.post,
      secretOf: () => ROUTING_KEY,
    });
    this.opsCenter = new OpsCenterServer(this.events.opsCenter);
  }

  async open(): Promise<void> {
    await this.tool.open();
    this.systems = await this.opsCenter.open();
  }

  async close(): Promise<void> {
    await this.tool.close();
    await this.opsCenter.close();
  }

  /** An alarm changes its state, and CloudWatch says so as often as it likes. */
  async change(words: string, value: string, at: string): Promise<void> {
    const { stack } = this.standing;
    const { Properties = {} } = this.standing.template.Resources[this.standing.idOf(words)] ?? {};
    const alarm = String(Properties.AlarmName);
    const previous = value === 'OK' ? 'ALARM' : 'OK';
    await this.events.happen(changed({ ...stack, alarm, value, previous, at }));
  }

  private async invoke(id: string, input: Json): Promise<unknown> {
    const said = await this.standing.call(id, input, { systems: this.systems });
    this.outcomes.push(said.result);
    await this.metrics.takeFrom(said);
    for (const event of await this.heard.take()) {
      this.onBus.push(event);
      await this.events.happen(event, this.standing.idOf('IncidentsBus'));
    }
    return said.result;
  }
}

/** An alarm goes through the bridge as it was deployed: once to PagerDuty, and around it where PagerDuty does not answer. */
export async function bridgeFindings(standing: Standing, metrics: Metrics): Promise<DesignFinding[]> {
  const { raw } = standing.clients;
  const heard = await Mailbox.open(raw, 'heard-of-incidents');
  await heard.listenTo(standing.physicalId(standing.idOf('IncidentsBus')));
  const bridge = new DeployedBridge(standing, heard, metrics);
  await bridge.open();
  try {
    return [
      ...(await toldOnce(bridge)),
      ...(await measuredOnce(bridge, metrics)),
      ...(await alive(bridge, metrics)),
      ...(await toldAround(bridge, await Mailbox.open(raw, 'on-call'))),
    ];
  } finally {
    await bridge.close();
  }
}

/** Two events of the beginning and two of the end are one incident, and one OpsItem that is resolved. */
async function toldOnce(bridge: DeployedBridge): Promise<DesignFinding[]> {
  const { standing, tool, outcomes, onBus, events } = bridge;
  const expectations = new Expectations(standing.stack.name);
  const zone = `AlarmsZones${standing.stack.region.replaceAll('-', '')}aAlarm`;
  await bridge.change(zone, 'ALARM', '06:00:00');
  await bridge.change(zone, 'ALARM', '06:00:00');
  await bridge.change(zone, 'OK', '06:10:00');
  await bridge.change(zone, 'OK', '06:10:00');
  const became = ['told', 'stale', 'told', 'resolved', 'stale'];
  expectations.expect('what became of the events', became, outcomes);
  expectations.expect('the items of OpsCenter', ['Resolved'], events.opsCenter.statuses());
  const told = tool.received.map(({ body }) => [body.event_action, body.routing_key]);
  const wanted = ['trigger', 'resolve'].map((action) => [action, ROUTING_KEY]);
  expectations.expect('what PagerDuty is told', wanted, told);
  for (const { body } of tool.received)
    expectations.expect('event of PagerDuty', true, ajv.validate(PAGER_DUTY, body) || ajv.errorsText());
  for (const { detail } of onBus)
    expectations.expect('event on the bus', true, ajv.validate(incidentEvent, detail) || ajv.errorsText());
  const keys = new Set(tool.received.map(({ body }) => body.dedup_key));
  expectations.expect('incidents', 1, keys.size);
  const kept = await memoryOf(standing, String([...keys][0]));
  expectations.expect('what is remembered', [false, true], [kept?.isOpen?.BOOL, kept?.isTold?.BOOL]);
  return expectations.findings;
}

/** How long the incident took is one sample, which dashboards show. */
async function measuredOnce({ standing, onBus }: DeployedBridge, metrics: Metrics): Promise<DesignFinding[]> {
  const expectations = new Expectations(standing.stack.name);
  const Dimensions = [{ Name: 'Service', Value: String(onBus[0]?.detail.subject) }];
  const metric = { Namespace: 'Nines/Incidents', MetricName: 'TimeToResolve', Dimensions };
  expectations.expect(
    'seconds that the incident took',
    600,
    await metrics.seenBy({ ...metric, Statistic: 'Sum' }),
  );
  return expectations.findings;
}

/** A beat goes through function, table and bus, and the alarm on the bridge sees it. */
async function alive(bridge: DeployedBridge, metrics: Metrics): Promise<DesignFinding[]> {
  const { standing, events, handler, onBus } = bridge;
  const expectations = new Expectations(standing.stack.name);
  const [schedule = ''] = events.scheduled(handler);
  expectations.expect('the beat of the bridge', 'alive', await events.strike(schedule));
  expectations.expect('the beat on the bus', 'heartbeat', onBus.at(-1)?.['detail-type']);
  const watchdog = await standing.propertiesOf(standing.idOf('IncidentsWatchdogHeartbeat'));
  const seen = await metrics.seenBy(watchdog as unknown as Watched);
  expectations.expect('beats that the watchdog sees', 1, seen);
  return expectations.findings;
}

/** What PagerDuty does not take waits among the dead letters; the alarm itself and those on the bridge tell who is on call. */
async function toldAround(bridge: DeployedBridge, onCall: Mailbox): Promise<DesignFinding[]> {
  const { standing, tool, events } = bridge;
  const { raw } = standing.clients;
  const expectations = new Expectations(standing.stack.name);
  await onCall.subscribeTo(standing.physicalId(standing.idOf('IncidentsFallbackTopic')));
  tool.forget();
  tool.status = 500;
  await bridge.change('AlarmsServiceAlarm', 'ALARM', '07:00:00');
  expectations.expect('calls of PagerDuty', 186, tool.calls);
  const [aside] = events.setAside;
  const deadLetters = Mailbox.at(raw, standing.physicalId(aside?.queue ?? ''));
  await deadLetters.put(aside?.input);
  const [waits] = (await deadLetters.take()) as Json[];
  expectations.expect('what waits', 'trigger', waits?.event_action);
  const telling = ['AlarmsServiceAlarm', 'IncidentsPagerDutyRefused', 'IncidentsUnhandled'];
  for (const words of telling) {
    const { AlarmActions } = await standing.propertiesOf(standing.idOf(words));
    for (const topic of AlarmActions as string[])
      await raw.query('sns', { Action: 'Publish', Version: '2010-03-31', TopicArn: topic, Message: words });
  }
  const heard = (await onCall.take()).map(({ Message }) => Message);
  expectations.expect('what is heard on call', telling.sort(), heard.sort());
  return expectations.findings;
}

async function memoryOf(standing: Standing, key: string): Promise<Json> {
  const asked = { TableName: standing.physicalId(standing.idOf('IncidentsMemory')), Key: { id: { S: key } } };
  return (await standing.clients.raw.json('dynamodb', 'DynamoDB_20120810.GetItem', asked)).Item;
}
