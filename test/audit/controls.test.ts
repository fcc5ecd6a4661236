import * as families from '../../lib/audit/control-families';
import { controlInWords, distinctControls } from '../../lib/audit/control-words';
import type { Control } from '../../lib/audit/controls';
import { FRAMEWORKS } from '../../lib/audit/frameworks';
import { RULES } from '../../lib/audit/rules';
import { FAMILY_RULES, familiesOf } from './control-table';

const byName: Readonly<Record<string, readonly Control[]>> = families;
const wordsOf = (name: string) => (byName[name] ?? []).map(controlInWords);

function hasFamily(controls: readonly Control[] | undefined, name: string): boolean {
  const own = new Set((controls ?? []).map(controlInWords));
  return wordsOf(name).every((each) => own.has(each));
}

describe('the families of controls', () => {
  it('are those of the mapping', () => {
    expect(Object.keys(families).sort()).toEqual(Object.keys(FAMILY_RULES).sort());
  });

  it('name requirements of the nine frameworks only, each once', () => {
    const titles: readonly string[] = Object.values(FRAMEWORKS).map(({ title }) => title);
    for (const controls of Object.values(byName)) {
      expect(controls.filter(({ framework }) => !titles.includes(framework))).toEqual([]);
      expect(distinctControls(controls)).toEqual(controls);
    }
  });

  it.each([
    [
      'PCI DSS',
      'PCI DSS 4.0',
      ['REDUNDANCY', 'CAPACITY', 'HEALTH_CHECKS', 'MESSAGING', 'RECOVERY_TESTING', 'RESIDENCY', 'OBJECTIVES'],
    ],
    ['GDPR', 'GDPR', ['MONITORING', 'CHANGE_SAFETY']],
    ['HIPAA', 'HIPAA', ['CHANGE_SAFETY', 'RESIDENCY']],
    ['SOC 2', 'SOC 2', []],
    ['NIS2', 'NIS2', []],
    ['DORA', 'DORA', []],
  ])('hold requirements of %s but where the framework has none', (_, framework, without) => {
    const lacking = Object.keys(byName).filter(
      (name) => !byName[name]?.some((control) => control.framework === framework),
    );
    expect(lacking.sort()).toEqual([...without].sort());
  });

  it.each([
    ['REDUNDANCY', ['ISO/IEC 27001:2022 A.8.14', 'ISO/IEC 27001:2022 A.5.30 (our reading)', 'DORA Art. 12']],
    ['RECOVERY_TESTING', ['NIST SP 800-53 r5 CP-4 (our reading)', 'SOC 2 A1.3 (our reading)']],
    ['EXCEPTIONS', ['NIS2 2.1.2.j', 'DORA Art. 6(5) (our reading)']],
    ['OBJECTIVES', ['NIS2 4.1.3', 'DORA Art. 11(5) (our reading)']],
    ['MONITORING', ['NIS2 3.2.3.h', 'DORA Art. 10 (our reading)', 'DORA Art. 11']],
  ])('tell in %s what packs map from our reading', (name, controls) => {
    expect(wordsOf(name)).toEqual(expect.arrayContaining(controls));
  });
});

describe('the controls of rules', () => {
  it('are there for every rule', () => {
    expect(RULES.filter(({ controls = [] }) => controls.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('are those of every family that the mapping names for the rule', () => {
    const wrong = RULES.filter(({ id, controls }) => {
      const named = familiesOf(id);
      return !named.every((name) => hasFamily(controls, name));
    }).map(({ id }) => id);
    expect(wrong).toEqual([]);
  });

  it('are those of some family for rules that the mapping does not name', () => {
    const wrong = RULES.filter(
      ({ controls }) => !Object.keys(byName).some((name) => hasFamily(controls, name)),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('are each shown once, and as published where a pack maps them too', () => {
    const control = { framework: 'DORA', id: 'Art. 12' };
    expect(distinctControls([{ ...control, ourReading: true }, control, control])).toEqual([control]);
  });
});
