import { type MathToken, tokensOf } from './metric-math-syntax';
import { NotKnown } from './metric-samples';

/** What is wrong with an expression of metric math, and what to do. @internal */
export interface MetricMathFault {
  readonly problem: string;
  readonly fix: string;
}

/**
 * What is surely wrong with an expression of metric math: brackets that do not pair, a value that is missing or too many, and ids that
 * nothing has. What is not understood may be right, and is not judged.
 *
 * @param ids those of the metrics that it can name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @internal
 */
export function metricMathFaults(text: string, ids: readonly string[]): readonly MetricMathFault[] {
  const tokens = /^\s*SELECT\b/i.test(text) ? [] : tokensOf(text);
  if (tokens instanceof NotKnown) return [];
  return [...bracketFaults(tokens), ...placeFaults(tokens), ...idFaults(tokens, ids)];
}

const OPENED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

function bracketFaults(tokens: readonly MathToken[]): MetricMathFault[] {
  const open: MathToken[] = [];
  for (const token of tokens) {
    if (token.kind !== 'mark') continue;
    if (token.text === '(' || token.text === '[') open.push(token);
    const opener = OPENED_BY[token.text];
    if (opener === undefined) continue;
    if (open.pop()?.text !== opener)
      return [
        {
          problem: `the ${token.text} at letter ${token.letter} closes nothing`,
          fix: `leave it out, or write the ${opener} before it`,
        },
      ];
  }
  return open.map(({ text, letter }) => ({
    problem: `the ${text} at letter ${letter} is not closed`,
    fix: `write the ${text === '(' ? ')' : ']'}`,
  }));
}

/** Marks that need a value on either side; a sign may begin. */
const BETWEEN = new Set(['*', '/', '^', '<', '>', '<=', '>=', '==', '!=', '&&', '||', ',']);
const SIGNS = new Set(['+', '-']);

function placeFaults(tokens: readonly MathToken[]): MetricMathFault[] {
  return tokens.flatMap((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    return isBetween(token) || isSign(token)
      ? operatorFaults(token, before, after)
      : sideBySideFaults(token, after);
  });
}

function operatorFaults(
  token: MathToken,
  before: MathToken | undefined,
  after: MathToken | undefined,
): MetricMathFault[] {
  const lacksBefore = isBetween(token) && (before === undefined || isOpening(before));
  const lacksAfter = after === undefined || isClosing(after);
  return [
    ...(lacksBefore ? [lacking(token, 'before')] : []),
    ...(lacksAfter ? [lacking(token, 'after')] : []),
  ];
}

function sideBySideFaults(token: MathToken, after: MathToken | undefined): MetricMathFault[] {
  if (!isValue(token) || after === undefined || !isValue(after)) return [];
  return [
    {
      problem: `${token.text} and ${after.text} at letter ${after.letter} stand side by side`,
      fix: 'write an operator between them',
    },
  ];
}

function lacking({ text, letter }: MathToken, side: 'before' | 'after'): MetricMathFault {
  const problem = `nothing stands ${side} the ${text} at letter ${letter}`;
  return { problem, fix: `write a value ${side} it, or leave it out` };
}

const isBetween = ({ kind, text }: MathToken) => kind === 'mark' && BETWEEN.has(text);
const isSign = ({ kind, text }: MathToken) => kind === 'mark' && SIGNS.has(text);
const isOpening = ({ kind, text }: MathToken) => kind === 'mark' && (text === '(' || text === '[');
const isClosing = ({ kind, text }: MathToken) => kind === 'mark' && (text === ')' || text === ']');

/** Ids begin with a small letter; other words may mean something. */
const isValue = (token: MathToken) => token.kind === 'number' || isId(token);
const isId = ({ kind, text }: MathToken) => kind === 'name' && /^[a-z]/.test(text) && !isWord(text);

/** Words of metric math, which may be written in small letters too. */
const WORDS = /^(and|or|not|in|true|false|null|repeat|linear|avg|min|max|sum|count|asc|desc)$/;
const isWord = (text: string) => WORDS.test(text);

function idFaults(tokens: readonly MathToken[], ids: readonly string[]): MetricMathFault[] {
  const isCall = (index: number) => {
    const after = tokens[index + 1];
    return after?.kind === 'mark' && after.text === '(';
  };
  return tokens.flatMap((token, index) =>
    isId(token) && !ids.includes(token.text) && !isCall(index)
      ? [
          {
            problem: `no metric has the id ${token.text} at letter ${token.letter}`,
            fix: `name one of ${ids.join(', ')}, or add ${token.text} to metrics`,
          },
        ]
      : [],
  );
}
