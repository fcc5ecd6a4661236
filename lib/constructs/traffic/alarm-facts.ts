import { CfnAlarm, CfnCompositeAlarm, type IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { AlarmDetection } from '../../calculus/failover-time';
import type { Mistake } from '../../objectives/mistakes';

/**
 * What Route 53 cannot follow: it reads the metric of an alarm itself, in standard resolution, with the plain
 * statistics and over periods in a row only. An alarm of another app says nothing of itself.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 * @internal
 */
export function alarmMistakes(alarm: IAlarmRef): Mistake[] {
  const found = templateOf(alarm);
  if (found instanceof CfnCompositeAlarm) {
    return [
      {
        problem: `${alarm.node.path} is a composite alarm, which has no metric that Route 53 could read`,
        fix: 'give the alarms that it is made of, each in an AlarmHealthCheck',
      },
    ];
  }
  if (!found) return [];
  const { period, extendedStatistic, metrics, datapointsToAlarm, evaluationPeriods } = found;
  const mistakes: Mistake[] = [];
  if (isKnown(period) && period < MINUTE) {
    mistakes.push({
      problem: `${alarm.node.path} has a period of ${period} s, but Route 53 reads no metric of high resolution`,
      fix: `use a period of ${MINUTE} s or more`,
    });
  }
  if (extendedStatistic !== undefined) {
    mistakes.push({
      problem: `${alarm.node.path} uses the statistic ${extendedStatistic}, which Route 53 does not read`,
      fix: 'use Average, Minimum, Maximum, Sum or SampleCount',
    });
  }
  if (isKnown(datapointsToAlarm) && isKnown(evaluationPeriods) && datapointsToAlarm < evaluationPeriods) {
    mistakes.push({
      problem: `${alarm.node.path} fires after ${datapointsToAlarm} of ${evaluationPeriods} periods, but Route 53 follows no alarm of some out of many`,
      fix: `leave datapointsToAlarm out, and set evaluationPeriods to ${datapointsToAlarm}`,
    });
  }
  if (metrics !== undefined) {
    mistakes.push({
      problem: `${alarm.node.path} is computed from several metrics, of which Route 53 reads none`,
      fix: 'use an alarm on one metric',
    });
  }
  return mistakes;
}

/** What is seen from another region dies with that region, and AWS asks for alarms of the same one. @internal */
export function elsewhereMistakes(alarm: IAlarmRef, construct: IConstruct): Mistake[] {
  const { alarmArn } = alarm.alarmRef;
  // An alarm that was named by its ARN stands where that says.
  const there = Token.isUnresolved(alarmArn) ? alarm.env.region : (alarmArn.split(':')[3] ?? '');
  const here = Stack.of(construct).region;
  if ([there, here].some((region) => Token.isUnresolved(region)) || there === here) return [];
  return [
    {
      problem: `${alarm.node.path} stands in ${there}, not in ${here}, whose health it is to tell`,
      fix: `make an alarm in ${here}`,
    },
  ];
}

/** How soon an alarm of this app fires; `undefined` where that is not known. @internal */
export function alarmDetection(alarm: IAlarmRef): AlarmDetection | undefined {
  const found = templateOf(alarm);
  if (!(found instanceof CfnAlarm)) return undefined;
  const { period: periodSeconds, evaluationPeriods } = found;
  if (!isKnown(periodSeconds) || !isKnown(evaluationPeriods)) return undefined;
  return { kind: 'alarm', periodSeconds, evaluationPeriods };
}

function templateOf(alarm: IConstruct): CfnAlarm | CfnCompositeAlarm | undefined {
  return [alarm, alarm.node.defaultChild].find(
    (each): each is CfnAlarm | CfnCompositeAlarm =>
      each instanceof CfnAlarm || each instanceof CfnCompositeAlarm,
  );
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Token.isUnresolved(value);
}

const MINUTE = AWS_FACTS.cloudWatchEvaluationDelaySeconds.value;
