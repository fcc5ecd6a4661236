import type { AlarmState } from './alarm-state';
import type { CompositeRule } from './composite-rule';

/** The states that an alarm may be in, by its name or ARN. @internal */
export type PossibleStates = (alarm: string) => readonly AlarmState[];

/** So many choices are tried. An own decision: beyond, nobody wrote the rule by hand. */
const MOST_CHOICES = 20_000;

/**
 * Whether alarms can be in states in which a rule holds. Of `AT_LEAST` it is asked of each by itself whether enough of its alarms can
 * be in the state.
 *
 * @returns undefined where that takes too long to find out
 * @internal
 */
export function canHold(rule: CompositeRule, statesOf: PossibleStates): boolean | undefined {
  const search = new Search(statesOf);
  for (const _ of search.ways(rule, true, new Map())) return true;
  return search.exhausted ? undefined : false;
}

/** What alarms must be in for what was chosen up to now. */
type Chosen = ReadonlyMap<string, readonly AlarmState[]>;

class Search {
  #tried = 0;

  constructor(private readonly statesOf: PossibleStates) {}

  get exhausted(): boolean {
    return this.#tried > MOST_CHOICES;
  }

  /** The ways in which a rule can be true, or false, beside what was chosen. */
  *ways(rule: CompositeRule, wanted: boolean, chosen: Chosen): Generator<Chosen> {
    this.#tried += 1;
    if (this.exhausted) return;
    switch (rule.kind) {
      case 'constant':
        if (rule.value === wanted) yield chosen;
        return;
      case 'state': {
        const left = this.#of(rule.alarm, chosen).filter((state) => (state === rule.state) === wanted);
        if (left.length > 0) yield new Map(chosen).set(rule.alarm, left);
        return;
      }
      case 'not':
        return yield* this.ways(rule.of, !wanted, chosen);
      case 'atLeast':
        if (this.#enough(rule, wanted, chosen)) yield chosen;
        return;
      default:
        return yield* (rule.kind === 'and') === wanted
          ? this.#all(rule.of, wanted, chosen)
          : this.#any(rule.of, wanted, chosen);
    }
  }

  *#any(parts: readonly CompositeRule[], wanted: boolean, chosen: Chosen): Generator<Chosen> {
    for (const part of parts) yield* this.ways(part, wanted, chosen);
  }

  *#all(parts: readonly CompositeRule[], wanted: boolean, chosen: Chosen): Generator<Chosen> {
    const [first, ...others] = parts;
    if (first === undefined) yield chosen;
    else for (const way of this.ways(first, wanted, chosen)) yield* this.#all(others, wanted, way);
  }

  #enough(
    { alarms, state, negated, percent, threshold }: Extract<CompositeRule, { kind: 'atLeast' }>,
    wanted: boolean,
    chosen: Chosen,
  ): boolean {
    const needed = percent ? Math.ceil((threshold * alarms.length) / 100) : threshold;
    const matches = (each: AlarmState) => (each === state) !== negated;
    const can = alarms.filter((alarm) => this.#of(alarm, chosen).some(matches)).length;
    const must = alarms.filter((alarm) => this.#of(alarm, chosen).every(matches)).length;
    return wanted ? can >= needed : must < needed;
  }

  #of(alarm: string, chosen: Chosen): readonly AlarmState[] {
    return chosen.get(alarm) ?? this.statesOf(alarm);
  }
}
