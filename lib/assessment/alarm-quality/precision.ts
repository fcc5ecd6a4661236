import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import type { Resource } from '../../assembly/resource';
import { type AlarmHistory, firings } from '../../calculus/alarms/alarm-history';
import type { Stretch } from '../../calculus/alarms/metric-samples';
import { type Meeting, meetingOf, meets } from '../../calculus/alarms/precision';
import type { Incident } from '../../objectives/incident';
import { isNamed } from './known-history';

/** How often an alarm that tells people was right. */
export interface AlarmPrecision extends Meeting {
  readonly alarm: Resource;

  /** Incidents that name it as one that had to fire, and in which it did not. */
  readonly missed: readonly string[];
}

/** How many incidents the alarms found. */
export interface Recall {
  readonly incidents: number;
  readonly found: number;

  /** Incidents in which no alarm fired that had to. */
  readonly missed: readonly string[];

  /** Incidents of which no history is known. */
  readonly outside: readonly string[];
}

/** How well alarms and incidents agree. */
export interface Agreement {
  readonly alarms: readonly AlarmPrecision[];
  readonly recall: Recall;
}

/** What the alarms of an app are held against. */
export interface Held {
  readonly histories: Iterable<readonly [Resource, AlarmHistory]>;
  readonly incidents: readonly Incident[];
  readonly now: number;
  serviceOf(alarm: Resource): string | undefined;
}

interface Life {
  readonly alarm: Resource;
  readonly history: AlarmHistory;
  readonly fired: readonly Stretch[];
}

/** Holds the firings of the alarms that tell people against incidents. */
export function agreement(held: Held): Agreement {
  const { histories, incidents, now } = held;
  const lives = [...histories]
    .filter(([alarm, { from }]) => from !== undefined && tellsPeopleItself(alarm))
    .map(([alarm, history]) => ({ alarm, history, fired: firings(history, now) }));
  const from = Math.min(...lives.map(({ history }) => history.from ?? Number.POSITIVE_INFINITY));
  const known = incidents.filter((incident) => incident.until >= from && incident.from <= now);
  const missed = known.filter((incident) => !lives.some((life) => foundBy(life, incident, held)));
  return {
    alarms: lives.map((life) => ({
      alarm: life.alarm,
      ...meetingOf(
        life.fired,
        known.filter((incident) => concerns(life, incident, held)),
      ),
      missed: known
        .filter((incident) => mustFire(life, incident) && !foundBy(life, incident, held))
        .map(({ id }) => id),
    })),
    recall: {
      incidents: known.length,
      found: known.length - missed.length,
      missed: missed.map(({ id }) => id),
      outside: incidents.filter((incident) => !known.includes(incident)).map(({ id }) => id),
    },
  };
}

function foundBy(life: Life, incident: Incident, held: Held): boolean {
  return concerns(life, incident, held) && life.fired.some((firing) => meets(firing, incident));
}

/** An incident is of the alarms that it names, else of those of its service, else of all. */
function concerns(life: Life, incident: Incident, { serviceOf }: Held): boolean {
  if (incident.alarms !== undefined) return mustFire(life, incident);
  const service = serviceOf(life.alarm);
  return incident.service === undefined || service === undefined || service === incident.service;
}

function mustFire({ alarm, history }: Life, { alarms = [] }: Incident): boolean {
  return alarms.some((name) => name === history.name || isNamed(alarm, name));
}
