import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Graph } from '../../../../lib/assembly/graph';
import { type ReplayedAlarm, replay } from '../../../../lib/assessment/replay';
import type { MetricSamples } from '../../../../lib/calculus/alarms/metric-samples';
import { type KeptMetric, sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { ServiceLevelObjective } from '../../../../lib/constructs/observe/slo/service-level-objective';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { graphOf } from '../../../support/graph';

const MINUTE = 60;
export const HOUR = 60;
export const DAY = 24 * HOUR;

/** Four good days come before the minute 0 of an incident, so that all windows are full. */
const GOOD = 4 * DAY;

export interface Watched {
  readonly slo: ServiceLevelObjective;
  readonly graph: Graph;
}

/** An objective that is called Orders, in a stack of its own. */
export function watched(
  props: (scope: Construct) => ServiceLevelObjectiveProps,
  stack = new Stack(undefined, 'Shop'),
): Watched {
  const slo = new ServiceLevelObjective(stack, 'Orders', props(stack));
  return {
    slo,
    graph: graphOf(Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> }),
  };
}

/** The samples of one metric, minute by minute from the four good days on; nothing where there is no value. */
export function series(
  metric: KeptMetric['metric'],
  statistic: string,
  { minutes, at }: { readonly minutes: number; readonly at: (minute: number) => number | undefined },
) {
  const points: (readonly [number, number])[] = [];
  for (let minute = -GOOD; minute < minutes; minute += 1) {
    const value = at(minute);
    if (value !== undefined) points.push([(minute + GOOD) * MINUTE, value]);
  }
  const samples: readonly MetricSamples[] = [{ statistic, period: MINUTE, points }];
  return { metric, samples };
}

/** The minute of an incident at which an alarm fires first, and at which it tells first. */
export interface First {
  readonly alarm: string;
  readonly fires: number | undefined;
  readonly tells: number | undefined;
}

/** What all alarms do that tell somebody, in the minutes of an incident. */
export function during(graph: Graph, data: readonly KeptMetric[], minutes: number): readonly First[] {
  const times = { from: (GOOD - HOUR) * MINUTE, until: (GOOD + minutes) * MINUTE };
  const minuteOf = (at: number | undefined) => (at === undefined ? undefined : at / MINUTE - GOOD);
  const first = (alarm: ReplayedAlarm): First => {
    if (alarm.unknown !== undefined) throw new Error(alarm.unknown);
    return {
      alarm: alarm.alarm.logicalId.replace(/[0-9A-F]{8}$/, ''),
      fires: minuteOf(alarm.states.find(({ state }) => state === 'ALARM')?.at),
      tells: minuteOf(alarm.actions.find(({ state }) => state === 'ALARM')?.at),
    };
  };
  return replay(graph, sampleSourceOf(data), times)
    .filter(({ alarm }) => /Both/.test(alarm.logicalId))
    .map(first);
}
