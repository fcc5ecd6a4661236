import { type IAlarm, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import {
  AlertSeverity,
  BaselineAlarm,
  loadBalancerAvailability,
  loadBalancerLatency,
  type MaintenanceSchedule,
  ServiceLevelObjective,
  type StatelessService,
  UserJourney,
} from 'cdk-nines';
import type { Construct } from 'constructs';
import { BERLIN } from './calendar';

/** What users meet. */
export interface Symptoms {
  readonly objectives: readonly ServiceLevelObjective[];

  /** Those for which somebody gets up at night. */
  readonly urgent: readonly IAlarm[];

  /** Those that wait for a working day. */
  readonly slow: readonly IAlarm[];
}

/** The alarms on what users meet, whatever causes it. */
export function symptomsOf(
  scope: Construct,
  { loadBalancer: { loadBalancer } }: StatelessService,
  calendar: MaintenanceSchedule,
): Symptoms {
  const objectives = [
    new ServiceLevelObjective(scope, 'Availability', { indicator: loadBalancerAvailability(loadBalancer) }),
    new ServiceLevelObjective(scope, 'Latency', {
      indicator: loadBalancerLatency(loadBalancer, Duration.millis(300)),
    }),
  ];
  const burns = objectives.flatMap(({ alarms }) => alarms);
  const fast = burns.filter(({ check }) => check.window.severity === AlertSeverity.PAGE);

  // Each region is walked from outside as well: an alarm in a lost region tells nobody.
  const purchase = new UserJourney(scope, 'Purchase', {
    steps: [
      { name: 'programme', url: 'https://tickets.example.org/programme', expect: { text: 'Tonight' } },
      {
        name: 'reserve',
        url: 'https://tickets.example.org/reservations',
        method: 'POST',
        body: '{"seat":"test"}',
        expect: { status: 201 },
      },
    ],
  });

  // Slower than is usual at this hour of the week, and slow enough to matter. It does not learn from maintenance.
  const slowness = new BaselineAlarm(scope, 'Slowness', {
    metric: loadBalancer.metrics.targetResponseTime({ statistic: Stats.p(99) }),
    limit: 1,
    traffic: loadBalancer.metrics.requestCount(),
    timeZone: BERLIN,
    excludedTimes: calendar.excludedTimeRanges(),
  });

  const isFast = new Set(fast);
  const slow = burns.filter((burn) => !isFast.has(burn));
  return {
    objectives,
    urgent: [...fast.map(({ both }) => both), purchase.alarm],
    slow: [...slow.map(({ both }) => both), slowness.alarm],
  };
}
