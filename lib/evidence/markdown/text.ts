import { visible } from '../../assembly/source/printable';

/** Characters that never mean anything in Markdown or HTML, wherever they stand. */
const HARMLESS = /[^\p{L}\p{N} ,./=;-]/gu;

/**
 * Text as Markdown that shows as it is: no markup, no table border, no link and no HTML comes of it.
 *
 * References stand for characters but never for markup. The dot after `www` would make a link.
 */
export function inert(text: string): string {
  return visible(text)
    .replace(HARMLESS, (character) => `&#${character.codePointAt(0)};`)
    .replace(/www\./gi, (match) => `${match.slice(0, -1)}&#46;`);
}

/** Text of unknown origin: in code, sites look for no mentions, issues, commits and emoji. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${inert(text)}</code>`;
}

/** A row of a table; its cells are Markdown already. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** The head of a table. */
export function head(...titles: readonly string[]): string {
  return row(...titles) + row(...titles.map(() => '---'));
}
