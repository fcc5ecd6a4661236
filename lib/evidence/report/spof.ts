import type { EventShare } from '../../assessment/assessment';
import { el, type Html } from '../html/element';
import { table } from '../html/table';
import { fraction, MINUTES_A_YEAR, minutes } from './figures';
import type { Fix } from './fixes';
import { eventLink } from './numbers';
import type { ServicePart } from './report-evidence';
import { likelihoodTerms, traced } from './trace';

const MOST_POINTS = 50;

/** What stops the service alone, the costliest first, with what mends it. */
export function singlePoints(part: ServicePart, fixOf: (share: EventShare) => Fix): Html {
  const { singlePointsOfFailure: points, cutSets } = part.assessed.availability;
  const [worst] = points;
  const most = worst?.minutesPerYear ?? 0;
  return [
    el('h3', { id: `${part.id}-spof` }, 'Single points of failure'),
    worst
      ? el('p', { class: 'advice' }, el('strong', {}, 'What buys most: '), adviceOn(worst, fixOf(worst)))
      : el('p', {}, 'No event stops the service alone.'),
    table(
      'What stops the service alone, the costliest first',
      ['Event', 'Costs a year', 'Beside the worst', 'What mends it'],
      points
        .slice(0, MOST_POINTS)
        .map((share) => [
          eventLink(part, share),
          costOf(share),
          bar(share.minutesPerYear, most),
          fixIn(fixOf(share)),
        ]),
    ),
    points.length > MOST_POINTS &&
      el('p', {}, `And ${points.length - MOST_POINTS} more, each of which costs less.`),
    el('p', { class: 'quiet' }, `Minimal cut sets by their number of events: ${ordersOf(cutSets.byOrder)}.`),
  ];
}

function adviceOn(share: EventShare, fix: Fix): Html {
  return [`${share.event.what}: `, fixIn(fix), '. Saves up to, a year: ', costOf(share)];
}

function fixIn({ what, finding }: Fix): Html {
  return finding ? [what, ' (', el('a', { href: `#${finding.anchor}` }, finding.rule), ')'] : what;
}

/** What an event costs, with the sum that gives it. */
export function costOf({ event, minutesPerYear, birnbaum }: EventShare): Html {
  const { unavailability, terms } = event.likelihood;
  return traced(
    minutes(minutesPerYear),
    el(
      'p',
      {},
      `${fraction(unavailability)} unavailable × ${fraction(birnbaum)} (Birnbaum: by how much likelier the service is down once it happens) × ${MINUTES_A_YEAR} minutes`,
    ),
    likelihoodTerms(terms),
  );
}

/** A bar for the eye; the figure stands beside it. */
function bar(value: number, most: number): Html {
  const width = most === 0 ? 0 : Math.max(0.5, (value / most) * 100);
  return el(
    'svg',
    { class: 'bar', width: '100%', height: 12, 'aria-hidden': 'true' },
    el('rect', { class: 'bar-back', width: '100%', height: 12 }),
    el('rect', { class: 'bar-front', width: `${width.toFixed(1)}%`, height: 12 }),
  );
}

function ordersOf(byOrder: readonly number[]): string {
  if (byOrder.length === 0) return 'none';
  return byOrder.map((count, index) => `${count} of ${index + 1}`).join(', ');
}
