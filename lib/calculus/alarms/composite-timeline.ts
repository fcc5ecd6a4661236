import type { AlarmState, SeenState, StateChange } from './alarm-state';
import { stateAt } from './alarm-timeline';
import { alarmsIn, type CompositeRule, holds } from './composite-rule';
import { NotKnown, type Stretch } from './metric-samples';

/** What keeps a composite alarm from acting while another alarm fires. */
export interface Suppression {
  readonly alarm: string;

  /** Seconds to wait for the suppressor after the composite alarm has changed. */
  readonly wait: number;

  /** Seconds to go on being silent after the suppressor is over. */
  readonly extension: number;
}

/** An alarm on the states of others. */
export interface CompositeAlarm {
  readonly name: string;
  readonly rule: CompositeRule;

  /** @default - nothing keeps it from acting */
  readonly suppression?: Suppression;
}

/** When an alarm told somebody of a state. */
export interface AlarmAction {
  /** Seconds since 1970. */
  readonly at: number;
  readonly state: AlarmState;
}

/**
 * The states of a composite alarm from those of its parts: it is in ALARM while its rule holds, else OK, and `UNKNOWN` where
 * the states that are known do not settle the rule.
 */
export function compositeTimeline(
  rule: CompositeRule,
  partsOf: (alarm: string) => readonly StateChange[],
  moments: readonly number[],
): readonly StateChange[] {
  const changes: StateChange[] = [];
  for (const at of [...new Set(moments)].sort((one, other) => one - other)) {
    const next = { at, ...stateOf(rule, partsOf, at) };
    if (changes.at(-1)?.state !== next.state) changes.push(next);
  }
  return changes;
}

function stateOf(
  rule: CompositeRule,
  partsOf: (alarm: string) => readonly StateChange[],
  at: number,
): Omit<StateChange, 'at'> {
  const fires = holds(rule, (alarm) => stateAt(partsOf(alarm), at));
  if (fires === undefined) return { state: 'UNKNOWN', because: openAt(alarmsIn(rule).map(partsOf), at) };
  return fires
    ? { state: 'ALARM', because: 'its rule holds' }
    : { state: 'OK', because: 'its rule does not hold' };
}

/** Why the first part that is not known is not. */
function openAt(parts: readonly (readonly StateChange[])[], at: number): string {
  const last = parts.map((changes) => changes.findLast((change) => change.at <= at));
  return last.find((change) => change?.state === 'UNKNOWN')?.because ?? 'one of its alarms is not known';
}

/** What keeps an alarm from telling of a change. */
export interface Silencers {
  /** @default - no other alarm */
  readonly suppression?: Suppression;

  /** The states of the alarm that suppresses. */
  readonly suppressor?: readonly StateChange[];

  /** When its actions are mute; sorted, and apart from each other. @default - never */
  readonly mute?: readonly Stretch[];
}

/** What an alarm told. */
export interface Told {
  readonly actions: readonly AlarmAction[];

  /** Why it is not known whether it told of more, and from when on that is so. @default - it told of no more */
  readonly open?: { readonly from: number; readonly because: string };
}

/**
 * When an alarm acts. A state in which it is found at first is no news: when it told of it is not known.
 *
 * With a suppressor: after a change it waits for it; while that fires, and for the extension after it, nothing is done. What is
 * told then is the state that holds then, and only if it is not the one told last. What a mute rule holds back is done when it
 * ends, if the alarm still has the state.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules-behaviour.html
 */
export function actionsOf(changes: readonly StateChange[], silencers: Silencers = {}): Told {
  const turns = turnsOf(changes);
  const frees = turns.map((turn) => (turn.before.state === 'UNKNOWN' ? undefined : freeAt(turn, silencers)));
  const doubtful = frees.findIndex((free) => free instanceof NotKnown);
  const sure = turns.slice(0, doubtful < 0 ? turns.length : doubtful);
  const open = firstOpen(changes, sure) ?? openBy(turns[doubtful], frees[doubtful]);
  return { actions: toldIn(sure, frees, changes[0]?.state), ...(open && { open }) };
}

