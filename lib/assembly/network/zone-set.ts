import { fail, type Judgement, pass, unknown } from '../judgement';
import { Unknown } from '../value';

/**
 * A set of availability zones of which some may be known only by symbol, and some not at all.
 *
 * Its name, its letter in a region that is not bound (`{own region}a`), its symbol (`eu-west-1#0`) and its id
 * (`euw1-az1`) may mean the same zone, so a set of mixed kinds has between {@link least} and {@link most} zones.
 */
export class ZoneSet {
  constructor(
    readonly names: ReadonlySet<string>,
    readonly unknowns: readonly Unknown[] = [],
    /** Whether all zones of a region belong to it. */
    readonly whole: boolean = false,
  ) {}

  static union(sets: readonly ZoneSet[]): ZoneSet {
    return new ZoneSet(
      new Set(sets.flatMap(({ names }) => [...names])),
      [...new Set(sets.flatMap(({ unknowns }) => unknowns))],
      sets.some(({ whole }) => whole),
    );
  }

  /** The zones of one of some sets, of which deploy chooses: surely those that are in all of them. */
  static oneOf(why: Unknown, sets: readonly ZoneSet[]): ZoneSet {
    const [head = ZoneSet.none, ...others] = sets;
    const shared = [...head.names].filter((name) => others.every(({ names }) => names.has(name)));
    const isOpen = ({ names, unknowns, whole }: ZoneSet) =>
      unknowns.length > 0 || whole || names.size > shared.length;
    if (sets.length > 0 && !sets.some(isOpen)) return head;
    const mayBeNone = sets.length === 0 || sets.some(({ least }) => least === 0);
    const rest = mayBeNone && !why.maybeAbsent ? new Unknown(why.reason, [undefined, why]) : why;
    const most = Math.max(...sets.map((set) => set.most)) - shared.length;
    return new ZoneSet(
      new Set(shared),
      [sets.length > 0 && Number.isFinite(most) ? atMost(most, rest) : rest],
      sets.length > 0 && sets.every(({ whole }) => whole),
    );
  }

  /** One zone that cannot be told. The same unknown is the same zone. */
  static one(why: Unknown): ZoneSet {
    return new ZoneSet(new Set(), [atMost(1, why)]);
  }

  static unknown(why: Unknown | string): ZoneSet {
    return new ZoneSet(new Set(), [typeof why === 'string' ? new Unknown(why) : why]);
  }

  static readonly none = new ZoneSet(new Set());

  /** Every zone of the region. */
  static readonly all = new ZoneSet(new Set(), [], true);

  /** How many zones there surely are. */
  get least(): number {
    const surely = this.unknowns.some((zone) => !zone.maybeAbsent) ? 1 : 0;
    // Every region has at least three zones, and at least two of them are open to any account.
    return Math.max(...countsOf(this.names).values(), this.whole ? 2 : 0, surely);
  }

  /** How many zones there may be. An unknown may stand for a whole list, unless it is known to be bounded. */
  get most(): number {
    if (this.whole) return Number.POSITIVE_INFINITY;
    return this.unknowns.reduce((sum, zone) => sum + mostOf(zone), this.names.size);
  }

  get isEmpty(): boolean {
    return this.most === 0;
  }

  /** Whether every zone of this set is in the other; undefined when that cannot be told. Both are of one region. */
  within(other: ZoneSet): boolean | undefined {
    if (this.#surelyWithin(other)) return true;
    return this.#surelyBeyond(other) ? false : undefined;
  }

  #surelyWithin(other: ZoneSet): boolean {
    const named = other.whole || [...this.names].every((name) => other.names.has(name));
    return (
      named && (other.whole || !this.whole) && this.unknowns.every((zone) => other.unknowns.includes(zone))
    );
  }

  /** Of each kind, a zone that the other does not name must be one that it names in another way, and not two may be the same. */
  #surelyBeyond(other: ZoneSet): boolean {
    if (other.most === Number.POSITIVE_INFINITY) return false;
    if (this.least > other.most) return true;
    const missing = countsOf([...this.names].filter((name) => !other.names.has(name)));
    const there = countsOf(other.names);
    return [...missing].some(([kind, count]) => count > other.most - (there.get(kind) ?? 0));
  }

  /** Judges whether there are at least so many zones. */
  atLeast(needed: number, property?: string): Judgement {
    const found = { ...(property !== undefined && { property }), found: this.describe() };
    if (this.least >= needed) return pass(found);
    if (this.most < needed) return fail({ ...found, needed: `${needed} zones` });
    return unknown(property, this.unknowns[0] ?? this.#question());
  }

  #question(): string {
    return this.whole
      ? 'how many zones the region has is known only at deploy'
      : `whether ${[...this.names].join(' and ')} are different zones is known only at deploy`;
  }

  describe(): string {
    if (this.whole) return 'all zones of the region';
    const count = `${this.names.size} zone${this.names.size === 1 ? '' : 's'}`;
    const named = this.names.size === 0 ? count : `${count} (${[...this.names].sort().join(', ')})`;
    if (this.unknowns.length === 0) return named;
    const others = this.most - this.names.size;
    if (!Number.isFinite(others)) return `${named} and others that are known only at deploy`;
    const bounded = `at most ${others} ${this.names.size === 0 ? 'zone' : 'other'}${others === 1 ? '' : 's'}`;
    return `${this.names.size === 0 ? '' : `${named} and `}${bounded}, known only at deploy`;
  }
}

/** How many zones there are of each way of naming them: within one, other names are other zones. */
function countsOf(zones: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const zone of zones) counts.set(kindOf(zone), (counts.get(kindOf(zone)) ?? 0) + 1);
  return counts;
}

/** A resource stands in one region: symbols of two regions may be one zone, or one of them is never deployed. */
function kindOf(zone: string): string {
  if (zone.includes('#')) return zone.slice(0, zone.indexOf('#') + 1);
  if (zone.startsWith('{')) return 'letter';
  return /-az\d+$/.test(zone) ? 'id' : 'name';
}

/** Unknown zones of which there are no more than a number. */
class FewZones extends Unknown {
  constructor(
    why: Unknown,
    readonly most: number,
  ) {
    super(why.reason, why.maybeAbsent ? [undefined, why] : undefined, why.mentions);
  }
}

const fewZones = new WeakMap<Unknown, Map<number, FewZones>>();

/** The same object for the same unknown, so that it counts once. */
function atMost(most: number, why: Unknown): FewZones {
  const known = fewZones.get(why) ?? new Map<number, FewZones>();
  fewZones.set(why, known);
  const few = known.get(most) ?? new FewZones(why, most);
  known.set(most, few);
  return few;
}

function mostOf(zone: Unknown): number {
  return zone instanceof FewZones ? zone.most : Number.POSITIVE_INFINITY;
}
