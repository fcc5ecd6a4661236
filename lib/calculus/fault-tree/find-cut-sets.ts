import { CutSetCounts } from './cut-set-counts';
import { setsOfOrder } from './cut-set-list';
import { allCutSets, type CutSetFamilies, cutSetsUpTo } from './cut-sets';
import type { FaultTree } from './fault-tree';
import { buildToOrder, type TreeDiagram } from './tree-diagram';

/** The smallest sets of events by which the top event happens. */
export interface CutSets {
  /** How many are known; above 2^53 it is rounded. */
  readonly count: number;

  /** How many of each order are known; the index is the order. `byOrder[1]` are the single points of failure. */
  readonly byOrder: readonly number[];

  /** The sets themselves, by order, then by name; at most `maxListed`, of at most `maxOrder`. */
  readonly listed: readonly (readonly string[])[];

  /** Whether `count` and `byOrder` are of all minimal cut sets; otherwise of those up to the order that could be found. */
  readonly complete: boolean;
}

/** Which cut sets are looked for, and how many are listed. */
export interface CutSetOptions {
  /**
   * The highest order of cut sets that are looked for: how many events a set has.
   *
   * @default - all orders
   */
  readonly maxOrder?: number;

  /**
   * How many cut sets are listed.
   *
   * @default 1,000
   */
  readonly maxListed?: number;
}

/** Cut sets of these orders are looked for when there is no room for all. */
const ORDERS = [6, 4, 3, 2, 1];

/** Of a tree whose diagram is too large, none of higher orders are looked for. */
const HIGHEST_WITHOUT_DIAGRAM = 4;

/** How long all cut sets are looked for, in steps of the recursion: few when those of low orders are asked for. */
const FEW_STEPS = 10_000_000;
const MANY_STEPS = 40_000_000;

/** @internal */
export function cutSetsOf(tree: FaultTree, diagram: TreeDiagram, options: CutSetOptions): CutSets {
  const { maxOrder, maxListed = 1000 } = options;
  const found = diagram.isCoherent ? find(diagram, maxOrder) : undefined;
  if (!found) return { count: 0, byOrder: [], listed: [], complete: false };
  const all = found.counts.byOrder(found.sets.families.at(-1) ?? 0);
  const complete = found.isAll && all.length <= found.upTo + 1;
  const byOrder = complete ? all : Array.from({ length: found.upTo + 1 }, (_, order) => all[order] ?? 0);
  return {
    count: byOrder.reduce((sum, count) => sum + count, 0),
    byOrder,
    listed: list(tree, byOrder.length, maxListed, found),
    complete,
  };
}

interface Found {
  readonly sets: CutSetFamilies;
  readonly counts: CutSetCounts;
  readonly upTo: number;
  readonly isAll: boolean;
}

function find(diagram: TreeDiagram, maxOrder = Number.POSITIVE_INFINITY): Found | undefined {
  const isLimited = maxOrder !== Number.POSITIVE_INFINITY;
  const sets = diagram.isExact ? allCutSets(diagram, isLimited ? FEW_STEPS : MANY_STEPS) : undefined;
  const counts = sets && CutSetCounts.of(sets, Number.POSITIVE_INFINITY);
  if (sets && counts) return { sets, counts, upTo: maxOrder, isAll: true };
  for (const upTo of ordersFor(diagram, maxOrder)) {
    const some = setsUpTo(upTo, diagram);
    const ofSome = some && CutSetCounts.of(some, upTo);
    if (some && ofSome) return { sets: some, counts: ofSome, upTo, isAll: false };
  }
  return undefined;
}

/** The orders up to which cut sets are looked for one after the other, until there is room. */
function ordersFor({ isExact }: TreeDiagram, maxOrder: number): readonly number[] {
  const lower = ORDERS.filter((order) => order < maxOrder);
  const orders = maxOrder === Number.POSITIVE_INFINITY ? lower : [maxOrder, ...lower];
  return isExact ? orders : orders.filter((order) => order <= HIGHEST_WITHOUT_DIAGRAM);
}

/** Without the whole diagram, from one that is right up to the order. */
function setsUpTo(order: number, diagram: TreeDiagram): CutSetFamilies | undefined {
  const rightSoFar = diagram.isExact ? diagram : buildToOrder(diagram.tree, order);
  return rightSoFar && cutSetsUpTo(order, rightSoFar, MANY_STEPS);
}

function list(
  tree: FaultTree,
  orders: number,
  most: number,
  { sets, counts }: Found,
): readonly (readonly string[])[] {
  const names = [...tree.events.keys()];
  const listed: (readonly string[])[] = [];
  for (let order = 0; order < orders && listed.length < most; order += 1) {
    const ofOrder: (readonly string[])[] = [];
    for (const set of setsOfOrder(order, sets, counts)) {
      if (listed.length + ofOrder.length >= most) break;
      ofOrder.push(set.map((event) => names[event] ?? '').sort());
    }
    listed.push(...ofOrder.sort(byNames));
  }
  return listed;
}

function byNames(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [a.join('\0'), b.join('\0')];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
