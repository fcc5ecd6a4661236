import { isUnknown } from '../../audit/report';
import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import { whereOf } from '../worst-first';
import { el, type Html } from './element';
import { lines, section, table } from './table';

/** So many places with one reason are named. */
const PLACES = 20;

/** What could not be judged: what is the same for many places is told once. */
export function unknownsOf({ result, rules }: Evidence): Html {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const unknowns = result.verdicts.filter(isUnknown);
  const groups = [...groupBy(unknowns, ({ rule, message }) => JSON.stringify([rule, message])).values()];
  return section(
    'unknown',
    'Unknown',
    el(
      'p',
      {},
      unknowns.length === 0
        ? 'Every rule could judge what it looked at.'
        : 'Neither a pass nor a fail: the value is known only at deploy, or the template does not show it.',
    ),
    table(
      'What could not be judged',
      ['Rule', 'What should hold', 'Why it is unknown', 'Where'],
      groups.map((group) => {
        const places = group.map(whereOf);
        const more = places.length > PLACES ? [`and ${places.length - PLACES} more`] : [];
        const rule = group[0]?.rule ?? '';
        return [rule, titles.get(rule), group[0]?.message, lines([...places.slice(0, PLACES), ...more])];
      }),
    ),
  );
}
