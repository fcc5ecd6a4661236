import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, CfnAlarm, CfnAnomalyDetector, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Artifact, Pipeline, PipelineType, Result, type Rule } from 'aws-cdk-lib/aws-codepipeline';
import { ManualApprovalAction, S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { audit } from '../../../../lib/audit/engine';
import { listedWindowsAreToCome } from '../../../../lib/audit/rules/listed-windows';
import { Span } from '../../../../lib/calculus/time-span';
import { MaintainedService } from '../../../../lib/calculus/windows/dialects/weekly-maintenance';
import { WindowKind } from '../../../../lib/calculus/windows/overlaps';
import { Weekday } from '../../../../lib/calculus/windows/recurrence';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import {
  MaintenanceSchedule,
  type MaintenanceScheduleProps,
} from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import {
  type MaintenanceWindow,
  type MaintenanceWindowProps,
  Recurrence,
} from '../../../../lib/objectives/maintenance-window';
import { Service } from '../../../../lib/objectives/service';
import type { Tier } from '../../../../lib/objectives/tier';
import { calendarEvents } from '../../../support/calendar-events';
import { graphOf, type TestTemplate } from '../../../support/graph';
import { ACCOUNT, shopOf, shopStack, WEAKENING } from '../../fixtures';
import { freeze, patching } from './windows';

const alarmIn = (stack: Stack, id = 'Errors') =>
  new Alarm(stack, id, {
    metric: new Metric({ namespace: 'Shop', metricName: id }),
    threshold: 1,
    evaluationPeriods: 1,
  });

function scheduleIn(props: Partial<MaintenanceScheduleProps> = {}, tier: Tier = 1) {
  const stack = shopStack(tier);
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [patching()], ...props });
  return { stack, schedule };
}

describe('a maintenance schedule', () => {
  it.each<Tier>([0, 1, 2, 3])('keeps alarms mute during maintenance at tier %i', (tier) => {
    const stack = shopStack(tier);
    new MaintenanceSchedule(stack, 'Windows', { windows: [patching()], alarms: [alarmIn(stack)] });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::AlarmMuteRule', {
      Rule: { Schedule: { Expression: 'cron(0 4 * * SUN)', Duration: 'PT20M', Timezone: 'Europe/Berlin' } },
      MuteTargets: { AlarmNames: [{ Ref: 'ErrorsFA5270DE' }] },
    });
  });

  it('leaves alarms on during freezes and drills', () => {
    const stack = shopStack(1);
    const drill = patching({ id: 'drill', kind: WindowKind.DRILL });
    const holidays = freeze({
      recurrence: Recurrence.once(),
      start: '2026-12-24T18:00',
      duration: Span.days(2),
    });
    new MaintenanceSchedule(stack, 'Windows', { windows: [drill, holidays], alarms: [alarmIn(stack)] });
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::AlarmMuteRule', 0);
  });

  it('takes a hundred alarms for each rule, and each alarm once', () => {
    const stack = shopStack(1);
    const alarms = Array.from({ length: 101 }, (_, index) => alarmIn(stack, `Errors${index}`));
    const schedule = new MaintenanceSchedule(stack, 'Windows', { windows: [patching()], alarms });
    schedule.mute(...alarms);
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
    expect(rules.map((rule) => rule.Properties.MuteTargets.AlarmNames.length)).toEqual([100, 1]);
    expect(schedule.muteRules).toHaveLength(2);
  });

  it('ends a rule with the last window', () => {
    const stack = shopStack(1);
    const night = patching({ start: '2026-12-06T23:50', lastDay: '2027-03-28' });
    new MaintenanceSchedule(stack, 'Windows', { windows: [night], alarms: [alarmIn(stack)] });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::AlarmMuteRule', {
      StartDate: '2026-12-06T23:50',
      ExpireDate: '2027-03-29T00:10',
    });
  });

  it('writes the windows into the catalogue, for the service that they stand in', () => {
    const { stack } = scheduleIn();
    const { windows } = Template.fromStack(stack).toJSON().Metadata['cdk-nines'];
    expect(windows).toEqual([
      {
        id: 'patching',
        kind: 'maintenance',
        start: '2026-12-06T04:00',
        durationSeconds: 1_200,
        recurrence: { every: 'week', weekdays: ['SUN'] },
        timeZone: 'Europe/Berlin',
        reason: 'the weekly patches are installed',
        approver: 'head of retail',
        appliesTo: ['shop'],
      },
    ]);
  });

  it('records how much time is left out', () => {
    const { stack, schedule } = scheduleIn();
    schedule.mute(alarmIn(stack));
    // Five Sundays fit into 30 days.
    expect(schedule.excludedTime.seconds).toBe(5 * 1_200);
    const { services } = Template.fromStack(stack).toJSON().Metadata['cdk-nines'];
    expect(services[0].decisions).toContainEqual(
      expect.objectContaining({ what: 'Windows.excludedTimePerMonth', value: '1 h 40 min' }),
    );
  });

  it('may leave more time out when somebody answers for it', () => {
    const { stack, schedule } = scheduleIn({
      windows: [patching({ duration: Span.hours(2) })],
      weakening: WEAKENING,
    });
    expect(schedule.excludedTime.seconds).toBe(5 * 7_200);
    schedule.mute(alarmIn(stack));
    const { services } = Template.fromStack(stack).toJSON().Metadata['cdk-nines'];
    expect(services[0].weakenings).toEqual([{ ...WEAKENING, what: 'Windows.excludedTimePerMonth' }]);
  });
});

