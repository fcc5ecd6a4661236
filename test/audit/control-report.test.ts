import { controlReports, openRules, WHAT_IT_IS } from '../../lib/audit/control-report';
import { dora, gdpr, ourReading } from '../../lib/audit/controls';
import { FRAMEWORK_NAMES } from '../../lib/audit/frameworks';
import type { RuleRun } from '../../lib/audit/rule-evidence';
import { RULES } from '../../lib/audit/rules';
import { RUNTIME_CONTROLS } from '../../lib/audit/runtime-controls';
import { RUNTIME_RULES } from '../../lib/audit/runtime-rules';
import { verdict } from '../evidence/fixtures';

const rules: RuleRun['rules'] = [
  { id: 'RDS-01', title: 'Databases survive.', controls: [dora('Art. 98'), ...ourReading(dora('Art. 99'))] },
  { id: 'ELB-06', title: 'Balancers stay.', controls: [dora('Art. 99'), gdpr('Art. 99')] },
];

/** What the report on DORA says of an article. */
function article(id: string, run: Partial<RuleRun>) {
  const [report] = controlReports({ rules, verdicts: [], ...run }, ['dora']);
  return report?.controls.find((control) => control.id === id);
}

describe('a report by framework', () => {
  it('supports a control whose rules all pass', () => {
    const verdicts = [verdict({ verdict: 'pass' }), verdict({ verdict: 'notApplicable' })];
    expect(article('Art. 98', { verdicts })).toMatchObject({ status: 'supported', because: '1 rule passes' });
  });

  it('does not support a control of which a rule fails somewhere, and says where', () => {
    const verdicts = [verdict({ verdict: 'pass' }), verdict(), verdict({ rule: 'ELB-06', verdict: 'pass' })];
    const control = article('Art. 99', { verdicts });
    expect(control).toMatchObject({ status: 'not supported', because: '1 rule fails' });
    expect(control?.rules[0]).toMatchObject({
      rule: 'RDS-01',
      outcome: 'fail',
      passes: 1,
      places: [{ where: 'Shop/Db/Resource', stack: 'Shop', accepted: false }],
    });
  });

  it('does not support a control that fails where somebody accepted the risk', () => {
    const verdicts = [verdict({ accepted: { reason: 'until the move' } })];
    expect(article('Art. 98', { verdicts })).toMatchObject({
      status: 'not supported',
      rules: [{ places: [{ accepted: true }] }],
    });
  });

  it('does not support a control whose fail is shown by a twin', () => {
    const verdicts = [verdict({ subsumedBy: 'ELB-06' })];
    expect(article('Art. 98', { verdicts })?.status).toBe('not supported');
  });

  it.each([
    [
      'a rule does not know',
      { verdicts: [verdict(), verdict()].map((each) => ({ ...each, verdict: 'unknown' as const })) },
      /^1 rule does not know/,
    ],
    [
      'nothing is there to judge',
      { verdicts: [verdict({ verdict: 'notApplicable' })] },
      /^no resource to judge/,
    ],
    ['no rule was run', { rules: [] }, /^$/],
    [
      'a rule is turned off',
      { verdicts: [verdict({ verdict: 'pass' })], turnedOff: [{ rule: 'RDS-01', scope: 'stacks Old' }] },
      /^1 rule is turned off/,
    ],
  ])('cannot assess a control when %s', (_, run, because) => {
    const control = article('Art. 98', run);
    expect(control?.status ?? 'not assessable').toBe('not assessable');
    expect(control?.because ?? '').toMatch(because);
  });

  it('lists controls of a framework that no rule of the run speaks of', () => {
    const [report] = controlReports({ rules: [], verdicts: [] }, ['dora']);
    expect(report?.controls.find(({ id }) => id === 'Art. 17')).toMatchObject({
      status: 'not assessable',
      because: 'no rule speaks of it',
    });
    expect(report?.controls.find(({ id }) => id === 'Art. 25')?.because).toBe(
      'only a running account shows it',
    );
  });

  it('sorts controls as people count, and marks our reading', () => {
    const [report] = controlReports({ rules, verdicts: [] }, ['iso27001']);
    const ids = report?.controls.map(({ id }) => id) ?? [];
    expect(ids.indexOf('A.5.9')).toBeLessThan(ids.indexOf('A.5.30'));
    expect(ids.indexOf('A.8.6')).toBeLessThan(ids.indexOf('A.8.13'));
    expect(report?.controls.find(({ id }) => id === 'A.8.6')?.ourReading).toBe(true);
    expect(report?.controls.find(({ id }) => id === 'A.8.14')?.ourReading).toBe(false);
  });

  it('names each rule that is open once, over all frameworks', () => {
    const reports = controlReports({ rules, verdicts: [verdict(), verdict({ rule: 'ELB-06' })] });
    expect(openRules(reports).map(({ rule }) => rule)).toEqual(['ELB-06', 'RDS-01']);
    expect(reports.map(({ framework }) => framework)).toEqual(FRAMEWORK_NAMES);
  });

  it('counts every control once', () => {
    for (const { counts, controls } of controlReports({ rules: RULES, verdicts: [] })) {
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(controls.length);
      expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    }
  });

  it('says what it is not, and never claims compliance', () => {
    expect(WHAT_IT_IS.join(' ')).toMatch(/no assessment of an organisation/);
    const verdicts = RULES.map(({ id }) => verdict({ rule: id, verdict: 'pass' }));
    expect(JSON.stringify([WHAT_IT_IS, controlReports({ rules: RULES, verdicts })])).not.toMatch(
      /compliant/i,
    );
  });
});

describe('what only a running account shows', () => {
  it('has its controls for every rule', () => {
    expect(Object.keys(RUNTIME_CONTROLS).sort()).toEqual(RUNTIME_RULES.map(({ id }) => id).sort());
  });
});
