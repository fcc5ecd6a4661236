import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { isList, Text, Unknown } from '../value';
import { DnsRecord, sameProperty, sameZone } from './dns-record';

const RECORD_SET = 'AWS::Route53::RecordSet';
const RECORD_SET_GROUP = 'AWS::Route53::RecordSetGroup';

/** The types that hold DNS records. */
export const RECORD_TYPES: readonly string[] = [RECORD_SET, RECORD_SET_GROUP];

/** The records of the same zone, name and type as another. */
export interface Siblings {
  readonly sure: readonly DnsRecord[];

  /** Those of which deploy decides whether they are. */
  readonly maybe: readonly DnsRecord[];
}

/** The DNS records of an app, over all its stacks. */
export class DnsRecords {
  readonly all: readonly DnsRecord[];

  /** Why there may be records that the templates do not show. @default - there are none */
  readonly unseen: string | undefined;

  readonly #byResource = new Map<Resource, readonly DnsRecord[] | Unknown>();
  readonly #byName: ReadonlyMap<string | undefined, readonly DnsRecord[]>;
  readonly #byHost: ReadonlyMap<string | undefined, readonly DnsRecord[]>;
  readonly #siblings = new Map<DnsRecord, Siblings>();

  constructor(graph: Graph) {
    for (const resource of graph.ofType(...RECORD_TYPES)) this.#byResource.set(resource, recordsIn(resource));
    const held = [...this.#byResource.values()];
    this.all = held.flatMap((records) => (records instanceof Unknown ? [] : records));
    this.unseen = graph.unreadable[0] ?? held.find((records) => records instanceof Unknown)?.reason;
    this.#byName = groupBy(this.all, ({ name }) => (typeof name === 'string' ? name : undefined));
    this.#byHost = groupBy(this.all, hostOf);
  }

  /** The records that a resource holds, or why they cannot be known. */
  of(resource: Resource): readonly DnsRecord[] | Unknown {
    return this.#byResource.get(resource) ?? [];
  }

  /** The records of a name, whatever their zone; those whose name deploy decides are left out. */
  named(name: string): readonly DnsRecord[] {
    return this.#byName.get(name) ?? [];
  }

  /** The other records that answer the same question: same zone, name and type. */
  siblingsOf(record: DnsRecord): Siblings {
    const known = this.#siblings.get(record);
    if (known) return known;
    const host = hostOf(record);
    const open = this.#byHost.get(undefined) ?? [];
    const candidates = host === undefined ? this.all : [...(this.#byHost.get(host) ?? []), ...open];
    const judged = candidates
      .filter((other) => other !== record)
      .map((other) => ({ other, same: sameQuestion(record, other) }));
    const siblings = {
      sure: judged.filter(({ same }) => same === true).map(({ other }) => other),
      maybe: judged.filter(({ same }) => same === undefined).map(({ other }) => other),
    };
    this.#siblings.set(record, siblings);
    return siblings;
  }
}

/** The first label of a record's name; undefined where deploy decides it. Records of other hosts are no siblings. */
function hostOf({ name }: DnsRecord): string | undefined {
  const head = name instanceof Text ? name.parts[0] : name;
  if (typeof head !== 'string') return undefined;
  const dot = head.indexOf('.');
  return dot < 0 && name instanceof Text ? undefined : head.slice(0, dot < 0 ? undefined : dot);
}

function groupBy(
  records: readonly DnsRecord[],
  keyOf: (record: DnsRecord) => string | undefined,
): ReadonlyMap<string | undefined, readonly DnsRecord[]> {
  const groups = new Map<string | undefined, DnsRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

/** The DNS records of an app, read once. */
export const dnsRecordsOf = oncePerGraph((graph: Graph) => new DnsRecords(graph));

function recordsIn(resource: Resource): readonly DnsRecord[] | Unknown {
  if (resource.type === RECORD_SET) return [new DnsRecord(resource, '', resource.presence)];
  const entries = resource.get('RecordSets');
  if (entries instanceof Unknown) return entries;
  if (!isList(entries)) return [];
  return entries.map((entry, index) => {
    const presence = entry instanceof Unknown && entry.maybeAbsent ? entry : resource.presence;
    return new DnsRecord(resource, `RecordSets.${index}.`, presence);
  });
}

function sameQuestion(a: DnsRecord, b: DnsRecord): boolean | undefined {
  const answers = [sameProperty(a, b, 'Name'), sameProperty(a, b, 'Type'), sameZone(a, b)];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