describe('a maintenance schedule fails when', () => {
  const cases: Readonly<Record<string, readonly [Partial<MaintenanceScheduleProps>, Tier, RegExp]>> = {
    'there are no windows': [{ windows: undefined as never }, 1, /windows is missing/],
    'too much time is left out': [
      { windows: [patching({ duration: Span.hours(1) })] },
      1,
      /excludedTimePerMonth is 5 h, but the tier owes 4 h.*fix: shorten patching to 48 min, or let them come less often/s,
    ],
    'too much time is left out at tier 0': [
      { windows: [patching({ duration: Span.minutes(30) })] },
      0,
      /excludedTimePerMonth is 2 h 30 min, but the tier owes 2 h/,
    ],
    'nobody approved maintenance of tier 0': [
      { windows: [patching({ approver: undefined as never })] },
      0,
      /nobody approved the maintenance patching of a service of tier 0/,
    ],
    'a freeze and maintenance meet': [
      { windows: [patching(), freeze()] },
      1,
      /patching and the freeze holidays meet on 2026-12-20 04:00 Europe\/Berlin for 20 min, and 5 times more/,
    ],
    'two windows have one name': [
      { windows: [patching(), patching({ start: '2026-12-06T06:00' })] },
      1,
      /two windows are named patching/,
    ],
    'alarms would be mute for more than a day': [
      { windows: [patching({ duration: Span.hours(25), recurrence: Recurrence.once() })] },
      1,
      /the maintenance patching keeps alarms mute for 25 h/,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [props, tier, message]) =>
    expect(() => scheduleIn(props, tier)).toThrow(message),
  );

  it('CloudWatch has no words for a window', () => {
    const stack = shopStack(1);
    const second = patching({
      start: '2026-12-08T04:00',
      recurrence: Recurrence.monthlyOn(2, Weekday.TUESDAY),
    });
    expect(
      () => new MaintenanceSchedule(stack, 'Windows', { windows: [second], alarms: [alarmIn(stack)] }),
    ).toThrow('window patching: the cron expressions of mute rules cannot say a certain weekday of a month');
  });

  it('an alarm scales something, by name or by reference', () => {
    const stack = shopStack(1);
    const policy = new CfnScalingPolicy(stack, 'Policy', { policyName: 'cpu', policyType: 'StepScaling' });
    const scaling = (id: string, action: string) =>
      new CfnAlarm(stack, id, {
        comparisonOperator: 'GreaterThanThreshold',
        evaluationPeriods: 1,
        alarmActions: [action],
      });
    const { schedule } = { schedule: new MaintenanceSchedule(stack, 'Windows', { windows: [patching()] }) };
    expect(() => schedule.mute(scaling('ByReference', policy.ref))).toThrow(
      'Shop/ByReference scales something, and a mute rule stops that as well',
    );
    const arn =
      'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:autoScalingGroupName/a:policyName/b';
    expect(() => schedule.mute(scaling('ByName', arn))).toThrow('Shop/ByName scales something');
  });

  it('an alarm scales something that was added to it later', () => {
    const stack = shopStack(1);
    const alarm = alarmIn(stack);
    new MaintenanceSchedule(stack, 'Windows', { windows: [patching()], alarms: [alarm] });
    alarm.addAlarmAction({
      bind: () => ({ alarmActionArn: 'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:a' }),
    });
    expect(() => Template.fromStack(stack)).toThrow('Shop/Errors scales something');
  });
});

