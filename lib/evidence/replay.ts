import { printable } from '../assembly/source/printable';
import { Unknown } from '../assembly/value';
import { nameOf } from '../assessment/modelling';
import { firstTold, type ReplayedAlarm } from '../assessment/replay';
import { durationWords } from './duration-words';

/** What the alarms of an app would have done in an incident. */
export interface Replay {
  readonly alarms: readonly ReplayedAlarm[];

  /** Seconds since 1970. */
  readonly from: number;
  readonly until: number;

  /** When somebody had to know at the latest. @default - nobody has said */
  readonly by?: number;
}

/** A replay for people: who is told first stands first. */
export function* replayText(replay: Replay): Generator<string> {
  const { alarms, from, until, by } = replay;
  yield `replayed ${alarms.length} alarms from ${time(from)} to ${time(until)}\n`;
  const told = alarms.filter((alarm) => firstTold(alarm) !== undefined);
  const fired = alarms.filter((alarm) => firstTold(alarm) === undefined && firedAt(alarm) !== undefined);
  const unknown = alarms.filter((alarm) => alarm.unknown !== undefined);
  for (const alarm of [...told].sort((one, other) => (firstTold(one) ?? 0) - (firstTold(other) ?? 0)))
    yield `  ${time(firstTold(alarm) ?? 0)}  tells    ${name(alarm)}${lead(firstTold(alarm), by)}\n`;
  for (const alarm of fired)
    yield `  ${time(firedAt(alarm) ?? 0)}  fires    ${name(alarm)}, ${silence(alarm)}\n`;
  const quiet = alarms.length - told.length - fired.length - unknown.length;
  if (quiet > 0) yield `  ${quiet} stayed quiet\n`;
  for (const alarm of unknown) yield `  unknown  ${name(alarm)}: ${printable(alarm.unknown ?? '')}\n`;
  if (by !== undefined) yield verdict(replay, by);
}

function verdict(replay: Replay, by: number): string {
  const first = firstOf(replay);
  if (first === undefined) return `nobody is told: ${time(by)} is missed\n`;
  const gap = durationWords(Math.abs(by - first));
  return first <= by
    ? `somebody is told ${gap} before ${time(by)}\n`
    : `somebody is told ${gap} after ${time(by)}\n`;
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
    ...(by !== undefined && { by: time(by), inTime: first !== undefined && first <= by }),
    ...(first !== undefined && { firstTold: time(first) }),
    alarms: alarms.map(({ alarm, states, actions, tells, unknown }) => ({
      name: printable(nameOf(alarm)),
      logicalId: printable(alarm.logicalId),
      stack: printable(alarm.stack.id),
      states: states.map(({ at, state, because }) => ({ at: time(at), state, because: printable(because) })),
      actions: actions.map(({ at, state }) => ({ at: time(at), state })),
      tells: tells instanceof Unknown ? null : tells,
      ...(unknown !== undefined && { unknown: printable(unknown) }),
    })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function firedAt({ states }: ReplayedAlarm): number | undefined {
  return states.find(({ state }) => state === 'ALARM')?.at;
}

function silence({ tells }: ReplayedAlarm): string {
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
