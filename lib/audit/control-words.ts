import type { Control } from './controls';

/** A control for a person, and whether it is our reading only: `DORA Art. 9 (our reading)`. */
export function controlInWords({ framework, id, ourReading: ours = false }: Control): string {
  return `${framework} ${id}${ours ? ' (our reading)' : ''}`;
}

/** Each control once; where a published pack maps it too, it is not our reading only. */
export function distinctControls(controls: readonly Control[]): readonly Control[] {
  const found = new Map<string, Control>();
  for (const each of controls) {
    const key = JSON.stringify([each.framework, each.id]);
    if (!found.has(key) || found.get(key)?.ourReading) found.set(key, each);
  }
  return [...found.values()];
}

/** Controls for a person, a line for each framework: `DORA: Art. 12, Art. 9(2) (our reading)`. */
export function controlLines(controls: readonly Control[]): readonly string[] {
  const distinct = distinctControls(controls);
  const frameworks = [...new Set(distinct.map(({ framework }) => framework))];
  return frameworks.map((framework) => {
    const own = distinct.filter((each) => each.framework === framework);
    const ids = own.map(({ id, ourReading: ours = false }) => `${id}${ours ? ' (our reading)' : ''}`);
    return `${framework}: ${ids.join(', ')}`;
  });
}
