import { printable } from '../../assembly/source/printable';
import { isFinding } from '../../audit/report';
import { errorBudgetSeconds } from '../../calculus/error-budget';
import { formatSeconds, Span } from '../../calculus/time-span';
import type { CatalogueServiceLevel } from '../../objectives/catalogue';
import type { Acknowledgement, Incident } from '../../objectives/incident';
import {
  COUNTED_AS_RISK,
  FIGURE_TITLES,
  INCIDENT_DAYS,
  recentIncidents,
  risksInWords,
  ServiceFigure,
  spreadInWords,
  spreadOf,
} from '../../objectives/service-figures';
import { acceptedRisks } from '../figures/accepted-risks';
import {
  budgetLeft,
  type DecidedBy,
  debtOf,
  NOT_ASSESSED,
  plannedDrills,
  recordedSpread,
  yearlyCost,
} from '../figures/foreseen';
import { ownVerdicts } from '../figures/own-verdicts';
import { el, type Html } from '../html/element';
import { table } from '../html/table';
import { allowed, atBest, downtime, owed, tooMuch } from './availability';
import { amount, counted, MINUTES_A_YEAR, minutes, threeDigits } from './figures';
import { measured } from './measured';
import type { ServicePart } from './report-evidence';
import { traced } from './trace';

/** The rows of the dashboards, one by one: what is left out here is an error of types. */
const ROWS: Readonly<Record<ServiceFigure, (part: ServicePart, by: DecidedBy) => Html>> = {
  [ServiceFigure.AVAILABILITY]: (part) => [
    atBest(part),
    el('div', {}, ['at best, owed ', owed(part.assessed)]),
  ],
  [ServiceFigure.BUDGET]: budgetRow,
  [ServiceFigure.RECOVERY_TIME]: recoveryRow,
  [ServiceFigure.DRILLS]: drillsRow,
  [ServiceFigure.RISKS]: risksRow,
  [ServiceFigure.DEBT]: debtRow,
  [ServiceFigure.COST]: costRow,
};

/** The figures by which people decide: the rows of the dashboards, as far as templates and records can tell. */
export function decidedBy(part: ServicePart, by: DecidedBy): Html {
  const { measured: values } = by;
  return [
    el('h3', { id: `${part.id}-decided` }, 'Figures to decide by'),
    table(
      values
        ? 'The rows of the dashboards, as templates and records foresee them, and as CloudWatch measured them'
        : 'The rows of the dashboards, as templates and records foresee them; after a deploy the dashboards measure them',
      ['Figure', 'Foreseen or recorded', ...(values ? ['Measured'] : [])],
      Object.values(ServiceFigure).map((figure) => [
        FIGURE_TITLES[figure],
        ROWS[figure](part, by),
        ...(values ? [measured(part, figure, values)] : []),
      ]),
    ),
  ];
}

/** Where it is from, in a few quiet words. */
function from(words: string): Html {
  return el('div', { class: 'quiet' }, words);
}

function budgetRow(part: ServicePart): Html {
  const { service } = part.assessed;
  const levels = (service.serviceLevels ?? []).map((level) => el('div', {}, levelBudget(level)));
  const watched = levels.length > 0 ? levels : from('no alarm of the templates watches an objective');
  const share = budgetLeft(part.assessed);
  if (share === undefined) return [NOT_ASSESSED, watched];
  if (share < 0) return ['None left of a year, missed by ', tooMuch(part), watched];
  const left = `${share} % left of a year at best`;
  return [
    traced(
      left,
      el('p', {}, ['Allowed are ', allowed(part.assessed), ', at best are spent ', downtime(part), '.']),
    ),
    watched,
  ];
}

/** The budget of an objective that alarms watch, as its dashboard says it. */
function levelBudget({ name, objective, windowSeconds }: CatalogueServiceLevel): Html {
  const window = formatSeconds(windowSeconds);
  const budget = errorBudgetSeconds(Number(objective), Span.seconds(windowSeconds));
  return [
    `${printable(name)}: `,
    traced(
      `${minutes(budget / 60)} in ${window}`,
      el('p', {}, `(1 − ${objective}) × ${window}; the objective is as the app sets it.`),
    ),
  ];
}

