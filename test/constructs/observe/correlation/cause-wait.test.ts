import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  Alarm,
  AlarmRule,
  CompositeAlarm,
  type IAlarm,
  type IAlarmRule,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { AlarmLayer } from '../../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../../lib/constructs/observe/correlation/alarm-tree';
import type { AlarmTreeProps } from '../../../../lib/constructs/observe/correlation/alarm-tree-props';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import { Objectives } from '../../../../lib/objectives/objectives';
import type { Tier } from '../../../../lib/objectives/tier';
import { graphOf } from '../../../support/graph';
import { catalogued, refusal, shopStack, WEAKENING } from '../../fixtures';

/** An alarm on so many periods of so many minutes, of which all must be bad. */
function leaf(stack: Stack, name: string, minutes: number, of: { all?: number; bad?: number } = {}): Alarm {
  const { all = 1, bad = all } = of;
  return new Alarm(stack, name, {
    metric: new Metric({
      namespace: 'Shop',
      metricName: name,
      statistic: 'Sum',
      period: Duration.minutes(minutes),
    }),
    threshold: 1,
    evaluationPeriods: all,
    datapointsToAlarm: bad,
  });
}

type Cause = (stack: Stack) => IAlarm;

const slowCause: Cause = (stack) => leaf(stack, 'Throttled', 5, { all: 3 });

/** An API whose symptom fires after a minute, over a table with the given alarm. */
function tree(stack: Stack, cause: Cause, rest: Partial<AlarmTreeProps> = {}) {
  return new AlarmTree(stack, 'Alarms', {
    components: [
      {
        name: 'api',
        layer: AlarmLayer.APPLICATION,
        alarms: [leaf(stack, 'ApiErrors', 1)],
        dependsOn: ['orders-table'],
      },
      { name: 'orders-table', layer: AlarmLayer.INFRASTRUCTURE, alarms: [cause(stack)] },
    ],
    symptoms: [leaf(stack, 'Objective', 1)],
    ...rest,
  });
}

/** What the suppressed alarms wait, in seconds. */
function waitsOf(stack: Stack): readonly number[] {
  const composites = Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm');
  const waits = Object.values(composites).map(({ Properties }) => Properties.ActionsSuppressorWaitPeriod);
  return [...new Set(waits.filter((each) => each !== undefined))];
}

/** Which alarms of the tree call somebody, and when in minutes, where all metrics are bad from the minute 10 on. */
function calls(stack: Stack) {
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; Properties: { MetricName: string } }>;
  };
  const names = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties.MetricName);
  const points = Array.from({ length: 90 }, (_, minute): [number, number] => [
    minute * 60,
    minute >= 10 ? 1 : 0,
  ]);
  const source = sampleSourceOf(
    names.map((name) => ({
      metric: { namespace: 'Shop', name, dimensions: {} },
      samples: [{ statistic: 'Sum', period: 60, points }],
    })),
  );
  return replay(graphOf({ Resources }), source, { from: 0, until: 5_400 }).flatMap(({ alarm, actions }) =>
    actions
      .filter(({ state }) => state === 'ALARM')
      .map(({ at }) => [alarm.logicalId.replace(/^Alarms(.*?)(Alarm)?[0-9A-F]{8}$/, '$1'), at / 60]),
  );
}

const decided = (stack: Stack) =>
  catalogued(stack).decisions.find(({ what }) => what === 'Alarms.suppressorWait');

