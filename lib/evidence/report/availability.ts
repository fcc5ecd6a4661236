import type { AssessedService } from '../../assessment/assessed-service';
import { tierPolicy } from '../../objectives/tier-policy';
import { NOT_ASSESSED } from '../figures/foreseen';
import { el, type Html } from '../html/element';
import { table } from '../html/table';
import { MINUTES_A_YEAR, minutes, percent } from './figures';
import { eventLink } from './numbers';
import type { ServicePart } from './report-evidence';
import { provenance, traced } from './trace';

const MOST_SHARES = 12;

/** The availability that a design can reach, as a figure that opens. */
export function atBest(part: ServicePart): Html {
  if (part.assessed.availability.unknown !== undefined) return NOT_ASSESSED;
  return traced(percent(part.assessed.availability.unavailability), madeOf(part));
}

/** The downtime at best, as a figure that opens. */
export function downtime(part: ServicePart): Html {
  if (part.assessed.availability.unknown !== undefined) return NOT_ASSESSED;
  return traced(minutes(part.assessed.availability.downtimeMinutesPerYear), madeOf(part));
}

/** The availability that is owed, as a figure that opens. */
export function owed({ service }: ServicePart['assessed']): Html {
  return traced(percent(1 - service.slo), el('p', {}, whoSays(service)));
}

/** The downtime that is allowed. */
export function allowed({ service }: ServicePart['assessed']): Html {
  const budget = minutes((1 - service.slo) * MINUTES_A_YEAR);
  return traced(
    budget,
    el(
      'p',
      {},
      `(1 − ${Number(service.slo.toPrecision(12))}) × 525,600 minutes of a year. `,
      whoSays(service),
    ),
  );
}

/** How much more it is down than is allowed, as a figure that opens. */
export function tooMuch(part: ServicePart): Html {
  const { availability, service } = part.assessed;
  const [down, budget] = [availability.downtimeMinutesPerYear, (1 - service.slo) * MINUTES_A_YEAR];
  return traced(
    minutes(down - budget),
    el('p', {}, `${minutes(down)} down a year at best − ${minutes(budget)} allowed. `, whoSays(service)),
    madeOf(part),
  );
}

function madeOf(part: ServicePart): Html {
  const { shares, unavailability, exact, bounds } = part.assessed.availability;
  const rest = shares.length - MOST_SHARES;
  return [
    el(
      'p',
      {},
      `Unavailable ${unavailability.toPrecision(4)} of the time, ${exact ? 'exact' : 'the upper bound'}; times 525,600 minutes a year.`,
      bounds && ` It lies between ${bounds.lower.toPrecision(3)} and ${bounds.upper.toPrecision(3)}.`,
      ' What would be saved if each event never happened:',
    ),
    table(
      'What it is made of',
      ['Event', 'Minutes a year'],
      shares.slice(0, MOST_SHARES).map((share) => [eventLink(part, share), minutes(share.minutesPerYear)]),
    ),
    rest > 0 && el('p', {}, el('a', { href: `#${part.id}-numbers` }, `All ${shares.length} events`)),
  ];
}

/** Who says what is owed: the tier with its source, or whoever declared the service. */
function whoSays({ slo, tier, declared }: AssessedService): Html {
  const { value, because, source } = tierPolicy(tier).availabilitySlo;
  if (Number(value) !== slo) return 'Declared with the service.';
  return [
    declared ? `Tier ${tier}: ` : `Nobody declared it: tier ${tier} is assumed. `,
    `${because}; `,
    provenance(source),
  ];
}
