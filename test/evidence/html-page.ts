/** Elements that have no end. */
const VOID = ['meta', 'input', 'br'];

/** A tag with its attributes; what stands in quotes does not end it. */
const TAG = /<(\/?)([a-z][a-z0-9]*)\b(?:[^"'>]|"[^"]*")*>/g;

/** What is wrong with a page of ours: what is not closed, what a reader of screens misses, links that lead nowhere. */
export function pageProblems(page: string): readonly string[] {
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  const tags = [...body.matchAll(TAG)].map(([tag]) => tag.replace(/"[^"]*"/g, '""')).join('');
  const ids = [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  const references = [...body.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
  const count = (pattern: RegExp) => [...body.matchAll(pattern)].length;
  return [
    ...unclosed(body),
    ...skippedHeadings(body),
    ...references.filter((id) => !ids.includes(id)).map((id) => `#${id} is nowhere`),
    ...(new Set(ids).size === ids.length ? [] : ['an id stands twice']),
    ...(count(/<table>/g) === count(/<table><caption>[^<]/g) ? [] : ['a table has no caption']),
    ...(count(/<th\b/g) === count(/<th scope="(?:row|col)"/g) ? [] : ['a heading of a table has no scope']),
    ...[...tags.matchAll(/ (on\w+|style|src|srcset|formaction)=/g)].map(
      ([, name]) => `${name} is no attribute of ours`,
    ),
  ];
}

function unclosed(body: string): readonly string[] {
  const open: string[] = [];
  for (const [, slash, name = ''] of body.matchAll(TAG)) {
    if (VOID.includes(name)) continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) return [`</${name}> closes what is not open`];
  }
  return open.map((name) => `<${name}> is not closed`);
}

function skippedHeadings(body: string): readonly string[] {
  const levels = [...body.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  const skipped = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
  return skipped.map((level) => `h${level} stands where its parent is missing`);
}

/** How well text of a colour is read on another (WCAG 2.2, 1.4.3). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