describe('two maintenance schedules of a service', () => {
  const wednesdays = (props: Partial<MaintenanceWindowProps> = {}) =>
    patching({
      id: 'vacuum',
      start: '2026-12-09T04:00',
      recurrence: Recurrence.weekly(Weekday.WEDNESDAY),
      duration: Span.minutes(45),
      ...props,
    });
  const sundays = () => patching({ duration: Span.minutes(45) });

  function both(
    first: MaintenanceWindow,
    second: MaintenanceWindow,
    more: Partial<MaintenanceScheduleProps> = {},
  ) {
    const stack = shopStack(1);
    new MaintenanceSchedule(stack, 'W1', { windows: [first] });
    new MaintenanceSchedule(stack, 'W2', { windows: [second], ...more });
    return stack;
  }

  it('leave out no more time together than the tier allows', () => {
    expect(() => both(sundays(), wednesdays())).toThrow(
      /Shop\/W2: excludedTimePerMonth is 6 h 45 min, but the tier owes 4 h .*together with Shop\/W1/,
    );
    expect(() => both(sundays(), wednesdays({ duration: Span.minutes(2) }))).not.toThrow();
    expect(() => both(sundays(), wednesdays(), { weakening: WEAKENING })).not.toThrow();
  });

  it('do not meet where they must not', () =>
    expect(() => both(sundays(), freeze())).toThrow(
      /the freeze holidays and the maintenance patching \(of Shop\/W1\) meet on 2026-12-20 04:00/,
    ));

  it('have windows with names of their own', () => {
    expect(() => both(patching(), patching())).toThrow(/Shop\/W1 has a window patching as well/);
    const other = wednesdays({ id: 'patching', duration: Span.minutes(2) });
    expect(() => both(sundays(), other)).toThrow(/Shop\/W1 has another window patching/);
  });

  it('may have windows for different services', () => {
    const stack = shopStack(1);
    new MaintenanceSchedule(stack, 'W1', { windows: [sundays()] });
    const mail = new Construct(stack, 'Mail');
    declareService(mail, new Service({ name: 'mail', tier: 1, owner: 'team-mail' }));
    expect(
      () => new MaintenanceSchedule(mail, 'W2', { windows: [freeze({ id: 'patching' })] }),
    ).not.toThrow();
    expect(
      () => new MaintenanceSchedule(mail, 'W3', { windows: [wednesdays({ lastDay: '2026-12-16' })] }),
    ).not.toThrow();
  });

  describe('in two stacks', () => {
    function inStacks(
      regions: readonly [string, string],
      first: MaintenanceWindow,
      second: MaintenanceWindow,
    ) {
      const app = new App();
      const [one, other] = regions.map((region, index) => {
        const stack = new Stack(app, `Shop${index + 1}`, { env: { account: ACCOUNT, region } });
        declareService(stack, shopOf(1));
        return stack;
      }) as [Stack, Stack];
      new MaintenanceSchedule(one, 'Windows', { windows: [first] });
      return () => new MaintenanceSchedule(other, 'Windows', { windows: [second] });
    }

    it('share the time of a region, and a window counts once', () => {
      const here = ['eu-west-1', 'eu-west-1'] as const;
      expect(inStacks(here, sundays(), wednesdays())).toThrow(/together with Shop1\/Windows/);
      expect(inStacks(here, sundays(), sundays())).not.toThrow();
      expect(inStacks(here, sundays(), patching())).toThrow(/has another window patching/);
    });

    const regions = ['eu-west-1', 'eu-central-1'] as const;

    it('take turns by region', () => expect(inStacks(regions, sundays(), wednesdays())).not.toThrow());

    it('do not meet where they must not, in two regions of one service', () => {
      const met =
        /Shop2\/Windows: the freeze holidays and the maintenance patching \(of Shop1\/Windows\) meet on 2026-12-20 04:00/;
      expect(inStacks(regions, sundays(), freeze())).toThrow(met);
      expect(inStacks(regions, freeze(), freeze())).not.toThrow();
      const others = freeze({ appliesTo: ['mail'] });
      expect(inStacks(regions, sundays(), others)).not.toThrow();
    });

    it('have windows with names of their own in two regions, as the command asks for', () =>
      expect(inStacks(regions, sundays(), wednesdays({ id: 'patching' }))).toThrow(
        /Shop1\/Windows has another window patching/,
      ));
  });
});

