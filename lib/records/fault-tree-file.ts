import { checkFaultTree } from '../calculus/fault-tree/check-fault-tree';
import type { FaultTree } from '../calculus/fault-tree/fault-tree';
import { ConfigurationError } from '../errors';
import { parseFaultTreeJson, placeInJson } from './fault-tree-json';
import { OpenPsaReader } from './open-psa-reader';

/**
 * Reads a fault tree in Open-PSA MEF XML, or in JSON.
 *
 * @throws ConfigurationError with file and line when it is not well formed, or not a fault tree
 */
export function parseFaultTree(text: string, file: string): FaultTree {
  if (/^\s*</.test(text)) {
    const reader = new OpenPsaReader(text, file);
    return checked(reader.tree(), (name) => reader.placeOf(name));
  }
  return checked(parseFaultTreeJson(text, file), (name) => placeInJson(text, file, name));
}

/** Says where in the file stands what the engine would refuse. */
function checked(tree: FaultTree, placeOf: (name: string) => string): FaultTree {
  try {
    checkFaultTree(tree);
    return tree;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const name = error.path.replace(/^fault tree\//, '');
    throw new ConfigurationError({
      path: placeOf(name),
      problem: `${name}: ${error.problem}`,
      fix: error.fix,
    });
  }
}
