import type { OwedRecovery } from '../../assessment/assessed-service';
import type { Recovery, ServiceAssessment } from '../../assessment/assessment';
import { durationWords } from '../../calculus/duration-words';
import { DISRUPTIONS, type Disruption, disruptionName } from '../../objectives/disruption';
import { groupBy } from '../group-by';
import { el, type Html } from '../html/element';
import { tooMuch } from './availability';
import type { ServicePart } from './report-evidence';

/** One thing that a service lacks, and the part of its section that shows why. */
interface Missing {
  readonly words: string;

  /** What the id of that part ends with. */
  readonly shownIn: 'spof' | 'capacity' | `recovery-${Disruption}`;

  /** A figure that stands behind the words, and opens. @default - none: the part has it */
  readonly figure?: (part: ServicePart) => Html;
}

/** What a service lacks to meet its objectives; empty where it meets them all. */
export function missingOf({
  service,
  availability,
  recovery,
  capacity,
}: ServiceAssessment): readonly Missing[] {
  const tooSmall = capacity.filter(({ meets }) => meets === false);
  return [
    ...(availability.unknown !== undefined
      ? [{ words: 'Nothing was found that serves: not assessed', shownIn: 'spof' as const }]
      : []),
    ...(availability.meets !== false
      ? []
      : [{ words: 'Availability: down too long a year, by', shownIn: 'spof' as const, figure: tooMuch }]),
    ...DISRUPTIONS.filter((disruption) => recovery[disruption].meets === false).map((disruption) => ({
      words: `${capital(disruptionName(disruption))}: ${shortOf(recovery[disruption], service.recovery[disruption])}`,
      shownIn: `recovery-${disruption}` as const,
    })),
    ...[...groupBy(tooSmall, ({ what }) => what)].map(([what, found]) => ({
      words: `Capacity: ${what}${found.length > 1 ? `, ${found.length} times` : ''}`,
      shownIn: 'capacity' as const,
    })),
  ];
}

/** How far a recovery is from what is owed. Why, and what mends it, stands with its bars. */
function shortOf({ rtoSeconds, rpoSeconds, because }: Recovery, owed: OwedRecovery): string {
  const late = rtoSeconds > owed.rtoSeconds;
  const loses = rpoSeconds !== undefined && owed.rpoSeconds !== undefined && rpoSeconds > owed.rpoSeconds;
  const parts = [
    ...(late ? [`${backAfter(rtoSeconds)}, owed ${durationWords(owed.rtoSeconds)}`] : []),
    ...(loses ? [`loses ${lossOf(rpoSeconds)}, owed ${durationWords(owed.rpoSeconds ?? 0)}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : (because ?? 'not as owed');
}

/** What a service lacks, each leading to the figures behind it. */
export function missingList(part: ServicePart): Html {
  const { assessed, id } = part;
  return el(
    'ul',
    { class: 'missing' },
    missingOf(assessed).map(({ words, shownIn, figure }) =>
      el('li', {}, el('a', { href: `#${id}-${shownIn}` }, words), figure && [' ', figure(part)]),
    ),
  );
}

function backAfter(seconds: number): string {
  return Number.isFinite(seconds) ? `back after ${durationWords(seconds)}` : 'no way back';
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
