import type { ServiceAssessment } from '../../assessment/assessment';
import { DISRUPTIONS, disruptionName } from '../../objectives/disruption';
import { durationWords } from '../duration-words';
import { MINUTES_A_YEAR, minutes } from './figures';

/** What a service lacks to meet its objectives, as sentences; empty where it meets them all. */
export function missingOf({
  service,
  availability,
  recovery,
  capacity,
}: ServiceAssessment): readonly string[] {
  const over = availability.downtimeMinutesPerYear - (1 - service.slo) * MINUTES_A_YEAR;
  return [
    ...(availability.meets ? [] : [`Availability: ${minutes(over)} a year too much`]),
    ...DISRUPTIONS.filter((disruption) => !recovery[disruption].meets).map((disruption) => {
      const { rtoSeconds, rpoSeconds, because } = recovery[disruption];
      const data = rpoSeconds === undefined ? '' : `, loses ${lossOf(rpoSeconds)}`;
      const found = because ?? `back after ${durationWords(rtoSeconds)}${data}`;
      return `${capital(disruptionName(disruption))}: ${found}`;
    }),
    ...capacity
      .filter(({ meets }) => meets === false)
      .map(({ what, found, needed }) => `Capacity: ${what}: ${found}, needed ${needed}`),
  ];
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