describe('a cause that is seen later than its symptom', () => {
  test('calls people, and the symptom does not', () => {
    const stack = shopStack(1);
    tree(stack, slowCause);
    expect(calls(stack)).toEqual([['Componentsorderstable', 21]]);
  });

  const bothOf = (stack: Stack, rule: (...alarms: IAlarm[]) => IAlarmRule) =>
    new CompositeAlarm(stack, 'Both', {
      alarmRule: rule(leaf(stack, 'A', 5), leaf(stack, 'B', 5, { all: 2 })),
    });

  test.each<[string, Cause, seconds: number]>([
    ['three of three periods of 5 min', slowCause, 900],
    ['two of five of them', (stack) => leaf(stack, 'Throttled', 5, { all: 5, bad: 2 }), 600],
    ['one of a minute: two minutes at least', (stack) => leaf(stack, 'Throttled', 1), 120],
    ['any of two: the later', (stack) => bothOf(stack, (...alarms) => AlarmRule.anyOf(...alarms)), 600],
    ['both of two: the later', (stack) => bothOf(stack, (...alarms) => AlarmRule.allOf(...alarms)), 600],
    [
      'one that is made elsewhere',
      (stack) =>
        Alarm.fromAlarmArn(stack, 'Theirs', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:theirs'),
      120,
    ],
  ])('is waited for: %s', (_, cause, seconds) => {
    const stack = shopStack(1);
    tree(stack, cause);
    expect(waitsOf(stack)).toEqual([seconds]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('cdk-nines:late-cause'));
  });

  test('is a decision that names both', () => {
    const stack = shopStack(1);
    tree(stack, slowCause);
    expect(decided(stack)).toMatchObject({
      value: '15 min',
      because:
        'Shop/Throttled, a cause, fires after 16 min at the latest, and Shop/ApiErrors, its symptom, after 1 min at the soonest',
    });
  });

  test('of another service is waited for as well', () => {
    const stack = shopStack(1, {}, { dependsOn: [{ service: 'payments', kind: DependencyKind.HARD }] });
    tree(stack, (each) => leaf(each, 'Throttled', 1), {
      components: [
        {
          name: 'api',
          layer: AlarmLayer.APPLICATION,
          alarms: [leaf(stack, 'Api', 1)],
          dependsOn: ['payments'],
        },
      ],
      upstream: [{ service: 'payments', alarm: leaf(stack, 'Payments', 10) }],
    });
    expect(waitsOf(stack)).toEqual([600]);
  });

  test('in another zone is waited for by the region', () => {
    const stack = shopStack(1);
    const zone = (name: string, minutes: number) => ({ zone: name, alarms: [leaf(stack, name, minutes)] });
    new AlarmTree(stack, 'Alarms', {
      components: [
        {
          name: 'api',
          layer: AlarmLayer.APPLICATION,
          zones: [zone('eu-west-1a', 1), zone('eu-west-1b', 5)],
        },
      ],
    });
    expect(waitsOf(stack)).toEqual([300]);
  });
});

/** Back in another region within so many minutes, of which detection may take half. */
const within = (minutes: number) => ({
  objectives: Objectives.forTier(1, {
    availabilityZone: { rto: Duration.minutes(2) },
    region: { rto: Duration.minutes(minutes) },
  }),
});

describe('where detection may not take so long', () => {
  test('the wait is as long as it may, and somebody is warned', () => {
    const stack = shopStack(0);
    tree(stack, slowCause);
    expect(waitsOf(stack)).toEqual([420]);
    expect(decided(stack)?.value).toBe('7 min');
    Annotations.fromStack(stack).hasWarning(
      '/Shop/Alarms',
      Match.stringLikeRegexp(
        'Shop/Throttled, a cause, fires after 16 min at the latest, and Shop/ApiErrors, its symptom, after 1 min at the soonest: the wait would be 15 min, and may be 7 min.*give Shop/Throttled shorter or fewer periods.*cdk-nines:late-cause',
      ),
    );
  });

  test('the two minutes of every tree are cut as well, and the decision says so', () => {
    const stack = shopStack(1, {}, within(3));
    tree(stack, (each) => leaf(each, 'Throttled', 1));
    expect(waitsOf(stack)).toEqual([60]);
    expect(decided(stack)).toMatchObject({
      value: '1 min',
      because: expect.stringContaining('half of the 3 min in which it must be back in another region'),
    });
  });
});

describe('a wait that is given', () => {
  const refused = (tier: Tier, minutes: number, cause = slowCause) =>
    refusal(() => tree(shopStack(tier), cause, { suppressorWait: Duration.minutes(minutes) }));

  test('is refused where the symptom would call people before the cause is seen', () => {
    expect(refused(1, 5).message).toContain(
      'suppressorWait is 5 min, and 15 min are needed: Shop/Throttled, a cause, fires after 16 min at the latest, and Shop/ApiErrors, its symptom, after 1 min at the soonest\n  fix: leave suppressorWait out, or give Shop/Throttled shorter or fewer periods',
    );
    expect(refused(0, 5).message).toContain('suppressorWait is 5 min, and 7 min are needed');
  });

  test('is refused where an outage would be told too late, unless somebody answers for it', () => {
    expect(refused(0, 15).problem).toContain('suppressorWait is 15 min, but the tier owes 7 min');
    const stack = shopStack(0);
    tree(stack, slowCause, { suppressorWait: Duration.minutes(15), weakening: WEAKENING });
    expect(waitsOf(stack)).toEqual([900]);
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Alarms.suppressorWait' }]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('cdk-nines:late-cause'));
  });

  test('is kept where it holds', () => {
    const stack = shopStack(1);
    tree(stack, slowCause, { suppressorWait: Duration.minutes(20) });
    expect(waitsOf(stack)).toEqual([1_200]);
    expect(decided(stack)).toMatchObject({ value: '20 min', source: 'override' });
  });

  test('is kept where nothing is known of what it waits for', () => {
    const stack = shopStack(1);
    const theirs = (id: string) =>
      Alarm.fromAlarmArn(stack, id, `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${id}`);
    tree(stack, () => theirs('theirs'), {
      symptoms: [theirs('objective')],
      suppressorWait: Duration.seconds(0),
      components: [
        { name: 'api', layer: AlarmLayer.APPLICATION, alarms: [theirs('api')], dependsOn: ['table'] },
        { name: 'table', layer: AlarmLayer.INFRASTRUCTURE, alarms: [theirs('table')] },
      ],
    });
    expect(waitsOf(stack)).toEqual([0]);
  });
});
