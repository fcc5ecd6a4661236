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
  /** Those of which it is known whether one found them. */
  readonly incidents: number;
  readonly found: number;

  /** Incidents in which no alarm fired that had to. */
  readonly missed: readonly string[];

  /** Incidents before the first or after the last thing that the history tells. */
  readonly outside: readonly string[];

  /** Incidents of which it is not known whether an alarm that had to fire did. */
  readonly unknown: readonly { readonly id: string; readonly because: string }[];
}

/** How well alarms and incidents agree. */
export interface Agreement {
  readonly alarms: readonly AlarmPrecision[];
  readonly recall: Recall;
}

/** What the alarms of an app are held against. */
export interface Held {
  /** All alarms of the app. */
  readonly alarms: readonly Resource[];
  readonly histories: Iterable<readonly [Resource, AlarmHistory]>;
  readonly incidents: readonly Incident[];
  serviceOf(alarm: Resource): string | undefined;
}

interface Life {
  readonly alarm: Resource;
  readonly history: AlarmHistory;
  readonly fired: readonly Stretch[];
}

/** Holds the firings of the alarms that tell people against incidents. */
export function agreement(held: Held): Agreement {
  const { histories, incidents } = held;
  const lives = [...histories]
    .filter(([alarm, history]) => covered(history) !== undefined && tellsPeopleItself(alarm))
    .map(([alarm, history]) => ({ alarm, history, fired: knownFirings(history) }));
  const spans = lives.flatMap(({ history }) => covered(history) ?? []);
  const from = Math.min(...spans.map((span) => span.from));
  const until = Math.max(...spans.map((span) => span.until));
  const found = incidents.filter((incident) => lives.some((life) => foundBy(life, incident, held)));
  const outside = incidents.filter(
    (incident) => !found.includes(incident) && (incident.until < from || incident.from > until),
  );
  const others = incidents.filter((incident) => !found.includes(incident) && !outside.includes(incident));
  const telling = held.alarms.filter(tellsPeopleItself);
  const unknown = others.flatMap((incident) => {
    const because = doubt(incident, telling, held);
    return because === undefined ? [] : [{ id: incident.id, because }];
  });
  const missed = others.map(({ id }) => id).filter((id) => !unknown.some((each) => each.id === id));
  return {
    alarms: lives.map((life) => precisionOf(life, incidents, held)),
    recall: {
      incidents: found.length + missed.length,
      found: found.length,
      missed,
      outside: outside.map(({ id }) => id),
      unknown,
    },
  };
}

function precisionOf(life: Life, incidents: readonly Incident[], held: Held): AlarmPrecision {
  const silentIn = incidents.filter(
    (incident) =>
      isNamedBy(incident, life.alarm, life.history.name) &&
      covers(life.history, incident) &&
      !foundBy(life, incident, held),
  );
  return {
    alarm: life.alarm,
    ...meetingOf(
      life.fired,
      incidents.filter((incident) => concerns(life, incident, held)),
    ),
    missed: silentIn.map(({ id }) => id),
  };
}

/**
 * Why it is not known whether an alarm fired for an incident; undefined where surely none did.
 *
 * CloudWatch writes nothing down of an alarm that stays as it is: one without history was quiet where there is one of
 * others of its kind, which are saved together.
 *
 * @param telling the alarms of the app that tell people
 */
function doubt(incident: Incident, telling: readonly Resource[], held: Held): string | undefined {
  const concerned = telling.filter((alarm) => concerns({ alarm }, incident, held));
  const names = incident.alarms ?? [];
  if (concerned.length === 0)
    return names.length === 0
      ? undefined
      : `no alarm that it names (${names.join(', ')}) is one of the app that tells people`;
  const known = [...held.histories].flatMap(([alarm, history]) => (covers(history, incident) ? [alarm] : []));
  const composite = concerned.filter(({ type }) => type === COMPOSITE);
  if (composite.length > 0 && !known.some(({ type }) => type === COMPOSITE))
    return `no history of the composite alarms that tell of it (${idsOf(composite)}) covers all of it: describe-alarm-history gives them with --alarm-types MetricAlarm CompositeAlarm only`;
  return concerned.some((alarm) => known.includes(alarm))
    ? undefined
    : `no history of the alarms that tell of it (${idsOf(concerned)}) covers all of it`;
}

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

function idsOf(alarms: readonly Resource[]): string {
  const [first, ...others] = alarms.map(({ logicalId }) => logicalId);
  return others.length > 4 ? `${first} and ${others.length} others` : [first, ...others].join(', ');
}

/** From when until when the changes of an alarm are known; undefined where only its present state is. */
function covered({ from, until }: AlarmHistory): Stretch | undefined {
  return from === undefined || until === undefined ? undefined : { from, until };
}

function covers(history: AlarmHistory, incident: Incident): boolean {
  const span = covered(history);
  return span !== undefined && span.from <= incident.from && span.until >= incident.until;
}

/** An alarm that fired when the history ended is not known to have fired on. */
function knownFirings(history: AlarmHistory): readonly Stretch[] {
  return firings(history, covered(history)?.until ?? 0);
}

function foundBy(life: Life, incident: Incident, held: Held): boolean {
  return concerns(life, incident, held) && life.fired.some((firing) => meets(firing, incident));
}

/** An incident is of the alarms that it names, else of those of its service, else of all. */
function concerns(
  { alarm, history }: { readonly alarm: Resource; readonly history?: AlarmHistory },
  incident: Incident,
  { serviceOf }: Held,
): boolean {
  if (incident.alarms !== undefined) return isNamedBy(incident, alarm, history?.name);
  const service = serviceOf(alarm);
  return incident.service === undefined || service === undefined || service === incident.service;
}

/** Whether an incident names an alarm as one that had to fire. */
function isNamedBy({ alarms = [] }: Incident, alarm: Resource, ownName?: string): boolean {
  return alarms.some((name) => name === ownName || isNamed(alarm, name));
}
