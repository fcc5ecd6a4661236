/** How a gate fails by its inputs: by all of them, any of them, at least `min` of them, or by the lack of its one input. */
export type GateKind = 'and' | 'or' | 'atleast' | 'not';

/** A gate of a fault tree: what has failed when its inputs have. */
export interface Gate {
  readonly type: GateKind;

  /**
   * How many of the inputs of an `atleast` gate must fail before it does, from 1 to the number of its inputs.
   *
   * @default - none: only `atleast` takes it, and must have it
   */
  readonly min?: number;

  /** Names of gates, basic events or house events; at least one. */
  readonly inputs: readonly string[];
}

/** Something that fails by itself, independent of every other basic event. */
export interface BasicEvent {
  /** The probability that it has failed at a moment: its unavailability, from 0 to 1. */
  readonly probability: number;

  /**
   * Whether many things fail by it, as by a zone or a region. Such events come first in the variable order,
   * which keeps diagrams small; results do not depend on it.
   *
   * @default - false
   */
  readonly shared?: boolean;
}

/**
 * A fault tree: failures and what fails by them, in failure space. Names are unique over gates and events.
 *
 * @see https://open-psa.github.io/mef/ for the words
 */
export interface FaultTree {
  /** The gate or event whose probability is asked for. */
  readonly top: string;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly events: ReadonlyMap<string, BasicEvent>;

  /**
   * Events that are settled: they have failed, or cannot. They are in no cut set and have no importance.
   *
   * @default - none
   */
  readonly houseEvents?: ReadonlyMap<string, boolean>;
}
