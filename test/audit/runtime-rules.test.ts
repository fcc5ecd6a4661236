import { RULES } from '../../lib/audit/rules';
import { RUNTIME_RULES } from '../../lib/audit/runtime-rules';
import { renderRules } from '../support/rules-document';

describe('what only a running account shows', () => {
  it.each(RUNTIME_RULES.map((rule) => [rule.id, rule] as const))('%s says how it is watched', (_id, rule) => {
    const { title, why, configRules, watch } = rule;
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
    expect(configRules === undefined).toBe(watch !== undefined);
    for (const name of configRules ?? []) expect(name).toMatch(/^[A-Z0-9_]+$/);
  });

  it('is judged by a rule only where a template shows a part of it', () => {
    const judged = RUNTIME_RULES.filter(({ id }) => RULES.some((rule) => rule.id === id));
    expect(judged.filter(({ shown }) => shown === undefined)).toEqual([]);
  });

  it('stands in order, once each', () => {
    const ids = RUNTIME_RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toHaveLength(14);
  });

  it('has a section of its own in the list of rules', () => {
    const [, section = ''] = renderRules([]).split('## Decided at run time');
    for (const { id, title } of RUNTIME_RULES) expect(section).toContain(`| ${id} | ${title} |`);
  });
});
