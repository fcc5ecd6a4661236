import { GUARD_RULES } from '../../../lib/audit/guard';
import type { Need } from '../../../lib/audit/guard/clause';
import { guardName, guardRules, patternFrom, ruleIdOf } from '../../../lib/evidence/guard';
import { allCases } from '../../support/all-cases';
import { guardFindings, guardVerdicts, parametersIn } from '../../support/guard-engine';
import { appOf, type RuleCase } from '../../support/rule-cases';
import { DIFFERENCES } from './differences';

const CASES = allCases();

/** The cases on which the Guard engine says something else than the audit does. */
function differencesOf(id: string): Readonly<Record<string, string>> {
  const tested = CASES.get(id);
  const guard = GUARD_RULES.find((one) => one.id === id);
  if (!tested || !guard) return { [id]: 'no such rule' };
  const { rule, cases } = tested;
  const parameters = parametersIn(rule, cases.config);
  const text = [...guardRules({ rules: [{ rule, guard }], parametersOf: () => parameters })].join('');
  const groups = [
    [cases.passes, 'pass'],
    [cases.fails, 'fail'],
    // Guard has no word for what a rule does not apply to, other than not to fail.
    [typeof cases.notApplicable === 'object' ? cases.notApplicable : {}, 'pass'],
  ] as const;
  const all = groups.flatMap(([some, expected]) =>
    Object.entries(some as Readonly<Record<string, RuleCase>>).map(([name, one]) => ({
      name,
      expected,
      app: appOf(rule, one),
    })),
  );
  const found = guardVerdicts(
    text,
    guardName(id),
    all.map(({ app }) => app),
  );
  return Object.fromEntries(
    all.flatMap(({ name, expected }, index) => {
      const verdict = found[index] ?? 'none';
      return verdict === expected ? [] : [[`${expected}: ${name}`, verdict]];
    }),
  );
}

describe('the rules for CloudFormation Guard', () => {
  it('are at least sixty, of rules that exist, each once', () => {
    const ids = GUARD_RULES.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !CASES.has(id))).toEqual([]);
  });

  it('ask only types that their rule judges', () => {
    const others = GUARD_RULES.flatMap(({ id, parts }) => {
      const judged = CASES.get(id)?.rule.appliesTo ?? [];
      const types = parts({ minimumDays: 1, minimumHours: 1 }).flatMap((part) => part.types);
      return types.filter((type) => !judged.includes(type)).map((type) => `${id} ${type}`);
    });
    expect(others).toEqual([]);
  });

  it('have names that lead back to the ids', () => {
    expect(GUARD_RULES.map(({ id }) => ruleIdOf(guardName(id)))).toEqual(GUARD_RULES.map(({ id }) => id));
  });

  it('are excused only where they exist', () => {
    const ids = GUARD_RULES.map(({ id }) => id);
    expect(DIFFERENCES.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
  });

  it.each(GUARD_RULES.map(({ id }) => id))('agree with %s on all its cases, but for those listed', (id) => {
    const listed = DIFFERENCES.filter(({ rule }) => rule === id).map((one) => one.case);
    expect(Object.keys(differencesOf(id)).sort()).toEqual([...listed].sort());
  });
});

/** Every first part of a path of a clause. */
function tops(need: Need): readonly string[] {
  return ('is' in need ? [need] : need).map(({ path }) => path.split(/[.[]/)[0] ?? '');
}

describe('the rules for CloudFormation Guard, all together,', () => {
  const asked = GUARD_RULES.flatMap((guard) => {
    const rule = CASES.get(guard.id)?.rule;
    return rule ? [{ rule, guard }] : [];
  });
  const text = [...guardRules({ rules: asked, parametersOf: (rule) => parametersIn(rule) })].join('');
  const parts = asked.flatMap(({ rule, guard }) => guard.parts(parametersIn(rule)));

  it.each([[5], [null], ['text'], [true], [[]], [{}], [[5]], [['text']], [[null]], [{ a: 1 }]])(
    'judge on when a property is %j',
    (strange) => {
      const resources = parts.flatMap(({ types, needs, when = [] }) =>
        types.map((Type) => ({
          Type,
          Properties: Object.fromEntries([...needs, ...when].flatMap(tops).map((top) => [top, strange])),
        })),
      );
      const Resources = Object.fromEntries(resources.map((one, index) => [`R${index}`, one]));
      expect(() => guardFindings(text, [{ Resources }])).not.toThrow();
    },
  );
});

describe('the pattern of texts from a number on', () => {
  it.each([0, 1, 7, 10, 15, 24, 168, 365, 999])('holds for %i and more only', (minimum) => {
    const pattern = new RegExp(patternFrom(minimum));
    const wrong = Array.from({ length: 4_000 }, (_, n) => n).filter(
      (n) => pattern.test(String(n)) !== n >= minimum,
    );
    expect(wrong).toEqual([]);
  });
});
