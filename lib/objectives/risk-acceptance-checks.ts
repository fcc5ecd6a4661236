import { Span } from '../calculus/time-span';
import { type Mistake, missing, quoted, repeated } from './mistakes';
import type { RiskAcceptanceScope, RiskAcceptanceTerms } from './risk-acceptance';
import type { Tier } from './tier';
import { tierPolicy } from './tier-policy';
import { isDate } from './weakening';

/** The rule that judges the exceptions: it cannot be accepted away by one. */
export const EXCEPTIONS_RULE = 'X-84';

const ACKNOWLEDGED = 'cdk-nines::';

/**
 * The rule of ours that an acknowledgement speaks of.
 *
 * @returns `undefined` where it is of another tool, and where it cannot be acknowledged
 * @internal
 */
export function acknowledgedRule(id: string): string | undefined {
  if (!id.startsWith(ACKNOWLEDGED)) return undefined;
  const rule = id.slice(ACKNOWLEDGED.length);
  // A bracket says why an acceptance does not hold: that is not acknowledged.
  return rule === EXCEPTIONS_RULE || rule.endsWith(']') ? undefined : rule;
}

const TEXTS = ['reason', 'author', 'owner', 'approver', 'ticket', 'compensatingControl'] as const;
const REQUIRED = ['rules', ...TEXTS, 'created', 'expires'] as const;
const ROLES = ['author', 'owner', 'approver', 'secondApprover'] as const;

/** What stands in a record is shown and signed line by line, so a text has one line. */
const LONGEST = 1000;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * A mistake, and the field that it is in.
 *
 * @internal
 */
export interface FieldMistake extends Mistake {
  /** `approver`, `scope`. */
  readonly field: string;
}

/**
 * What is wrong with the form of a risk acceptance, not with its dates against a clock.
 *
 * @internal
 */
export function termsMistakes(terms: RiskAcceptanceTerms): FieldMistake[] {
  const absent = missing(terms, ...REQUIRED);
  if (absent.length > 0) return inField('', absent);
  return [
    ...inField('rules', rulesMistakes(terms.rules)),
    ...TEXTS.flatMap((name) => inField(name, textMistakes(name, terms[name]))),
    ...ROLES.flatMap((name) => inField(name, roleMistakes(name, terms[name]))),
    ...(['created', 'expires'] as const).flatMap((name) => inField(name, dayMistakes(name, terms[name]))),
    ...inField('expires', orderMistakes(terms)),
  ];
}

function inField(field: string, mistakes: readonly Mistake[]): FieldMistake[] {
  return mistakes.map((mistake) => ({ ...mistake, field }));
}

/**
 * What is wrong with the form of a scope.
 *
 * @internal
 */
export function scopeMistakes(scope: RiskAcceptanceScope): Mistake[] {
  const { path, stack, resource, service } = scope;
  const named = [path, stack, service].filter((each) => each !== undefined);
  const fix = 'name one of path, stack or service; resource goes with stack';
  if (named.length !== 1)
    return [{ problem: `a scope names ${named.length} of path, stack and service`, fix }];
  if (resource !== undefined && stack === undefined) {
    return [{ problem: `the scope names the resource ${quoted(resource)} without its stack`, fix }];
  }
  return Object.entries(scope).flatMap(([name, value]) => [
    ...textMistakes(`scope.${name}`, value),
    ...wildcardMistakes(`scope.${name}`, value),
  ]);
}

/**
 * Who approves must be somebody else than who asks for it and who carries it.
 *
 * @internal
 */
export function separationMistakes(terms: RiskAcceptanceTerms): Mistake[] {
  const { author, owner, approver, secondApprover } = terms;
  const others = (name: string, role: string, against: readonly [string, string][]): Mistake[] =>
    against
      .filter(([, other]) => sameRole(role, other))
      .map(([who]) => ({
        problem: `${name} ${quoted(role)} is its ${who}`,
        fix: `have a business role approve it that is not the ${who}`,
      }));
  const asked: [string, string][] = [
    ['author', author],
    ['owner', owner],
  ];
  return [
    ...others('approver', approver, asked),
    ...(secondApprover === undefined
      ? []
      : others('secondApprover', secondApprover, [...asked, ['approver', approver]])),
  ];
}

