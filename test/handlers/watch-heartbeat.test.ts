import type { Answer, Call } from '../../lib/handlers/aws-call';
import { type DeadlineEvent, type WatchEvent, watchHeartbeat } from '../../lib/handlers/watch-heartbeat';

const NOW = Date.UTC(2026, 10, 22, 3, 21);
const event: DeadlineEvent = {
  heartbeat: 'shop-invoices',
  deadline: '2026-11-22T03:20:00Z',
  schedule: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/Invoices-1A2B',
  due: 4_800,
  lookback: 8_430,
  queries: [{ Id: 'beats' }],
};

async function watch(asked: WatchEvent, pages: readonly Answer[] = [], made = 0) {
  const calls: unknown[] = [];
  const lines: string[] = [];
  let page = 0;
  const call: Call = async (client, command, input) => {
    calls.push([client, command, input]);
    return command === 'GetSchedule' ? { CreationDate: new Date(made) } : (pages[page++] ?? {});
  };
  await watchHeartbeat(asked, { call, now: () => NOW, write: (line) => lines.push(line) });
  return { calls, said: JSON.parse(lines.join('')) };
}

const values = (...Values: number[]): Answer => ({ MetricDataResults: [{ Values }] });

it('says that nothing was missed when the job has ended well since it was due', async () => {
  const { calls, said } = await watch(event, [values(0, 0, 1)]);
  expect(said).toMatchObject({ Heartbeat: 'shop-invoices', HeartbeatMissed: 0, beats: 1 });
  expect(calls).toEqual([
    ['Scheduler', 'GetSchedule', { GroupName: 'default', Name: 'Invoices-1A2B' }],
    [
      'CloudWatch',
      'GetMetricData',
      {
        MetricDataQueries: event.queries,
        StartTime: new Date('2026-11-22T00:59:00Z'),
        EndTime: new Date(NOW),
        NextToken: undefined,
      },
    ],
  ]);
});

it('says that it was missed when it only failed, or never ran', async () => {
  expect((await watch(event, [values(0, 0)])).said.HeartbeatMissed).toBe(1);
  expect((await watch(event, [])).said.HeartbeatMissed).toBe(1);
});

it('reads every page', async () => {
  const pages = [{ ...values(0), NextToken: 'more' }, values(1)];
  expect((await watch(event, pages)).said.HeartbeatMissed).toBe(0);
});

it('says nothing of a job that was not watched yet when it was due', async () => {
  const { calls, said } = await watch(event, [], Date.UTC(2026, 10, 22, 2, 30));
  expect(said).toEqual({
    heartbeat: 'shop-invoices',
    verdict: 'the job was not watched yet when it was due',
  });
  expect(calls).toHaveLength(1);
});

it('takes an event as a beat, which also ends an alarm', async () => {
  const { said } = await watch({ beat: 'shop-invoices' });
  expect(said).toEqual({
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'Nines/Heartbeats',
          Dimensions: [['Heartbeat']],
          Metrics: [{ Name: 'Beats' }, { Name: 'HeartbeatMissed' }],
        },
      ],
    },
    Heartbeat: 'shop-invoices',
    Beats: 1,
    HeartbeatMissed: 0,
  });
});

it('says that it is alive', async () => {
  const { said } = await watch({ watch: 'Shop' });
  expect(said).toMatchObject({ Watch: 'Shop', Alive: 1 });
  expect(said._aws.CloudWatchMetrics[0]).toMatchObject({
    Dimensions: [['Watch']],
    Metrics: [{ Name: 'Alive' }],
  });
});
