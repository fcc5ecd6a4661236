import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Mistake, quoted } from '../../../objectives/mistakes';
import { type BaselineAlarmProps, BaselineDirection, directionOf } from './baseline-props';

/** Wider than this and nothing is ever outside. */
const WIDEST_BAND = 6;

const MOST_WARM_UP_MINUTES = 2_880;

/** What has no baseline, or none that tells anything. @internal */
export function baselineMistakes(scope: Construct, props: BaselineAlarmProps): Mistake[] {
  return [
    ...metricMistakes(scope, props),
    ...bandMistakes(props),
    ...timeMistakes(props),
    ...trafficMistakes(props),
    ...(props.excludedTimes ?? []).flatMap(excludedMistakes),
  ];
}

function metricMistakes(scope: Construct, { metric, direction }: BaselineAlarmProps): Mistake[] {
  const { account, region } = Stack.of(scope);
  const mistakes: Mistake[] = [];
  if (isOther(metric.account, account) || isOther(metric.region, region))
    mistakes.push({
      problem: `${metric.metricName} is a metric of ${metric.account ?? account} in ${metric.region ?? region}, and CloudWatch learns baselines of its own account and region only`,
      fix: 'build the alarm in a stack of that account and region',
    });
  if (direction === undefined && directionOf(metric.metricName) === undefined)
    mistakes.push({
      problem: `nothing says which way ${metric.metricName} is wrong`,
      fix: 'set direction',
    });
  return mistakes;
}

function isOther(of: string | undefined, own: string): boolean {
  return of !== undefined && !Token.isUnresolved(of) && !Token.isUnresolved(own) && of !== own;
}

function bandMistakes({ band = 3, limit }: BaselineAlarmProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!(band > 0 && band < WIDEST_BAND))
    mistakes.push({
      problem: `the band is ${band} standard deviations wide`,
      fix: `use more than 0 and less than ${WIDEST_BAND}: 3 to wake somebody, 2 for a ticket`,
    });
  if (!Number.isFinite(limit)) mistakes.push({ problem: `the limit is ${limit}`, fix: 'use a number' });
  return mistakes;
}

function timeMistakes({ period, warmUp, timeZone }: BaselineAlarmProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const seconds = period?.toSeconds() ?? 300;
  if (!(seconds % 60 === 0 && seconds >= 60 && seconds <= 3_600))
    mistakes.push({ problem: `the period is ${seconds} s`, fix: 'use whole minutes, an hour at most' });
  const minutes = (warmUp?.toSeconds() ?? 86_400) / 60;
  if (!(minutes >= 1 && minutes <= MOST_WARM_UP_MINUTES))
    mistakes.push({
      problem: `the warm-up takes ${minutes} min`,
      fix: `use 1 min to ${MOST_WARM_UP_MINUTES / 60} h: an alarm of CloudWatch waits no longer`,
    });
  if (timeZone !== undefined && !isZone(timeZone))
    mistakes.push({
      problem: `${quoted(timeZone)} is no time zone`,
      fix: 'write an IANA name: Europe/Berlin',
    });
  return mistakes;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

function trafficMistakes({ metric, direction, traffic, leastTraffic = 100 }: BaselineAlarmProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (traffic && (direction ?? directionOf(metric.metricName)) === BaselineDirection.LOW)
    mistakes.push({
      problem: `${metric.metricName} is wrong when it is low, and traffic would keep it silent just then`,
      fix: 'leave out traffic',
    });
  if (!(Number.isInteger(leastTraffic) && leastTraffic >= 1))
    mistakes.push({ problem: `leastTraffic is ${leastTraffic}`, fix: 'use a whole number, 1 or more' });
  return mistakes;
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

function excludedMistakes({ startTime, endTime }: { startTime: string; endTime: string }): Mistake[] {
  const [start, end] = [startTime, endTime].map((time) =>
    TIME.test(time) ? Date.parse(`${time}Z`) : Number.NaN,
  );
  if (start !== undefined && end !== undefined && start < end) return [];
  return [
    {
      problem: `${quoted(startTime)} to ${quoted(endTime)} is no time that can be left out`,
      fix: 'write both in UTC, the earlier first: 2026-12-06T03:00:00',
    },
  ];
}
