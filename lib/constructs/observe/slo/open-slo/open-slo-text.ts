import { LineCounter, parseAllDocuments } from 'yaml';
import { refuse } from '../../../../objectives/mistakes';

/**
 * The documents of a file: YAML, of which one text may hold several, or JSON, and a document may be a list of documents.
 *
 * @throws ConfigurationError with the line at which it is no YAML
 * @internal
 */
export function openSloDocuments(documents: string | readonly unknown[]): readonly unknown[] {
  const all = typeof documents === 'string' ? parsed(documents) : documents;
  return all.flat().filter((each) => each !== null && each !== undefined);
}

function parsed(text: string): readonly unknown[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  refuse(
    'OpenSLO',
    documents
      .flatMap(({ errors }) => errors)
      .map(({ message, pos }) => ({
        problem: `line ${lineCounter.linePos(pos[0]).line} is no YAML: ${message}`,
        fix: 'mend it there',
      })),
  );
  return documents.map(converted);
}

/** Aliases can grow without end: the parser stops at a hundred for one. */
function converted(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch (error) {
    refuse('OpenSLO', [
      { problem: `the YAML cannot be read: ${String(error)}`, fix: 'write it without so many aliases' },
    ]);
    return undefined;
  }
}
