import type { Truth } from '../conditions';
import { textOfBoolean } from '../question';
import type { Resource } from '../resource';
import { sameToken } from '../same-token';
import type { Json } from '../source/source';
import { describe, isList, isScalar, Reference, Text, Unknown, type Value } from '../value';

export type FailoverRole = 'PRIMARY' | 'SECONDARY';

/** One DNS record: an `AWS::Route53::RecordSet`, or one entry of an `AWS::Route53::RecordSetGroup`. */
export class DnsRecord {
  /** Its name in lower case without the last dot, as DNS compares names. */
  readonly name: Value | undefined;
  #zone: Zone | undefined;

  constructor(
    /** The resource that holds it. */
    readonly resource: Resource,
    /** Where it stands in its group, such as `RecordSets.1.`; empty for a record of its own. */
    private readonly prefix: string,
    /** True, or unknown where a condition that deploy decides may leave it out. */
    readonly presence: Truth,
  ) {
    const name = this.get('Name');
    this.name = name === undefined ? undefined : normalisedName(name);
  }

  /** Whether it is a resource of its own, not an entry of a group. */
  get isWholeResource(): boolean {
    return this.prefix === '';
  }

  /** The path of one of its properties below the resource's `Properties`. */
  property(name: string): string {
    return `${this.prefix}${name}`;
  }

  get(name: string): Value | undefined {
    return this.resource.get(this.property(name));
  }

  text(name: string): string | Unknown | undefined {
    return this.resource.text(this.property(name));
  }

  /** Its name with its type, for messages: `api.example.com A`. */
  get label(): string {
    return `${describe(this.name)} ${describe(this.get('Type'))}`;
  }

  /** Which side of a failover it is; undefined where it is none. */
  get failover(): FailoverRole | Unknown | undefined {
    const role = this.text('Failover');
    if (role === undefined || role === '' || role instanceof Unknown) return role || undefined;
    return role === 'PRIMARY' || role === 'SECONDARY' ? role : new Unknown(`Failover is ${role}`);
  }

  get isAlias(): Truth {
    return isGiven(this.get('AliasTarget'));
  }

  /** Whether its answer depends on the health of what an alias leads to. */
  get evaluatesTargetHealth(): Truth {
    const value = this.get('AliasTarget.EvaluateTargetHealth');
    if (value instanceof Unknown) return value;
    return isScalar(value) && textOfBoolean(value) === 'true';
  }

  /** Time to live in seconds; undefined where none is set, as for an alias. */
  get ttl(): number | Unknown | undefined {
    return this.resource.number(this.property('TTL'));
  }

  /** The value of its health check; undefined where it has none. */
  get healthCheckId(): Value | undefined {
    const id = this.get('HealthCheckId');
    return id === '' || id === null ? undefined : id;
  }

  /** The health check, an id that is not in the app's, or why it cannot be known; undefined where it has none. */
  get healthCheck(): Resource | string | Unknown | undefined {
    const id = this.healthCheckId;
    if (id === undefined) return undefined;
    if (isScalar(id)) return String(id);
    const target = this.resource.stack.graph.resolve(id, this.resource);
    return target instanceof Unknown || target.type === 'AWS::Route53::HealthCheck'
      ? target
      : new Unknown(`the health check comes from ${target.logicalId}`);
  }

  /** The value as the template writes it; undefined where that cannot be told. */
  raw(name: string): Json | undefined {
    return rawAt(this.resource, this.property(name));
  }

  /** The hosted zone: a resource of the app, an id, a name. */
  get zone(): Zone {
    this.#zone ??= this.#readZone();
    return this.#zone;
  }

  #readZone(): Zone {
    const [own, group] = [this.#zoneAt(this.prefix), this.prefix === '' ? undefined : this.#zoneAt('')];
    const named = own.hosted !== undefined || own.id !== undefined || own.name !== undefined;
    return named || !group ? own : group;
  }

  #zoneAt(prefix: string): Zone {
    const id = this.resource.get(`${prefix}HostedZoneId`);
    const name = this.resource.get(`${prefix}HostedZoneName`);
    const hosted =
      id instanceof Reference && id.resource.type === 'AWS::Route53::HostedZone' ? id.resource : undefined;
    const zoneName = hosted ? hosted.get('Name') : name;
    const written = ['HostedZoneId', 'HostedZoneName'].map((each) =>
      rawAt(this.resource, `${prefix}${each}`),
    );
    return {
      ...(hosted ? { hosted } : id !== undefined && { id }),
      ...(zoneName !== undefined && { name: normalisedName(zoneName) }),
      ...(written.some((json) => json !== undefined) && { written: JSON.stringify(written) }),
    };
  }
}

/** What is known of a record's hosted zone. */
export interface Zone {
  readonly hosted?: Resource;
  readonly id?: Value;
  readonly name?: Value;

  /** How the template writes it: in one stack, the same words mean the same zone. */
  readonly written?: string;
}

/** A name as DNS compares it: in lower case, without the last dot. */
export function normalisedName(name: Value): Value {
  if (typeof name === 'string') return name.toLowerCase().replace(/\.$/, '').replace('\\052', '*');
  if (!(name instanceof Text)) return name;
  const parts = name.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last.replace(/\.$/, '');
  return new Text(parts.filter((part) => part !== ''));
}

/** Whether two records surely have the same value, or surely not; undefined when that cannot be told. */
export function sameProperty(a: DnsRecord, b: DnsRecord, name: string): boolean | undefined {
  const [left, right] = [a, b].map((record) => (name === 'Name' ? record.name : record.get(name)));
  if (left === undefined || right === undefined) return undefined;
  return sameToken(left, right) ?? sameWords(a, b, name);
}

/** One stack writes the same words twice: whatever they come to, they come to the same. */
function sameWords(a: DnsRecord, b: DnsRecord, name: string): true | undefined {
  const [left, right] = [a.raw(name), b.raw(name)];
  const same = left !== undefined && JSON.stringify(left) === JSON.stringify(right);
  return same && a.resource.stack === b.resource.stack ? true : undefined;
}

/** Whether two records are in one zone; undefined when that cannot be told. */
export function sameZone(a: DnsRecord, b: DnsRecord): boolean | undefined {
  const [left, right] = [a.zone, b.zone];
  if (left.hosted && right.hosted) return left.hosted === right.hosted;
  if (left.written !== undefined && left.written === right.written && a.resource.stack === b.resource.stack)
    return true;
  if (left.id !== undefined && right.id !== undefined) return sameToken(left.id, right.id);
  if (left.name !== undefined && right.name !== undefined) return sameToken(left.name, right.name);
  return undefined;
}

function isGiven(value: Value | undefined): Truth {
  if (value instanceof Unknown) return value.maybeAbsent ? value : true;
  return value !== undefined && value !== null;
}

/** What stands at a path of the template; undefined where a function or a left-out entry is on the way. */
function rawAt(resource: Resource, path: string): Json | undefined {
  let json: Json | undefined = resource.body.Properties;
  let at = '';
  for (const key of path.split('.')) {
    if (Array.isArray(json) && !sameLength(json, resource.get(at.slice(1)))) return undefined;
    if (json === null || typeof json !== 'object' || !Object.hasOwn(json, key)) return undefined;
    json = (json as Readonly<Record<string, Json>>)[key];
    at = `${at}.${key}`;
  }
  return json;
}

/** Evaluation drops entries that are left out, and then positions differ. */
function sameLength(json: readonly Json[], value: Value | undefined): boolean {
  return isList(value) && value.length === json.length;
}
