import { DependencyKind } from '../../objectives/dependency';
import { isOverdue, type ServiceCredit, type ThirdParty } from '../../objectives/third-party';
import { el, type Html } from '../html/element';
import { badge, lines, table } from '../html/table';
import { percent } from './figures';
import type { ServicePart } from './report-evidence';

const NOBODY = el('span', { class: 'quiet' }, 'nobody has said');

/**
 * The services of others that a service needs, with what their contracts say.
 *
 * @param today the day by which reviews are judged
 */
export function thirdPartySection({ assessed, id }: ServicePart, today: Date): Html {
  const { thirdParties } = assessed.service;
  if (thirdParties.length === 0) return undefined;
  return [
    el('h3', { id: `${id}-third-parties` }, 'Services of others'),
    table(
      'Services of others that it needs, and their contracts as they are declared; nothing here was read in a contract',
      ['Needs', 'It is then', 'Promised', 'Given back', 'Contract reviewed by', 'Exit plan', 'Status page'],
      thirdParties.map((party) => rowOf(party, today)),
    ),
  ];
}

function rowOf({ name, kind, sla, statusPage, contract = {} }: ThirdParty, today: Date): readonly Html[] {
  const { credits = [], reviewBy, exitPlan } = contract;
  return [
    name,
    kind === DependencyKind.HARD ? 'down without it' : 'serving on without it',
    sla === undefined ? 'nothing' : percent(1 - sla),
    credits.length === 0 ? NOBODY : lines([...credits].sort((a, b) => b.below - a.below).map(creditWords)),
    reviewBy === undefined ? NOBODY : reviewWords(reviewBy, today),
    exitPlan ?? NOBODY,
    statusPage ?? NOBODY,
  ];
}

function creditWords({ below, percent: share }: ServiceCredit): string {
  return `${share} % below ${percent(1 - below)}`;
}

function reviewWords(reviewBy: string, today: Date): Html {
  return isOverdue(reviewBy, today) ? [reviewBy, ' ', badge('warning', 'overdue')] : reviewBy;
}
