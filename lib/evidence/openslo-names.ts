import type { ServiceLevel } from '../audit/service-levels';

/** With the windows of its alerts at its end a name has 63 letters at most, which is what all tools must take. */
const LONGEST = 48;

/**
 * Names as OpenSLO takes them, each once: those of objectives that are none are kept in annotations. An objective that several
 * regions watch is told apart by its region.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/website/docs/specification.md#notes-general-schema
 */
export function openSloNames(levels: readonly ServiceLevel[]): readonly string[] {
  const taken = new Set<string>();
  return levels.map(({ level, stack }) => {
    const twins = levels.filter((other) => other.level.name === level.name);
    const wanted = dnsLabel(twins.length === 1 ? level.name : `${level.name}-${stack.region ?? stack.id}`);
    const name = free(wanted || level.kind, taken);
    taken.add(name);
    return name;
  });
}

/** The beginning of a text, as long as OpenSLO takes it. */
export function beginning(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}

function dnsLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) {
    const tail = `-${count}`;
    name = `${wanted.slice(0, LONGEST - tail.length)}${tail}`;
  }
  return name;
}
