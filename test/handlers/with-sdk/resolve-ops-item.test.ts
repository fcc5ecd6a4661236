import { DynamoDBClient, GetItemCommand, InternalServerError } from '@aws-sdk/client-dynamodb';
import {
  DescribeOpsItemsCommand,
  OpsItemConflictException,
  OpsItemNotFoundException,
  SSMClient,
  UpdateOpsItemCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import type { IncidentEvent } from '../../../lib/handlers/incident';
import { handler } from '../../../lib/handlers/resolve-ops-item';
import schema from '../../../schemas/incident-event-1.schema.json';
import { called, fault, throttled } from '../../support/called';
import { OpsCenter } from '../../support/ops-center';

const dynamo = mockClient(DynamoDBClient);
const systems = mockClient(SSMClient);

const over = schema.examples.find(({ data }) => data.action === 'resolve') as unknown as IncidentEvent;
const { dedupKey, service } = over.data;
const OTHER = dedupKey.replace(/^./, (first) => (first === '0' ? '1' : '0'));

let opsCenter: OpsCenter;

/** What EventBridge opens for an incident. */
function open(key = dedupKey, of = service, source = 'cdk-nines'): void {
  opsCenter.open({
    title: 'SEV-2',
    severity: '2',
    source,
    operationalData: {
      '/aws/dedup': { type: 'SearchableString', value: `{"dedupString":"${key}"}` },
      service: { type: 'SearchableString', value: of },
    },
  });
}

/** What the bridge remembers of the alarm. */
function remembered(stateAt: string, isOpen: boolean): void {
  const Item = { stateAt: { N: `${Date.parse(stateAt)}` }, isOpen: { BOOL: isOpen } };
  dynamo.on(GetItemCommand).resolves({ Item });
}

const end = () => called(handler, over, { TABLE: 'memory' });
const updates = () => systems.commandCalls(UpdateOpsItemCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  dynamo.reset();
  systems.reset();
  opsCenter = new OpsCenter();
  remembered(over.time, false);
  systems.on(DescribeOpsItemsCommand).callsFake((input) => opsCenter.describe(input));
  systems.on(UpdateOpsItemCommand).callsFake((input) => opsCenter.update(input));
});

it('resolves the item of the incident, and says of which service and event it wrote', async () => {
  open();
  const { answer, lines } = await end();
  expect(answer).toBe('resolved');
  expect(updates()).toEqual([{ OpsItemId: 'oi-1', Status: 'Resolved' }]);
  expect(lines).toEqual([
    { level: 'INFO', service, event: over.id, outcome: 'resolved', alarm: over.data.alarm, items: ['oi-1'] },
  ]);
});

it('asks for items of its own source and service that are not done', async () => {
  await end();
  expect(systems.commandCalls(DescribeOpsItemsCommand)[0]?.args[0].input.OpsItemFilters).toEqual([
    { Key: 'Status', Values: ['Open', 'InProgress'], Operator: 'Equal' },
    { Key: 'Source', Values: ['cdk-nines'], Operator: 'Equal' },
    {
      Key: 'OperationalData',
      Values: [JSON.stringify({ key: 'service', value: service })],
      Operator: 'Equal',
    },
  ]);
});

it('resolves an item on which somebody works', async () => {
  open();
  opsCenter.items[0].Status = 'InProgress';
  expect((await end()).answer).toBe('resolved');
  expect(opsCenter.statuses()).toEqual(['Resolved']);
});

it('resolves once, however often the event comes', async () => {
  open();
  expect([(await end()).answer, (await end()).answer]).toEqual(['resolved', 'none']);
  expect(updates()).toHaveLength(1);
});

it.each(['Resolved', 'Closed'])('leaves an item that is %s as it is, and says so', async (status) => {
  open();
  opsCenter.items[0].Status = status;
  const { answer, lines } = await end();
  expect(answer).toBe('none');
  expect(updates()).toEqual([]);
  expect(lines).toMatchObject([{ service, event: over.id, outcome: 'none', items: [] }]);
});