describe('a maintenance schedule of old, from a day on', () => {
  const monthly = () =>
    patching({ start: '2024-01-15T04:00', recurrence: Recurrence.monthlyOnDay(15), timeZone: 'UTC' });
  const from = '2026-11-23';

  it('lists the times that are to come', () => {
    const { schedule } = scheduleIn({ windows: [monthly()], from });
    const { blockedDates = [] } = schedule.blockedTimes();
    expect([blockedDates[0], blockedDates.at(-1)]).toEqual(['2026-12-15', '2028-01-15']);
    const ranges = schedule.excludedTimeRanges();
    // The detector learns from the two weeks before as well.
    expect([ranges[0]?.startTime, ranges.at(-1)?.startTime]).toEqual([
      '2026-11-15T04:00:00',
      '2027-12-15T04:00:00',
    ]);
    expect(
      scheduleIn({ windows: [monthly()] })
        .schedule.blockedTimes()
        .blockedDates?.at(-1),
    ).toBe('2025-02-15');
  });

  it('finds what meets then', () => {
    const late = freeze({ start: '2026-12-10T18:00', recurrence: Recurrence.once() });
    const old = patching({ start: '2020-01-05T04:00' });
    expect(() => scheduleIn({ windows: [old, late], from })).toThrow(/meet on 2026-12-13 04:00/);
    const twoOld = [old, freeze({ start: '2020-12-18T18:00' })];
    expect(() => scheduleIn({ windows: twoOld, from })).toThrow(/meet on 2026-12-20 04:00/);
  });

  it('warns of windows that come no more', () => {
    const { stack } = scheduleIn({
      windows: [
        monthly(),
        patching({ id: 'moved', start: '2025-03-02T04:00', recurrence: Recurrence.once() }),
      ],
      from,
    });
    const annotations = Annotations.fromStack(stack);
    annotations.hasWarning(
      '/Shop/Windows',
      Match.stringLikeRegexp('The maintenance moved comes no more from 2026-11-23 on.*window-is-over-moved'),
    );
    annotations.hasNoWarning('/Shop/Windows', Match.stringLikeRegexp('maintenance patching'));
  });

  it('mutes nothing in windows that come no more', () => {
    const { stack, schedule } = scheduleIn({
      windows: [
        patching(),
        patching({ id: 'moved', start: '2025-03-02T04:00', recurrence: Recurrence.once() }),
      ],
      from,
    });
    schedule.mute(Alarm.fromAlarmArn(stack, 'Errors', 'arn:aws:cloudwatch:eu-west-1:1:alarm:Errors'));
    expect(schedule.muteRules.map(({ node }) => node.id)).toEqual(['patching-1']);
  });

  it('warns, where no day is given, of lists that end before another window comes first', () => {
    const warned = (windows: readonly MaintenanceWindow[], day?: string) =>
      Annotations.fromStack(scheduleIn({ windows, ...(day !== undefined && { from: day }) }).stack)
        .findWarning('/Shop/Windows', Match.anyValue())
        .map(({ entry }) => String(entry.data));
    const later = (props: Partial<MaintenanceWindowProps> = {}) =>
      patching({ id: 'later', start: '2026-12-10T04:00', recurrence: Recurrence.once(), ...props });
    expect(warned([monthly(), later()])).toEqual([
      'What is written of the maintenance patching as a list begins on 2024-01-15 and ends 400 days later, before later comes first on 2026-12-10: give from, the day of the synthesis. [ack: cdk-nines:lists-end-early-patching]',
    ]);
    expect(warned([monthly(), later()], from)).toEqual([]);
    expect(warned([monthly(), later({ start: '2025-02-10T04:00' })])).toEqual([]);
    const over = patching({ start: '2024-01-15T04:00', recurrence: Recurrence.once() });
    expect(warned([over, later()])).toEqual([]);
    const ended = patching({
      start: '2024-01-15T04:00',
      recurrence: Recurrence.monthlyOnDay(15),
      lastDay: '2026-11-20',
    });
    expect(warned([ended, later()])).toEqual([]);
  });

  it('is refused from what is no day', () =>
    expect(() => scheduleIn({ from: '2026-02-30' })).toThrow('from is "2026-02-30", which is no day'));

  it('leaves a rule of the audit to tell when the lists are over', () => {
    const outcome = (given: string | undefined) => {
      const { stack, schedule } = scheduleIn({ windows: [monthly()], ...(given && { from: given }) });
      new CfnAnomalyDetector(stack, 'Detector', {
        configuration: { excludedTimeRanges: schedule.excludedTimeRanges() },
      });
      const graph = graphOf(Template.fromStack(stack).toJSON() as TestTemplate);
      const options = { rules: [listedWindowsAreToCome], today: new Date('2026-11-23T12:00:00Z') };
      return audit([graph], options).verdicts.map(({ verdict }) => verdict);
    };
    expect([outcome(undefined), outcome(from)]).toEqual([['fail'], ['pass']]);
  });
});

