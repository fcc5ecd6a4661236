import type { Graph } from '../assembly/graph';
import { actsItself, tellsSomebody } from '../assembly/observe/alarm-composites';
import { metricAlarmOf } from '../assembly/observe/alarm-model';
import { type CompositeModel, compositeOf } from '../assembly/observe/composite-model';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import type { StateChange } from '../calculus/alarms/alarm-state';
import { alarmTimeline } from '../calculus/alarms/alarm-timeline';
import { alarmsIn } from '../calculus/alarms/composite-rule';
import { type AlarmAction, actionsOf, compositeTimeline } from '../calculus/alarms/composite-timeline';
import type { SampleSource } from '../calculus/alarms/metric-alarm';
import { NotKnown, type Stretch } from '../calculus/alarms/metric-samples';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** What an alarm would have done. */
export interface ReplayedAlarm {
  readonly alarm: Resource;

  /** The states that it goes through; the first is where it begins. Nothing where it cannot be worked out. */
  readonly states: readonly StateChange[];

  /** When it tells somebody itself, after what keeps it silent. */
  readonly actions: readonly AlarmAction[];

  /** Whether it tells somebody, itself or by an alarm above it; unknown where the app does not show it. */
  readonly tells: boolean | Unknown;

  /** Why it cannot be worked out. @default - it can */
  readonly unknown?: string;
}

/** Runs every alarm of an app on metrics that were saved. */
export function replay(graph: Graph, source: SampleSource, during: Stretch): readonly ReplayedAlarm[] {
  const player = new Player(graph, source, during);
  return [...graph.ofType(ALARM), ...graph.ofType(COMPOSITE)].map((alarm) => player.replayed(alarm));
}

type Timeline = readonly StateChange[] | NotKnown;

class Player {
  readonly #timelines = new Map<string, Timeline>();
  readonly #byId = new Map<string, Resource>();

  constructor(
    graph: Graph,
    private readonly source: SampleSource,
    private readonly during: Stretch,
  ) {
    for (const alarm of [...graph.ofType(ALARM), ...graph.ofType(COMPOSITE)]) this.#byId.set(alarm.id, alarm);
  }

  replayed(alarm: Resource): ReplayedAlarm {
    const states = this.#timeline(alarm);
    const tells = tellsSomebody(alarm);
    if (states instanceof NotKnown) return { alarm, states: [], actions: [], tells, unknown: states.reason };
    const actions = this.#actions(alarm, states);
    if (actions instanceof NotKnown) return { alarm, states, actions: [], tells, unknown: actions.reason };
    return { alarm, states, actions, tells };
  }

  #timeline(alarm: Resource): Timeline {
    const known = this.#timelines.get(alarm.id);
    if (known) return known;
    this.#timelines.set(alarm.id, new NotKnown('its rule leads back to itself'));
    const timeline = alarm.type === COMPOSITE ? this.#composite(alarm) : this.#metric(alarm);
    this.#timelines.set(alarm.id, timeline);
    return timeline;
  }

  #metric(alarm: Resource): Timeline {
    const model = metricAlarmOf(alarm);
    return model instanceof Unknown
      ? new NotKnown(model.reason)
      : alarmTimeline(model, this.source, this.during);
  }

  #composite(alarm: Resource): Timeline {
    const model = compositeOf(alarm);
    if (model instanceof Unknown) return new NotKnown(model.reason);
    const parts = new Map<string, readonly StateChange[]>();
    for (const name of alarmsIn(model.rule)) {
      const states = this.#named(name);
      if (states instanceof NotKnown) return states;
      parts.set(name, states);
    }
    const moments = [...parts.values()].flatMap((states) => states.map(({ at }) => at));
    return compositeTimeline(model.rule, (name) => parts.get(name) ?? [], [this.during.from, ...moments]);
  }

  #named(name: string): Timeline {
    const alarm = this.#byId.get(name);
    if (alarm === undefined) return new NotKnown(`the alarm ${name} is not in the app`);
    const states = this.#timeline(alarm);
    return states instanceof NotKnown ? new NotKnown(`${alarm.logicalId}: ${states.reason}`) : states;
  }

  #actions(alarm: Resource, states: readonly StateChange[]): readonly AlarmAction[] | NotKnown {
    if (actsItself(alarm) === false) return [];
    const model = alarm.type === COMPOSITE ? compositeOf(alarm) : undefined;
    const suppression = (model as CompositeModel | undefined)?.suppression;
    if (suppression === undefined) return actionsOf(states, [], undefined);
    const suppressor = this.#named(suppression.alarm);
    return suppressor instanceof NotKnown ? suppressor : actionsOf(states, suppressor, suppression);
  }
}

/** The first moment at which an alarm tells somebody that it fires; undefined where it never does. */
export function firstTold({ actions }: ReplayedAlarm): number | undefined {
  return actions.find(({ state }) => state === 'ALARM')?.at;
}

/** The stretch that the samples of a file cover. */
export function stretchOf(
  kept: readonly {
    readonly samples: readonly {
      readonly period: number;
      readonly points: readonly (readonly [number, number])[];
    }[];
  }[],
): Stretch | undefined {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { period, points } of kept.flatMap(({ samples }) => samples)) {
    from = Math.min(from, points[0]?.[0] ?? from);
    until = Math.max(until, (points.at(-1)?.[0] ?? until) + period);
  }
  return from < until ? { from, until } : undefined;
}
