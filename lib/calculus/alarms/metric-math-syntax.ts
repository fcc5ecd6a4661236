import { NotKnown } from './metric-samples';

/** An expression of metric math. */
export type MathExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly of: readonly MathExpression[] }
  | { readonly kind: 'negative'; readonly of: MathExpression }
  | {
      readonly kind: 'operation';
      readonly operator: string;
      readonly left: MathExpression;
      readonly right: MathExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly MathExpression[] };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(&&|\|\||[<>=!]=|[-+*/^<>()[\],]))/y;

/** How strongly operators bind; those of one level from the left. */
const STRENGTH: Readonly<Record<string, number>> = {
  OR: 1,
  AND: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '^': 7,
};

const SAME: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR', and: 'AND', or: 'OR' };
const OF_A_SIGN = 6;
const DEEPEST = 200;

/**
 * Reads an expression of metric math.
 *
 * @returns the expression, or what was not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseMetricMath(text: string): MathExpression | NotKnown {
  const tokens = tokensOf(text);
  if (tokens instanceof NotKnown) return tokens;
  try {
    const reader = new ExpressionReader(tokens);
    const expression = reader.expression(0);
    reader.end();
    return expression;
  } catch (error) {
    if (error instanceof Misread) return new NotKnown(`${error.message} in ${text.slice(0, 200)}`);
    throw error;
  }
}

/** A word or a mark of an expression. @internal */
export interface MathToken {
  readonly kind: 'number' | 'name' | 'text' | 'mark';
  readonly text: string;

  /** Its place, the first letter being 1. */
  readonly letter: number;
}

class Misread extends Error {}

class ExpressionReader {
  #next = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly MathToken[]) {}

  expression(least: number): MathExpression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new Misread(`more than ${DEEPEST} brackets in each other`);
    let left = this.#operand();
    for (let operator = this.#operator(least); operator !== undefined; operator = this.#operator(least)) {
      this.#next += 1;
      const right = this.expression((STRENGTH[operator] ?? 0) + 1);
      left = { kind: 'operation', operator, left, right };
    }
    this.#depth -= 1;
    return left;
  }

  end(): void {
    const token = this.tokens[this.#next];
    if (token !== undefined) throw new Misread(`"${token.text}" is not expected`);
  }

  #operator(least: number): string | undefined {
    const token = this.tokens[this.#next];
    if (token === undefined || token.kind === 'number' || token.kind === 'text') return undefined;
    const operator = SAME[token.text] ?? token.text;
    const strength = STRENGTH[operator];
    return strength === undefined || strength < least ? undefined : operator;
  }

  #operand(): MathExpression {
    const token = this.tokens[this.#next];
    this.#next += 1;
    if (token === undefined) throw new Misread('something is missing at the end');
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'name') return this.#named(token.text);
    if (token.text === '-') return { kind: 'negative', of: this.expression(OF_A_SIGN) };
    if (token.text === '[') return { kind: 'list', of: this.#until(']') };
    if (token.text !== '(') throw new Misread(`"${token.text}" is not expected`);
    const inner = this.expression(0);
    this.#expect(')');
    return inner;
  }

  #named(name: string): MathExpression {
    if (this.tokens[this.#next]?.text !== '(' || this.tokens[this.#next]?.kind !== 'mark')
      return { kind: 'name', name };
    this.#next += 1;
    return { kind: 'call', name: name.toUpperCase(), inputs: this.#until(')') };
  }

  #until(mark: string): readonly MathExpression[] {
    const parts: MathExpression[] = [];
    if (this.#takes(mark)) return parts;
    do parts.push(this.expression(0));
    while (this.#takes(','));
    this.#expect(mark);
    return parts;
  }

  #takes(mark: string): boolean {
    const token = this.tokens[this.#next];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#next += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takes(mark)) throw new Misread(`"${mark}" is missing`);
  }
}

/** The words and marks of an expression, or what was not understood. @internal */
export function tokensOf(text: string): readonly MathToken[] | NotKnown {
  const tokens: MathToken[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [all = '', digits, name, double, single, mark] = TOKEN.exec(text) ?? [];
    const letter = at + all.length - all.trimStart().length + 1;
    const quoted = double ?? single;
    if (digits !== undefined) tokens.push({ kind: 'number', text: digits, letter });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, letter });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted, letter });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, letter });
    else return new NotKnown(`character ${at} of ${text.slice(0, 200)} is not understood`);
  }
  return tokens;
}
