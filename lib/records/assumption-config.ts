import type { Node } from 'yaml';
import { ASSUMED_UNAVAILABILITY, type AssumptionName } from '../calculus/likelihood';
import { hoursIn, unavailabilityIn } from './fractions';
import type { YamlReader } from './yaml-reader';

/** Numbers that replace our assumptions, as fractions of time. */
export interface AssumptionConfig extends Readonly<Partial<Record<AssumptionName, number>>> {
  /** How long what fails stays broken on average, in hours. @default - an hour */
  readonly repairHours?: number;
}

const REPAIR = 'repairHours';

const NAMES: readonly string[] = [...Object.keys(ASSUMED_UNAVAILABILITY), REPAIR];

/** Reads `assumptions`: what a user knows better than we assume. */
export function assumptionConfigIn(node: Node | undefined, reader: YamlReader): AssumptionConfig {
  if (!node) return {};
  const entries = reader.map(node, NAMES, 'assumptions');
  return Object.fromEntries(
    [...entries].map(([name, value]) => [
      name,
      name === REPAIR ? hoursIn(value, name, reader) : unavailabilityIn(value, name, reader),
    ]),
  );
}
