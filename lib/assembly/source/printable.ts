/** Longer text is cut: a key of a megabyte must not become a message of a megabyte. */
const LONGEST = 400;

/**
 * Characters that a terminal or a log acts on instead of showing: controls, line and paragraph separators,
 * invisible and direction-changing marks (which can make a line read as something else), lone surrogates.
 */
const PLAIN = /^[\x20-\x7e]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text of unknown origin (a file name, a key, a value) made safe to show on one line of a terminal.
 *
 * What cannot be printed becomes its escape (`\u001b`), and text over 400 characters is cut, with an ellipsis.
 */
export function printable(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** The same without a cut: for texts that stay long on purpose, and for those made printable before. */
export function visible(text: string): string {
  // Most texts are plain, and this is asked of every text of every verdict.
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, escapeOf);
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
