import { isList, isMap, Reference, Text, Unknown, type Value, ZoneList } from '../../lib/assembly/value';
import { graphOf, type TestTemplate } from './graph';

/** Where a test's stack is deployed. */
export interface Place {
  readonly region?: string;
  readonly account?: string;
}

/** What a value comes to in a template with some sections, as {@link shown}. */
export function evaluated(json: unknown, sections: Partial<TestTemplate> = {}, place: Place = {}): unknown {
  return shown(valueIn(json, sections, place));
}

/** What a value comes to in a template with some sections. */
export function valueIn(
  json: unknown,
  sections: Partial<TestTemplate> = {},
  place: Place = {},
): Value | undefined {
  const Resources = {
    ...sections.Resources,
    Subject: { Type: 'Test::It::Here', Properties: { Value: json } },
  };
  const template = { ...sections, Resources };
  const graph = graphOf({ stacks: { app: { template, ...place } } });
  return graph.ofType('Test::It::Here')[0]?.get('Value');
}

/** A value as plain data: `<Id.Attribute>` for a reference, `?reason` for an unknown, `a|b?` for one of several. */
export function shown(value: Value | undefined): unknown {
  if (value instanceof Reference) return `<${value.resource.logicalId}.${value.attribute}>`;
  if (value instanceof Text) return value.parts.map(shown).join('');
  if (value instanceof Unknown)
    return value.alternatives ? { oneOf: value.alternatives.map(shown) } : `?${value.reason}`;
  if (value instanceof ZoneList) return `zones of ${value.region ?? 'its region'}`;
  if (isList(value)) return value.map(shown);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]));
  return value;
}
