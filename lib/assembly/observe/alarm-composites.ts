import type { Truth } from '../conditions';
import { comparableText } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import { oncePerResource } from '../once-per-resource';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';
import { isList, referencesIn, Text, Unknown, type Value } from '../value';
import { rulesOnAlarm } from './alarm-events';

const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';
const WORDS = /"([^"]*)"|'([^']*)'|[^\s(),"']+/g;

/** The composite alarms whose rule names an alarm, by reference or by name. */
export function compositesOf(alarm: Resource): readonly Resource[] {
  return parents(alarm.stack.graph).byPart.get(alarm) ?? [];
}

/** The alarms that the rule of a composite alarm names. */
export function partsOf(composite: Resource): readonly Resource[] {
  return parents(composite.stack.graph).byWhole.get(composite) ?? [];
}

const parents = oncePerGraph((graph) => {
  const byPart = new Map<Resource, Resource[]>();
  const byWhole = new Map<Resource, readonly Resource[]>();
  for (const composite of graph.ofType(COMPOSITE)) {
    const rule = composite.get('AlarmRule');
    const named = namesIn(rule, composite).flatMap((name) => graph.named(name, composite) ?? []);
    const referred = referencesIn(rule).map(({ resource }) => resource);
    const parts = new Set([...referred, ...named].filter(isAlarm));
    byWhole.set(composite, [...parts]);
    for (const part of parts) byPart.set(part, [...(byPart.get(part) ?? []), composite]);
  }
  return { byPart, byWhole };
});

function isAlarm({ type }: Resource): boolean {
  return type === COMPOSITE || type === 'AWS::CloudWatch::Alarm';
}

/** The words of a rule that may be names of alarms. The others, such as `AND` and `ALARM`, no resource is called. */
function namesIn(rule: Value | undefined, { stack }: Resource): readonly string[] {
  const parts = rule instanceof Text ? rule.parts : typeof rule === 'string' ? [rule] : [];
  const words = parts.map((part) => comparableText(part, stack) ?? '?').join('');
  return [...words.matchAll(WORDS)].map(([word, double, single]) => double ?? single ?? word);
}

/**
 * Whether somebody or something is told when an alarm fires: by its own actions, by those of a composite alarm that it
 * is part of, or by a rule of EventBridge.
 */
export const tellsSomebody = oncePerResource((alarm) => tells(alarm, []));

function tells(alarm: Resource, above: readonly Resource[]): Truth {
  if (above.includes(alarm)) return false;
  const composites = compositesOf(alarm).map((composite) =>
    everyTruth([existsWith(composite, alarm), tells(composite, [...above, alarm])]),
  );
  return someTruth([tellsDirectly(alarm), ...composites]);
}

/** Whether somebody is told by an alarm's own actions, or by a rule of EventBridge on it. */
export function tellsDirectly(alarm: Resource): Truth {
  const rules = rulesOnAlarm(alarm).map(({ takes, works }) => everyTruth([takes, works]));
  return someTruth([actsItself(alarm), ...rules]);
}

/** Whether an alarm has actions of its own for the state ALARM, and they are on. */
export function actsItself(alarm: Resource): Truth {
  const enabled = alarm.is('ActionsEnabled', true, { default: true });
  if (enabled.outcome === 'fail') return false;
  const actions = alarm.get('AlarmActions');
  if (actions instanceof Unknown && actions.maybeAbsent) return actions;
  const has = actions !== undefined && actions !== null && !(isList(actions) && actions.length === 0);
  if (!has) return false;
  return enabled.outcome === 'unknown'
    ? new Unknown(enabled.reason ?? 'ActionsEnabled is known only at deploy')
    : true;
}
