import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmTags } from '../alarm-tags';
import type { AlarmComponent } from './alarm-tree-props';
import { causesOf } from './causes-of';
import { oneAlarm } from './joined-alarm';

/**
 * What components are silent for: one alarm for all that wait for the same, as an alarm may stand in a limited number of rules.
 * It stands with the first of them.
 *
 * @internal
 */
export class SharedCauses {
  readonly #made = new Map<string, IAlarm>();
  readonly #waiting = new Map<string, readonly string[]>();

  constructor(private readonly components: readonly AlarmComponent[]) {
    for (const component of components) {
      const key = this.#keyOf(component);
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), component.name]);
    }
  }

  /** The alarm that fires while one of the causes of a component does, as a list; empty where it waits for nothing. */
  of(
    at: Construct,
    component: AlarmComponent,
    causes: readonly IAlarm[],
    tags: AlarmTags,
  ): readonly IAlarm[] {
    const key = this.#keyOf(component);
    const made = this.#made.get(key) ?? oneAlarm(at, 'Causes', causes, { ...tags, what: this.#words(key) });
    if (made === undefined) return [];
    this.#made.set(key, made);
    return [made];
  }

  #words(key: string): string {
    const [first, ...others] = this.#waiting.get(key) ?? [];
    if (others.length === 0) return 'Something that it needs fires.';
    return `Something fires that ${first} needs, and ${others.length} more.`;
  }

  /** The same for two components only if the same silences them. */
  #keyOf({ name, zones = [] }: AlarmComponent): string {
    const inZones = zones.map(({ zone }) => `in ${zone}`);
    return [...causesOf(name, this.components), ...new Set(inZones)].sort().join(', ');
  }
}