describe('a maintenance schedule says its windows', () => {
  const once = Recurrence.once();
  const utcPatching = patching({ timeZone: 'UTC', duration: Span.minutes(30) });
  const inUtc = (props: Partial<MaintenanceScheduleProps> = {}) =>
    scheduleIn({ windows: [utcPatching], ...props });

  it('to Application Signals', () => {
    expect(inUtc().schedule.sloExclusions()).toEqual([
      {
        reason: 'the weekly patches are installed',
        startTime: '2026-12-06T04:00:00Z',
        window: { duration: 30, durationUnit: 'MINUTE' },
        recurrenceRule: { expression: 'cron(0 4 ? * SUN *)' },
      },
    ]);
    expect(() => scheduleIn().schedule.sloExclusions()).toThrow(
      'window patching: Application Signals knows UTC only, and 04:00 in Europe/Berlin is 03:00 UTC',
    );
    const many = Array.from({ length: 11 }, (_, index) => patching({ id: `w${index}`, recurrence: once }));
    expect(() => scheduleIn({ windows: many }).schedule.sloExclusions()).toThrow(
      'Application Signals takes 10 exclusions for an objective, and there are 11 windows of maintenance',
    );
  });

  it('to anomaly detectors', () => {
    const ranges = inUtc({ windows: [patching({ recurrence: once })] }).schedule.excludedTimeRanges();
    expect(ranges).toEqual([{ startTime: '2026-12-06T03:00:00', endTime: '2026-12-06T03:20:00' }]);
  });

  it('to the practice runs of ARC, once for each time', () => {
    const { schedule } = scheduleIn({
      windows: [patching(), freeze({ duration: Span.hours(30), recurrence: once })],
    });
    expect(schedule.blockedTimes()).toEqual({
      blockedWindows: ['Sun:02:00-Sun:02:20', 'Sun:03:00-Sun:03:20'],
      blockedDates: ['2026-12-18', '2026-12-19'],
    });
    const long = scheduleIn({ windows: [freeze()] }).schedule;
    expect(() => long.blockedTimes()).toThrow(
      'window holidays: it takes 36 days within 400 days in UTC, and ARC blocks 15',
    );
  });

  it('to CodePipeline', () => {
    const weekend = freeze({
      start: '2026-12-05T00:00',
      duration: Span.days(2),
      timeZone: 'UTC',
      recurrence: Recurrence.weekly(Weekday.SATURDAY),
    });
    const { schedule } = inUtc({
      windows: [weekend, patching({ start: '2026-12-09T04:00', recurrence: once })],
    });
    const outside = schedule.deploymentRules();
    const type = {
      RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'DeploymentWindow', Version: '1' },
    };
    expect(rulesOfStage([...outside, schedule.deploymentRule('patching')])).toEqual([
      {
        ...type,
        Name: 'holidays',
        Configuration: { Cron: '* * * ? * MON,TUE,WED,THU,FRI *', TimeZone: 'UTC' },
      },
      {
        ...type,
        Name: 'patching',
        Configuration: { Cron: '* 0-19 4 9 12 ? 2026', TimeZone: 'Europe/Berlin' },
      },
    ]);
    expect(() => schedule.deploymentRule('holidays')).toThrow(
      'holidays is a freeze: nothing is maintained then',
    );
    expect(() => scheduleIn({ windows: [freeze()] }).schedule.deploymentRules()).toThrow(
      'window holidays: CodePipeline knows only when deployments are allowed',
    );
  });

  it('to databases', () => {
    expect(inUtc().schedule.databaseWindow('patching')).toBe('sun:04:00-sun:04:30');
    expect(() => inUtc().schedule.databaseWindow('patching', MaintainedService.ELASTICACHE)).toThrow(
      'window patching: it lasts 30 min, and ElastiCache takes 1 h at the least',
    );
    expect(() => inUtc().schedule.databaseWindow('nightly')).toThrow('there is no window nightly');
  });

  it('to Systems Manager, as a calendar of freezes', () => {
    const { stack, schedule } = scheduleIn({ windows: [freeze()] });
    const documents = Template.fromStack(stack).findResources('AWS::SSM::Document');
    expect(Object.keys(documents)).toEqual([stack.resolve(schedule.changeCalendar?.ref).Ref]);
    const [document] = Object.values(documents);
    const { Content, DocumentType, DocumentFormat } = document?.Properties ?? {};
    expect([DocumentType, DocumentFormat]).toEqual(['ChangeCalendar', 'TEXT']);
    expect(Content).toMatch(/^BEGIN:VCALENDAR\r\nPRODID:-\/\/AWS\/\/Change Calendar 1.0\/\/EN\r\n/);
    expect(Content).toContain('X-CALENDAR-TYPE:DEFAULT_OPEN\r\n');
    const [first] = calendarEvents(Content, Date.parse('2027-06-01T00:00:00Z') / 1_000);
    expect(first).toEqual({ start: '2026-12-18T17:00:00.000Z', end: '2027-01-04T17:00:00.000Z' });
  });

  it('to Systems Manager, as a window for patches', () => {
    const { stack, schedule } = inUtc({
      windows: [patching({ duration: Span.hours(2), recurrence: Recurrence.monthlyOnDay(6) })],
    });
    schedule.addPatching('patching');
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::MaintenanceWindow', {
      Name: 'patching',
      Schedule: 'cron(0 4 6 * ? *)',
      ScheduleTimezone: 'Europe/Berlin',
      Duration: 2,
      Cutoff: 1,
      StartDate: '2026-12-06T03:00:00Z',
    });
  });

  it('to EC2', () => {
    const night = patching({ timeZone: 'UTC', duration: Span.hours(4) });
    const { stack, schedule } = inUtc({ windows: [night], weakening: WEAKENING });
    schedule.addInstanceEvents('patching');
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::InstanceEventWindow', {
      TimeRanges: [{ StartWeekDay: 'sunday', StartHour: 4, EndWeekDay: 'sunday', EndHour: 8 }],
    });
  });

  it('to EventBridge Scheduler', () => {
    const { stack, schedule } = scheduleIn({ windows: [patching({ lastDay: '2027-12-26' })] });
    const target = new SqsSendMessage(new Queue(stack, 'Queue'));
    schedule.addSchedules('patching', target, target);
    const template = Template.fromStack(stack);
    const shared = {
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartDate: Match.stringLikeRegexp('^2026-12-06T03:'),
      EndDate: Match.stringLikeRegexp('^2027-12-26T03:'),
    };
    for (const [minute, word] of [
      ['0', 'opens'],
      ['20', 'closes'],
    ])
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ...shared,
        ScheduleExpression: `cron(${minute} 4 ? * SUN *)`,
        Description: `${word} the maintenance patching: the weekly patches are installed`,
      });
  });
});

/** What CodePipeline asks before it enters a stage with some rules. */
function rulesOfStage(rules: readonly Rule[]) {
  const stack = new Stack(new App(), 'Delivery');
  const action = (actionName: string) => new ManualApprovalAction({ actionName });
  const source = new S3SourceAction({
    actionName: 'Source',
    bucket: new Bucket(stack, 'Sources'),
    bucketKey: 'source.zip',
    output: new Artifact(),
  });
  new Pipeline(stack, 'Pipeline', {
    pipelineType: PipelineType.V2,
    stages: [
      { stageName: 'Source', actions: [source] },
      {
        stageName: 'Production',
        actions: [action('Look')],
        beforeEntry: { conditions: [{ rules: [...rules], result: Result.FAIL }] },
      },
    ],
  });
  const [pipeline] = Object.values(Template.fromStack(stack).findResources('AWS::CodePipeline::Pipeline'));
  return pipeline?.Properties.Stages[1].BeforeEntry.Conditions[0].Rules;
}
