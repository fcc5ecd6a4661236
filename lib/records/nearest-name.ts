/** So many names are read to the end; of more, it is said that there are more. */
const MOST = 20;

/** The name that is most like a word that somebody wrote, if any is at all. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const word = written.toUpperCase();
  const ranked = names
    .map((name) => ({ name, edits: editsBetween(word, name.toUpperCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(2, best.name.length / 2) ? best.name : undefined;
}

/** What to write instead, for the fix of an error. */
export function nearestInWords(written: string, names: readonly string[]): string {
  const nearest = nearestName(written, names);
  if (nearest !== undefined) return `write ${nearest}`;
  if (names.length === 0) return 'take it out';
  const more = names.length > MOST ? `, or one of ${names.length - MOST} others` : '';
  return `write one of ${names.slice(0, MOST).join(', ')}${more}`;
}

/** How many letters must be added, left out or changed to make one word of the other. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1];
    for (let index = 1; index <= b.length; index += 1) {
      const same = letter === b[index - 1] ? 0 : 1;
      next.push(Math.min((row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1, (row[index - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
