import type { Graph } from '../assembly/graph';
import { metricAlarmOf } from '../assembly/observe/alarm-model';
import { actsItself, tellsDirectly, tellsSomebody } from '../assembly/observe/alarm-telling';
import { type CompositeModel, compositeOf } from '../assembly/observe/composite-model';
import { mutesOf } from '../assembly/observe/mute-rules';
import type { Resource } from '../assembly/resource';
import { Unknown } from '../assembly/value';
import type { SeenState, StateChange } from '../calculus/alarms/alarm-state';
import { alarmTimeline, stateAt } from '../calculus/alarms/alarm-timeline';
import { alarmsIn } from '../calculus/alarms/composite-rule';
import {
  type AlarmAction,
  actionsOf,
  compositeTimeline,
  type Told,
} from '../calculus/alarms/composite-timeline';
import type { SampleSource } from '../calculus/alarms/metric-alarm';
import { apart, NotKnown, type Stretch } from '../calculus/alarms/metric-samples';
import { muteTimes } from '../calculus/alarms/mute-times';
import type { KeptMetric, WantedMetric } from '../calculus/alarms/sample-source';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/** What an alarm would have done. */
export interface ReplayedAlarm {
  readonly alarm: Resource;

  /** The states that it goes through; the first is where it begins. Nothing where none of them can be worked out. */
  readonly states: readonly StateChange[];

  /** When it tells somebody itself, after what keeps it silent. */
  readonly actions: readonly AlarmAction[];

  /** Whether it tells somebody, itself or by an alarm above it; unknown where the app does not show it. */
  readonly tells: boolean | Unknown;

  /** Why it cannot be worked out, or whether it tells of what is not among the actions. @default - it can */
  readonly unknown?: string;

  /** From when on it may have told somebody of what is not among the actions. @default - it has not */
  readonly mayTellFrom?: number;

  /** When mute rules hold back what it would tell. @default - never */
  readonly mute?: readonly Stretch[];
}

/**
 * Runs every alarm of an app on metrics that were saved.
 *
 * @param before the state of alarms on metrics before the first evaluation. @default INSUFFICIENT_DATA, as of new alarms
 */
export function replay(
  graph: Graph,
  source: SampleSource,
  during: Stretch,
  before: SeenState = 'INSUFFICIENT_DATA',
): readonly ReplayedAlarm[] {
  const player = new Player(graph, source, { ...during, before });
  return [...graph.ofType(ALARM), ...graph.ofType(COMPOSITE)].map((alarm) => player.replayed(alarm));
}

type Timeline = readonly StateChange[] | NotKnown;

class Player {
  readonly #timelines = new Map<string, Timeline>();
  readonly #byId = new Map<string, Resource>();

  constructor(
    graph: Graph,
    private readonly source: SampleSource,
    private readonly during: Stretch & { readonly before: SeenState },
  ) {
    for (const alarm of [...graph.ofType(ALARM), ...graph.ofType(COMPOSITE)]) this.#byId.set(alarm.id, alarm);
  }

  replayed(alarm: Resource): ReplayedAlarm {
    const states = this.#timeline(alarm);
    const tells = tellsSomebody(alarm);
    const acts = tellsDirectly(alarm) !== false;
    if (states instanceof NotKnown)
      return {
        alarm,
        states: [],
        actions: [],
        tells,
        unknown: states.reason,
        ...(acts && { mayTellFrom: this.during.from }),
      };
    if (!acts) return { alarm, states, actions: [], tells };
    const mute = this.#mute(alarm);
    const { actions, open } = this.#told(alarm, states, mute);
    return {
      alarm,
      states,
      actions,
      tells,
      ...(open && { unknown: open.because, mayTellFrom: open.from }),
      ...(!(mute instanceof NotKnown) && mute.length > 0 && { mute }),
    };
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
      : alarmTimeline(
          { ...model, ...(alarm.region !== undefined && { region: alarm.region }) },
          this.source,
          this.during,
          this.during.before,
        );
  }

