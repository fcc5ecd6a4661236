import type { ServiceAssessment } from '../../assessment/assessment';
import { DISRUPTIONS, disruptionName } from '../../objectives/disruption';
import { durationWords } from '../duration-words';
import { el, type Html } from '../html/element';
import { MINUTES_A_YEAR, minutes } from './figures';
import type { ServicePart } from './report-evidence';

/** One thing that a service lacks, and the part of its section that shows why. */
interface Missing {
  readonly words: string;
  readonly shownIn: 'spof' | 'recovery' | 'capacity';
}

/** What a service lacks to meet its objectives; empty where it meets them all. */
export function missingOf({
  service,
  availability,
  recovery,
  capacity,
}: ServiceAssessment): readonly Missing[] {
  const over = availability.downtimeMinutesPerYear - (1 - service.slo) * MINUTES_A_YEAR;
  return [
    ...(availability.meets
      ? []
      : [{ words: `Availability: ${minutes(over)} a year too much`, shownIn: 'spof' as const }]),
    ...DISRUPTIONS.filter((disruption) => !recovery[disruption].meets).map((disruption) => {
      const { rtoSeconds, rpoSeconds, because } = recovery[disruption];
      const data = rpoSeconds === undefined ? '' : `, loses ${lossOf(rpoSeconds)}`;
      const found = because ?? `back after ${durationWords(rtoSeconds)}${data}`;
      return { words: `${capital(disruptionName(disruption))}: ${found}`, shownIn: 'recovery' as const };
    }),
    ...capacity
      .filter(({ meets }) => meets === false)
      .map(({ what, found, needed }) => ({
        words: `Capacity: ${what}: ${found}, needed ${needed}`,
        shownIn: 'capacity' as const,
      })),
  ];
}

/** What a service lacks, each leading to the figures behind it. */
export function missingList({ assessed, id }: ServicePart): Html {
  return el(
    'ul',
    { class: 'missing' },
    missingOf(assessed).map(({ words, shownIn }) =>
      el('li', {}, el('a', { href: `#${id}-${shownIn}` }, words)),
    ),
  );
}

/** A loss of data in words. */
export function lossOf(seconds: number): string {
  if (seconds === 0) return 'no data';
  return Number.isFinite(seconds) ? `${durationWords(seconds)} of data` : 'all data';
}

/** A sentence begins so. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
