import { Template } from 'aws-cdk-lib/assertions';
import { Canary } from 'aws-cdk-lib/aws-synthetics';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import type { MetricName } from '../../../../lib/calculus/alarms/metric-samples';
import { type KeptMetric, sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import {
  ThirdPartyDependency,
  type ThirdPartyDependencyProps,
} from '../../../../lib/constructs/observe/detection/third-party-dependency';
import type { Indicator } from '../../../../lib/constructs/observe/slo/indicator';
import { journeyAvailability } from '../../../../lib/constructs/observe/slo/indicators';
import { DependencyKind } from '../../../../lib/objectives/dependency';
import { graphOf } from '../../../support/graph';
import { refusal, shopStack } from '../../fixtures';
import { freshness } from '../slo/orders';
import { charges } from './charges';

const PAYMENTS = {
  name: 'card payments',
  kind: DependencyKind.HARD,
  sla: 0.9999,
  statusPage: 'https://status.payments.example.com/',
};

function needing(measured: Indicator, props: Partial<ThirdPartyDependencyProps> = {}): Stack {
  const stack = shopStack(1, {}, { thirdParties: [PAYMENTS] });
  new ThirdPartyDependency(stack, 'Payments', { thirdParty: PAYMENTS.name, measured, ...props });
  return stack;
}

/** A canary at the third party, as each five minutes. */
const walked = (): Indicator => ({
  ...journeyAvailability(Canary.fromCanaryName(shopStack(1), 'Charge', 'charge') as Canary),
  eventsPerHour: 12,
});

const alarmOf = (stack: Stack, id: string) => {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  const [, found] = alarms.find(([name]) => name.startsWith(id)) ?? [];
  return found?.Properties;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** When it is told that the third party is down, of what is measured from minute 60 on. */
function tells(stack: Stack, data: readonly KeptMetric[]): readonly string[] {
  const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });
  const page = { namespace: 'Nines/ThirdParties', name: 'VendorStatus' };
  const well = kept({ ...page, dimensions: { Vendor: 'shop: card payments' } }, 'Maximum', 1, () => 0);
  const found = replay(graph, sampleSourceOf([well, ...data]), { from: HOUR, until: 3 * HOUR });
  const down = found.find(({ alarm }) => alarm.logicalId.startsWith('PaymentsDown'));
  if (!down || down.unknown !== undefined) throw new Error(down?.unknown ?? 'no alarm');
  return down.states.map(({ at, state }) => `${at / MINUTE} ${state}`);
}

function kept(
  metric: MetricName,
  statistic: string,
  each: number,
  at: (minute: number) => number,
): KeptMetric {
  const minutes = Array.from({ length: 180 / each }, (_, index) => index * each);
  const points = minutes.map((minute) => [minute * MINUTE, at(minute)] as const);
  return { metric, samples: [{ statistic, period: MINUTE, points }] };
}

describe('what is measured of a third party seldom', () => {
  it('is told by a canary after two runs that fail', () => {
    const runs = {
      namespace: 'CloudWatchSynthetics',
      name: 'SuccessPercent',
      dimensions: { CanaryName: 'charge' },
    };
    const data = [
      kept(runs, 'SampleCount', 5, () => 1),
      kept(runs, 'Average', 5, (minute) => (minute >= 90 ? 0 : 100)),
    ];
    const both = [{ metric: runs, samples: data.flatMap(({ samples }) => samples) }];
    // The second run that fails is at 95, and seen a minute later.
    expect(tells(needing(walked()), both)).toEqual(['60 OK', '96 ALARM']);
  });

  it('is told by bad minutes after two of them', () => {
    const age = kept({ namespace: 'Shop', name: 'Age', dimensions: {} }, 'Maximum', 1, (minute) =>
      minute >= 90 ? 120 : 1,
    );
    expect(tells(needing(freshness), [age])).toEqual(['60 OK', '92 ALARM']);
  });

  it('is said in words', () => {
    const [down] = Object.values(
      Template.fromStack(needing(walked())).findResources('AWS::CloudWatch::CompositeAlarm'),
    );
    expect(down?.Properties.AlarmDescription).toMatch(/at least 1 of our requests in 5 min failed/);
  });

  it.each<[string, () => Stack, string]>([
    [
      'where more must fail than there are',
      () => needing(walked(), { leastFailures: 2 }),
      'leastFailures is 2, and 5 min hold 1 event of measured: its alarm could never fire\n  fix: use 1, or leave it out',
    ],
    [
      'where more minutes must be bad than there are in a minute',
      () => needing(freshness, { leastFailures: 10 }),
      'leastFailures is 10, and 1 min hold 1 event of measured: its alarm could never fire\n  fix: use 1, or leave it out',
    ],
    [
      'once a day',
      () => needing({ ...charges, eventsPerHour: 1 / 24 }),
      'measured has an event each 1 d, and its alarm needs one each 12 h at least\n  fix: measure it more often, by a canary: journeyAvailability(canary)',
    ],
    [
      'at a rate that is none',
      () => needing({ ...charges, eventsPerHour: 0 }),
      'eventsPerHour of the indicator is 0\n  fix: write a number above 0: 4 for a canary that runs each 15 minutes',
    ],
    [
      'in another region',
      () => needing({ ...charges, onlyIn: 'ap-south-1' }),
      'the metrics of charges that the provider answers are in ap-south-1 only, and the stack is in eu-west-1: its alarms would never fire\n  fix: put the objective into a stack in ap-south-1',
    ],
  ])('is refused %s', (_, make, message) => expect(refusal(make).message).toBe(`Shop/Payments: ${message}`));
});

describe('a page that nobody has read yet', () => {
  it.each<[Duration, number]>([
    [Duration.minutes(1), 10],
    [Duration.hours(1), 120],
  ])('is no news on the first deployment where it is read each %s', (pollInterval, minutes) =>
    expect(alarmOf(needing(charges, { pollInterval }), 'PaymentsUnread').WarmUpConfiguration).toEqual({
      WarmUpPeriodDurationInMinutes: minutes,
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
    }),
  );
});