/**
 * A risk is decided anew after as long as its tier says.
 *
 * @internal
 */
export function boundMistakes({ created, expires }: RiskAcceptanceTerms, tier: Tier): Mistake[] {
  const bound = tierPolicy(tier).riskAcceptanceMaximumAge.value.toSeconds();
  const length = (Date.parse(expires) - Date.parse(created)) / 1000;
  if (!(length > bound)) return [];
  const last = new Date(Date.parse(created) + bound * 1000).toISOString().slice(0, 10);
  return [
    {
      problem: `it runs for ${Span.seconds(length)} (${created} to ${expires}), but tier ${tier} allows ${Span.seconds(bound)}`,
      fix: `let it expire on ${last} or before`,
    },
  ];
}

function rulesMistakes(rules: readonly string[]): Mistake[] {
  if (!Array.isArray(rules) || rules.length === 0) {
    return [{ problem: 'it names no rules', fix: 'name the rules whose findings are accepted' }];
  }
  const wrong = rules.flatMap((rule) => ruleMistakes(rule));
  const twice = repeated(rules).map((rule) => ({
    problem: `rule ${rule} is named twice`,
    fix: `name ${rule} once`,
  }));
  return [...wrong, ...twice];
}

function ruleMistakes(rule: unknown): Mistake[] {
  if (rule === EXCEPTIONS_RULE) {
    return [
      {
        problem: `rule ${EXCEPTIONS_RULE} judges the acceptances and cannot be accepted`,
        fix: `leave ${EXCEPTIONS_RULE} out`,
      },
    ];
  }
  if (typeof rule === 'string' && /^[A-Z][A-Z0-9]*-\d+[A-Za-z]?$/.test(rule)) return [];
  const isFamily = typeof rule === 'string' && /[*?]|-$|^[A-Z]+[A-Z0-9]*$/.test(rule);
  return [
    isFamily
      ? {
          problem: `${quoted(rule)} stands for a family of rules`,
          fix: 'name each rule: what is not known today cannot be accepted',
        }
      : { problem: `${quoted(rule)} is no id of a rule`, fix: 'write an id such as RDS-01' },
  ];
}

function textMistakes(name: string, value: unknown): Mistake[] {
  if (typeof value !== 'string' || value.trim() === '') {
    return [{ problem: `${name} is ${quoted(value)}, not a text`, fix: `write ${name} in words` }];
  }
  if (value.length > LONGEST) {
    const problem = `${name} has ${value.length} characters, and at most ${LONGEST} are read`;
    return [{ problem, fix: 'say it in fewer words' }];
  }
  return CONTROL.test(value)
    ? [{ problem: `${name} holds a line break or an invisible character`, fix: 'write one line of text' }]
    : [];
}

function wildcardMistakes(name: string, value: unknown): Mistake[] {
  return typeof value === 'string' && /[*?]/.test(value)
    ? [
        {
          problem: `${name} ${quoted(value)} has a wildcard`,
          fix: 'name one thing: a risk is accepted where it is',
        },
      ]
    : [];
}

function roleMistakes(name: string, value: unknown): Mistake[] {
  if (value === undefined) return [];
  if (name === 'secondApprover' && textMistakes(name, value).length > 0) return textMistakes(name, value);
  return typeof value === 'string' && value.includes('@')
    ? [
        {
          problem: `${name} ${quoted(value)} is an address`,
          fix: 'name the role or team: it is shown in reports',
        },
      ]
    : [];
}

function dayMistakes(name: string, day: unknown): Mistake[] {
  return typeof day === 'string' && isDate(day)
    ? []
    : [{ problem: `${name} is ${quoted(day)}, which is no date`, fix: 'write a day as YYYY-MM-DD' }];
}

function orderMistakes({ created, expires }: RiskAcceptanceTerms): Mistake[] {
  return isDate(created) && isDate(expires) && expires < created
    ? [
        {
          problem: `it expires on ${expires}, before ${created}, when it was created`,
          fix: 'turn the two days round',
        },
      ]
    : [];
}

function sameRole(one: string, other: string): boolean {
  const plain = (role: string): string =>
    role
      .normalize('NFKC')
      .trim()
      .replace(/[\s_-]+/gu, ' ')
      .toLowerCase();
  return plain(one) === plain(other);
}
