/** A part of a comment: words, then rows of which as many are kept as fit. */
export interface Section {
  /** Folds the section under these words. @default - it stands open */
  readonly summary?: string;

  /** What stands above the rows, with the head of a table where they are one. */
  readonly head: string;

  readonly rows: readonly string[];
}

/** Room for the words on how many rows are cut, for each section. */
const NOTICE = 80;

/**
 * Puts sections together to a text of at most so many characters. Rows of earlier sections are kept first; each
 * section says how many of its rows are cut. A section without rows is its head alone.
 */
export function withinLimit(sections: readonly Section[], limit: number): string {
  const frames = sections.map(frameOf);
  let left =
    limit - frames.reduce((sum, { before, after }) => sum + before.length + after.length + NOTICE, 0);
  const written = frames.map(({ before, after, rows }) => {
    const kept: string[] = [];
    for (const row of rows) {
      if (row.length > left) break;
      left -= row.length;
      kept.push(row);
    }
    const cut = rows.length - kept.length;
    const notice = cut === 0 ? '' : `\n**${cut} more** cut here: a comment holds no more.\n`;
    return `${before}${kept.join('')}${notice}${after}`;
  });
  return written.join('');
}

function frameOf({ summary, head, rows }: Section): {
  before: string;
  after: string;
  rows: readonly string[];
} {
  if (summary === undefined) return { before: head, after: '\n', rows };
  return { before: `<details>\n<summary>${summary}</summary>\n\n${head}`, after: '\n</details>\n\n', rows };
}
