import { readText } from '../assembly/source/text-file';
import { quantify as quantified } from '../calculus/fault-tree/quantify';
import { renderOpenPsa } from '../evidence/open-psa';
import { PLAIN } from '../evidence/plain';
import { renderQuantificationJson } from '../evidence/quantification/json';
import { renderQuantificationText } from '../evidence/quantification/text';
import { parseFaultTree } from '../records/fault-tree-file';
import { write } from './output';
import { paletteFor, type World } from './terminal';

/** The options of `nines quantify`, as commander reads them. */
export interface QuantifyFlags {
  readonly format: 'json' | 'open-psa' | 'text';
  readonly maxOrder?: number;
  readonly out?: string;
}

const A_TREE = 'name a fault tree in JSON or in Open-PSA MEF XML, in UTF-8';

/** Runs `nines quantify` and gives its exit code. */
export function quantify(file: string, { format, maxOrder, out }: QuantifyFlags, world: World): number {
  const tree = parseFaultTree(readText(file, A_TREE).text, file);
  if (format === 'open-psa') {
    write(renderOpenPsa(tree), out, world);
    return 0;
  }
  const result = quantified(tree, maxOrder === undefined ? {} : { maxOrder });
  const palette = out === undefined ? paletteFor(world) : PLAIN;
  const pieces =
    format === 'json'
      ? renderQuantificationJson({ tree, result })
      : renderQuantificationText({ tree, result }, palette);
  write(pieces, out, world);
  return 0;
}
