import type { Outcome } from '../../lib/assembly/judgement';
import { audit } from '../../lib/audit/engine';
import type { Rule } from '../../lib/audit/rule';
import { RULES } from '../../lib/audit/rules';
import { Tier } from '../../lib/objectives/tier';
import type { Config } from '../../lib/records/config';
import { graphOf, type TestApp, type TestStack, type TestTemplate } from './graph';
import { type Mutant, mutantsOf, type Values, valuesIn } from './mutants';

/**
 * One case of a rule: the properties of one resource named `Subject` of the rule's first type, or a whole template,
 * or stacks by name.
 */
export type RuleCase = Readonly<Record<string, unknown>> | TestApp;

/** The cases of one rule. A name says what holds in the case. */
export interface RuleCases {
  /** At least two. */
  readonly passes: Readonly<Record<string, RuleCase>>;

  /** At least two. */
  readonly fails: Readonly<Record<string, RuleCase>>;

  /** At least one, or a sentence why none can exist. */
  readonly unknown: Readonly<Record<string, RuleCase>> | string;

  /** At least one, or a sentence why none can exist. */
  readonly notApplicable: Readonly<Record<string, RuleCase>> | string;

  /**
   * Places in passing cases whose change never makes the rule fail, each with the reason. `*` stands for any part.
   * Every other place must have a change that does.
   */
  readonly equivalent?: Readonly<Record<string, string>>;

  /** The tier at which the cases are judged. @default 1 */
  readonly tier?: Tier;

  /** What the configuration says. @default - nothing */
  readonly config?: Config;
}

let collect: ((rule: Rule, cases: RuleCases) => void) | undefined;

/** Hands the cases that are registered meanwhile to a collector, and runs none of them. */
export function collectCases(collector: (rule: Rule, cases: RuleCases) => void, meanwhile: () => void): void {
  collect = collector;
  try {
    meanwhile();
  } finally {
    collect = undefined;
  }
}

/** Registers the tests of a rule: its cases, and its mutants made from the passing cases. */
export function checks(rule: Rule, cases: RuleCases): void {
  if (collect) {
    collect(rule, cases);
    return;
  }
  describe(`${rule.id} ${rule.title}`, () => {
    const judge = (ruleCase: RuleCase) => outcomeOf(rule, appOf(rule, ruleCase), cases.tier, cases.config);

    it('has two passing, two failing and one unknown case', () => {
      expect(RULES).toContain(rule);
      expect(Object.keys(cases.passes).length).toBeGreaterThanOrEqual(2);
      expect(Object.keys(cases.fails).length).toBeGreaterThanOrEqual(2);
      expect(
        typeof cases.unknown === 'string' ? cases.unknown.length : Object.keys(cases.unknown).length,
      ).toBeGreaterThan(0);
    });

    for (const [name, ruleCase] of Object.entries(cases.passes)) {
      it(`passes when ${name}`, () => expect(judge(ruleCase)).toBe('pass'));
    }
    for (const [name, ruleCase] of Object.entries(cases.fails)) {
      it(`fails when ${name}`, () => expect(judge(ruleCase)).toBe('fail'));
    }
    for (const [name, ruleCase] of casesIn(cases.unknown)) {
      it(`does not know when ${name}`, () => expect(judge(ruleCase)).toBe('unknown'));
    }
    for (const [name, ruleCase] of casesIn(cases.notApplicable)) {
      it(`does not apply when ${name}`, () =>
        expect(['notApplicable', undefined]).toContain(judge(ruleCase)));
    }

    it('fails when any deciding property of a passing case is changed', () => {
      expect(mutationOf(rule, cases).problems).toEqual([]);
    });
  });
}

/** None where a sentence says why there are none. */
function casesIn(cases: Readonly<Record<string, RuleCase>> | string = {}): readonly [string, RuleCase][] {
  return typeof cases === 'string' ? [] : Object.entries(cases);
}

