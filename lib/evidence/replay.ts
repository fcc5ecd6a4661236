import { printable } from '../assembly/source/printable';
import { Unknown } from '../assembly/value';
import { nameOf } from '../assessment/modelling';
import { doubtBy, firstTold, gapIn, type ReplayedAlarm } from '../assessment/replay';
import { durationWords } from '../calculus/duration-words';

/** What the alarms of an app would have done in an incident. */
export interface Replay {
  readonly alarms: readonly ReplayedAlarm[];

  /** Seconds since 1970. */
  readonly from: number;
  readonly until: number;

  /** When somebody had to know at the latest. @default - nobody has said */
  readonly by?: number;
}

/** A replay for people: who is told first stands first. Each alarm stands in one line. */
export function* replayText(replay: Replay): Generator<string> {
  const { alarms, from, until, by } = replay;
  yield `replayed ${alarms.length} alarms from ${time(from)} to ${time(until)}\n`;
  const told = alarms.filter((alarm) => firstTold(alarm) !== undefined);
  const others = alarms.filter((alarm) => firstTold(alarm) === undefined);
  const fired = others.filter((alarm) => firedAt(alarm) !== undefined);
  const unknown = others.filter((alarm) => firedAt(alarm) === undefined && whyUnknown(alarm) !== undefined);
  for (const alarm of [...told].sort((one, other) => (firstTold(one) ?? 0) - (firstTold(other) ?? 0)))
    yield `  ${time(firstTold(alarm) ?? 0)}  tells    ${name(alarm)}${lead(firstTold(alarm), by)}\n`;
  for (const alarm of fired)
    yield `  ${time(firedAt(alarm) ?? 0)}  fires    ${name(alarm)}, ${silence(alarm)}\n`;
  const quiet = others.length - fired.length - unknown.length;
  if (quiet > 0) yield `  ${quiet} stayed quiet\n`;
  for (const alarm of unknown) yield `  unknown  ${name(alarm)}: ${printable(whyUnknown(alarm) ?? '')}\n`;
  yield* knownLate(alarms);
  if (by !== undefined) yield verdict(replay, by);
}

/** What alarms look back on begins before the data: the one that is known last. */
function* knownLate(alarms: readonly ReplayedAlarm[]): Generator<string> {
  const late = alarms.filter(({ states }) => states[0]?.state === 'UNKNOWN');
  const since = (alarm: ReplayedAlarm) => alarm.states[1]?.at ?? 0;
  const [last, ...others] = [...late].sort((one, other) => since(other) - since(one));
  if (last === undefined) return;
  const sooner = others.length === 0 ? '' : `; ${others.length} others so, too, but no later`;
  yield `  ${name(last)} is known from ${time(since(last))} on: ${printable(last.states[0]?.because ?? '')}${sooner}\n`;
}

function verdict(replay: Replay, by: number): string {
  const first = firstOf(replay);
  if (first !== undefined && first <= by)
    return `somebody is told ${durationWords(by - first)} before ${time(by)}\n`;
  const surely = first === undefined ? '' : `, and surely ${durationWords(first - by)} after it`;
  const doubtful = replay.alarms.filter((alarm) => doubtBy(alarm, by) !== undefined).length;
  if (doubtful > 0)
    return `whether somebody is told by ${time(by)} is not known (${doubtful} alarms could have told)${surely}\n`;
  return first === undefined
    ? `nobody is told: ${time(by)} is missed\n`
    : `somebody is told ${durationWords(first - by)} after ${time(by)}\n`;
}

/** Whether somebody is told by a moment; undefined where that is not known. */
function inTime(replay: Replay, by: number): boolean | undefined {
  const first = firstOf(replay);
  if (first !== undefined && first <= by) return true;
  return replay.alarms.some((alarm) => doubtBy(alarm, by) !== undefined) ? undefined : false;
}

/** The first moment at which any alarm tells somebody. */
export function firstOf({ alarms }: Replay): number | undefined {
  const moments = alarms.map(firstTold).filter((at) => at !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The same for machines; `schemas/replay-1.schema.json` describes it. */
export function* replayJson(replay: Replay): Generator<string> {
  const { alarms, from, until, by } = replay;
  const first = firstOf(replay);
  const json = {
    schema: 'nines.replay/1',
    from: time(from),
    until: time(until),
    ...(by !== undefined && { by: time(by), inTime: inTime(replay, by) ?? null }),
    ...(first !== undefined && { firstTold: time(first) }),
    alarms: alarms.map(({ alarm, states, actions, tells, unknown, mute }) => ({
      name: printable(nameOf(alarm)),
      logicalId: printable(alarm.logicalId),
      stack: printable(alarm.stack.id),
      states: states.map(({ at, state, because }) => ({ at: time(at), state, because: printable(because) })),
      actions: actions.map(({ at, state }) => ({ at: time(at), state })),
      tells: tells instanceof Unknown ? null : tells,
      ...(unknown !== undefined && { unknown: printable(unknown) }),
      ...(mute && {
        mute: mute.map(({ from: start, until: end }) => ({ from: time(start), until: time(end) })),
      }),
    })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

/** Why it is not known whether an alarm fired that did not as far as is known. */
function whyUnknown({ unknown, states }: ReplayedAlarm): string | undefined {
  const gap = gapIn(states);
  return unknown ?? (gap && `from ${time(gap.at)} on: ${gap.because}`);
}

function firedAt({ states }: ReplayedAlarm): number | undefined {
  return states.find(({ state }) => state === 'ALARM')?.at;
}

function silence(alarm: ReplayedAlarm): string {
  const { tells, unknown, mute = [] } = alarm;
  const at = firedAt(alarm) ?? 0;
  const muted = mute.find(({ from, until }) => from <= at && at < until);
  if (unknown === undefined && muted) return `mute until ${time(muted.until)}`;
  if (unknown !== undefined) return `and whether it tells is not known: ${printable(unknown)}`;
  if (tells instanceof Unknown) return `whether it tells somebody is unknown: ${printable(tells.reason)}`;
  return tells ? 'told by others' : 'and tells nobody';
}

function lead(told: number | undefined, by: number | undefined): string {
  if (told === undefined || by === undefined) return '';
  return told <= by ? `, ${durationWords(by - told)} early` : `, ${durationWords(told - by)} late`;
}

function name({ alarm }: ReplayedAlarm): string {
  return printable(nameOf(alarm));
}

function time(at: number): string {
  return new Date(at * 1_000).toISOString().replace('.000Z', 'Z');
}
