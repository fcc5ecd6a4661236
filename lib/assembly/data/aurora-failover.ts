import type { Resource } from '../resource';
import { isList, isScalar, Unknown, type Value } from '../value';
import type { ClusterMembers } from './database-members';

/** Aurora promotes the reader with the lowest tier first. */
const USUAL_TIER = 1;
const SERVERLESS = 'db.serverless';

/** Memory in GiB of a `large` instance, by the letter of the family. Each size above doubles it. */
const MEMORY_OF_LARGE: Readonly<Record<string, number>> = { m: 8, r: 16, t: 8, x: 32 };
const GIB_PER_ACU = 2;

/** What an instance of a cluster can hold, in capacity units: one number, or that it scales with its load. */
export type Capacity = number | 'scales' | Unknown;

/** The instance that CloudFormation creates before all others, which makes it the writer. */
export function writerOf(members: readonly Resource[]): Resource | undefined {
  return members.find((first) =>
    members.every((member) => member === first || dependsOn(member).includes(first.logicalId)),
  );
}

/** The readers that may be promoted first: those with the lowest tier. */
export function firstToBePromoted(readers: readonly Resource[]): readonly Resource[] | Unknown {
  const tiers = readers.map(promotionTier);
  const open = tiers.find((tier) => tier instanceof Unknown);
  if (open instanceof Unknown) return open;
  const lowest = Math.min(...tiers.map(Number));
  return readers.filter((_, index) => tiers[index] === lowest);
}

export function promotionTier(member: Resource): number | Unknown {
  return member.number('PromotionTier') ?? USUAL_TIER;
}

/** Every instance of a cluster that has members for sure, or why they cannot be counted. */
export function membersForSure({ sure, maybe, unknown }: ClusterMembers): readonly Resource[] | Unknown {
  const [left] = maybe;
  if (left) return left.presence instanceof Unknown ? left.presence : new Unknown('a condition decides');
  return unknown ?? sure;
}

/** What an instance can hold, in Aurora capacity units of two GiB. */
export function capacityOf(member: Resource): Capacity {
  const name = member.text('DBInstanceClass');
  if (name === undefined) return new Unknown(`${member.logicalId} has no DBInstanceClass`);
  if (name instanceof Unknown) return name;
  if (name === SERVERLESS) return 'scales';
  const [, family = '', size = ''] = /^db\.([a-z])[a-z0-9]*\.([a-z0-9]+)$/.exec(name.toLowerCase()) ?? [];
  const large = MEMORY_OF_LARGE[family];
  const times = timesLarge(size);
  return large === undefined || times === undefined
    ? new Unknown(`how much ${name} holds is not known`)
    : (large * times) / GIB_PER_ACU;
}

function timesLarge(size: string): number | undefined {
  const small = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 }[size];
  const [, many] = /^(\d+)xlarge$/.exec(size) ?? [];
  return small ?? (many === undefined ? undefined : 2 * Number(many));
}

function dependsOn({ body }: Resource): readonly string[] {
  const { DependsOn: ids = [] } = body;
  if (isList(ids as Value)) return ids as readonly string[];
  return isScalar(ids as Value) ? [String(ids)] : [];
}