/** How many places of the passing cases have a change that makes a rule fail, and which never do, with the reason. */
export interface Mutation {
  readonly killed: number;

  /** Places with the reason why no change there matters. */
  readonly equivalent: readonly string[];

  /** Places that no change makes fail and no reason excuses, and reasons that excuse nothing. */
  readonly problems: readonly string[];
}

/** Changes each place of the passing cases of a rule. */
export function mutationOf(rule: Rule, cases: RuleCases): Mutation {
  const excuses = Object.keys(cases.equivalent ?? {}).map((pattern) => ({
    pattern,
    used: false,
    matches: matcher(pattern),
  }));
  const hints = valuesIn(
    [...Object.values(cases.fails), ...Object.values(cases.passes)].map((ruleCase) => appOf(rule, ruleCase)),
  );
  const problems: string[] = [];
  const equivalent: string[] = [];
  let killedPlaces = 0;
  for (const [name, ruleCase] of Object.entries(cases.passes)) {
    const app = appOf(rule, ruleCase);
    const { survived, killed } = trial(rule, app, hints, cases);
    killedPlaces += killed;
    if (killed === 0) problems.push(`"${name}": no change makes the rule fail`);
    for (const place of survived) {
      const excuse = excuses.find(({ matches }) => matches(place));
      if (excuse) {
        excuse.used = true;
        equivalent.push(`${name}: ${place}`);
      } else problems.push(`"${name}": no change of ${place} makes the rule fail`);
    }
  }
  const idle = excuses
    .filter(({ used }) => !used)
    .map(({ pattern }) => `equivalent "${pattern}" excuses nothing`);
  return { killed: killedPlaces, equivalent, problems: [...problems, ...idle] };
}

function trial(rule: Rule, app: TestApp, hints: Values, setting: Setting) {
  const byPlace = new Map<string, Mutant[]>();
  for (const mutant of mutantsOf(app, hints))
    byPlace.set(mutant.place, [...(byPlace.get(mutant.place) ?? []), mutant]);
  const fails = (mutants: readonly Mutant[]) =>
    mutants.some((mutant) => outcomeOf(rule, mutant.app, setting.tier, setting.config) === 'fail');
  const survived = [...byPlace].filter(([, mutants]) => !fails(mutants)).map(([place]) => place);
  // A resource that is gone may leave the rule unable to tell; only properties must have a change that decides.
  return {
    survived: survived.filter((place) => place.includes('.')),
    killed: byPlace.size - survived.length,
  };
}

function matcher(pattern: string): (place: string) => boolean {
  const expression = new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  return (place) => expression.test(place);
}

/** The app of a case. */
export function appOf(rule: Rule, ruleCase: RuleCase): TestApp {
  if ('Resources' in ruleCase || 'stacks' in ruleCase) return ruleCase as TestApp;
  return { Resources: { Subject: { Type: rule.appliesTo[0], Properties: ruleCase } } };
}

/** The day on which exceptions are judged in tests. */
export const TODAY = new Date('2026-01-15T12:00:00Z');

/** What the cases are judged under. */
type Setting = Pick<RuleCases, 'tier' | 'config'>;

/** What the rule says of the app as a whole: a fail decides, then an unknown, then a pass. */
export function outcomeOf(
  rule: Rule,
  app: TestApp,
  tier: Tier = Tier.BUSINESS_CRITICAL,
  config?: Config,
): Outcome | undefined {
  const { verdicts, engineErrors } = audit([graphOf(app)], {
    rules: [rule],
    assumedTier: tier,
    today: TODAY,
    ...(config && { config }),
  });
  if (engineErrors.length > 0) throw new Error(engineErrors.join('; '));
  const outcomes = verdicts.map(({ verdict }) => verdict);
  return (['fail', 'unknown', 'pass', 'notApplicable'] as const).find((outcome) =>
    outcomes.includes(outcome),
  );
}

export type { TestStack, TestTemplate };
