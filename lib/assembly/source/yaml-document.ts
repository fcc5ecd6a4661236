import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml';

/** A document of a YAML stream, every scalar of it a string. */
export type YamlDocument = Document.Parsed<ParsedNode, boolean>;

/** Open collections at once; a template of people or of the CDK stays under 50. */
export const DEEPEST = 500;

/**
 * Lexemes that are taken in. Each costs some 250 bytes, so this is a little over a gigabyte. A template in YAML has one
 * for every four characters or so, and so may hold some 70,000 resources.
 */
const MOST_LEXEMES = 5_000_000;

/** Lines such as `%YAML 1.1`. Each costs much more than other lexemes, and templates need none. */
const MOST_DIRECTIVES = 100;

/** A text that is too deep or too rich to be read safely, and the offset where it becomes so. */
export class YamlExcess extends Error {
  constructor(
    readonly problem: string,
    readonly fix: string,
    readonly offset: number,
  ) {
    super(problem);
  }
}

/** The parser marks with this that the next lexeme is the text of a plain or block scalar. */
const SCALAR_MARK = '\u001f';

/** Rounds of mending, counted in characters read again, after which a text is left as it is. */
const MOST_REREAD = 20_000_000;

/** Spaces that mending may add, as a multiple of the text. */
const MOST_GROWTH = 4;

/**
 * The documents of a YAML stream, their errors in them.
 *
 * Quoted strings may go on at the margin, as JSON pasted between quotes does: CloudFormation reads that, though
 * YAML 1.2 wants such lines indented.
 *
 * @throws YamlExcess
 */
export function composeYaml(text: string): { readonly text: string; readonly documents: YamlDocument[] } {
  const documents = compose(text);
  const unclosed = documents.some(({ errors }) => errors.some(({ code }) => code === 'MISSING_CHAR'));
  const mended = unclosed ? indentQuoted(text) : undefined;
  if (mended === undefined) return { text, documents };
  const again = compose(mended);
  return again.some(({ errors }) => errors.length > 0)
    ? { text, documents }
    : { text: mended, documents: again };
}

function compose(text: string): YamlDocument[] {
  const composer = new Composer<ParsedNode, boolean>({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return [...composer.compose(tokens(text), true, text.length)];
}

/** The syntax tree, given up as soon as it is too much. */
function* tokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  let lexemes = 0;
  let directives = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'directive') directives += 1;
      yield token;
    }
    lexemes += 1;
    const { offset } = parser;
    if (parser.stack.length > DEEPEST) throw tooDeep(offset);
    if (directives > MOST_DIRECTIVES)
      throw new YamlExcess('holds many YAML directives', 'take them out', offset);
    if (lexemes > MOST_LEXEMES) {
      throw new YamlExcess(`holds over ${MOST_LEXEMES} YAML tokens`, 'convert it to JSON', offset);
    }
  }
  yield* parser.end();
}

function tooDeep(offset: number): YamlExcess {
  return new YamlExcess(`nests more than ${DEEPEST} levels deep`, 'flatten it', offset);
}

/** The text with every line that a quoted string goes on to indented; nothing when there is no such line. */
function indentQuoted(text: string): string | undefined {
  let mended = text;
  for (let reread = 0; reread < MOST_REREAD; reread += mended.length) {
    const span = firstCutOff(mended);
    if (span === undefined) return mended === text ? undefined : mended;
    const { start, end } = span;
    const column = start - mended.lastIndexOf('\n', start);
    const lines = mended.slice(start, end).split('\n');
    if (column * lines.length > text.length * MOST_GROWTH) return undefined;
    mended = mended.slice(0, start) + lines.join(`\n${' '.repeat(column)}`) + mended.slice(end);
  }
  return undefined;
}

/** The first quoted string that the lexer ended before its closing quote. */
function firstCutOff(text: string): { start: number; end: number } | undefined {
  let offset = 0;
  let afterMark = false;
  for (const lexeme of new Lexer().lex(text)) {
    const quoted = !afterMark && (lexeme.startsWith("'") || lexeme.startsWith('"'));
    const end = quoted ? closingQuote(text, offset) : -1;
    if (end > offset + lexeme.length) return { start: offset, end };
    afterMark = lexeme === SCALAR_MARK;
    offset += isMark(lexeme) ? 0 : lexeme.length;
  }
  return undefined;
}

/** Lexemes of one control character stand for no text. */
function isMark(lexeme: string): boolean {
  return lexeme === SCALAR_MARK || lexeme === '\u0002' || lexeme === '\u0018';
}

/** The offset after the quote that closes the string that opens at `start`, or -1. */
function closingQuote(text: string, start: number): number {
  const quote = text[start] ?? '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] !== quote) continue;
    else if (quote === "'" && text[at + 1] === "'") at += 1;
    else return at + 1;
  }
  return -1;
}
