import type { Sensitivity } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { el, type Html } from '../html/element';
import { badge, table } from '../html/table';
import { fraction, MINUTES_A_YEAR, minutes, percent } from './figures';
import type { ServicePart } from './report-evidence';
import { sourceOf, traced } from './trace';

/** What was taken as given, and how the result moves with it. */
export function givenSection({ assessed, id }: ServicePart): Html {
  const { assumptions, openDependencies, sensitivity, service } = assessed;
  return [
    el('h3', { id: `${id}-given` }, 'Assumptions'),
    table(
      'Numbers that nobody publishes, and the availability at best if each were ten times as bad',
      ['Assumed', 'Share of the time', 'Source', 'Then available', 'Then down a year', 'Then'],
      [...sensitivity]
        .sort((a, b) => b.unavailability - a.unavailability)
        .map((each) => sensitivityRow(each, service.slo)),
    ),
    openDependencies.length > 0 &&
      table(
        'What leads out of the app, and is not counted: declare it under thirdParties or dependsOn where users wait for it',
        ['Leads out', 'Of', 'To'],
        openDependencies.map(({ resource, by, leadsTo }) => [by, nameOf(resource), leadsTo]),
      ),
    assumptions.length === 0 &&
      el('p', {}, 'Nothing else was taken as given: the app shows all that was asked.'),
    table(
      'What the app does not show, and was taken as given',
      ['Taken as given', 'Of', 'Source'],
      assumptions.map(({ what, resource }) => [what, resource ? nameOf(resource) : 'the app', 'assumed']),
    ),
  ];
}

function sensitivityRow({ term, unavailability }: Sensitivity, slo: number): readonly Html[] {
  const { what, value, source, asOf } = term;
  const made = el(
    'p',
    {},
    `The fault tree again with ${fraction(value)} × 10 for every event made of this number, all else equal.`,
  );
  return [
    what,
    fraction(value),
    [sourceOf(source), asOf !== undefined && `, as of ${asOf}`],
    traced(percent(unavailability), made),
    traced(minutes(unavailability * MINUTES_A_YEAR), made),
    unavailability <= 1 - slo ? badge('pass', '✓ met') : badge('error', '✗ not met'),
  ];
}
