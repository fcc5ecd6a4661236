import type { FaultTree } from '../../calculus/fault-tree/fault-tree';
import type { Quantification } from '../../calculus/fault-tree/quantify';

/** A fault tree and what is known of it. */
export interface Quantified {
  readonly tree: FaultTree;
  readonly result: Quantification;
}
