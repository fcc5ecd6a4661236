import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import type { YamlReader } from './yaml-reader';

/** How many units carry the peak of a service. What our constructs run says it in its template. */
export interface PeakConfig {
  /** Tasks, instances or calls at once, by the construct path of what runs them, or its logical id. @default - nobody says */
  readonly peakUnits?: Readonly<Record<string, number>>;
}

/** The keys of a service that this reads. */
export const PEAK_KEYS: readonly string[] = ['peakUnits'];

/** Reads `peakUnits` of a service. */
export function peakConfigIn(fields: ReadonlyMap<string, Node>, reader: YamlReader): PeakConfig {
  const node = fields.get('peakUnits');
  if (!node) return {};
  const units = reader.entries(node, 'peakUnits').map(({ key, name, value }) => {
    if (name === '') reader.refuse(key, 'peakUnits names nothing', 'write a construct path: Shop/Web');
    const text = reader.text(value, 'peakUnits');
    const count = Number(text);
    if (!(Number.isSafeInteger(count) && count >= 1))
      reader.refuse(value, `peakUnits is ${printable(text)}`, 'give a whole number of 1 or more');
    return [name, count] as const;
  });
  return { peakUnits: Object.fromEntries(units) };
}
