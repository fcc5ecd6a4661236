import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Mistake } from '../../../objectives/mistakes';
import type { Indicator } from './indicator';
import { nameMistakes } from './objective-names';
import { requestBased } from './signal-metrics';
import type { WatchedWindow } from './slo-choices';
import { partOfPair, type WindowAlarm } from './window-alarm';

/** What Application Signals works out is there each minute. */
const MINUTE = Duration.minutes(1);
const DAY = 86_400;
const MOST_BURN_RATES = 10;

/**
 * The objective in Application Signals, which then keeps its attainment, its budget and its burn rates as metrics.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 * @internal
 */
export function signalsObjective(
  scope: Construct,
  watched: WatchedWindow,
  indicator: Indicator,
): CfnServiceLevelObjective {
  const seconds = watched.window.toSeconds();
  const rolling =
    seconds % DAY === 0
      ? { duration: seconds / DAY, durationUnit: 'DAY' }
      : { duration: Math.round(seconds / 3_600), durationUnit: 'HOUR' };
  return new CfnServiceLevelObjective(scope, 'Signals', {
    name: watched.name,
    description: `${watched.name}: ${indicator.good}`.slice(0, 1_024),
    goal: {
      attainmentGoal: Number((watched.objective * 100).toPrecision(12)),
      interval: { rollingInterval: rolling },
    },
    burnRateConfigurations: minutesOf(watched).map((lookBackWindowMinutes) => ({ lookBackWindowMinutes })),
    requestBasedSli: countedBy(indicator, Stack.of(scope).account),
  });
}

/** What is discovered is counted by Application Signals itself. */
function countedBy(indicator: Indicator, account: string): CfnServiceLevelObjective.RequestBasedSliProperty {
  const { discovered } = indicator;
  if (!discovered) return requestBased(indicator, account);
  return {
    requestBasedSliMetric: {
      keyAttributes: { Type: 'Service', Name: discovered.name, Environment: discovered.environment },
      ...(discovered.operation !== undefined && { operationName: discovered.operation }),
      metricType: 'AVAILABILITY',
    },
  };
}

/** Every window of every pair, once. */
function minutesOf({ checks }: WatchedWindow): readonly number[] {
  const spans = checks.flatMap(({ window }) => [window.longWindow, window.shortWindow]);
  return [...new Set(spans.map((span) => span.toSeconds() / 60))].sort((one, other) => one - other);
}

/**
 * Alarms on the burn rates of an objective in Application Signals.
 *
 * @internal
 */
export function signalsWindowAlarm(objective: CfnServiceLevelObjective): WindowAlarm {
  return (scope, id, { name, check, span }) =>
    partOfPair(scope, id, {
      name,
      span,
      metric: new Metric({
        namespace: 'AWS/ApplicationSignals',
        metricName: 'BurnRate',
        dimensionsMap: {
          SloName: objective.name,
          BurnRateWindowMinutes: String(span.toSeconds() / 60),
        },
        statistic: Stats.MAXIMUM,
        period: MINUTE,
      }),
      measured: `How many times faster than evenly the budget of ${name} burns`,
      threshold: Number(check.burnRate.toPrecision(12)),
      evaluationPeriods: 1,
    });
}

/**
 * What Application Signals does not do.
 *
 * @internal
 */
export function signalsMistakes(windows: readonly WatchedWindow[], { discovered }: Indicator): Mistake[] {
  const mistakes: Mistake[] = [];
  if (discovered && !discovered.reportsAlready)
    mistakes.push({
      problem: `Application Signals may not have discovered ${discovered.name} yet: its objective then fails the deployment`,
      fix: 'deploy the service first, wait until it reports, and set reportsAlready; or leave the engine at METRIC_MATH, which needs no discovery',
    });
  for (const watched of windows) {
    const count = minutesOf(watched).length;
    if (count > MOST_BURN_RATES)
      mistakes.push({
        problem: `${watched.name} has ${count} windows, and Application Signals takes ${MOST_BURN_RATES}`,
        fix: 'leave some alerts out',
      });
    mistakes.push(...nameMistakes(watched.name));
  }
  return mistakes;
}
