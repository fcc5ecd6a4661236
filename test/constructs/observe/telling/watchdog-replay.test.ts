import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { metricAlarmOf } from '../../../../lib/assembly/observe/alarm-model';
import { Unknown } from '../../../../lib/assembly/value';
import { alarmTimeline } from '../../../../lib/calculus/alarms/alarm-timeline';
import type { MetricSamples } from '../../../../lib/calculus/alarms/metric-samples';
import { IncidentBridge } from '../../../../lib/constructs/observe/telling/incident-bridge';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { graphOf } from '../../../support/graph';
import { shopStack } from '../../fixtures';

const MINUTE = 60;
const HOURS = { from: 0, until: 6 * 3600 };

const stack = shopStack(2);
new IncidentBridge(stack, 'Incidents', {
  destinations: [IncidentDestination.opsItem()],
  fallback: [new SmsSubscription('+15550100')],
  alarms: [
    new Alarm(stack, 'Checkout', {
      metric: new Metric({ namespace: 'Shop', metricName: 'FailedPayments' }),
      threshold: 10,
      evaluationPeriods: 1,
    }),
  ],
});
const graph = graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> });

/** When an alarm of the bridge changes, in minutes, with a metric that has a value at some minutes. */
function replayed(id: string, valueAt: (minute: number) => number | undefined) {
  const resource = graph.resources.find(({ logicalId }) => logicalId.startsWith(id));
  if (!resource) throw new Error(`no ${id}`);
  const alarm = metricAlarmOf(resource);
  if (alarm instanceof Unknown) throw new Error(alarm.reason);
  const points: [number, number][] = [];
  for (let minute = 0; minute < 360; minute += 1) {
    const value = valueAt(minute);
    if (value !== undefined) points.push([minute * MINUTE, value]);
  }
  const samples = ['Sum', 'Maximum'].map(
    (statistic): MetricSamples => ({ statistic, period: MINUTE, points }),
  );
  const changes = alarmTimeline(alarm, () => samples, HOURS);
  if (!Array.isArray(changes)) throw new Error('not known');
  return changes.map(({ at, state }) => [at / MINUTE, state]);
}

it('says nothing while beats come', () => {
  expect(replayed('IncidentsWatchdogHeartbeat', () => 1).at(-1)).toEqual([expect.any(Number), 'OK']);
});

it('tells within ten minutes of the last beat, and again when beats are back', () => {
  const beats = (minute: number) => (minute < 60 || minute >= 180 ? 1 : undefined);
  const changes = replayed('IncidentsWatchdogHeartbeat', beats);
  const [died, back] = changes.slice(-2);
  expect(died?.[1]).toBe('ALARM');
  expect(died?.[0]).toBeGreaterThanOrEqual(65);
  expect(died?.[0]).toBeLessThanOrEqual(70);
  expect(back).toEqual([expect.any(Number), 'OK']);
  expect(Number(back?.[0])).toBeLessThanOrEqual(182);
});

it('tells of dead letters within five minutes', () => {
  const changes = replayed('IncidentsUnhandled', (minute) => (minute >= 60 ? 2 : 0));
  const fired = changes.find(([, state]) => state === 'ALARM');
  expect(Number(fired?.[0])).toBeLessThanOrEqual(66);
});

it('tells of a function that fails within five minutes', () => {
  const changes = replayed('IncidentsWatchdogFailing', (minute) => (minute === 60 ? 1 : undefined));
  const fired = changes.find(([, state]) => state === 'ALARM');
  expect(Number(fired?.[0])).toBeLessThanOrEqual(66);
});
