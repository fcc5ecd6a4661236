import type { AlarmState, StateChange } from './alarm-state';
import { stateAt } from './alarm-timeline';
import { type CompositeRule, holds } from './composite-rule';

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

/** The states of a composite alarm from those of its parts: it is in ALARM while its rule holds, else OK. */
export function compositeTimeline(
  rule: CompositeRule,
  partsOf: (alarm: string) => readonly StateChange[],
  moments: readonly number[],
): readonly StateChange[] {
  const changes: StateChange[] = [];
  for (const at of [...new Set(moments)].sort((one, other) => one - other)) {
    const fires = holds(rule, (alarm) => stateAt(partsOf(alarm), at));
    const state = fires ? 'ALARM' : 'OK';
    if (changes.at(-1)?.state !== state)
      changes.push({ at, state, because: fires ? 'its rule holds' : 'its rule does not hold' });
  }
  return changes;
}

/**
 * When a composite alarm acts, with another alarm that can keep it silent.
 *
 * After a change it waits for the suppressor; while that fires, and for the extension after it, nothing is done. What is
 * told then is the state that holds then, and only if it is not the one told last.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
export function actionsOf(
  changes: readonly StateChange[],
  suppressor: readonly StateChange[],
  suppression: Suppression | undefined,
): readonly AlarmAction[] {
  const told: AlarmAction[] = [];
  for (const [index, change] of changes.entries()) {
    // The first state is where it begins: nothing has changed.
    if (index === 0 && change.state !== 'ALARM') continue;
    const over = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const at = suppression ? freeAt(change.at, suppressor, suppression) : change.at;
    if (at < over && told.at(-1)?.state !== change.state && (told.length > 0 || change.state === 'ALARM'))
      told.push({ at, state: change.state });
  }
  return told;
}

/** The first moment after a change at which neither the wait nor the suppressor nor its extension is running. */
function freeAt(from: number, suppressor: readonly StateChange[], { wait, extension }: Suppression): number {
  const silences = suppressor.flatMap(({ at, state }, index) => {
    if (state !== 'ALARM') return [];
    const end = suppressor.slice(index + 1).find((change) => change.state !== 'ALARM')?.at;
    return [{ from: at, until: (end ?? Number.POSITIVE_INFINITY) + extension }];
  });
  let at = silences.some((silence) => silence.from <= from && from < silence.until) ? from : from + wait;
  // A suppressor that starts while the alarm still waits keeps it silent, too.
  for (const silence of silences) if (silence.from <= at && at < silence.until) at = silence.until;
  return at;
}