it('leaves items of other incidents, services and sources, however many there are', async () => {
  open(OTHER);
  open(dedupKey.slice(1).padEnd(64, '0'));
  open(OTHER.toUpperCase());
  open(dedupKey, 'search');
  opsCenter.items[3].Status = 'Resolved';
  open(dedupKey, service, 'ec2');
  opsCenter.items[4].Status = 'Resolved';
  open();
  opsCenter.items[3].Status = 'Open';
  opsCenter.items[4].Status = 'Open';
  expect((await end()).lines).toMatchObject([{ items: ['oi-6'] }]);
  expect(opsCenter.statuses()).toEqual(['Open', 'Open', 'Open', 'Open', 'Open', 'Resolved']);
});

it('looks at each item itself: the filter of AWS is not all that keeps it from others', async () => {
  open();
  const [own] = opsCenter.items.splice(0);
  const data = own.OperationalData;
  opsCenter.items.push(
    { ...own, Source: 'ec2' },
    { ...own, OperationalData: { ...data, service: { Value: 'search' } } },
    { ...own, OperationalData: { ...data, '/aws/dedup': { Value: `{"dedupString":"${OTHER}"}` } } },
    { ...own, OperationalData: undefined },
  );
  systems.on(DescribeOpsItemsCommand).resolves({ OpsItemSummaries: opsCenter.items });
  expect((await end()).answer).toBe('none');
  expect(updates()).toEqual([]);
});

describe('an end that comes late', () => {
  beforeEach(() => open());

  it('leaves the item while the alarm fires again', async () => {
    remembered('2026-11-23T06:30:00Z', true);
    const { answer, lines } = await end();
    expect(answer).toBe('stale');
    expect(lines).toMatchObject([{ service, event: over.id, outcome: 'stale', items: [] }]);
    expect(opsCenter.statuses()).toEqual(['Open']);
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'memory',
      Key: { id: { S: dedupKey } },
      ConsistentRead: true,
    });
  });

  it.each<[what: string, stateAt: string, isOpen: boolean]>([
    ['it is over again', '2026-11-23T06:30:00Z', false],
    ['its beginning is all that is known', '2026-11-23T06:00:00Z', true],
  ])('resolves when %s', async (_, stateAt, isOpen) => {
    remembered(stateAt, isOpen);
    expect((await end()).answer).toBe('resolved');
  });

  it('resolves when nothing is remembered', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect((await end()).answer).toBe('resolved');
  });
});

describe('when AWS does not answer', () => {
  beforeEach(() => open());

  it.each<[what: string, error: () => Error]>([
    ['is throttled', throttled],
    ['is in conflict', () => fault(OpsItemConflictException)],
  ])('fails when an update %s, and resolves when Lambda tries again', async (_, error) => {
    systems
      .on(UpdateOpsItemCommand)
      .rejectsOnce(error())
      .callsFake((input) => opsCenter.update(input));
    expect((await end()).failure).toMatchObject({ name: error().name });
    expect((await end()).answer).toBe('resolved');
    expect(opsCenter.statuses()).toEqual(['Resolved']);
  });

  it('fails when it cannot look for items', async () => {
    systems.on(DescribeOpsItemsCommand).rejects(throttled());
    expect((await end()).failure).toMatchObject({ name: 'ThrottlingException' });
    expect(updates()).toEqual([]);
  });

  it('fails when the memory does not answer, since the alarm may fire again', async () => {
    dynamo.on(GetItemCommand).rejects(fault(InternalServerError));
    expect((await end()).failure).toMatchObject({ name: 'InternalServerError' });
    expect(updates()).toEqual([]);
  });

  it('goes on when an item was deleted meanwhile', async () => {
    systems.on(UpdateOpsItemCommand).rejects(fault(OpsItemNotFoundException));
    const { answer, lines } = await end();
    expect(answer).toBe('none');
    expect(lines).toMatchObject([{ outcome: 'none', items: [] }]);
  });
});
