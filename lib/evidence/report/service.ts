import type { EventShare } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { labelOf } from '../../assessment/stages';
import { tierName } from '../../objectives/tier';
import type { DecidedBy } from '../figures/foreseen';
import { el, type Html } from '../html/element';
import { lines } from '../html/table';
import { allowed, atBest, downtime, owed } from './availability';
import { capacitySection } from './capacity';
import { decidedBy } from './decided-by';
import type { Fix } from './fixes';
import { givenSection } from './given';
import { missingList, missingOf } from './missing';
import { numbersOf } from './numbers';
import { recoverySection } from './recovery';
import type { ServicePart } from './report-evidence';
import { verdictOf } from './scorecard';
import { singlePoints } from './spof';
import { thirdPartySection } from './third-parties';
import { topologySection } from './topology';

/** Everything about one service. */
export function serviceSection(
  part: ServicePart,
  fixOf: (share: EventShare) => Fix,
  by: DecidedBy,
): readonly Html[] {
  return [
    headOf(part),
    decidedBy(part, by),
    topologySection(part),
    singlePoints(part, fixOf),
    recoverySection(part),
    capacitySection(part),
    thirdPartySection(part, by.audit.at),
    givenSection(part),
    numbersOf(part),
  ];
}

function headOf(part: ServicePart): Html {
  const { assessed, id } = part;
  const { service, entryPoints } = assessed;
  const missing = missingOf(assessed);
  const facts: readonly (readonly [string, Html])[] = [
    ['Objectives', verdictOf(part)],
    ['Available at best', atBest(part)],
    ['Owed', owed(assessed)],
    ['Down a year at best', downtime(part)],
    ['Allowed', allowed(assessed)],
  ];
  return [
    el('h2', { id: `${id}-heading` }, labelOf(service)),
    el(
      'p',
      { class: 'quiet' },
      `Tier ${service.tier}, ${tierName(service.tier)}${service.declared ? '' : ': assumed, nobody declared the service'}.`,
    ),
    el(
      'dl',
      { class: 'lead' },
      facts.map(([name, fact]) => el('div', {}, el('dt', {}, name), el('dd', {}, fact))),
    ),
    missing.length > 0 && [el('p', {}, el('strong', {}, 'What is missing')), missingList(part)],
    el(
      'details',
      {},
      el('summary', {}, `Ways in: ${entryPoints.length}`),
      lines(entryPoints.map((entry) => nameOf(entry))),
    ),
  ];
}
