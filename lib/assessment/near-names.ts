/** So many are named. */
const MOST = 10;

/** The names that are most like a word that somebody wrote, the likest first; where none is, some of them. */
export function nearNames(written: string, names: readonly string[]): readonly string[] {
  const sorted = [...new Set(names)].sort();
  const word = written.toLowerCase();
  const holding = sorted.filter((name) => name.toLowerCase().includes(word));
  if (word !== '' && holding.length > 0) return holding.slice(0, MOST);
  const ranked = sorted
    .map((name) => ({ name, share: likeness(word, name.toLowerCase()) }))
    .filter(({ share }) => share >= LIKE)
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
  return (ranked.length > 0 ? ranked.map(({ name }) => name) : sorted).slice(0, MOST);
}

/** What two words have in common, from which on one may be meant by the other. */
const LIKE = 0.5;

/** The share of pairs of letters that a word has in common with a path, or with a part of it. */
function likeness(word: string, path: string): number {
  return Math.max(...[path, ...path.split('/')].map((part) => shared(pairs(word), pairs(part))));
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0;
  return (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)),
  );
}
