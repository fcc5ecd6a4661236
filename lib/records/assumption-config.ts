import type { Node } from 'yaml';
import { ASSUMED_UNAVAILABILITY, type AssumptionName } from '../calculus/likelihood';
import { unavailabilityIn } from './fractions';
import type { YamlReader } from './yaml-reader';

/** Numbers that replace our assumptions, as fractions of time. */
export type AssumptionConfig = Readonly<Partial<Record<AssumptionName, number>>>;

const NAMES = Object.keys(ASSUMED_UNAVAILABILITY) as readonly AssumptionName[];

/** Reads `assumptions`: what a user knows better than we assume. */
export function assumptionConfigIn(node: Node | undefined, reader: YamlReader): AssumptionConfig {
  if (!node) return {};
  const entries = reader.map(node, NAMES, 'assumptions');
  return Object.fromEntries(
    [...entries].map(([name, value]) => [name, unavailabilityIn(value, name, reader)]),
  );
}
