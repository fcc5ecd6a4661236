import { mostTasksOf } from '../compute/minimum-units';
import { subnetsOf, zonesOfSubnets } from '../compute/workloads';
import { oncePerGraph } from '../once-per-graph';
import { atLeast, exactly, type Range, sum } from '../range';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { SUBNET_PROPERTIES } from './placement-properties';
import { addressesPerInstance, usableAddresses } from './subnet-addresses';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const SERVICE = 'AWS::ECS::Service';
const NODES = 'AWS::EKS::Nodegroup';

/** The types that take addresses as they grow. */
export const GROWING_TYPES: readonly string[] = [GROUP, SERVICE, NODES];

/** More unions of subnets than this are not tried. */
const MOST_SETS = 6;

/** What does not fit, or why it cannot be told; undefined where all fits. */
export interface Shortage {
  readonly zone: string;
  readonly needed: Range;
  readonly free: Range;
}

/** Groups that grow in the same subnets. */
interface Growth {
  readonly subnets: ReadonlySet<Resource>;
  readonly needed: Range;
}

/**
 * Whether the subnets of a group have addresses for all that grows in them when one zone is lost.
 *
 * What grows in some subnets only may be crowded out by what grows in others too, so that every union of such sets must hold
 * what can stand nowhere else.
 */
export function shortageFor(resource: Resource): Shortage | Unknown | undefined {
  const { bySubnet, lost } = growthIndex(resource.stack.graph);
  const own = subnetsOf(resource);
  const open = own.find((subnet) => subnet instanceof Unknown);
  if (open instanceof Unknown) return open;
  const sets = connected(
    own.filter((subnet) => subnet instanceof Resource),
    bySubnet,
  );
  if (sets.length > MOST_SETS) return new Unknown('groups share subnets in too many ways to tell');
  let doubt: Unknown | undefined = lost;
  for (const union of unionsOf(sets)) {
    const found = shortageIn(union, sets);
    if (found instanceof Unknown) doubt ??= found;
    else if (found) return found;
  }
  return doubt;
}

/**
 * How many tasks the subnets of a service have addresses for, at the most: each takes one. Who grows beside it takes more.
 *
 * @returns undefined where it names no subnets, or deploy decides which
 */
export function mostByAddresses(resource: Resource): number | undefined {
  if (resource.type !== SERVICE) return undefined;
  const own = subnetsOf(resource);
  if (own.length === 0 || own.some((subnet) => subnet instanceof Unknown)) return undefined;
  const { most } = sum(own.filter((subnet) => subnet instanceof Resource).map(freeAddresses));
  return Number.isFinite(most) ? most : undefined;
}

function connected(
  subnets: readonly Resource[],
  bySubnet: ReadonlyMap<Resource, readonly Growth[]>,
): readonly Growth[] {
  const found = new Set<Growth>();
  const open = [...subnets];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const growth of bySubnet.get(next) ?? []) {
      found.add(growth);
      for (const subnet of growth.subnets) {
        if (seen.has(subnet)) continue;
        seen.add(subnet);
        open.push(subnet);
      }
    }
  }
  return [...found];
}

function unionsOf(sets: readonly Growth[]): readonly (readonly Resource[])[] {
  const unions = new Map<string, readonly Resource[]>();
  for (let mask = 1; mask < 2 ** sets.length; mask += 1) {
    const chosen = sets.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1);
    const union = [...new Set(chosen.flatMap(({ subnets }) => [...subnets]))];
    unions.set(keyOf(union), union);
  }
  return [...unions.values()];
}

function shortageIn(union: readonly Resource[], sets: readonly Growth[]): Shortage | Unknown | undefined {
  const inside = new Set(union);
  const needed = sum(
    sets.filter(({ subnets }) => [...subnets].every((one) => inside.has(one))).map((growth) => growth.needed),
  );
  const zones = zonesOfSubnets(union);
  if (zones.least !== zones.most)
    return zones.unknowns[0] ?? new Unknown('which subnets share a zone is known only at deploy');
  let doubt: Unknown | undefined;
  for (const zone of new Set(union.map(zoneKey))) {
    const free = sum(union.filter((subnet) => zoneKey(subnet) !== zone).map(freeAddresses));
    if (needed.least > free.most) return { zone: typeof zone === 'string' ? zone : 'its zone', needed, free };
    if (needed.most > free.least) doubt ??= needed.why ?? free.why;
  }
  return doubt;
}

/** A subnet stands in one zone, which may be known only as being one. */
function zoneKey(subnet: Resource): unknown {
  return [...subnet.zones.names][0] ?? subnet.zones.unknowns[0];
}

/** What else stands in a subnet takes an address each. */
function freeAddresses(subnet: Resource): Range {
  const usable = usableAddresses(subnet);
  const others = new Set(
    subnet.stack.graph
      .mentionsOf(subnet)
      .map(({ from }) => from)
      .filter(({ type }) => Object.hasOwn(SUBNET_PROPERTIES, type) && !GROWING_TYPES.includes(type)),
  ).size;
  return { ...usable, least: Math.max(usable.least - others, 0), most: Math.max(usable.most - others, 0) };
}

const growthIndex = oncePerGraph((graph) => {
  const bySet = new Map<string, Growth>();
  const [macro] = graph.unreadable;
  let lost = macro === undefined ? undefined : new Unknown(macro);
  for (const resource of graph.ofType(...GROWING_TYPES)) {
    const named = subnetsOf(resource);
    const subnets = named.filter((subnet) => subnet instanceof Resource);
    lost ??= named.find((subnet) => subnet instanceof Unknown && subnet.mentions.length > 0) as
      | Unknown
      | undefined;
    const key = keyOf(subnets);
    const known = bySet.get(key) ?? { subnets: new Set(subnets), needed: exactly(0) };
    bySet.set(key, { subnets: known.subnets, needed: sum([known.needed, needOf(resource)]) });
  }
  return { bySubnet: subnetIndex([...bySet.values()]), lost };
});

function subnetIndex(growths: readonly Growth[]): ReadonlyMap<Resource, readonly Growth[]> {
  const bySubnet = new Map<Resource, Growth[]>();
  for (const growth of growths) {
    for (const subnet of growth.subnets) {
      const list = bySubnet.get(subnet) ?? [];
      bySubnet.set(subnet, list);
      list.push(growth);
    }
  }
  return bySubnet;
}

function keyOf(subnets: readonly Resource[]): string {
  return subnets
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

/** The addresses that a group takes at its maximum. */
function needOf(resource: Resource): Range {
  if (resource.type === SERVICE) return mostTasksOf(resource);
  const size = resource.number(resource.type === GROUP ? 'MaxSize' : 'ScalingConfig.MaxSize');
  const count =
    typeof size === 'number' ? exactly(size) : atLeast(0, size ?? new Unknown('no maximum is set'));
  const each =
    resource.type === GROUP
      ? addressesPerInstance(resource)
      : atLeast(1, new Unknown('how many addresses the pods of a node take is known only at run time'));
  return product(count, each);
}

function product(a: Range, b: Range): Range {
  const why = a.why ?? b.why;
  return {
    least: a.least * b.least,
    most: a.most === 0 || b.most === 0 ? 0 : a.most * b.most,
    ...(why && { why }),
  };
}
