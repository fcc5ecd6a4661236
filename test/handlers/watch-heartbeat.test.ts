import type { Answer, Call } from '../../lib/handlers/aws-call';
import { type DeadlineEvent, type WatchEvent, watchHeartbeat } from '../../lib/handlers/watch-heartbeat';

const NOW = Date.UTC(2026, 10, 22, 3, 21);
const event: DeadlineEvent = {
  heartbeat: 'shop-invoices',
  deadline: '2026-11-22T03:20:00Z',
  schedule: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/Invoices-1A2B',
  due: 4_800,
  timeZone: 'UTC',
  queries: [{ Id: 'beats' }],
};

async function watch(asked: WatchEvent, pages: readonly Answer[] = [], made = 0, changed = made) {
  const calls: unknown[] = [];
  const lines: string[] = [];
  let page = 0;
  const call: Call = async (client, command, input) => {
    calls.push([client, command, input]);
    const dates = { CreationDate: new Date(made), LastModificationDate: new Date(changed) };
    return command === 'GetSchedule' ? dates : (pages[page++] ?? {});
  };
  const about = { service: 'shop', event: 'call-1' };
  await watchHeartbeat(asked, { call, now: () => NOW, write: (line) => lines.push(line), about });
  return { calls, said: JSON.parse(lines.join('') || 'null') };
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
        StartTime: new Date('2026-11-22T01:59:00Z'),
        EndTime: new Date(NOW),
        NextToken: undefined,
      },
    ],
  ]);
});

it('says that it was missed when it only failed, or never ran', async () => {
  const { said } = await watch(event, [values(0, 0)]);
  expect(said).toMatchObject({ HeartbeatMissed: 1, MissedSince: Date.UTC(2026, 10, 22, 1, 59) / 1_000 });
  expect((await watch(event, [])).said.HeartbeatMissed).toBe(1);
});

it('takes more failures than calls in a minute for no beat, not for less', async () =>
  expect((await watch(event, [values(-1, 1)])).said).toMatchObject({ HeartbeatMissed: 0, beats: 1 }));

it('reads every page', async () => {
  const pages = [{ ...values(0), NextToken: 'more' }, values(1)];
  expect((await watch(event, pages)).said.HeartbeatMissed).toBe(0);
});

it('says nothing of a job that was not watched yet when it was due', async () => {
  const { calls, said } = await watch(event, [], Date.UTC(2026, 10, 22, 2, 30));
  expect(said).toEqual({
    service: 'shop',
    event: 'call-1',
    heartbeat: 'shop-invoices',
    verdict: 'the job was not watched yet when it was due',
  });
  expect(calls).toHaveLength(1);
});

describe('a heartbeat that was changed after the job was due', () => {
  const changed = Date.UTC(2026, 10, 22, 2, 30);

  it('calls nobody for a job that was due at another time', async () => {
    const { said } = await watch(event, [values(0)], 0, changed);
    expect(said).toEqual({
      service: 'shop',
      event: 'call-1',
      heartbeat: 'shop-invoices',
      verdict: 'the heartbeat was changed after the job was due, and nothing has beaten since',
    });
  });

  it('says so when the job has ended well nevertheless', async () =>
    expect((await watch(event, [values(1)], 0, changed)).said).toMatchObject({ HeartbeatMissed: 0 }));

  it('is looked at as ever when it was changed before', async () => {
    const { said } = await watch(event, [values(0)], 0, Date.UTC(2026, 10, 22, 1, 30));
    expect(said).toMatchObject({ HeartbeatMissed: 1 });
  });
});

