import type { EventShare } from '../../assessment/assessment';
import { standingOn } from '../event-words';
import { el, type Html } from '../html/element';
import { table } from '../html/table';
import { fraction, minutes } from './figures';
import type { ServicePart } from './report-evidence';
import { likelihoodTerms } from './trace';

/** More events than this are summed up: they cost next to nothing. */
const MOST_EVENTS = 500;

/** Every basic event with its unavailability, the terms of that, and what it costs: where all figures come from. */
export function numbersOf({ assessed, id }: ServicePart): Html {
  const { shares, model, cutSets, exact } = assessed.availability;
  const shown = shares.slice(0, MOST_EVENTS);
  const rest = shares.slice(MOST_EVENTS);
  const more = cutSets.complete ? '' : ' of up to three events';
  return [
    el('h3', { id: `${id}-numbers` }, 'What the numbers are made of'),
    el(
      'p',
      {},
      `The fault tree of this service has ${model.tree.events.size} basic events and ${model.tree.gates.size} gates, and ${cutSets.count} minimal cut sets${more}. Its probability is ${exact ? 'exact' : 'bounded'}: computed with a decision diagram in failure space, not simulated. Minutes a year are what would be saved if the event never happened; they overlap where only several events together stop the service, so they do not add up to the whole.`,
    ),
    el(
      'details',
      {},
      el('summary', {}, `All ${shares.length} basic events`),
      table(
        'Basic events, the costliest first',
        ['Event', 'Unavailable', 'Made of', 'Costs a year', 'Birnbaum', 'Risk achievement'],
        shown.map((share, index) => eventRow(share, `${id}-e${index}`)),
      ),
    ),
    rest.length > 0 &&
      el(
        'p',
        {},
        `And ${rest.length} more, none of which costs over ${minutes(rest[0]?.minutesPerYear ?? 0)}.`,
      ),
  ];
}

function eventRow({ event, minutesPerYear, birnbaum, raw }: EventShare, id: string): readonly Html[] {
  const { likelihood, what } = event;
  return [
    [el('span', { id, tabindex: -1 }, what), standing(event)],
    fraction(likelihood.unavailability),
    likelihoodTerms(likelihood.terms),
    minutes(minutesPerYear),
    fraction(birnbaum),
    `× ${Number(raw.toPrecision(3))}`,
  ];
}

/** What stands on a service of AWS, below its name. */
export function standing(event: EventShare['event']): Html {
  const words = standingOn(event);
  return words !== undefined && el('p', { class: 'quiet' }, words);
}

/** A link to the row of an event, where it is shown. */
export function eventLink({ id, events }: ServicePart, { event }: EventShare): Html {
  const place = events.get(event.id) ?? MOST_EVENTS;
  return place < MOST_EVENTS ? el('a', { href: `#${id}-e${place}` }, event.what) : event.what;
}