/** With fewer a median says little of the next one. */
const FEW_INCIDENTS = 10;

function recoveryRow({ assessed }: ServicePart, { audit, incidents: record }: DecidedBy): Html {
  if (record === undefined) return ['None recorded', from('nobody named a file of incidents')];
  const made = `Incidents that people wrote down, of the ${INCIDENT_DAYS} d before the report: documented by the team.`;
  const found = recordedSpread(assessed, record, audit.at);
  if (found === undefined) return ['None recorded, ', traced('n = 0', el('p', {}, made))];
  const recent = recentIncidents(record, assessed.service.name, audit.at.getTime() / 1_000);
  const taken = spreadOf(recent.flatMap((each) => takenAfter(each, record.acknowledged ?? [])));
  return [
    traced(spreadInWords(found), el('p', {}, made)),
    taken && el('div', {}, ['taken by somebody after: ', traced(spreadInWords(taken), el('p', {}, made))]),
    found.count < FEW_INCIDENTS && from('too few to tell a trend'),
  ];
}

/** The seconds until somebody took the first page of an incident; none where that is not written down. */
function takenAfter(
  { from: began, until, alarms }: Incident,
  acknowledged: readonly Acknowledgement[],
): readonly number[] {
  const taken = acknowledged
    .filter(({ alarm, at }) => at >= began && at <= until && (alarms?.includes(alarm) ?? true))
    .map(({ at }) => at - began);
  return taken.length === 0 ? [] : [Math.min(...taken)];
}

function drillsRow({ assessed }: ServicePart): Html {
  const plans = plannedDrills(assessed).map(([words, count]) => counted(count, words));
  return [
    'None recorded',
    from(
      plans.length === 0 ? 'none planned in the templates' : `planned in the templates: ${plans.join(', ')}`,
    ),
  ];
}

function risksRow({ assessed }: ServicePart, { audit }: DecidedBy): Html {
  const { risks, idle } = acceptedRisks(assessed, audit);
  return [
    el('a', { href: '#register' }, risksInWords(risks.map(({ expires }) => expires))),
    from(COUNTED_AS_RISK),
    idle > 0 && from(`${idle} of them ${idle === 1 ? 'answers' : 'answer'} no finding now`),
  ];
}

function debtRow(part: ServicePart, { audit }: DecidedBy): Html {
  const { availability, service } = part.assessed;
  const points = availability.singlePointsOfFailure;
  const debt = debtOf(part.assessed);
  const share = (of: number) => threeDigits((100 * of) / ((1 - service.slo) * MINUTES_A_YEAR));
  const words = (of: number) =>
    `${minutes(of)} of ${counted(points.length, 'point')}, ${share(of)} % of the budget`;
  const open = ownVerdicts(part.assessed, audit).filter(isFinding).length;
  return [
    debt === undefined ? NOT_ASSESSED : traced(words(debt), madeOfPoints(part)),
    el('div', {}, el('a', { href: '#findings' }, counted(open, 'open finding'))),
  ];
}

function madeOfPoints({ id }: ServicePart): Html {
  return el('p', {}, [
    'The minutes that would be saved if each of the ',
    el('a', { href: `#${id}-spof` }, 'single points of failure'),
    ' never failed, of assumed and documented numbers, added up.',
  ]);
}

function costRow(part: ServicePart): Html {
  const { costOfDowntime } = part.assessed.service;
  if (!costOfDowntime)
    return ['Nobody says what an hour costs', from('costOfDowntime of the service in nines.config.yaml')];
  const { perHour, currency } = costOfDowntime;
  const cost = yearlyCost(part.assessed);
  if (cost === undefined) return NOT_ASSESSED;
  return traced(
    `${amount(cost)} ${currency} a year at best`,
    el('p', {}, [
      `${amount(perHour)} ${currency} an hour, set by the user, × `,
      downtime(part),
      ' down a year at best.',
    ]),
  );
}
