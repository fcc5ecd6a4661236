/** A piece of a source: a word, a text in quotes without them, or a sign. */
interface Token {
  readonly kind: 'word' | 'text' | 'sign';
  readonly text: string;
}

/** Every module that a source imports, exports from, requires or names as a type; comments and texts name none. */
export function importsOf(source: string): readonly string[] {
  const { tokens } = new Scanner(source);
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'word' || !OPENERS.includes(token.text) || isSign(tokens[index - 1], '.')) return [];
    const specifier = specifierAfter(token.text, tokens.slice(index + 1));
    return specifier === undefined ? [] : [specifier];
  });
}

const OPENERS = ['import', 'export', 'require'];

function specifierAfter(word: string, tokens: readonly Token[]): string | undefined {
  if (word === 'require') return called(tokens);
  if (word === 'import')
    return tokens[0]?.kind === 'text' ? tokens[0].text : (called(tokens) ?? fromClause(tokens));
  if (word !== 'export') return undefined;
  const clause = isWord(tokens[0], 'type') ? tokens.slice(1) : tokens;
  return isSign(clause[0], '*{') ? fromClause(clause) : undefined;
}

function called([open, first]: readonly Token[]): string | undefined {
  return isSign(open, '(') && first?.kind === 'text' ? first.text : undefined;
}

/** The text after `from`, when nothing but names stands before it. */
function fromClause(tokens: readonly Token[]): string | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (isWord(token, 'from') && next?.kind === 'text') return next.text;
    if (token.kind === 'sign' && !isSign(token, '*{},')) return undefined;
    // After the closing brace only `from` follows.
    if (isSign(token, '}') && !isWord(next, 'from')) return undefined;
  }
  return undefined;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word;
}

function isSign(token: Token | undefined, signs: string): boolean {
  return token?.kind === 'sign' && signs.includes(token.text);
}

const GAP = /(?:\s+|\/\*[\s\S]*?\*\/|\/\/.*)+/y;
const WORD = /[\w$]+/y;
const QUOTED = /'((?:\\[\s\S]|[^'\\\n])*)'|"((?:\\[\s\S]|[^"\\\n])*)"/y;
const REGULAR = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const TEMPLATE = /((?:\\[\s\S]|\$(?!\{)|[^`\\$])*)(`|\$\{)/y;

/** After these a slash opens a regular expression although a word or a bracket stands before it. */
const BEFORE_VALUES = /^(?:return|typeof|case|in|of|do|else|void|throw|new|delete|await|yield)$/;

class Scanner {
  readonly tokens: Token[] = [];

  /** The braces that are open: true for one inside a template. */
  private readonly braces: boolean[] = [];
  private at = 0;

  constructor(private readonly source: string) {
    while (this.at < source.length) if (!this.take(GAP)) this.step();
  }

  private step(): void {
    const word = this.take(WORD)?.[0];
    if (word !== undefined) {
      this.add('word', word);
      return;
    }
    const quoted = this.take(QUOTED);
    if (quoted) this.add('text', quoted[1] ?? quoted[2] ?? '');
    else if (opensValue(this.tokens.at(-1)) && this.take(REGULAR)) this.add('sign', '/');
    else this.sign(this.source.charAt(this.at));
  }

  private sign(text: string): void {
    this.at += 1;
    if (text === '{') this.braces.push(false);
    const resumes = text === '}' && this.braces.pop() === true;
    if (text === '`' || resumes) this.template(text === '`');
    else this.add('sign', text);
  }

  /** Only a template without holes is a text that names something. */
  private template(isStart: boolean): void {
    const match = this.take(TEMPLATE);
    const isClosed = match?.[2] === '`';
    if (isStart && isClosed) this.add('text', match[1] ?? '');
    else this.add('sign', '`');
    if (match && !isClosed) this.braces.push(true);
  }

  private add(kind: Token['kind'], text: string): void {
    this.tokens.push({ kind, text });
  }

  private take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const match = expression.exec(this.source) ?? undefined;
    if (match) this.at = expression.lastIndex;
    return match;
  }
}

/** Whether a value may start after a token, so that a slash there divides nothing. */
function opensValue(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_VALUES.test(before.text);
  return before.kind === 'sign' && !')]}`/'.includes(before.text);
}
