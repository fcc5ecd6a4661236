import { Template } from 'aws-cdk-lib/assertions';
import { Canary, Code, Runtime, Schedule, Test } from 'aws-cdk-lib/aws-synthetics';
import { Duration } from 'aws-cdk-lib/core';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { alarmTimeline } from '../../../../lib/calculus/alarms/alarm-timeline';
import type { MetricAlarm } from '../../../../lib/calculus/alarms/metric-alarm';
import { NotKnown } from '../../../../lib/calculus/alarms/metric-samples';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { Span } from '../../../../lib/calculus/time-span';
import { ContractAndRaw } from '../../../../lib/constructs/observe/slo/contract-and-raw';
import { journeyAvailability } from '../../../../lib/constructs/observe/slo/indicators';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import { MaintenanceSchedule } from '../../../../lib/constructs/observe/windows/maintenance-schedule';
import { ServiceLevelEngine } from '../../../../lib/objectives/catalogue';
import type { MaintenanceWindow } from '../../../../lib/objectives/maintenance-window';
import { graphOf, type TestTemplate } from '../../../support/graph';
import { refusal, shopStack } from '../../fixtures';
import { patching } from '../windows/windows';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** On a Sunday in summer, 04:00 in Berlin is 02:00 in UTC. */
const OPENS = Date.parse('2027-07-04T02:00Z') / 1_000;

interface Given {
  readonly every: Duration;
  readonly minutes: number;
  readonly leastBadEvents?: number;
  readonly engine?: ServiceLevelEngine;
}

/** A journey that is walked at even distances, and maintenance of so many minutes each Sunday. */
function measured({ every, minutes, leastBadEvents, engine = ServiceLevelEngine.METRIC_MATH }: Given) {
  const stack = shopStack(2);
  const utc = engine === ServiceLevelEngine.APPLICATION_SIGNALS ? { timeZone: 'UTC' } : {};
  const windows: MaintenanceWindow[] = [patching({ duration: Span.minutes(minutes), ...utc })];
  const schedule = new MaintenanceSchedule(stack, 'Windows', { windows });
  const canary = new Canary(stack, 'Canary', {
    canaryName: 'walk',
    schedule: Schedule.rate(every),
    runtime: Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
    test: Test.custom({
      code: Code.fromInline('exports.handler = async () => {};'),
      handler: 'index.handler',
    }),
  });
  const objective = new ServiceLevelObjective(stack, 'Orders', {
    indicator: journeyAvailability(canary),
    recoversAlone: true,
    ...(leastBadEvents !== undefined && { leastBadEvents }),
  });
  new ContractAndRaw(stack, 'Measured', { objective, schedule, engine });
  return stack;
}

function gapOf(given: Given): MetricAlarm {
  const graph = graphOf(Template.fromStack(measured(given)).toJSON() as TestTemplate);
  const [resource] = graph
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ logicalId }) => /^Measured.*Gap/.test(logicalId));
  const alarm = resource && metricAlarmOf(resource);
  if (!alarm || alarm instanceof Unknown) throw new Error(alarm?.reason ?? 'no alarm');
  return alarm;
}

/** How often an alarm fires on the day of the window, where the runs of a canary begin in the minute `phase` and some fail. */
function fires(alarm: MetricAlarm, every: Duration, phase: number, bad: (run: number) => boolean): number {
  const distance = every.toSeconds();
  const first = OPENS - 48 * HOUR + phase * MINUTE;
  const runs = Array.from({ length: (72 * HOUR) / distance }, (_, index) => first + index * distance);
  const kept = (statistic: string, value: (at: number) => number) => ({
    statistic,
    period: MINUTE,
    points: runs.map((at) => [at, value(at)] as const),
  });
  const metric = {
    namespace: 'CloudWatchSynthetics',
    name: 'SuccessPercent',
    dimensions: { CanaryName: 'walk' },
  };
  const source = sampleSourceOf([
    { metric, samples: [kept('SampleCount', () => 1), kept('Average', (at) => (bad(at) ? 0 : 100))] },
  ]);
  const changes = alarmTimeline(alarm, source, { from: OPENS - HOUR, until: OPENS + 6 * HOUR }, 'OK');
  if (changes instanceof NotKnown) throw new Error(changes.reason);
  return changes.filter(({ state }) => state === 'ALARM').length;
}

describe.each([
  [15, 45],
  [5, 20],
  [1, 20],
])('a journey each %i minutes, with maintenance of %i', (distance, minutes) => {
  const every = Duration.minutes(distance);
  const gap = gapOf({ every, minutes });
  const closes = OPENS + minutes * MINUTE;
  const within = (at: number) => at >= OPENS && at < closes;
  const phases = Array.from({ length: distance }, (_, phase) => phase);

  it.each(phases)('that hides a total outage is told, of runs in the minute %i', (phase) =>
    expect(fires(gap, every, phase, within)).toBe(1),
  );

  it.each(phases)('that hides one bad run tells nobody, of runs in the minute %i', (phase) => {
    const one = (at: number) => within(at) && at < OPENS + every.toSeconds();
    expect(fires(gap, every, phase, one)).toBe(0);
  });

  it.each(phases)('that hides nothing tells nobody, whatever fails around it (minute %i)', (phase) =>
    expect(fires(gap, every, phase, (at) => !within(at))).toBe(0),
  );
});

it('of one run that is enough for the objective, one is enough in maintenance', () => {
  const every = Duration.minutes(15);
  const gap = gapOf({ every, minutes: 20, leastBadEvents: 1 });
  expect(fires(gap, every, 10, (at) => at >= OPENS && at < OPENS + 20 * MINUTE)).toBe(1);
});

describe('an alarm on the gap that can never fire is refused:', () => {
  const refused = (given: Given) => refusal(() => measured(given)).message;

  it('maintenance holds fewer runs than must go wrong', () =>
    expect(refused({ every: Duration.minutes(15), minutes: 20 })).toBe(
      'Shop/Measured: the alarm on what patching hides can never fire: at 4 events an hour its 20 min hold 1.33, and 2 bad ones are needed\n  fix: measure 6 events an hour or more, or set leastBadEvents of Shop/Orders to 1',
    ));

  it('maintenance holds no run at times', () =>
    expect(refused({ every: Duration.minutes(30), minutes: 20, leastBadEvents: 1 })).toBe(
      'Shop/Measured: the alarm on what patching hides can never fire: at 2 events an hour its 20 min hold 0.67, and 1 bad one is needed\n  fix: measure 3 events an hour or more',
    ));

  it('Application Signals counts no run in it', () => {
    const engine = ServiceLevelEngine.APPLICATION_SIGNALS;
    expect(refused({ every: Duration.minutes(30), minutes: 20, engine })).toContain(
      'at 2 events an hour its 20 min hold 0.67, and 1 bad one is needed',
    );
    expect(() => measured({ every: Duration.minutes(15), minutes: 20, engine })).not.toThrow();
  });
});
