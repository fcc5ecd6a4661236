import { comparableText } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { referencesIn, Text, type Value } from '../value';

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
