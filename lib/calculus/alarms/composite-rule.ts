import { ConfigurationError } from '../../errors';
import type { AlarmState, SeenState } from './alarm-state';

/** The rule of a composite alarm. */
export type CompositeRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'state'; readonly alarm: string; readonly state: AlarmState }
  | { readonly kind: 'not'; readonly of: CompositeRule }
  | { readonly kind: 'and' | 'or'; readonly of: readonly CompositeRule[] }
  | {
      readonly kind: 'atLeast';
      readonly threshold: number;
      readonly percent: boolean;
      readonly negated: boolean;
      readonly state: AlarmState;
      readonly alarms: readonly string[];
    };

/**
 * Whether the rule of a composite alarm holds, by the states of the alarms that it names; undefined where the states that
 * are known do not settle it.
 *
 * @param stateOf the state of an alarm by its name or ARN
 */
export function holds(rule: CompositeRule, stateOf: (alarm: string) => SeenState): boolean | undefined {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return isIn(stateOf(rule.alarm), rule.state);
    case 'not':
      return opposite(holds(rule.of, stateOf));
    case 'and':
      return everyOne(rule.of.map((part) => holds(part, stateOf)));
    case 'or':
      return opposite(everyOne(rule.of.map((part) => opposite(holds(part, stateOf)))));
    case 'atLeast':
      return atLeast(rule, stateOf);
  }
}

function isIn(seen: SeenState, state: AlarmState): boolean | undefined {
  return seen === 'UNKNOWN' ? undefined : seen === state;
}

function opposite(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function everyOne(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function atLeast(
  { alarms, state, negated, percent, threshold }: Extract<CompositeRule, { kind: 'atLeast' }>,
  stateOf: (alarm: string) => SeenState,
): boolean | undefined {
  const seen = alarms.map((alarm) => isIn(stateOf(alarm), state));
  const matching = seen.filter((each) => each === !negated).length;
  const open = seen.filter((each) => each === undefined).length;
  const enough = (count: number) => (percent ? count * 100 >= threshold * alarms.length : count >= threshold);
  if (enough(matching)) return true;
  return enough(matching + open) ? undefined : false;
}

/** The alarms that a rule names, each once, in the order of the text. */
export function alarmsIn(rule: CompositeRule): readonly string[] {
  const named = (part: CompositeRule): readonly string[] => {
    switch (part.kind) {
      case 'constant':
        return [];
      case 'state':
        return [part.alarm];
      case 'not':
        return named(part.of);
      case 'atLeast':
        return part.alarms;
      default:
        return part.of.flatMap(named);
    }
  };
  return [...new Set(named(rule))];
}

/**
 * Reads the rule of a composite alarm: `ALARM("a") AND NOT (OK("b") OR AT_LEAST(2, ALARM, ("c", "d")))`.
 *
 * @throws ConfigurationError where the text is no such rule, with the place
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseCompositeRule(text: string, path = 'AlarmRule'): CompositeRule {
  const reader = new RuleReader(text, path);
  const rule = reader.either();
  reader.end();
  return rule;
}

const TOKEN = /\s*(?:"([^"]*)"|'([^']*)'|([(),])|([^\s(),"']+))/y;
const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** A rule of CloudWatch has at most 500 elements; nobody nests as deep as this. */
const DEEPEST = 200;

/** By precedence: OR binds least, then AND, then NOT. */
class RuleReader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly path: string,
  ) {
    this.#tokens = tokensOf(text, (at) => this.#wrong(`a name, a bracket or a comma at character ${at}`));
  }

  either(): CompositeRule {
    return this.#chain('or', 'OR', () => this.#chain('and', 'AND', () => this.#single()));
  }

  end(): void {
    if (this.#peek() !== undefined) throw this.#wrong('the end of the rule');
  }

  #chain(kind: 'and' | 'or', word: string, part: () => CompositeRule): CompositeRule {
    const first = part();
    const others: CompositeRule[] = [];
    while (this.#takes(word)) others.push(part());
    return others.length === 0 ? first : { kind, of: [first, ...others] };
  }

  #single(): CompositeRule {
    if (this.#takes('NOT')) return { kind: 'not', of: this.#inner(() => this.#single()) };
    if (this.#takes('(')) {
      const inner = this.#inner(() => this.either());
      this.#expect(')');
      return inner;
    }
    if (this.#takes('TRUE')) return { kind: 'constant', value: true };
    if (this.#takes('FALSE')) return { kind: 'constant', value: false };
    if (this.#takes('AT_LEAST')) return this.#atLeast();
    const state = this.#state();
    this.#expect('(');
    const alarm = this.#name();
    this.#expect(')');
    return { kind: 'state', alarm, state };
  }

  #inner(part: () => CompositeRule): CompositeRule {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#wrong(`at most ${DEEPEST} brackets in each other`);
    const rule = part();
    this.#depth -= 1;
    return rule;
  }

  #atLeast(): CompositeRule {
    this.#expect('(');
    const [, digits, percent] = /^(\d+)(%?)$/.exec(this.#name()) ?? [];
    if (digits === undefined) throw this.#wrong('a number or a percentage');
    this.#expect(',');
    const negated = this.#takes('NOT');
    const state = this.#state();
    this.#expect(',');
    this.#expect('(');
    const alarms = [this.#name()];
    while (this.#takes(',')) alarms.push(this.#name());
    this.#expect(')');
    this.#expect(')');
    return { kind: 'atLeast', threshold: Number(digits), percent: percent === '%', negated, state, alarms };
  }

  #state(): AlarmState {
    const token = this.#peek();
    if (token === undefined || token.quoted || !STATES.includes(token.text))
      throw this.#wrong('OK, ALARM or INSUFFICIENT_DATA');
    this.#next += 1;
    return token.text as AlarmState;
  }

  #name(): string {
    const token = this.#peek();
    if (token === undefined || (!token.quoted && /^[(),]$/.test(token.text))) throw this.#wrong('a name');
    this.#next += 1;
    return token.text;
  }

  #takes(word: string): boolean {
    const token = this.#peek();
    if (token === undefined || token.quoted || token.text !== word) return false;
    this.#next += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw this.#wrong(`"${word}"`);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #wrong(wanted: string): ConfigurationError {
    const found = this.#tokens?.[this.#next]?.text ?? 'the end';
    return new ConfigurationError({
      path: this.path,
      problem: `${wanted} is expected where the rule of a composite alarm has ${JSON.stringify(found)}: ${this.text.slice(0, 200)}`,
      fix: 'write it as CloudWatch does: ALARM("a") AND NOT OK("b")',
    });
  }
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

function tokensOf(text: string, wrong: (at: number) => ConfigurationError): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [, double, single, mark, word] = TOKEN.exec(text) ?? [];
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ text: quoted, quoted: true });
    else if (mark !== undefined || word !== undefined)
      tokens.push({ text: mark ?? word ?? '', quoted: false });
    else throw wrong(at);
  }
  return tokens;
}
