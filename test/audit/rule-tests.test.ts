import { RULES } from '../../lib/audit/rules';
import { allCases } from '../support/all-cases';
import { BY_HAND } from '../support/by-hand';
import { expectFresh } from '../support/fresh';
import { mutationOf } from '../support/rule-cases';
import { renderRuleTests } from '../support/rule-tests-document';

describe('the tests of the rules', () => {
  const tested = allCases();
  const sets = [...tested.values()].flatMap(({ rule, cases, further }) =>
    [cases, ...further].map((one) => ({ rule, cases: one })),
  );

  it('cover every rule, but for those that are tested by hand', () => {
    const missing = RULES.map(({ id }) => id).filter((id) => !tested.has(id));
    expect(missing.sort()).toEqual(Object.keys(BY_HAND).sort());
  });

  it.each(['passes', 'fails', 'unknown', 'notApplicable'] as const)(
    'have cases of every verdict, or say why there can be none: %s',
    (verdict) => {
      const without = sets.filter(({ cases: { [verdict]: cases } }) =>
        typeof cases === 'string' ? cases.trim() === '' : Object.keys(cases).length === 0,
      );
      expect(without.map(({ rule }) => rule.id)).toEqual([]);
    },
  );

  it('leave no mutant alive that no reason excuses', () => {
    expect(sets.flatMap(({ rule, cases }) => mutationOf(rule, cases).problems)).toEqual([]);
  });

  it('are told in docs/rule-tests.md, with every mutant', () =>
    expectFresh('docs/rule-tests.md', renderRuleTests(RULES, tested)));
});
