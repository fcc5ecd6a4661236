import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { type Side, writeConnection } from './connection';
import { type Expansion, picked, type SamResource } from './expansion';

const CONNECTOR = 'AWS::Serverless::Connector';

/** A connector as one resource of its own. */
interface Connector {
  readonly id: string;

  /** What the template has: itself, or the resource that it stands in. */
  readonly writtenIn: string;

  /** The attributes that pass to what it becomes. */
  readonly attributes: JsonObject;
  readonly properties: JsonObject;
}

/** Writes what the connectors of a template become. Those of which something is known only at deploy stay connectors. */
export function expandConnectors(expansion: Expansion): void {
  for (const connector of connectorsOf(expansion)) {
    const before = expansion.mark();
    if (expandConnector(expansion, connector)) expansion.removed.add(connector.id);
    else {
      expansion.undo(before);
      keep(expansion, connector);
    }
  }
}

/** A connector that stands in a resource is one of its own to the transform. */
function keep(expansion: Expansion, { id, writtenIn, attributes, properties }: Connector): void {
  if (id === writtenIn) return;
  expansion.set(id, { Type: CONNECTOR, ...attributes, Properties: properties });
  expansion.origins.set(id, writtenIn);
}

/** Connectors within a resource have it as their source. */
function connectorsOf({ input }: Expansion): readonly Connector[] {
  return Object.entries(input.resources).flatMap(([id, body]): readonly Connector[] => {
    if (!isObject(body)) return [];
    const attributes = picked(body, ['Condition']);
    if (body.Type === CONNECTOR)
      return [{ id, writtenIn: id, attributes, properties: ownObject(body, 'Properties') }];
    return Object.entries(ownObject(body, 'Connectors')).map(([name, connector]) => {
      const properties = isObject(connector) ? ownObject(connector, 'Properties') : {};
      const Source = { ...ownObject(properties, 'SourceReference'), Id: id };
      return { id: `${id}${name}`, writtenIn: id, attributes, properties: { ...properties, Source } };
    });
  });
}

function expandConnector(expansion: Expansion, connector: Connector): boolean {
  const { properties, id } = connector;
  const permissions = own(properties, 'Permissions');
  const destination = own(properties, 'Destination');
  const source = sideOf(own(properties, 'Source'), expansion);
  if (source === undefined || destination === undefined || !isList(permissions)) return false;
  const several = isList(destination);
  return (several ? destination : [destination]).every((each, index) => {
    const side = sideOf(each, expansion);
    if (side === undefined) return false;
    return writeConnection(expansion, {
      id: several ? `${id}WithDestination${index}` : id,
      from: samOf(connector),
      permissions,
      source,
      destination: side,
    });
  });
}

function samOf({ writtenIn, properties, attributes }: Connector): SamResource {
  return { id: writtenIn, type: CONNECTOR, properties, body: attributes };
}

function sideOf(json: Json | undefined, expansion: Expansion): Side | undefined {
  if (!isObject(json)) return undefined;
  const id = ownString(json, 'Id');
  const body = id === undefined ? undefined : expansion.bodyOf(id);
  const type = body === undefined ? ownString(json, 'Type') : ownString(body, 'Type');
  return type === undefined ? undefined : { type, given: json, ...(body && { id: id ?? '' }) };
}
