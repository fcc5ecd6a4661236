import type { LikelihoodTerm } from '../../calculus/likelihood';
import { el, type Html } from '../html/element';
import { fraction } from './figures';

/** A figure that opens to show what it is made of. */
export function traced(figure: Html, ...made: readonly Html[]): Html {
  return el('details', { class: 'trace' }, el('summary', {}, figure), el('div', {}, made));
}

/** Where a number comes from: a link where it is a page, else the words. */
export function sourceOf(source: string): Html {
  if (!/^https:\/\/[^\s"'<>]+$/.test(source)) return source;
  const [, host = source] = /^https:\/\/([^/]+)/.exec(source) ?? [];
  return el('a', { class: 'source', href: source, rel: 'noreferrer' }, host);
}

/** The numbers that a likelihood is made of: value, source, date, and how far it may be trusted. */
export function likelihoodTerms(terms: readonly LikelihoodTerm[]): Html {
  return el(
    'ul',
    { class: 'terms' },
    terms.map(({ what, value, source, asOf, confidence }) =>
      el(
        'li',
        {},
        `${what}: ${fraction(value)} of the time; `,
        source === confidence ? undefined : ['source: ', sourceOf(source), '; '],
        confidence,
        asOf !== undefined && `, as of ${asOf}`,
      ),
    ),
  );
}
