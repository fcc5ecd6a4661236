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

/** Where a number comes from, and how far it may be trusted. */
export function provenance(source: string): Html {
  const confidence = confidenceOf(source);
  return ['source: ', sourceOf(source), confidence !== undefined && `; ${confidence}`];
}

/** What a source says of how far its number may be trusted; undefined where it says so itself. */
function confidenceOf(source: string): string | undefined {
  if (/\bassum/.test(source)) return undefined;
  if (source.startsWith('no page says so')) return 'assumed';
  if (source.startsWith('https://')) return 'documented';
  return source.startsWith('own decision') ? 'documented by cdk-nines' : 'as the app sets it';
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
