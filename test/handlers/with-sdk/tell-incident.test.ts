import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, InternalException, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { AlarmEvent } from '../../../lib/handlers/incident';
import { handler } from '../../../lib/handlers/tell-incident';
import { called, fault, throttled } from '../../support/called';
import { MemoryTable } from '../../support/memory-table';

const dynamo = mockClient(DynamoDBClient);
const bridge = mockClient(EventBridgeClient);

const NOW = Date.UTC(2026, 10, 23, 6, 0, 10);
const MINUTE = 60_000;

beforeEach(() => {
  dynamo.reset();
  bridge.reset();
  bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] });
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});

afterEach(() => void jest.useRealTimers());

/** A table that behaves as DynamoDB does, faults included. */
function remember(): void {
  const memory = new MemoryTable();
  dynamo.on(UpdateItemCommand).callsFake(async (input) => {
    try {
      return memory.update(input);
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      throw fault(ConditionalCheckFailedException);
    }
  });
}

const firing: AlarmEvent = {
  account: '111122223333',
  region: 'eu-west-1',
  resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-down'],
  detail: { alarmName: 'shop-down', state: { value: 'ALARM', timestamp: '2026-11-23T06:00:00.000+0000' } },
  context: { service: 'shop', tier: 0, owner: 'team-shop', severity: 1, runbook: 'https://example.com/down' },
};
const over: AlarmEvent = {
  ...firing,
  detail: {
    alarmName: 'shop-down',
    state: { value: 'OK', timestamp: '2026-11-23T06:10:00.000+0000' },
    previousState: { value: 'ALARM', timestamp: '2026-11-23T06:00:00.000+0000' },
  },
};

const tell = (event: AlarmEvent | { heartbeat: true } = firing) =>
  called(handler, event, { TABLE: 'memory', BUS: 'incidents' });

/** What was sent: the kinds of the events, in order. */
const sent = () =>
  bridge.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries?.[0]?.DetailType);

it('takes the state, sends the event, and says of which service and event it wrote', async () => {
  remember();
  const { answer, lines } = await tell();
  expect(answer).toBe('told');
  expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
    TableName: 'memory',
    ReturnValues: 'ALL_OLD',
  });
  const [entry] = bridge.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
  expect(entry).toMatchObject({
    EventBusName: 'incidents',
    Source: 'cdk-nines.incidents',
    DetailType: 'trigger',
  });
  const { id } = JSON.parse(entry?.Detail ?? '');
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'INFO',
      service: 'shop',
      event: id,
      outcome: 'told',
      alarm: 'shop-down',
    }),
  ]);
});

it('pages once, however often and late the event comes, and resolves once', async () => {
  remember();
  const outcomes = [];
  for (const event of [firing, firing, over, over, firing]) {
    outcomes.push((await tell(event)).answer);
    jest.advanceTimersByTime(10 * MINUTE);
  }
  expect(outcomes).toEqual(['told', 'stale', 'told', 'stale', 'stale']);
  expect(sent()).toEqual(['trigger', 'resolve']);
});

it.each([
  ['is throttled', () => fault(ProvisionedThroughputExceededException)],
  ['fails', () => fault(InternalServerError)],
])('pages without a memory when the memory %s, and says so', async (_, error) => {
  dynamo.on(UpdateItemCommand).rejects(error());
  const { answer, lines } = await tell();
  expect(answer).toBe('told');
  expect(sent()).toEqual(['trigger']);
  expect(lines[0]).toMatchObject({
    level: 'WARN',
    service: 'shop',
    event: lines[1]?.event,
    message: expect.stringContaining(error().name),
  });
});

it.each([
  ['is throttled', throttled],
  ['fails', () => fault(InternalException)],
])('fails when the bus %s, and pages once when Lambda tries again', async (_, error) => {
  remember();
  bridge.on(PutEventsCommand).rejectsOnce(error()).resolves({ FailedEntryCount: 0 });
  expect((await tell()).failure).toMatchObject({ name: error().name });
  jest.advanceTimersByTime(MINUTE);
  expect((await tell()).answer).toBe('told');
  jest.advanceTimersByTime(MINUTE);
  expect((await tell()).answer).toBe('stale');
  // The first try reached nobody.
  expect(sent()).toEqual(['trigger', 'trigger']);
});

it('fails when the bus takes the call and not the event', async () => {
  remember();
  bridge
    .on(PutEventsCommand)
    .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
  expect((await tell()).failure).toMatchObject({ message: expect.stringContaining('ThrottlingException') });
});

it('beats the whole way, and fails where it is blocked, since nobody would be told of that', async () => {
  remember();
  expect((await tell({ heartbeat: true })).answer).toBe('alive');
  expect(sent()).toEqual(['heartbeat']);
  dynamo.on(UpdateItemCommand).rejects(throttled());
  expect((await tell({ heartbeat: true })).failure).toMatchObject({ name: 'ThrottlingException' });
});
