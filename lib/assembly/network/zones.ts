import type { Graph } from '../graph';
import { comparableText } from '../identifiers';
import { valueAt } from '../path';
import type { Resource } from '../resource';
import { tokenKey } from '../same-token';
import type { Stack } from '../stack';
import {
  describe,
  isList,
  isScalar,
  Reference,
  Text,
  Unknown,
  UnknownText,
  type Value,
  ZoneList,
} from '../value';
import {
  CHOSEN_BY_AWS,
  SUBNET_GROUP_PROPERTIES,
  SUBNET_PROPERTIES,
  ZONE_PROPERTIES,
} from './placement-properties';
import { ZoneSet } from './zone-set';

export { ZoneSet } from './zone-set';

/**
 * The zones in a value that lists zone names or ids, as a stack means them.
 *
 * An entry of a list is one zone at the most, unless it may itself be a list.
 */
export function zonesNamedIn(value: Value | undefined, stack?: Stack, isEntry = false): ZoneSet {
  if (value === undefined || value === '') return ZoneSet.none;
  if (value instanceof Unknown)
    return value.alternatives
      ? ZoneSet.oneOf(
          value,
          value.alternatives.map((other) => zonesNamedIn(other, stack, isEntry)),
        )
      : unknownZones({ value, why: value, stack, isEntry });
  if (value instanceof ZoneList) return ZoneSet.all;
  if (value instanceof Reference) return zonesOfAttribute(value, isEntry);
  if (isList(value)) return ZoneSet.union(value.map((item) => zonesNamedIn(item, stack, true)));
  // `${AWS::Region}a` is a zone by its letter, whichever the region is.
  const name = stack ? comparableText(value, stack) : typeof value === 'string' ? value : undefined;
  if (name !== undefined) return new ZoneSet(new Set([name]));
  const why = new Unknown(`zone ${describe(value)} is known only at deploy`);
  return unknownZones({ value, why, stack, isEntry });
}

/** `Fn::GetAtt` of a subnet's or an instance's zone. */
function zonesOfAttribute(reference: Reference, isEntry: boolean): ZoneSet {
  const { resource, attribute } = reference;
  if (/^AvailabilityZone(Id)?$/.test(attribute) && isPlaced(resource)) return resource.zones;
  const why = new Unknown(`zone ${describe(reference)} is known only at deploy`);
  return unknownZones({ value: reference, why, stack: resource.stack, isEntry });
}

/** Zones that cannot be told: one where the value is one entry, however many where it may be a list. */
function unknownZones(found: {
  readonly value: Value;
  readonly why: Unknown;
  readonly stack: Stack | undefined;
  readonly isEntry: boolean;
}): ZoneSet {
  const { value, why, stack, isEntry } = found;
  return isEntry && isOneText(value) ? ZoneSet.one(sameFor(value, stack, why)) : ZoneSet.unknown(why);
}

/** Whether a value is surely one text that lists nothing; some services take lists as texts with commas. */
function isOneText(value: Value): boolean {
  if (value instanceof Reference) return !mayBeList(value);
  if (value instanceof Text) return value.parts.every(isOneText);
  return value instanceof UnknownText || (isScalar(value) && !String(value).includes(','));
}

/** What `Ref` gives is a text. Attributes that are lists have names in the plural; a custom resource names as it likes. */
function mayBeList({ resource, attribute }: Reference): boolean {
  if (attribute === 'Ref' || attribute.endsWith('Id')) return false;
  return attribute.endsWith('s') || !resource.type.startsWith('AWS::');
}

const unknownByToken = new WeakMap<Graph, Map<string, Unknown>>();

/** One unknown for all values of a stack that are surely the same. */
function sameFor(value: Value, stack: Stack | undefined, why: Unknown): Unknown {
  const token = value instanceof Unknown ? undefined : tokenKey(value);
  if (!stack || token === undefined) return why;
  const known = unknownByToken.get(stack.graph) ?? new Map<string, Unknown>();
  unknownByToken.set(stack.graph, known);
  const key = `${stack.id} ${token}`;
  const first = known.get(key) ?? why;
  known.set(key, first);
  return first;
}

