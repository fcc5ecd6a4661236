import type { Resource } from '../../../assembly/resource';
import { atLeastFail } from '../../../calculus/binomial';
import { type Likelihood, without } from '../../../calculus/likelihood';
import { allOf, anyOf, atLeast, type Failure } from '../../failure';
import { type Modelling, nameOf } from '../../modelling';
import { agreement } from '../agreement';

/** A single instance or task, by the agreement on single instances. */
export const INSTANCE: Likelihood = agreement('computeInstance', 'a single instance');

/** Up to here each unit is an event by itself; more are counted together, which comes to the same. */
const MOST_NAMED = 24;

/** Ways to lose cells double with each of them; of more than these, each counts as if it held as many units as the fullest. */
const MOST_CELLS = 8;

/** Equal units of one resource that are lost together with what is around them, such as their zone. */
export interface Cell {
  readonly resource: Resource;

  /** What one of them is, such as `task`. */
  readonly noun: string;
  readonly count: number;

  /** The number of a unit, from 1 on, by its place in the cell. */
  readonly numberOf: (place: number) => number;
  readonly around: Failure;
}

/** What takes so many units of all cells away that fewer are left than are needed. */
export function tooFewLeft(cells: readonly Cell[], needed: number, model: Modelling): Failure {
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const own = without(model.assumption('zone'), INSTANCE);
  if (total > MOST_NAMED) return new Fold(cells, { total, needed, own }, model).failure();
  const units = cells.flatMap((cell) =>
    Array.from({ length: cell.count }, (_, place) => {
      const name = `${cell.noun} ${cell.numberOf(place)}`;
      return anyOf(model.own(cell.resource, own, { id: name, what: name }), cell.around);
    }),
  );
  return atLeast(total - needed + 1, units);
}

interface Counted {
  readonly total: number;
  readonly needed: number;
  readonly own: Likelihood;
}

/**
 * The same vote with few events, and exact: given which cells are lost, so many of the other units fail with a binomial
 * probability. It grows with what is lost; so a chain of independent events, each of which adds what is missing to the one
 * before, has just that probability after each of its steps.
 */
class Fold {
  readonly #limit: number;
  readonly #steps = new Map<number, Failure>();
  readonly #known = new Map<string, Failure | 'certain'>();
  readonly #sizes: readonly number[];

  constructor(
    private readonly cells: readonly Cell[],
    private readonly counted: Counted,
    private readonly model: Modelling,
  ) {
    this.#limit = counted.total - counted.needed + 1;
    const fullest = Math.max(...cells.map(({ count }) => count));
    this.#sizes = cells.map(({ count }) => (cells.length > MOST_CELLS ? fullest : count));
    this.#chain();
  }

  failure(): Failure {
    const [first] = this.cells;
    if (first && this.cells.length > MOST_CELLS) {
      this.model.assume(
        `each of the ${this.cells.length} places of units of ${nameOf(first.resource)} counts as if it held as many as the fullest`,
        first.resource,
      );
      return this.#byNumber();
    }
    const whole = this.#from(0, 0);
    // All units are needed, or none is left: then any cell, or any unit, is enough.
    return whole === 'certain' ? anyOf() : whole;
  }

  #chain(): void {
    let sums = new Set([0]);
    for (const size of this.#sizes)
      sums = new Set([...sums].flatMap((sum) => [sum, sum + size]).filter((sum) => sum < this.#limit));
    const events: Failure[] = [];
    let before = 0;
    for (const lost of [...sums].sort((a, b) => a - b)) {
      const { total, own } = this.counted;
      const left = Math.max(0, total - lost);
      const probability = atLeastFail(this.#limit - lost, left, own.unavailability);
      if (probability > before)
        events.push(this.#event(lost, left, before >= 1 ? 0 : (probability - before) / (1 - before)));
      before = Math.max(before, probability);
      this.#steps.set(lost, anyOf(...events));
    }
  }

  #event(lost: number, left: number, unavailability: number): Failure {
    const { total, needed, own } = this.counted;
    const resources = [...new Set(this.cells.map(({ resource }) => resource))];
    const noun = this.cells[0]?.noun ?? 'unit';
    const names = resources.map(nameOf).join(' and ');
    const many = this.#limit - lost;
    return this.model.event({
      // Where one is enough, it is the loss of one unit.
      id: `resource:${resources[0]?.id}#${needed} of ${total}, ${many} of ${left}${many === 1 ? `, ${noun} 1` : ''}`,
      kind: 'resource',
      what: `${many} of ${left} ${noun}s of ${names}`,
      resources,
      likelihood: { unavailability, terms: own.terms },
      counted: { lost: many, total, noun },
    });
  }

  /** Of equal cells only their number matters: so many are lost, and of the other units so many fail. */
  #byNumber(): Failure {
    const arounds = this.cells.map(({ around }) => around);
    const [size = 1] = this.#sizes;
    const parts = [...this.#steps].map(([lost, failure]) =>
      lost === 0 ? failure : allOf(atLeast(Math.round(lost / size), arounds), failure),
    );
    return anyOf(...parts, atLeast(Math.ceil(this.#limit / size), arounds));
  }

  /** What fails it by the cells from one on, where so many units are lost already. */
  #from(index: number, lost: number): Failure | 'certain' {
    if (lost >= this.#limit) return 'certain';
    const cell = this.cells[index];
    if (cell === undefined) return this.#steps.get(lost) ?? anyOf();
    const key = `${index} ${lost}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const failure = this.#with(cell, index, lost);
    this.#known.set(key, failure);
    return failure;
  }

  #with({ around }: Cell, index: number, lost: number): Failure | 'certain' {
    const kept = this.#from(index + 1, lost);
    const gone = this.#from(index + 1, lost + (this.#sizes[index] ?? 0));
    if (kept === 'certain') return kept;
    return anyOf(kept, gone === 'certain' ? around : allOf(around, gone));
  }
}
