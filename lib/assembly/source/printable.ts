import { visible } from '../../errors';

/** Longer text is cut: a key of a megabyte must not become a message of a megabyte. */
const LONGEST = 400;

/**
 * Text of unknown origin (a file name, a key, a value) made safe to show on one line of a terminal.
 *
 * What cannot be printed becomes its escape (`\u001b`), and text over 400 characters is cut, with an ellipsis.
 */
export function printable(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** The same without a cut: for texts that stay long on purpose, and for those made printable before. */
export { visible };