  #composite(alarm: Resource): Timeline {
    const model = compositeOf(alarm);
    if (model instanceof Unknown) return new NotKnown(model.reason);
    const parts = new Map(alarmsIn(model.rule).map((name) => [name, this.#named(name)]));
    const moments = [...parts.values()].flatMap((states) => states.map(({ at }) => at));
    const { from } = this.during;
    const states = compositeTimeline(model.rule, (name) => parts.get(name) ?? [], [
      from,
      ...moments.filter((at) => at >= from),
    ]);
    const [first] = states;
    return first?.state === 'UNKNOWN' && states.length === 1 ? new NotKnown(first.because) : states;
  }

  /** The states of an alarm by its name; where they are not known, with its name in the reason. */
  #named(name: string): readonly StateChange[] {
    const never = (because: string) => [{ at: Number.NEGATIVE_INFINITY, state: 'UNKNOWN', because }] as const;
    const alarm = this.#byId.get(name);
    if (alarm === undefined) return never(`the alarm ${name} is not in the app`);
    const states = this.#timeline(alarm);
    if (states instanceof NotKnown) return never(`${alarm.logicalId}: ${states.reason}`);
    return states.map((change) =>
      change.state === 'UNKNOWN' ? { ...change, because: `${alarm.logicalId}: ${change.because}` } : change,
    );
  }

  #told(alarm: Resource, states: readonly StateChange[], mute: readonly Stretch[] | NotKnown): Told {
    const model = alarm.type === COMPOSITE ? compositeOf(alarm) : undefined;
    const suppression = (model as CompositeModel | undefined)?.suppression;
    const suppressor = suppression && { suppression, suppressor: this.#named(suppression.alarm) };
    const told = actionsOf(states, { ...suppressor, ...(!(mute instanceof NotKnown) && { mute }) });
    const actions = told.actions.filter(({ at }) => at <= this.during.until);
    const doubt = this.#doubt(alarm, states, { actions, mute });
    if (doubt === undefined) return { ...told, actions };
    return { actions: [], open: told.open && told.open.from < doubt.from ? told.open : doubt };
  }

  /** Why it is not known of any change whether it is told. */
  #doubt(
    alarm: Resource,
    states: readonly StateChange[],
    { actions, mute }: { readonly actions: Told['actions']; readonly mute: readonly Stretch[] | NotKnown },
  ): Told['open'] {
    const heard = actionsOf(states).actions;
    const [first] = heard;
    if (first === undefined) return undefined;
    if (mute instanceof NotKnown) return { from: first.at, because: mute.reason };
    const direct = tellsDirectly(alarm);
    if (direct instanceof Unknown) return { from: first.at, because: direct.reason };
    const isHeldBack = JSON.stringify(heard) !== JSON.stringify(actions);
    if (actsItself(alarm) === true || !isHeldBack) return undefined;
    return { from: first.at, because: 'what a rule of EventBridge makes of a change that is held back' };
  }

  /** When mute rules keep an alarm silent. */
  #mute(alarm: Resource): readonly Stretch[] | NotKnown {
    const stretches: Stretch[] = [];
    for (const { rule, words } of mutesOf(alarm)) {
      const times = words instanceof Unknown ? words : muteTimes(words, this.during);
      if (times instanceof Unknown || times instanceof NotKnown)
        return new NotKnown(`whether ${rule.logicalId} keeps it mute: ${times.reason}`);
      stretches.push(...times);
    }
    return apart(stretches);
  }
}

/** Why it is not known whether an alarm has told somebody by a moment; undefined where it is known. */
export function doubtBy(
  { alarm, states, actions, unknown, mayTellFrom }: ReplayedAlarm,
  by: number,
): string | undefined {
  if (actions.some(({ at, state }) => state === 'ALARM' && at <= by) || tellsDirectly(alarm) === false)
    return undefined;
  if (mayTellFrom !== undefined && mayTellFrom <= by) return unknown;
  if (stateAt(states, by) === 'UNKNOWN') return states.findLast(({ at }) => at <= by)?.because;
  const gap = gapIn(states);
  return gap && gap.at <= by ? gap.because : undefined;
}

/** From when on, and why, the state is not known again; that of the first moments is only the beginning of the data. */
export function gapIn(states: readonly StateChange[]): StateChange | undefined {
  return states.slice(1).find(({ state }) => state === 'UNKNOWN');
}

/** The first moment at which an alarm tells somebody that it fires; undefined where it never does. */
export function firstTold({ actions }: ReplayedAlarm): number | undefined {
  return actions.find(({ state }) => state === 'ALARM')?.at;
}

/** The metrics that the alarms of an app look at, as far as they are known, and where. */
export function metricsWatched(graph: Graph): readonly WantedMetric[] {
  return graph.ofType(ALARM).flatMap((alarm) => {
    const model = metricAlarmOf(alarm);
    const queries = model instanceof Unknown ? [] : model.queries;
    return queries.flatMap((query) =>
      'metric' in query
        ? [{ metric: query.metric, ...(alarm.region !== undefined && { region: alarm.region }) }]
        : [],
    );
  });
}

/** From when until when the samples of files cover anything. */
export function stretchOf(kept: readonly KeptMetric[]): Stretch | undefined {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const stretch of kept.flatMap(({ samples }) => samples.flatMap(({ covers = [] }) => covers))) {
    from = Math.min(from, stretch.from);
    until = Math.max(until, stretch.until);
  }
  return from < until ? { from, until } : undefined;
}