/** Whether a resource of this type stands in zones that its properties tell. */
function isPlaced({ type }: Resource): boolean {
  return [ZONE_PROPERTIES, SUBNET_PROPERTIES, SUBNET_GROUP_PROPERTIES].some((table) =>
    Object.hasOwn(table, type),
  );
}

/** The zones that a resource stands in, by its zone, its subnets or its subnet group. */
export function placementOf(resource: Resource): ZoneSet {
  const named = (ZONE_PROPERTIES[resource.type] ?? []).flatMap((path) =>
    valuesAt(resource, path).map((value) => zonesNamedIn(value, resource.stack, isEntryAt(resource, path))),
  );
  const zones = ZoneSet.union(named);
  if (!zones.isEmpty) return zones;
  const subnets = (SUBNET_PROPERTIES[resource.type] ?? []).flatMap((path) =>
    valuesAt(resource, path).map((value) => zonesOfTarget(resource, value, isEntryAt(resource, path))),
  );
  const group = SUBNET_GROUP_PROPERTIES[resource.type];
  const groups = group === undefined ? [] : valuesAt(resource, group);
  const placed = [...subnets, ...groups.map((value) => zonesOfTarget(resource, value))];
  return placed.length === 0 ? chosenByAws(resource) : ZoneSet.union(placed);
}

/** An instance and a subnet stand in one zone, whichever that is. */
function chosenByAws(resource: Resource): ZoneSet {
  const why = new Unknown(`AWS chooses where ${resource.logicalId} stands`);
  if (CHOSEN_BY_AWS.has(resource.type))
    return ZoneSet.one(sameFor(new Reference(resource, 'Ref'), resource.stack, why));
  return Object.hasOwn(SUBNET_GROUP_PROPERTIES, resource.type) ? ZoneSet.unknown(why) : ZoneSet.none;
}

/** Whether each value at a path is one zone or subnet. Nothing is known of a list that is itself unknown. */
function isEntryAt(resource: Resource, path: string): boolean {
  const [head = '', ...tail] = path.split('.*.');
  return /(Id|Zone|ZoneName)$/.test(path) && (tail.length === 0 || isList(resource.get(head)));
}

/** The zones of what a value names: a subnet, a subnet group, or a list of them. An entry of a list is one subnet. */
export function zonesOfTarget(resource: Resource, value: Value | undefined, isEntry = false): ZoneSet {
  if (value === undefined) return ZoneSet.none;
  if (isList(value)) return ZoneSet.union(value.map((item) => zonesOfTarget(resource, item, true)));
  if (value instanceof Unknown && value.alternatives)
    return ZoneSet.oneOf(
      value,
      value.alternatives.map((other) => zonesOfTarget(resource, other, isEntry)),
    );
  const { stack } = resource;
  const target = stack.graph.resolve(value, resource);
  if (target instanceof Unknown) return unknownZones({ value, why: target, stack, isEntry });
  if (isPlaced(target)) return target.zones;
  const why = new Unknown(`where ${describe(value)} stands is known only at deploy`);
  return unknownZones({ value, why, stack, isEntry });
}

/** The values at a path in which `*` stands for every entry of a list. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const [head = '', ...rest] = path.split('.*.');
  return rest.reduce<readonly Value[]>(
    (values, tail) => values.flatMap((value) => entriesAt(value, tail.split('.'))),
    present(resource.get(head)),
  );
}

function entriesAt(value: Value, tail: readonly string[]): readonly Value[] {
  if (value instanceof Unknown && value.alternatives)
    return [
      new Unknown(
        value.reason,
        value.alternatives.map((other) => present(other).flatMap((v) => entriesAt(v, tail))),
      ),
    ];
  const entries = isList(value) ? value : [value];
  return entries.flatMap((entry) => present(valueAt(entry, tail)));
}

function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
