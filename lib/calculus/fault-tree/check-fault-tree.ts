import type { FaultTree } from './fault-tree';
import { indexTree } from './indexed-tree';

/**
 * Says what is wrong with a fault tree; the path of the error is `fault tree/` and the name of the gate or event.
 *
 * @throws ConfigurationError when names are unknown or used twice, gates have no inputs or go round in circles, `min` is
 * out of range, or a probability is outside 0 to 1
 */
export function checkFaultTree(tree: FaultTree): void {
  indexTree(tree);
}
