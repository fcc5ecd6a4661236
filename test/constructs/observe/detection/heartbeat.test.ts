import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { Cron } from 'croner';
import { replay } from '../../../../lib/assessment/replay';
import { type KeptMetric, sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import {
  type Beat,
  backupBeat,
  batchBeat,
  functionBeat,
  glueBeat,
  metricBeat,
  scheduleBeat,
  stateMachineBeat,
} from '../../../../lib/constructs/observe/detection/beats';
import { Heartbeat, type HeartbeatProps } from '../../../../lib/constructs/observe/detection/heartbeat';
import { graphOf } from '../../../support/graph';
import { catalogued, refusal, shopStack } from '../../fixtures';

const NIGHTLY = 'cron(0 2 * * ? *)';
const SCHEDULE = 'AWS::Scheduler::Schedule';
const invoices = metricBeat('the invoices', new Metric({ namespace: 'Shop', metricName: 'InvoicesSent' }));

function beating(props: Partial<HeartbeatProps> = {}, stack = shopStack(1)) {
  const heartbeat = new Heartbeat(stack, 'Invoices', { job: invoices, ...props });
  return { stack, heartbeat };
}

const alarmOf = (stack: Stack) => {
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.entries(alarms).find(([id]) => id.startsWith('InvoicesMissed'))?.[1]?.Properties;
};

/** The schedules whose logical id says so: those of deadlines, or those that look again. */
const schedules = (stack: Stack, id = /Deadline|Later/) =>
  Object.entries(Template.fromStack(stack).findResources(SCHEDULE))
    .filter(([logicalId]) => id.test(logicalId))
    .map(([, { Properties }]) => Properties);

const inputOf = (stack: Stack, id = /Deadline/) => {
  const { Input } = schedules(stack, id)[0]?.Target ?? {};
  return JSON.parse(
    typeof Input === 'string'
      ? Input
      : Input['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : '{}')).join(''),
  );
};

describe('a heartbeat of a short interval', () => {
  it('is an alarm on the metric of the job, a fifth of the interval later', () => {
    const { stack, heartbeat } = beating({ interval: Duration.hours(1) });
    expect(heartbeat.foundAfter.toMinutes()).toBe(72);
    expect(alarmOf(stack)).toMatchObject({
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Metrics: expect.arrayContaining([
        expect.objectContaining({ MetricStat: expect.objectContaining({ Period: 72 * 60, Stat: 'Sum' }) }),
      ]),
    });
    Template.fromStack(stack).resourceCountIs(SCHEDULE, 0);
  });

  it('waits on the first deploy until a beat was due', () => {
    const { stack } = beating({ interval: Duration.hours(1) });
    expect(alarmOf(stack)?.WarmUpConfiguration).toEqual({
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
      WarmUpPeriodDurationInMinutes: 72,
    });
  });

  it('takes the longest time between two of a schedule as its interval', () => {
    const { heartbeat } = beating({ schedule: 'cron(0 0/6 * * ? *)' });
    expect(heartbeat.foundAfter.toMinutes()).toBe((6 * 60 * 6) / 5);
  });

  it('gives two minutes at least', () =>
    expect(beating({ interval: Duration.minutes(1) }).heartbeat.foundAfter.toMinutes()).toBe(3));

  it('counts what the job may take', () => {
    const { heartbeat } = beating({ interval: Duration.hours(1), longestRun: Duration.minutes(20) });
    expect(heartbeat.foundAfter.toMinutes()).toBe(92);
  });
});

describe('a heartbeat of a long interval', () => {
  it('is looked at when the job must have ended, on the clock of its zone', () => {
    const { stack, heartbeat } = beating({
      schedule: 'cron(0 4 * * ? *)',
      timeZone: 'Europe/Berlin',
      longestRun: Duration.minutes(30),
      grace: Duration.minutes(50),
    });
    expect(heartbeat.foundAfter.toMinutes()).toBe(80);
    expect(schedules(stack)[0]).toMatchObject({
      ScheduleExpression: 'cron(20 5 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    expect(inputOf(stack)).toEqual({
      heartbeat: 'shop-invoices',
      deadline: '<aws.scheduler.scheduled-time>',
      schedule: '<aws.scheduler.schedule-arn>',
      due: 4_800,
      timeZone: 'Europe/Berlin',
      queries: [
        { Id: 'count', Expression: 'FILL(beats, 0)', ReturnData: true },
        {
          Id: 'beats',
          MetricStat: {
            Metric: { Namespace: 'Shop', MetricName: 'InvoicesSent', Dimensions: [] },
            Period: 60,
            Stat: 'Sum',
          },
          ReturnData: false,
        },
      ],
    });
  });

  describe('over which the clocks may be put forward', () => {
    const nightly = {
      schedule: 'cron(30 1 * * ? *)',
      longestRun: Duration.minutes(75),
      grace: Duration.minutes(30),
    };
    const schedulesOf = (props: Partial<HeartbeatProps>) =>
      schedules(beating(props).stack).map(({ ScheduleExpression, Target }) => [
        ScheduleExpression,
        JSON.stringify(Target.Input).match(/\\"(again|late)\\":true/)?.[1],
      ]);

    it('is looked at an hour later as well', () =>
      expect(schedulesOf({ ...nightly, timeZone: 'Europe/Berlin' })).toEqual([
        ['cron(15 3 * * ? *)', 'again'],
        ['cron(15 4 * * ? *)', 'late'],
      ]));

    it.each<[string, Partial<HeartbeatProps>]>([
      ['in UTC', nightly],
      ['where clocks are left alone', { ...nightly, timeZone: 'Asia/Tokyo' }],
      ['after that hour', { schedule: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' }],
    ])('but not %s', (_, props) => {
      const found = schedulesOf(props);
      expect(found.map(([, call]) => call)).toEqual([undefined]);
    });
  });

  it('is looked at again each hour while it is missed, far from its deadlines', () => {
    const { stack } = beating({ schedule: 'cron(0 2 1 * ? *)', timeZone: 'Asia/Kolkata' });
    expect(schedules(stack, /Again/)).toEqual([
      expect.objectContaining({
        ScheduleExpression: 'cron(30 * * * ? *)',
        ScheduleExpressionTimezone: 'Asia/Kolkata',
      }),
    ]);
    const { queries } = inputOf(stack);
    // The longest month, what the deadline waits, and a day for clocks.
    expect(inputOf(stack, /Again/)).toEqual({
      heartbeat: 'shop-invoices',
      lookBack: 31 * 86_400 + 7_200 + 86_400,
      queries,
    });
  });

  it('is looked at between the deadlines where they are at several minutes', () => {
    const { stack } = beating({ schedule: 'cron(0,10,30 2 * * ? *)', grace: Duration.minutes(5) });
    expect(schedules(stack, /Again/)[0]?.ScheduleExpression).toBe('cron(50 * * * ? *)');
  });

  it('keeps what was found until the next deadline', () =>
    expect(alarmOf(beating({ schedule: NIGHTLY }).stack)).toMatchObject({
      MetricName: 'HeartbeatMissed',
      Dimensions: [{ Name: 'Heartbeat', Value: 'shop-invoices' }],
      TreatMissingData: 'ignore',
    }));

  it.each([
    ['cron(15 4 1 * ? *)', 'cron(15 6 1 * ? *)'],
    ['cron(0 4 ? * SUN *)', 'cron(0 6 ? * SUN *)'],
    ['cron(30 23 * * ? *)', 'cron(30 1 * * ? *)'],
    ['cron(0 23 ? * SUN *)', 'cron(0 1 ? * MON *)'],
    ['cron(0 23 L * ? *)', 'cron(0 1 1 * ? *)'],
    // No expression says the day after the last Sunday.
    ['cron(0 23 ? * 1L *)', 'cron(59 23 ? * 1L *)'],
  ])('looks for %s at %s', (schedule, deadline) =>
    expect(
      schedules(beating({ schedule }).stack).map(({ ScheduleExpression }) => ScheduleExpression),
    ).toEqual([deadline]),
  );

  it('shares one function with the others of its stack, which may only read', () => {
    const { stack } = beating({ schedule: NIGHTLY });
    new Heartbeat(stack, 'Report', { job: glueBeat('report'), schedule: NIGHTLY });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'))
      .filter(([id]) => id.startsWith('HeartbeatWatch'))
      .map(([, policy]) => policy);
    const actions = policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action),
    );
    expect([...new Set(actions)].sort()).toEqual([
      'cloudwatch:GetMetricData',
      'lambda:InvokeFunction',
      'scheduler:GetSchedule',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:SendMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('has an alarm on the watch itself', () => {
    const { stack } = beating({ schedule: NIGHTLY });
    const alarms = Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'HeartbeatWatchDead',
      'HeartbeatWatchUnhandled',
      'InvoicesMissed',
    ]);
  });
});

describe('what beats', () => {
  const metricsOf = (job: (stack: Stack) => Beat) => {
    const stack = shopStack(1);
    beating({ job: job(stack), interval: Duration.hours(1) }, stack);
    const { Metrics } = alarmOf(stack) ?? {};
    return Metrics.map(
      (each: { Expression?: string; MetricStat?: { Metric: { Namespace: string; MetricName: string } } }) =>
        each.MetricStat
          ? `${each.MetricStat.Metric.Namespace} ${each.MetricStat.Metric.MetricName}`
          : each.Expression,
    );
  };
  const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:111122223333:${name}`;

  it.each<[string, (stack: Stack) => Beat, string[]]>([
    [
      'a function',
      (stack) => functionBeat(Handler.fromFunctionArn(stack, 'Function', arn('lambda', 'function:invoices'))),
      ['FILL(calls, 0) - FILL(errors, 0)', 'AWS/Lambda Invocations', 'AWS/Lambda Errors'],
    ],
    [
      'a state machine',
      (stack) =>
        stateMachineBeat(StateMachine.fromStateMachineArn(stack, 'Machine', arn('states', 'stateMachine:a'))),
      ['FILL(beats, 0)', 'AWS/States ExecutionsSucceeded'],
    ],
    [
      'a schedule',
      (stack) => scheduleBeat(new ScheduleGroup(stack, 'Group')),
      [
        'FILL(attempts, 0) - FILL(errors, 0) - FILL(refused, 0) - FILL(held, 0)',
        'AWS/Scheduler InvocationAttemptCount',
        'AWS/Scheduler TargetErrorCount',
        'AWS/Scheduler TargetErrorThrottledCount',
        'AWS/Scheduler InvocationThrottleCount',
      ],
    ],
    ['a Glue job', () => glueBeat('invoices'), ['FILL(beats, 0)', 'Nines/Heartbeats Beats']],
  ])('%s', (_, job, metrics) => expect(metricsOf(job)).toEqual(metrics));

  it.each<[string, Beat, object]>([
    [
      'Glue',
      glueBeat('invoices'),
      { source: ['aws.glue'], detail: { jobName: ['invoices'], state: ['SUCCEEDED'] } },
    ],
    [
      'Batch',
      batchBeat('invoices', arn('batch', 'job-queue/night')),
      { source: ['aws.batch'], detail: { jobName: ['invoices'], status: ['SUCCEEDED'] } },
    ],
    [
      'Backup',
      backupBeat('shop'),
      { source: ['aws.backup'], detail: { backupVaultName: ['shop'], state: ['COMPLETED'] } },
    ],
  ])('events of %s are counted', (_, job, pattern) => {
    const { stack } = beating({ job, schedule: NIGHTLY });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: pattern,
      Targets: [{ Input: '{"beat":"shop-invoices"}' }],
    });
  });
});

it('says in the catalogue when a missed beat is found', () =>
  expect(catalogued(beating({ schedule: NIGHTLY }).stack).decisions).toContainEqual(
    expect.objectContaining({ what: 'Invoices.foundAfter', value: '2 h' }),
  ));

it('says what to do', () =>
  expect(
    alarmOf(beating({ schedule: NIGHTLY, runbook: 'docs/invoices.md' }).stack)?.AlarmDescription,
  ).toMatch(
    /Nothing was heard of the invoices by its deadline, 2 h after it was due: cron\(0 4 .*Runbook: docs\/invoices\.md/,
  ));

describe('a heartbeat is refused', () => {
  const minutes = (count: number) => Duration.minutes(count);
  it.each<[string, Partial<HeartbeatProps>, RegExp]>([
    ['without a job', { job: undefined as never, interval: minutes(5) }, /job is missing/],
    ['of a job that shows nothing', { job: { of: 'x' }, interval: minutes(5) }, /nothing says how x shows/],
    ['without a rhythm', {}, /no interval and no schedule/],
    ['with two rhythms', { interval: minutes(5), schedule: NIGHTLY }, /both an interval and a schedule/],
    ['with a long interval', { interval: Duration.hours(9) }, /the interval is 9 h.*\n.*schedule of the job/],
    [
      'with a short interval',
      { interval: Duration.seconds(30) },
      /the interval is 30 s.*\n {2}fix: say the interval of a minute or more in which it beats at least once$/,
    ],
    ['with a strange schedule', { schedule: 'now and then' }, /is no schedule that repeats/],
    [
      'with the five fields of the standard cron',
      { schedule: 'cron(0 2 * * *)' },
      /"cron\(0 2 \* \* \*\)" has the 5 fields of the standard cron, and those of AWS have 6: .*\n {2}fix: write cron\(0 2 \* \* \? \*\)$/,
    ],
    [
      'with those five fields alone, on weekdays',
      { schedule: '30 4 * * 1-5' },
      /fix: write cron\(30 4 \? \* MON-FRI \*\)$/,
    ],
    ['with six fields alone', { schedule: '0 2 * * ? *' }, /fix: write cron\(0 2 \* \* \? \*\)$/],
    ['with a rate of a day', { schedule: 'rate(1 day)' }, /nobody knows at which hour/],
    ['in a strange zone', { schedule: NIGHTLY, timeZone: 'Mars/Base' }, /"Mars\/Base" is no time zone/],
    ['with too little grace', { interval: minutes(5), grace: minutes(1) }, /the grace is 1 min/],
    ['with seconds', { schedule: NIGHTLY, grace: Duration.seconds(150) }, /schedules know no seconds/],
    ['with a grace of a day', { interval: minutes(5), grace: Duration.days(1) }, /an alarm looks at a day/],
    [
      'with a deadline on a day after that no expression says',
      { schedule: 'cron(0 23 ? * 6L *)', grace: Duration.hours(1) },
      /no expression says the days after those of cron\(0 23 \? \* 6L \*\): a deadline 1 h after it cannot be written.*\n {2}fix: let the job run at 22:59 or before/,
    ],
    [
      'with a short schedule and a grace that the clocks use up when they are put back',
      { schedule: 'cron(0 * * * ? *)', timeZone: 'Europe/Berlin', grace: minutes(30) },
      /on the day on which the clocks in Europe\/Berlin are put back there may be 2 h between two beats.*\n {2}fix: set grace to (62 min|1 h 2 min) or more, or write the schedule of the job in UTC/,
    ],
    [
      'at an hour that the clocks skip',
      { schedule: 'cron(30 2 ? * SUN *)', timeZone: 'Europe/Berlin' },
      /is due on 2026-03-29 at 02:30, which the clocks in Europe\/Berlin skip.*\n.*before that hour or after it/,
    ],
    [
      'with two times close to each other',
      { schedule: 'cron(0,30 2 * * ? *)', grace: Duration.hours(1) },
      /looks back for 1 h 1 min, .* may be only 30 min earlier: .*\n {2}fix: set longestRun and grace to 28 min together at most/,
    ],
    [
      'with times too close for any grace',
      { schedule: 'cron(0/2 8-17 ? * MON-FRI *)' },
      /the beat before may be only 2 min earlier: .*\n {2}fix: let the job run every 4 min or less often/,
    ],
    [
      'with times too close for any grace after its longest run',
      { schedule: 'cron(0/10 8-17 ? * MON-FRI *)', longestRun: minutes(8) },
      /the beat before may be only 10 min earlier: .*\n {2}fix: let the job run every 12 min or less often/,
    ],
    [
      'where a late job would pass for the next',
      { schedule: 'cron(0 2,14 * * ? *)', grace: Duration.hours(12) },
      /may be only 12 h earlier/,
    ],
  ])('%s', (_, props, message) => expect(refusal(() => beating(props)).message).toMatch(message));
});

describe('a heartbeat that pauses for long', () => {
  it.each([
    ['cron(0/10 8-17 ? * MON-FRI *)', 0, 8],
    ['cron(0/10 8-17 ? * MON-FRI *)', 5, 8],
    ['cron(0,30 2 * * ? *)', 0, 28],
    ['cron(0 8-17 ? * MON-FRI *)', 15, 58],
    ['cron(0 6,18 ? * MON *)', 0, 120],
    ['cron(0/4 8-17 ? * MON-FRI *)', 0, 2],
  ])('of %s with runs of %i min is looked at after %i min', (schedule, run, foundAfter) => {
    const { stack, heartbeat } = beating({ schedule, longestRun: Duration.minutes(run) });
    expect(heartbeat.foundAfter.toMinutes()).toBe(foundAfter);
    expect(schedules(stack).length).toBeGreaterThan(0);
  });

  it('in a zone whose clocks change at night, too', () => {
    const { heartbeat } = beating({ schedule: 'cron(0/10 8-17 ? * MON-FRI *)', timeZone: 'Europe/Berlin' });
    expect(heartbeat.foundAfter.toMinutes()).toBe(8);
  });
});

describe('the deadline of a heartbeat on the day after', () => {
  const { hours } = Duration;
  it.each<readonly [string, Partial<HeartbeatProps>, readonly string[]]>([
    [
      'of a job on weekdays',
      { schedule: 'cron(0 22 ? * MON-FRI *)', grace: hours(3) },
      ['cron(0 1 ? * TUE,WED,THU,FRI,SAT *)'],
    ],
    [
      'of a job on the first of the month',
      { schedule: 'cron(0 22 1 * ? *)', grace: hours(3) },
      ['cron(0 1 2 * ? *)'],
    ],
    [
      'of a job on the last of the month',
      { schedule: 'cron(0 22 L * ? *)', grace: hours(3) },
      ['cron(0 1 1 * ? *)'],
    ],
    [
      'of a job at two times, of which one is',
      { schedule: 'cron(0 6,22 ? * MON *)', grace: hours(3) },
      ['cron(0 9 ? * MON *)', 'cron(0 1 ? * TUE *)'],
    ],
    ['by itself', { schedule: 'cron(30 23 ? * FRI *)' }, ['cron(30 1 ? * SAT *)']],
  ])('is written %s', (_, props, expected) => {
    const found = schedules(beating(props).stack);
    expect(found.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(expected);
  });

  it('does what the fix of a refusal says', () => {
    const props = { schedule: 'cron(59 22 ? * 6L *)', grace: hours(1) };
    expect(() => beating(props)).not.toThrow();
  });
});

describe('a short schedule where the clocks change', () => {
  it.each([
    ['Europe/Berlin', 'cron(0 * * * ? *)', 122],
    ['Australia/Lord_Howe', 'cron(0 * * * ? *)', 92],
    ['UTC', 'cron(0 * * * ? *)', 72],
    ['Europe/Berlin', 'cron(0 */6 * * ? *)', 360 + 72],
  ])(
    'waits in %s for what lies between two beats of %s when they are put back',
    (timeZone, schedule, waits) =>
      expect(beating({ schedule, timeZone }).heartbeat.foundAfter.toMinutes()).toBe(waits),
  );

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])(
    'is not told of in %s while the job runs as another reader of cron says',
    (timezone) => {
      for (const schedule of ['0 * * * *', '*/30 * * * *', '30 */6 * * *']) {
        const { heartbeat } = beating({
          schedule: `cron(${schedule.replace(/\*$/, '? *')})`,
          timeZone: timezone,
        });
        const cron = new Cron(schedule, { timezone });
        let last = cron.nextRun(new Date('2027-03-01T00:00:00Z'))?.getTime() ?? Number.NaN;
        let longest = 0;
        for (let next = cron.nextRun(new Date(last)); next && next.getTime() < Date.UTC(2027, 10, 20); ) {
          longest = Math.max(longest, next.getTime() - last);
          last = next.getTime();
          next = cron.nextRun(next);
        }
        expect(longest).toBeLessThan(heartbeat.foundAfter.toMilliseconds());
      }
    },
  );
});

it('takes an hour that the clocks skip on days on which the job does not run', () =>
  expect(() => beating({ schedule: 'cron(30 2 ? * MON *)', timeZone: 'Europe/Berlin' })).not.toThrow());

describe('the alarm of a heartbeat, replayed', () => {
  const MINUTE = 60;
  const HOUR = 60 * MINUTE;

  function states(props: Partial<HeartbeatProps>, kept: KeptMetric, hours: readonly [number, number]) {
    const { stack } = beating(props);
    const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
    const during = { from: hours[0] * HOUR, until: hours[1] * HOUR };
    const found = replay(graph, sampleSourceOf([kept]), during).find(({ alarm }) =>
      alarm.logicalId.startsWith('InvoicesMissed'),
    );
    if (!found || found.unknown !== undefined) throw new Error(found?.unknown ?? 'no alarm');
    return found.states.map(({ at, state }) => [at / MINUTE, state]);
  }

  it('finds an hourly job that stops when interval and grace are over', () => {
    const beats = [0, 1, 2, 3, 4].map((hour) => [hour * HOUR, 1] as const);
    const kept = {
      metric: { namespace: 'Shop', name: 'InvoicesSent', dimensions: {} },
      samples: [{ statistic: 'Sum', period: MINUTE, points: beats }],
    };
    const [before, after, ...more] = states({ interval: Duration.hours(1) }, kept, [2, 10]);
    expect(before).toEqual([120, 'OK']);
    expect(after?.[1]).toBe('ALARM');
    expect(Number(after?.[0])).toBeGreaterThanOrEqual(4 * 60 + 72);
    expect(Number(after?.[0])).toBeLessThanOrEqual(4 * 60 + 74);
    expect(more).toEqual([]);
  });

  it('finds a nightly job at its first missed deadline, not days later, and holds it until a beat', () => {
    const verdicts = [0, 0, 1].map((missed, day) => [(day * 24 + 4) * HOUR, missed] as const);
    const lateBeat = [(2 * 24 + 9) * HOUR, 0] as const;
    const kept = {
      metric: {
        namespace: 'Nines/Heartbeats',
        name: 'HeartbeatMissed',
        dimensions: { Heartbeat: 'shop-invoices' },
      },
      samples: [{ statistic: 'Maximum', period: MINUTE, points: [...verdicts, lateBeat] }],
    };
    const seen = states({ schedule: NIGHTLY }, kept, [0, 70]);
    const alarm = seen.find(([, state]) => state === 'ALARM');
    expect(Number(alarm?.[0]) - 52 * 60).toBeLessThanOrEqual(2);
    const over = seen.at(-1);
    expect(over?.[1]).toBe('OK');
    expect(Number(over?.[0]) - 57 * 60).toBeLessThanOrEqual(10);
    expect(seen.filter(([, state]) => state === 'ALARM')).toHaveLength(1);
  });

  it('tells nobody before the first deadline', () => {
    const kept = {
      metric: {
        namespace: 'Nines/Heartbeats',
        name: 'HeartbeatMissed',
        dimensions: { Heartbeat: 'shop-invoices' },
      },
      samples: [{ statistic: 'Maximum', period: MINUTE, points: [] }],
    };
    expect(states({ schedule: NIGHTLY }, kept, [0, 24])).toEqual([[0, 'INSUFFICIENT_DATA']]);
  });
});

test('only schedules of its own account may call the watch', () => {
  const { stack } = beating({ schedule: 'cron(0 2 * * ? *)' });
  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  const trusts = roles.flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement);
  expect(trusts.filter(({ Principal }) => Principal.Service === 'scheduler.amazonaws.com')).toEqual([
    expect.objectContaining({
      Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  ]);
});
