import { Template } from 'aws-cdk-lib/assertions';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, CfnAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stack } from 'aws-cdk-lib/core';
import { Span } from '../../../../lib/calculus/time-span';
import { WindowKind } from '../../../../lib/calculus/windows/overlaps';
import { Weekday } from '../../../../lib/calculus/windows/recurrence';
import {
  MaintenanceSchedule,
  type MaintenanceScheduleProps,
} from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { Recurrence } from '../../../../lib/objectives/maintenance-window';
import type { Tier } from '../../../../lib/objectives/tier';
import { shopStack, WEAKENING } from '../../fixtures';
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
      expect.objectContaining({ what: 'Windows.excludedTimePerMonth', value: '100 min' }),
    );
  });

  it('may leave more time out when somebody answers for it', () => {
    const long = { windows: [patching({ duration: Span.hours(2) })] };
    expect(() => scheduleIn({ ...long, weakening: WEAKENING })).not.toThrow();
  });
});

describe('a maintenance schedule fails when', () => {
  const cases: Readonly<Record<string, readonly [Partial<MaintenanceScheduleProps>, Tier, RegExp]>> = {
    'there are no windows': [{ windows: undefined as never }, 1, /windows is missing/],
    'too much time is left out': [
      { windows: [patching({ duration: Span.hours(1) })] },
      1,
      /excludedTimePerMonth is 5 h, but the tier owes 4 h/,
    ],
    'too much time is left out at tier 0': [
      { windows: [patching({ duration: Span.minutes(30) })] },
      0,
      /excludedTimePerMonth is 150 min, but the tier owes 2 h/,
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
