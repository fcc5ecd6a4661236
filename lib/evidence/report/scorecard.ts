import { labelOf } from '../../assessment/stages';
import { isFinding } from '../../audit/report';
import { DISRUPTIONS } from '../../objectives/disruption';
import { tierName } from '../../objectives/tier';
import type { Evidence } from '../evidence';
import { ownVerdicts } from '../figures/own-verdicts';
import { el, type Html } from '../html/element';
import { badge, lines, section, table } from '../html/table';
import { allowed, atBest, downtime, owed } from './availability';
import { counted } from './figures';
import { missingList, missingOf } from './missing';
import type { ServicePart } from './report-evidence';

/** How every service fares against what it owes, and what it lacks. */
export function scorecard(parts: readonly ServicePart[], audit: Evidence): Html {
  return section(
    'scorecard',
    'Scorecard',
    parts.length === 0 && el('p', {}, 'There is no service to assess.'),
    table(
      'Services against what they owe',
      [
        'Service',
        'Objectives',
        'Owed',
        'At best',
        'Down a year',
        'Recovers',
        'Alone stop it',
        'Findings',
        'What is missing',
      ],
      parts.map((part) => serviceRow(part, audit)),
    ),
    parts.length > 0 &&
      el(
        'p',
        { class: 'quiet' },
        'Every figure that is underlined opens to what it is made of. “At best” is what the design allows: agreements of AWS and assumptions, and no measurement.',
      ),
  );
}

/** Whether a service meets all that it owes. */
export function verdictOf({ assessed }: ServicePart): Html {
  const hangs = [assessed.availability, ...Object.values(assessed.recovery)].some(
    ({ open }) => open !== undefined,
  );
  if (missingOf(assessed).length === 0 && hangs) return badge('unknown', '? not known');
  return missingOf(assessed).length === 0 ? badge('pass', '✓ met') : badge('error', '✗ not met');
}

function serviceRow(part: ServicePart, audit: Evidence): readonly Html[] {
  const { assessed, id } = part;
  const { service, availability, recovery } = assessed;
  const missing = missingOf(assessed);
  const met = DISRUPTIONS.filter((disruption) => recovery[disruption].meets).length;
  return [
    [
      el('a', { href: `#${id}` }, labelOf(service)),
      el(
        'div',
        { class: 'quiet' },
        `tier ${service.tier}, ${tierName(service.tier)}${service.declared ? '' : ' (assumed)'}`,
      ),
    ],
    verdictOf(part),
    [owed(assessed), el('div', { class: 'quiet' }, allowed(assessed))],
    atBest(part),
    downtime(part),
    el('a', { href: `#${id}-recovery` }, `${met} of ${DISRUPTIONS.length} as owed`),
    el('a', { href: `#${id}-spof` }, counted(availability.singlePointsOfFailure.length, 'point')),
    el('a', { href: '#findings' }, lines(findingsOf(part, audit))),
    missing.length === 0 ? 'Nothing' : missingList(part),
  ];
}

/** The findings on what belongs to a service, by severity. */
function findingsOf(part: ServicePart, audit: Evidence): readonly string[] {
  const own = ownVerdicts(part.assessed, audit).filter(isFinding);
  const counts = (['error', 'warning'] as const).map((severity) =>
    counted(own.filter((verdict) => verdict.severity === severity).length, severity),
  );
  return [...counts, `${own.filter(({ severity }) => severity === 'info').length} info`];
}
