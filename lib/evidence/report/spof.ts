import type { EventShare } from '../../assessment/assessment';
import { bestRemedy, type Remedy, remediesOf } from '../../assessment/remedies';
import { el, type Html } from '../html/element';
import { table } from '../html/table';
import { downtime } from './availability';
import { fraction, MINUTES_A_YEAR, minutes } from './figures';
import type { Fix } from './fixes';
import { eventLink, standing } from './numbers';
import type { ServicePart } from './report-evidence';
import { likelihoodTerms, traced } from './trace';

const MOST_POINTS = 50;

/** What stops the service alone, the costliest first, with what mends it. */
export function singlePoints(part: ServicePart, fixOf: (share: EventShare) => Fix): Html {
  const { singlePointsOfFailure: points, cutSets } = part.assessed.availability;
  const shown = points.slice(0, MOST_POINTS);
  const most = shown[0]?.minutesPerYear ?? 0;
  const remedies = new Map(
    remediesOf(part.assessed.availability, shown).map((remedy) => [remedy.share, remedy]),
  );
  const best = bestRemedy([...remedies.values()]);
  return [
    el('h3', { id: `${part.id}-spof` }, 'Single points of failure'),
    best
      ? el(
          'div',
          { class: 'advice' },
          el('strong', {}, 'What buys most: '),
          adviceOn(part, best, fixOf(best.share)),
        )
      : el('p', {}, 'No event stops the service alone.'),
    table(
      'What stops the service alone, the costliest first',
      ['Event', 'Costs a year', 'Beside the worst', 'What mends it', 'Mended, down a year'],
      shown.map((share) => [
        [eventLink(part, share), standing(share.event)],
        costOf(share),
        bar(share.minutesPerYear, most),
        fixIn(fixOf(share)),
        mended(remedies.get(share)),
      ]),
    ),
    points.length > MOST_POINTS &&
      el('p', {}, `And ${points.length - MOST_POINTS} more, each of which costs less.`),
    el(
      'div',
      { class: 'quiet' },
      'Minimal cut sets by their number of events: ',
      traced(ordersOf(cutSets.byOrder), cutSetList(part)),
    ),
  ];
}

function adviceOn(part: ServicePart, remedy: Remedy, fix: Fix): Html {
  return [
    el('p', {}, `${remedy.share.event.what}: `, fixIn(fix), '.'),
    el('div', {}, 'Down a year: ', downtime(part), ' → ', mended(remedy)),
  ];
}

/** What is left with a fix, with what was changed in the model to know. */
function mended(remedy: Remedy | undefined): Html {
  if (!remedy) return 'not known';
  const { share, how, atBest, before, after } = remedy;
  const [was, is] = [before, after].map((value) => minutes(value * MINUTES_A_YEAR));
  return traced(
    [is, atBest && ' at best'],
    el('p', {}, `The fault tree ${how}.`),
    el(
      'p',
      {},
      `Unavailable ${fraction(before)} → ${fraction(after)} of the time × ${MINUTES_A_YEAR} minutes: ${was} → ${is} a year.`,
    ),
    likelihoodTerms(share.event.likelihood.terms),
  );
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

/** The shortest sets, each event leading to its terms. */
function cutSetList(part: ServicePart): Html {
  const { cutSets, shares } = part.assessed.availability;
  const byId = new Map(shares.map((share) => [share.event.id, share]));
  const shown = cutSets.listed.slice(0, MOST_POINTS);
  const more = cutSets.count - shown.length;
  return [
    el(
      'p',
      {},
      'Each stops the service when all of its events have happened, and no smaller part of it does:',
    ),
    el(
      'ul',
      { class: 'terms' },
      shown.map((set) =>
        el(
          'li',
          {},
          set.map((id, index) => [index > 0 && ' + ', linkTo(part, byId.get(id))]),
        ),
      ),
    ),
    more > 0 && el('p', {}, `And ${more} more.`),
  ];
}

function linkTo(part: ServicePart, share: EventShare | undefined): Html {
  return share && eventLink(part, share);
}

function ordersOf(byOrder: readonly number[]): string {
  if (byOrder.length === 0) return 'none';
  return byOrder.map((count, index) => `${count} of ${index + 1}`).join(', ');
}
