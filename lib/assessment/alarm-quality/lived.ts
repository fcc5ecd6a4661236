import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import type { Resource } from '../../assembly/resource';
import {
  type AlarmHistory,
  firings,
  mostFiringsWithin,
  presentState,
  quietSince,
} from '../../calculus/alarms/alarm-history';
import { formatSeconds } from '../../calculus/time-span';
import type { Acknowledgement } from '../../objectives/incident';
import type { AlarmFinding } from './finding';
import { isNamed } from './known-history';

const DAY = 86_400;

/** An alarm that has not fired for so long is not known to work. An own decision. */
const NEVER_FIRED = 180 * DAY;

/** So long without data is no gap. An own decision. */
const NO_DATA = 14 * DAY;

/** More firings in a day are not looked at. An own decision. */
const FLAPPING = 10;

/** What the history of alarms is judged by. */
export interface Lived {
  readonly history: AlarmHistory;

  /** The moment of judgement, in seconds since 1970. */
  readonly now: number;

  /** Who took which page. @default - nobody has written it down */
  readonly acknowledged?: readonly Acknowledgement[];
}

/** What the life of an alarm shows to be wrong; where, if the alarm is in no certain region. */
export function lived(alarm: Resource, life: Lived): readonly AlarmFinding[] {
  const { region } = life.history;
  const where = alarm.region === undefined && region !== undefined ? `in ${region}, ` : '';
  return [
    ...neverFired(alarm, life),
    ...withoutData(alarm, life),
    ...flapping(alarm, life),
    ...neverTaken(alarm, life),
    ...failedActions(alarm, life),
  ].map((finding) => ({ ...finding, found: `${where}${finding.found}` }));
}

/** Why it cannot be said that an alarm never fires; undefined where it can. */
export function unjudged({ history, now }: Lived): number | undefined {
  const quiet = quietSince(history);
  const fired =
    history.changes.some(({ state }) => state === 'ALARM') || presentState(history)?.state === 'ALARM';
  return fired || (quiet !== undefined && now - quiet >= NEVER_FIRED) ? undefined : now - (quiet ?? now);
}

function neverFired(alarm: Resource, { history, now }: Lived): readonly AlarmFinding[] {
  const quiet = quietSince(history);
  const silent = presentState(history)?.state === 'INSUFFICIENT_DATA';
  if (quiet === undefined || silent || now - quiet < NEVER_FIRED) return [];
  return [
    {
      fault: 'never-fired',
      alarm,
      weight: 'low',
      sure: true,
      found: `it has not fired for ${formatSeconds(Math.floor((now - quiet) / DAY) * DAY)}: nobody knows that it works`,
      fix: 'set it off in a drill, or remove it',
    },
  ];
}

function withoutData(alarm: Resource, { history, now }: Lived): readonly AlarmFinding[] {
  const present = presentState(history);
  if (present?.state !== 'INSUFFICIENT_DATA' || now - present.at <= NO_DATA) return [];
  return [
    {
      fault: 'no-data',
      alarm,
      weight: 'medium',
      sure: true,
      found: `it has had no data for ${formatSeconds(Math.floor((now - present.at) / DAY) * DAY)}: what it watches is gone, or its dimensions are wrong`,
      fix: 'watch a metric that is there, or say by TreatMissingData what silence means',
    },
  ];
}

function flapping(alarm: Resource, { history, now }: Lived): readonly AlarmFinding[] {
  const { count, from } = mostFiringsWithin(firings(history, now), DAY);
  if (count <= FLAPPING) return [];
  return [
    {
      fault: 'flapping',
      alarm,
      weight: 'medium',
      sure: true,
      found: `it fired ${count} times within a day (from ${new Date(from * 1_000).toISOString().slice(0, 16)}Z): people learn to look away`,
      fix: 'ask for more data points (DatapointsToAlarm of EvaluationPeriods), or move the threshold',
    },
  ];
}

function neverTaken(alarm: Resource, { history, now, acknowledged }: Lived): readonly AlarmFinding[] {
  const fired = firings(history, now).length;
  if (acknowledged === undefined || fired === 0 || !tellsPeopleItself(alarm)) return [];
  if (acknowledged.some((each) => each.alarm === history.name || isNamed(alarm, each.alarm))) return [];
  return [
    {
      fault: 'never-acknowledged',
      alarm,
      weight: 'medium',
      sure: true,
      found: `it fired ${fired} times, and nobody ever took it`,
      fix: 'tell those who act on it, or remove it',
    },
  ];
}

function failedActions(alarm: Resource, { history }: Lived): readonly AlarmFinding[] {
  const last = history.failedActions.at(-1);
  if (last === undefined) return [];
  return [
    {
      fault: 'action-failed',
      alarm,
      weight: 'high',
      sure: true,
      found: `${history.failedActions.length} of its actions failed, such as: ${last.words}`,
      fix: 'let CloudWatch publish to the topic and use its key',
    },
  ];
}