describe('where the clocks of the zone change', () => {
  const minutes = (count: number) => count * 60;

  /** What is said of a job that is due at 01:30, found 105 minutes later, at a moment at which the watch is called. */
  async function said(deadline: string, options: Partial<DeadlineEvent>) {
    const { late = false, again = !late, timeZone = 'Europe/Berlin' } = options;
    const called: DeadlineEvent = {
      ...event,
      deadline,
      timeZone,
      due: minutes(late ? 165 : 105),
      again,
      late,
    };
    const { calls, said: line } = await watch(called, []);
    const asked = (calls[1] as [unknown, unknown, { StartTime: Date }] | undefined)?.[2].StartTime;
    return { missed: line.HeartbeatMissed, since: asked?.toISOString().slice(0, 16), verdict: line.verdict };
  }

  const EARLY = 'the clocks were put forward: it is looked at an hour later';
  const AGAIN = 'it was looked at an hour ago';

  it.each<[string, string, Partial<DeadlineEvent>, object]>([
    ['a deadline that comes an hour early is let go', '2027-03-28T01:15:00Z', {}, { verdict: EARLY }],
    [
      'an hour later it is looked at',
      '2027-03-28T02:15:00Z',
      { late: true },
      { missed: 1, since: '2027-03-28T00:29' },
    ],
    ['on other days at the deadline', '2027-03-27T02:15:00Z', {}, { missed: 1, since: '2027-03-27T00:29' }],
    ['and not again', '2027-03-27T03:15:00Z', { late: true }, { verdict: AGAIN }],
    ['in summer as well', '2027-03-29T01:15:00Z', {}, { missed: 1, since: '2027-03-28T23:29' }],
    ['in summer not again', '2027-03-29T02:15:00Z', { late: true }, { verdict: AGAIN }],
    [
      'where they are put back, since the job was due',
      '2026-10-25T02:15:00Z',
      {},
      { missed: 1, since: '2026-10-24T23:29' },
    ],
    ['where they are put back, not again', '2026-10-25T03:15:00Z', { late: true }, { verdict: AGAIN }],
    [
      'a deadline that comes too early is looked at where nobody looks later',
      '2027-03-28T01:15:00Z',
      { again: false },
      { missed: 1, since: '2027-03-28T00:29' },
    ],
    [
      'half an hour early, where clocks move so far',
      '2026-10-03T16:15:00Z',
      { timeZone: 'Australia/Lord_Howe' },
      { verdict: EARLY },
    ],
    [
      'and looked at half an hour late there',
      '2026-10-03T17:15:00Z',
      { timeZone: 'Australia/Lord_Howe', late: true },
      { missed: 1, since: '2026-10-03T14:59' },
    ],
  ])('%s', async (_, deadline, options, expected) =>
    expect(await said(deadline, options)).toEqual({
      missed: undefined,
      since: undefined,
      verdict: undefined,
      ...expected,
    }),
  );
});

it('takes an event as a beat, which also ends an alarm', async () => {
  const { said } = await watch({ beat: 'shop-invoices' });
  expect(said).toEqual({
    service: 'shop',
    event: 'call-1',
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

describe('where a job was missed', () => {
  const again: WatchEvent = { heartbeat: 'shop-invoices', lookBack: 32 * 86_400, queries: event.queries };
  const DUE = Date.UTC(2026, 10, 2, 2) / 1_000;
  const kept = (missed: readonly number[], ended: readonly number[] = []): Answer => ({
    MetricDataResults: [
      { Id: 'ended', Values: ended },
      { Id: 'missed', Values: missed },
    ],
  });

  it('a late beat ends the alarm, weeks before the next deadline', async () => {
    const { calls, said } = await watch(again, [kept([DUE]), values(1)]);
    expect(said).toMatchObject({ Heartbeat: 'shop-invoices', HeartbeatMissed: 0, EndedSince: DUE, beats: 1 });
    expect(said._aws.CloudWatchMetrics[0].Metrics).toEqual([
      { Name: 'HeartbeatMissed' },
      { Name: 'EndedSince' },
    ]);
    expect(calls).toEqual([
      [
        'CloudWatch',
        'GetMetricData',
        {
          MetricDataQueries: [
            expect.objectContaining({ Id: 'missed' }),
            expect.objectContaining({ Id: 'ended' }),
          ],
          StartTime: new Date('2026-10-21T03:00:00Z'),
          EndTime: new Date(NOW),
          NextToken: undefined,
        },
      ],
      [
        'CloudWatch',
        'GetMetricData',
        expect.objectContaining({ MetricDataQueries: event.queries, StartTime: new Date(DUE * 1_000) }),
      ],
    ]);
  });

  it('asks by the hour, which CloudWatch keeps for more than a year', async () => {
    const { calls } = await watch(again, [kept([])]);
    const [[, , { MetricDataQueries }]] = calls as [[unknown, unknown, { MetricDataQueries: object[] }]];
    expect(MetricDataQueries).toEqual(
      ['MissedSince', 'EndedSince'].map((MetricName) =>
        expect.objectContaining({
          MetricStat: {
            Metric: {
              Namespace: 'Nines/Heartbeats',
              MetricName,
              Dimensions: [{ Name: 'Heartbeat', Value: 'shop-invoices' }],
            },
            Period: 3_600,
            Stat: 'Maximum',
          },
        }),
      ),
    );
  });

  it.each<[string, readonly Answer[], number]>([
    ['while nothing has beaten', [kept([DUE]), values(0)], 2],
    ['when nothing was missed', [kept([])], 1],
    ['when it has ended well since', [kept([DUE], [DUE])], 1],
    ['when the last miss is over, whatever was missed before', [kept([DUE - 86_400, DUE], [DUE])], 1],
  ])('nothing is said %s', async (_, pages, asked) => {
    const { calls, said } = await watch(again, pages);
    expect(said).toBeNull();
    expect(calls).toHaveLength(asked);
  });

  it('what beat before the last miss does not end it', async () => {
    const { calls } = await watch(again, [kept([DUE - 86_400, DUE], [DUE - 86_400]), values(1)]);
    expect(calls[1]).toEqual([
      'CloudWatch',
      'GetMetricData',
      expect.objectContaining({ StartTime: new Date(DUE * 1_000) }),
    ]);
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
