import type { Control } from './controls';
import { FRAMEWORK_NAMES, FRAMEWORKS, type FrameworkName } from './frameworks';

/** The requirements of each framework that a family of rules supports, with commas between; a dagger marks our reading. */
export type FamilyTable = Readonly<Partial<Record<FrameworkName, string>>>;

const OURS = '†';

/** Reads a family of the table, in the order of the frameworks. */
export function family(table: FamilyTable): readonly Control[] {
  return FRAMEWORK_NAMES.flatMap((name) => cell(FRAMEWORKS[name].title, table[name] ?? ''));
}

function cell(framework: string, ids: string): readonly Control[] {
  return ids
    .split(', ')
    .filter((id) => id !== '')
    .map((id) =>
      id.endsWith(OURS) ? { framework, id: id.slice(0, -OURS.length), ourReading: true } : { framework, id },
    );
}
