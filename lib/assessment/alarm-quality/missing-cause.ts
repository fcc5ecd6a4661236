import { partsOf } from '../../assembly/observe/alarm-composites';
import { watchedBy } from '../../assembly/observe/alarms';
import type { Resource } from '../../assembly/resource';
import { type Call, synchronousCallsOf } from '../../assembly/wiring/calls';
import { sharedTarget } from './doubles';
import type { AlarmFinding } from './finding';
import { isSilencedBy } from './shadowed';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

/**
 * Composite alarms that tell the same people, where what the one watches calls what the other does, and the one is not silent
 * while the other fires: whoever has the cause told apart from its symptoms is told of both.
 *
 * @param composites of an app
 */
export function missingCauses(composites: readonly Resource[]): readonly AlarmFinding[] {
  const parts = composites.map((alarm) => ({ alarm, watched: watchedIn(alarm) }));
  return parts.flatMap((symptom) =>
    parts
      .filter(({ alarm }) => alarm !== symptom.alarm && sharedTarget(symptom.alarm, alarm) !== undefined)
      .flatMap((cause) => missingCause(symptom, cause)),
  );
}

interface Watching {
  readonly alarm: Resource;
  readonly watched: readonly Resource[];
}

/** What the alarms in a rule watch, but for those in composite alarms between: what they stand for is told by themselves. */
export function watchedIn(composite: Resource): readonly Resource[] {
  const leaves = partsOf(composite).filter(({ type }) => type !== COMPOSITE);
  return [...new Set(leaves.flatMap(watchedBy).map(({ resource }) => resource))];
}

function missingCause(symptom: Watching, cause: Watching): readonly AlarmFinding[] {
  if (isSilencedBy(symptom.alarm, cause.alarm)) return [];
  const causes = cause.watched.filter((each) => !symptom.watched.includes(each));
  const [edge] = symptom.watched.flatMap((from) => edgesFrom(from).filter(({ to }) => causes.includes(to)));
  if (edge === undefined) return [];
  const { from, to, sure } = edge;
  const opposite = isSilencedBy(cause.alarm, symptom.alarm)
    ? `; instead ${cause.alarm.logicalId} is silent while this one fires`
    : '';
  return [
    {
      fault: 'missing-cause',
      alarm: symptom.alarm,
      other: cause.alarm,
      weight: 'info',
      sure,
      found: `${from.logicalId}, which it watches, needs ${to.logicalId}, which ${cause.alarm.logicalId} watches, and it is not silent while that fires${opposite}`,
      fix: `let the part depend on that of ${cause.alarm.logicalId} (dependsOn in an AlarmTree, else ActionsSuppressor), or leave it where users are served without ${to.logicalId}`,
    },
  ];
}

/** That a resource needs another. */
export interface Edge {
  readonly from: Resource;
  readonly to: Resource;

  /** Whether each call on the way is made for certain. */
  readonly sure: boolean;
}

/** Everything whose answer a resource waits for, at any distance. */
export function edgesFrom(from: Resource): readonly Edge[] {
  const found = new Map<Resource, Edge>([[from, { from, to: from, sure: true }]]);
  const open = [from];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const before = found.get(next)?.sure === true;
    for (const { to, certain } of surestFirst(synchronousCallsOf(next))) {
      if (found.has(to)) continue;
      found.set(to, { from, to, sure: before && certain === true });
      open.push(to);
    }
  }
  found.delete(from);
  return [...found.values()];
}

function surestFirst(calls: readonly Call[]): readonly Call[] {
  return [...calls].sort((one, other) => Number(other.certain === true) - Number(one.certain === true));
}
