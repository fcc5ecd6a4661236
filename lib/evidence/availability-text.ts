import { printable } from '../assembly/source/printable';
import type { ServiceAssessment } from '../assessment/assessment';

/** How available a service is at best beside what it owes, for people; or why it is not assessed. */
export function availabilityText({ service, availability }: ServiceAssessment): string {
  const { unavailability, downtimeMinutesPerYear, meets, unknown, open } = availability;
  const owed = `owed ${percent(1 - service.slo)}, ${minutesText((1 - service.slo) * 525_600)}`;
  if (unknown !== undefined) return `  availability not assessed: ${unknown}; ${owed}\n`;
  const found = `${percent(unavailability)} at best, ${minutesText(downtimeMinutesPerYear)} down a year`;
  if (open !== undefined)
    return `  availability ${found}; ${owed}: NOT KNOWN\n    not shown by the app: ${printable(open)}\n`;
  return `  availability ${found}; ${owed}: ${meets ? 'met' : 'NOT met'}\n`;
}

/** As many digits as tell it from 100 %. */
function percent(unavailability: number): string {
  const digits = Math.min(10, Math.max(2, Math.ceil(-Math.log10(Math.max(unavailability, 1e-12)))));
  return `${((1 - unavailability) * 100).toFixed(digits)} %`;
}

/** Minutes a year, short. */
export function minutesText(value: number): string {
  return value >= 100 ? `${Math.round(value)} min` : `${value.toPrecision(3)} min`;
}
