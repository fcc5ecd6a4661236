import { ownActions } from '../assembly/observe/alarm-audience';
import { namedIn, type ServiceLevel } from '../audit/service-levels';
import type { CatalogueBurnRateAlarm } from '../objectives/catalogue';

/** Who is told by alerts: a severity, and a topic. */
export interface OpenSloTarget {
  readonly name: string;

  /** The topic, for people. */
  readonly topic: string;
}

/** The targets of the alerts of objectives. Copies of a stack in several regions name their topics alike, and share them. */
export class OpenSloTargets {
  readonly #targets = new Map<string, OpenSloTarget>();

  constructor(levels: readonly ServiceLevel[]) {
    const counts = new Map<string, number>();
    for (const level of levels)
      for (const alarm of level.level.alarms) {
        const key = keyOf(level, alarm);
        if (this.#targets.has(key)) continue;
        const { severity } = alarm;
        const count = (counts.get(severity) ?? 0) + 1;
        counts.set(severity, count);
        const name = count === 1 ? severity : `${severity}-${count}`;
        this.#targets.set(key, { name, topic: topicOf(level, alarm) });
      }
  }

  /** All of them, by name. */
  get all(): readonly OpenSloTarget[] {
    return [...this.#targets.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** The one that an alert tells. */
  of(level: ServiceLevel, alarm: CatalogueBurnRateAlarm): OpenSloTarget {
    return this.#targets.get(keyOf(level, alarm)) ?? { name: alarm.severity, topic: '' };
  }

  /** Topics are constructs: the documents name targets, and only who reads them knows which topic one is. */
  notCarried(level: ServiceLevel): readonly string[] {
    const { alarms, ownTopics = [] } = level.level;
    const own = alarms.filter(({ severity }) => ownTopics.includes(severity));
    const targets = new Map(own.map((alarm) => [keyOf(level, alarm), this.of(level, alarm)]));
    if (targets.size === 0) return [];
    const named = [...targets.values()].map(({ name, topic }) => `${name} (${topic})`);
    return [`its topics, of the targets ${named.join(', ')}: give them in the option topics when it is read`];
  }
}

function keyOf(level: ServiceLevel, alarm: CatalogueBurnRateAlarm): string {
  return JSON.stringify([alarm.severity, topicOf(level, alarm)]);
}

function topicOf({ stack }: ServiceLevel, { both }: CatalogueBurnRateAlarm): string {
  const alarm = namedIn(stack, both);
  const told = alarm ? ownActions(alarm).filter(({ people }) => people) : [];
  return told.map(({ words }) => words).join(', ');
}
