/** Matches any text. The only wildcard of AWS Backup's selections. */
const WILDCARD = '*';

/** Stands for any text without a colon, such as one part of an ARN, in patterns given to {@link globsOverlap}. */
export const SEGMENT = '\u0001';

/**
 * Whether a text matches a pattern in which `*` stands for any text, and `one`, where given, for any one character.
 * Takes time linear in the text for one wildcard.
 */
export function matchesGlob(pattern: string, text: string, one?: string): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === WILDCARD) {
      star = at;
      at += 1;
      resume = position;
    } else if (at < pattern.length && (pattern[at] === text[position] || pattern[at] === one)) {
      at += 1;
      position += 1;
    } else {
      if (star < 0) return false;
      at = star + 1;
      resume += 1;
      position = resume;
    }
  }
  while (pattern[at] === WILDCARD) at += 1;
  return at === pattern.length;
}

/** Whether some text matches both patterns. */
export function globsOverlap(a: string, b: string): boolean {
  if (startsDiffer(a, b, (text, offset) => text[offset])) return false;
  if (startsDiffer(a, b, (text, offset) => text[text.length - 1 - offset])) return false;
  let row = rowAfterNothing(b);
  for (const char of a) row = rowAfter(char, row, b);
  return row[b.length] === 1;
}

/** Whether the plain text up to the first wildcard tells them apart, which spares most of the work. */
function startsDiffer(
  a: string,
  b: string,
  at: (text: string, offset: number) => string | undefined,
): boolean {
  for (let offset = 0; ; offset += 1) {
    const [one, other] = [at(a, offset), at(b, offset)];
    if (isWild(one) || isWild(other)) return false;
    if (one !== other) return true;
    if (one === undefined) return false;
  }
}

/** Entry `n` tells whether some text matches all of one pattern so far and the first `n` characters of the other. */
type Row = Uint8Array;

function rowAfterNothing(pattern: string): Row {
  const row = new Uint8Array(pattern.length + 1);
  row[0] = 1;
  for (let index = 1; index <= pattern.length && isWild(pattern[index - 1]); index += 1) row[index] = 1;
  return row;
}

function rowAfter(char: string, above: Row, pattern: string): Row {
  const row = new Uint8Array(pattern.length + 1);
  row[0] = isWild(char) ? (above[0] ?? 0) : 0;
  for (let index = 1; index <= pattern.length; index += 1) {
    const other = pattern[index - 1] ?? '';
    const both = char === other && above[index - 1] === 1;
    const otherGoesOn = above[index] === 1 && (isWild(char) || absorbs(other, char));
    const charGoesOn = row[index - 1] === 1 && (isWild(other) || absorbs(char, other));
    row[index] = both || otherGoesOn || charGoesOn ? 1 : 0;
  }
  return row;
}

function isWild(char: string | undefined): boolean {
  return char === WILDCARD || char === SEGMENT;
}

function absorbs(wild: string, char: string): boolean {
  return wild === WILDCARD || (wild === SEGMENT && char !== ':');
}
