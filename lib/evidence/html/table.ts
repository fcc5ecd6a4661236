import { el, type Html } from './element';

/** A table with a caption; the first cell of each row is its heading. Nothing where there are no rows. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return undefined;
  const head = el(
    'thead',
    {},
    el(
      'tr',
      {},
      heads.map((words) => el('th', { scope: 'col' }, words)),
    ),
  );
  const whole = el(
    'table',
    {},
    el('caption', {}, caption),
    head,
    el(
      'tbody',
      {},
      rows.map((cells) => row(cells, heads)),
    ),
  );
  // A table may be wider than a page is: then it scrolls by itself.
  return el('div', { class: 'scroll', role: 'group', 'aria-label': caption }, whole);
}

/** Narrow screens show the cells of a row below each other, each with the head of its column. */
function row([first, ...rest]: readonly Html[], [, ...heads]: readonly string[]): Html {
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, first),
    rest.map((cell, index) => el('td', { 'data-head': heads[index] }, cell)),
  );
}

/** Texts one below the other. */
export function lines(texts: readonly string[]): Html {
  return texts.map((text) => el('div', {}, text));
}

/** A section of the page with its heading. */
export function section(id: string, heading: string, ...content: readonly Html[]): Html {
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    el('h2', { id: `${id}-heading` }, heading),
    content,
  );
}

/** A word in the colour of its kind; the word alone says it too. */
export function badge(kind: string, words: string = kind): Html {
  return el('span', { class: `badge ${kind.replaceAll(' ', '-')}` }, words);
}