function toldIn(
  turns: readonly Turn[],
  frees: readonly (Free | NotKnown | undefined)[],
  start: SeenState | undefined,
): readonly AlarmAction[] {
  const actions: AlarmAction[] = [];
  let last = start;
  for (const [index, { until, state }] of turns.entries()) {
    const free = frees[index];
    const isSilent =
      free instanceof NotKnown || (free && (free.at >= until || (state === last && !free.wasMute)));
    if (isSilent) continue;
    if (free) actions.push({ at: free.at, state });
    last = state;
  }
  return actions;
}

function openBy(turn: Turn | undefined, free: Free | NotKnown | undefined): Told['open'] {
  return turn && free instanceof NotKnown ? { from: turn.from, because: free.reason } : undefined;
}

/** Where it fires first, and it is not known since when. */
function firstOpen([start]: readonly StateChange[], turns: readonly Turn[]): Told['open'] {
  return start?.state === 'ALARM' ? found(start.at) : turns.map(afterGap).find((each) => each !== undefined);
}

/** A change to a state that is known. */
interface Turn extends Stretch {
  readonly state: AlarmState;
  readonly before: StateChange;

  /** @default - nothing is known of the time before */
  readonly earlier?: StateChange;
}

function turnsOf(changes: readonly StateChange[]): readonly Turn[] {
  return changes.flatMap(({ at: from, state }, index) => {
    const [before, earlier] = [changes[index - 1], changes[index - 2]];
    if (before === undefined || state === 'UNKNOWN') return [];
    const until = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return [{ from, until, state, before, ...(earlier && { earlier }) }];
  });
}

/** Where it fires after a time that is not known, it has told of that, unless it fired before, too. */
function afterGap({ state, before, earlier }: Turn): Told['open'] {
  if (before.state !== 'UNKNOWN' || state !== 'ALARM' || earlier?.state === 'ALARM') return undefined;
  return found(before.at, before.because);
}

/** It fires where its state is known first. */
function found(from: number, why?: string): Told['open'] {
  return { from, because: `since when it fires is not known${why === undefined ? '' : `: ${why}`}` };
}

interface Free {
  readonly at: number;

  /** Whether a mute rule held it back. */
  readonly wasMute: boolean;
}

/** The first moment after a change at which neither a wait nor a suppressor, its extension or a mute rule is running. */
function freeAt(
  { from, until }: Stretch,
  { suppression, suppressor = [], mute = [] }: Silencers,
): Free | NotKnown {
  const { wait = 0, extension = 0 } = suppression ?? {};
  const silences = suppression ? silencesOf(suppressor, extension) : [];
  let at = silences.some((silence) => contains(silence, from)) ? from : from + wait;
  let wasMute = false;
  const silenceAt = (moment: number) => {
    const suppressed = silences.find((silence) => contains(silence, moment));
    if (suppressed) return { until: suppressed.until, isMute: false };
    const muted = mute.find((stretch) => contains(stretch, moment));
    return muted && { until: muted.until, isMute: true };
  };
  // What ends one silence may lie within the next.
  for (let next = silenceAt(at); next !== undefined; next = silenceAt(at)) {
    at = next.until;
    wasMute = wasMute || next.isMute;
  }
  const doubt = suppression && unknownIn(suppressor, { from: from - extension, until: Math.min(at, until) });
  return doubt !== undefined
    ? new NotKnown(`whether it is suppressed is not known: ${doubt}`)
    : { at, wasMute };
}

function contains({ from, until }: Stretch, at: number): boolean {
  return from <= at && at < until;
}

/** While a suppressor fires, and for the extension after it. */
function silencesOf(suppressor: readonly StateChange[], extension: number): readonly Stretch[] {
  return suppressor.flatMap(({ at, state }, index) => {
    if (state !== 'ALARM') return [];
    const end = suppressor.slice(index + 1).find((change) => change.state !== 'ALARM')?.at;
    return [{ from: at, until: (end ?? Number.POSITIVE_INFINITY) + extension }];
  });
}

/** Why the state of a suppressor is not known at some time from one moment to another, both included. */
function unknownIn(suppressor: readonly StateChange[], { from, until }: Stretch): string | undefined {
  return suppressor.find(({ at, state }, index) => {
    const end = suppressor[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return state === 'UNKNOWN' && at <= until && from < end;
  })?.because;
}
