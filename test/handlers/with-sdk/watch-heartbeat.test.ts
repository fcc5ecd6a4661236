import { CloudWatchClient, GetMetricDataCommand, InternalServiceFault } from '@aws-sdk/client-cloudwatch';
import {
  GetScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  ThrottlingException,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { handler, type WatchEvent } from '../../../lib/handlers/watch-heartbeat';
import { called, throttled } from '../../support/called';

const scheduler = mockClient(SchedulerClient);
const cloudWatch = mockClient(CloudWatchClient);

const deadline: WatchEvent = {
  heartbeat: 'shop-invoices',
  deadline: '2026-11-22T03:20:00Z',
  schedule: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/Invoices-1A2B',
  due: 4_800,
  timeZone: 'UTC',
  queries: [{ Id: 'beats', Expression: 'm1' }],
};

beforeEach(() => {
  scheduler.reset();
  cloudWatch.reset();
  scheduler.on(GetScheduleCommand).resolves({ CreationDate: new Date(0) });
});

it('asks when the job was watched first, then for all pages of its beats', async () => {
  cloudWatch
    .on(GetMetricDataCommand)
    .resolvesOnce({ MetricDataResults: [{ Values: [0] }], NextToken: 'more' })
    .resolves({ MetricDataResults: [{ Values: [1] }] });
  const { lines } = await called(handler, deadline);
  expect(scheduler.commandCalls(GetScheduleCommand)[0]?.args[0].input).toEqual({
    GroupName: 'default',
    Name: 'Invoices-1A2B',
  });
  const asked = cloudWatch.commandCalls(GetMetricDataCommand).map(({ args: [{ input }] }) => input);
  expect(asked).toEqual([
    expect.objectContaining({ StartTime: new Date('2026-11-22T01:59:00Z'), NextToken: undefined }),
    expect.objectContaining({ NextToken: 'more' }),
  ]);
  expect(lines).toEqual([
    expect.objectContaining({
      service: 'shop',
      event: 'call-1',
      Heartbeat: 'shop-invoices',
      HeartbeatMissed: 0,
    }),
  ]);
});

it.each<[string, () => void, string]>([
  [
    'CloudWatch is throttled',
    () => cloudWatch.on(GetMetricDataCommand).rejects(throttled()),
    'ThrottlingException',
  ],
  [
    'CloudWatch fails',
    () =>
      cloudWatch.on(GetMetricDataCommand).rejects(new InternalServiceFault({ message: 'no', $metadata: {} })),
    'InternalServiceFault',
  ],
  [
    'Scheduler is throttled',
    () =>
      scheduler
        .on(GetScheduleCommand)
        .rejects(new ThrottlingException({ message: 'no', Message: 'no', $metadata: {} })),
    'ThrottlingException',
  ],
  [
    'the schedule is gone',
    () =>
      scheduler
        .on(GetScheduleCommand)
        .rejects(new ResourceNotFoundException({ message: 'no', Message: 'no', $metadata: {} })),
    'ResourceNotFoundException',
  ],
])('says nothing when %s, and fails, so that Lambda tries again', async (_, answer, name) => {
  answer();
  const { failure, lines } = await called(handler, deadline);
  expect(failure).toMatchObject({ name });
  expect(lines).toEqual([]);
});

it.each<[string, WatchEvent]>([
  ['a beat', { beat: 'shop-invoices' }],
  ['a deadline', deadline],
])('says the same of %s that comes twice: the metric does not grow worse', async (_, event) => {
  cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Values: [] }] });
  const metric = (lines: readonly Readonly<Record<string, unknown>>[]) =>
    lines.map(({ Heartbeat, HeartbeatMissed }) => ({ Heartbeat, HeartbeatMissed }));
  const first = await called(handler, event);
  expect(metric(first.lines)).toEqual([
    { Heartbeat: 'shop-invoices', HeartbeatMissed: event === deadline ? 1 : 0 },
  ]);
  expect(metric((await called(handler, event)).lines)).toEqual(metric(first.lines));
});
