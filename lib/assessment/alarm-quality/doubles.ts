import { ownActions } from '../../assembly/observe/alarm-audience';
import { type AlarmSignature, signatureOf } from '../../assembly/observe/alarm-signature';
import { existsWith } from '../../assembly/presence';
import type { Resource } from '../../assembly/resource';
import { inSamePlace } from '../../assembly/same-place';
import { Unknown } from '../../assembly/value';
import { firesWith } from '../../calculus/alarms/implication';
import type { AlarmFinding } from './finding';

/** Alarms on one metric that say the same, or of which one says what the other has said already. */
export function doubles(alarms: readonly Resource[]): readonly AlarmFinding[] {
  const byWatched = new Map<string, AlarmSignature[]>();
  for (const alarm of alarms) {
    const signature = signatureOf(alarm);
    if (signature instanceof Unknown) continue;
    const others = byWatched.get(signature.watched) ?? [];
    byWatched.set(signature.watched, [...others, signature]);
  }
  return [...byWatched.values()].flatMap((group) =>
    group.flatMap((one, index) => group.slice(0, index).flatMap((earlier) => compared(earlier, one))),
  );
}

function compared(first: AlarmSignature, second: AlarmSignature): readonly AlarmFinding[] {
  const together = inSamePlace(first.alarm, second.alarm) === true && neverApart(first.alarm, second.alarm);
  if (!together) return [];
  const [after, before] = [firesWith(first.model, second.model), firesWith(second.model, first.model)];
  if (after && before) return [duplicate(second.alarm, first.alarm)];
  if (after) return nested(second.alarm, first.alarm);
  return before ? nested(first.alarm, second.alarm) : [];
}

function neverApart(one: Resource, other: Resource): boolean {
  return existsWith(one, other) === true && existsWith(other, one) === true;
}

function duplicate(alarm: Resource, other: Resource): AlarmFinding {
  const both = sharedTarget(alarm, other);
  return {
    fault: 'duplicate',
    alarm,
    other,
    weight: both === undefined ? 'info' : 'medium',
    sure: true,
    found: `it fires exactly when ${other.logicalId} does${both === undefined ? '' : `, and both tell ${both}`}`,
    fix: `keep one of the two and let it do what both do`,
  };
}

/** Two steps that tell different people are an escalation. */
function nested(stricter: Resource, wider: Resource): readonly AlarmFinding[] {
  const both = sharedTarget(stricter, wider);
  if (both === undefined) return [];
  return [
    {
      fault: 'nested',
      alarm: stricter,
      other: wider,
      weight: 'low',
      sure: true,
      found: `when it fires, ${wider.logicalId} has fired already and told ${both}`,
      fix: 'keep the one that people act on, or let the two tell different people',
    },
  ];
}

/** Whom both alarms tell. */
export function sharedTarget(one: Resource, other: Resource): string | undefined {
  const keys = new Set(ownActions(other).map(({ key }) => key));
  return ownActions(one).find(({ key, people }) => people && keys.has(key))?.words;
}
