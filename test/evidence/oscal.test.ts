import { controlReports } from '../../lib/audit/control-report';
import { RULES } from '../../lib/audit/rules';
import type { Evidence, Renderer } from '../../lib/evidence/evidence';
import { oscalControl } from '../../lib/evidence/oscal/control-ids';
import { uuidOf } from '../../lib/evidence/oscal/uuid';
import { oscalAssessmentResults } from '../../lib/evidence/oscal-assessment-results';
import { oscalComponentDefinition } from '../../lib/evidence/oscal-component-definition';
import { oscalPoam } from '../../lib/evidence/oscal-poam';
import { evidence, exception, mixed, textOf, verdict } from './fixtures';
import { oscalProblems } from './oscal-schema';

const HOSTILE = ' \u001b[31m<script>x</script> [a](javascript:1) **b** {{ insert: param, p }}\n# c ';

const given = evidence(mixed, { rules: RULES, register: [exception] });
const accepted = mixed.filter((each) => each.accepted);
const documentOf = (renderer: Renderer, of: Evidence) => JSON.parse(textOf(renderer, of));
const resultOf = (of: Evidence) => documentOf(oscalAssessmentResults, of)['assessment-results'].results[0];
const poamOf = (of: Evidence) => documentOf(oscalPoam, of)['plan-of-action-and-milestones'];

const RENDERERS: readonly [string, Renderer][] = [
  ['assessment results', oscalAssessmentResults],
  ['component definition', oscalComponentDefinition],
  ['POA&M', oscalPoam],
];

describe.each(RENDERERS)('OSCAL %s', (_, renderer) => {
  it.each([
    ['findings of all kinds', given],
    ['nothing', evidence([])],
    ['no rules', evidence(mixed, { rules: [] })],
    ['one framework', evidence(mixed, { rules: RULES, frameworks: ['dora'] })],
    [
      'what templates say',
      evidence([
        verdict({ constructPath: HOSTILE, message: HOSTILE, fix: HOSTILE, file: HOSTILE, stack: '' }),
      ]),
    ],
    [
      'two apps with stacks of one name',
      evidence([verdict(), verdict({ app: 'other', file: 'other.json' }), verdict()]),
    ],
    ['a day that is none', evidence([verdict({ accepted: { reason: ' ', until: 'soon' } })])],
  ])('keeps the standard with %s', (__, of) => {
    expect(oscalProblems(documentOf(renderer, of))).toEqual([]);
  });

  it('is the same for the same input, and says when it was made', () => {
    expect(textOf(renderer, given)).toBe(textOf(renderer, given));
    const [document] = Object.values(documentOf(renderer, given)) as [{ metadata: Record<string, string> }];
    expect(document.metadata).toMatchObject({
      'last-modified': '2026-11-22T10:00:00.000Z',
      'oscal-version': '1.2.0',
    });
    expect(textOf(renderer, given)).not.toMatch(/compliant/i);
  });

  it('cannot be broken by what a template says', () => {
    const text = textOf(
      renderer,
      evidence([verdict({ constructPath: HOSTILE, message: HOSTILE, fix: HOSTILE })]),
    );
    for (const part of ['\u001b', '"<script', ' <script', '[a](']) expect(text).not.toContain(part);
  });
});

describe('OSCAL assessment results', () => {
  it('find of each control that was looked at whether its objective is satisfied', () => {
    const { findings } = resultOf(given);
    const target = (id: string) => findings.find((each: { title: string }) => each.title === id)?.target;
    expect(target('NIST SP 800-53 r5 CP-6(2)')).toMatchObject({
      type: 'objective-id',
      'target-id': 'cp-6.2_obj',
      status: { state: 'not-satisfied', reason: 'fail' },
    });
    const passing = evidence([verdict({ verdict: 'pass' })], { rules: RULES });
    expect(resultOf(passing).findings[0].target.status).toMatchObject({ state: 'satisfied', reason: 'pass' });
    const unknown = evidence([verdict({ verdict: 'unknown' })], { rules: RULES });
    expect(resultOf(unknown).findings[0].target.status).toEqual({ state: 'not-satisfied', reason: 'other' });
  });

  it('review only controls of which a rule could say something', () => {
    const { findings, 'reviewed-controls': reviewed } = resultOf(given);
    const ids = reviewed['control-selections'].flatMap(
      (selection: Record<string, { 'control-id': string }[]>) =>
        selection['include-controls']?.map((control) => control['control-id']),
    );
    expect(ids).toContain('dora-art-12');
    expect(ids).not.toContain('dora-art-17');
    expect(findings.length).toBeGreaterThanOrEqual(ids.length);
  });

  it('mark what is our reading', () => {
    const { findings } = resultOf(given);
    const reading = findings.find((each: { title: string }) => each.title === 'DORA Art. 9(2)');
    expect(reading.props.map(({ value }: { value: string }) => value)).toContain('our reading');
  });

  it('approve the deviation of an accepted risk until its last day', () => {
    const [risk] = resultOf(evidence(accepted, { rules: RULES })).risks;
    expect(risk).toMatchObject({ status: 'deviation-approved', deadline: '2027-01-31T23:59:59Z' });
  });

  it('keep the ids of what stays the same when messages and days change', () => {
    const ids = (of: Evidence) => resultOf(of).observations.map(({ uuid }: { uuid: string }) => uuid);
    const later = evidence([verdict({ message: 'found 2' })], { at: new Date('2027-01-01T00:00:00Z') });
    expect(ids(later)).toEqual(ids(evidence([verdict()])));
  });
});

describe('OSCAL POA&M', () => {
  it('holds what is open, accepted and unknown', () => {
    const items = poamOf(given)['poam-items'];
    const states = items.map(({ props }: { props: { name: string; value: string }[] }) => props[0]?.value);
    expect(new Set(states)).toEqual(new Set(['open', 'accepted', 'unknown']));
    const told = items.find(({ description }: { description: string }) => description.startsWith('Accepted'));
    expect(told.description).toBe(
      'Accepted by head of payments until 2027-01-31: until the move (MultiAZ: found false, needs true)',
    );
  });

  it('takes the compensating control from the register', () => {
    const register = [{ ...exception, compensatingControl: 'nightly copies' }];
    const [risk] = poamOf(evidence(accepted, { rules: RULES, register })).risks;
    expect(risk['mitigating-factors'][0].description).toBe('nightly copies');
  });
});

describe('OSCAL component definition', () => {
  it('names the rules of every control that some rule speaks of', () => {
    const document = documentOf(oscalComponentDefinition, given)['component-definition'];
    const implementations = document.components[0]['control-implementations'];
    expect(implementations).toHaveLength(9);
    const reports = controlReports({ rules: RULES, verdicts: [] });
    implementations.forEach((each: Record<string, object[]>, index: number) => {
      const spoken = reports[index]?.controls.filter(({ rules }) => rules.length > 0);
      expect(each['implemented-requirements']).toHaveLength(spoken?.length ?? 0);
    });
  });
});

describe('ids of OSCAL', () => {
  it.each([
    ['CP-10', { controlId: 'cp-10', objectiveId: 'cp-10_obj' }],
    ['CP-6(2)', { controlId: 'cp-6.2', objectiveId: 'cp-6.2_obj' }],
    ['CP-2a', { controlId: 'cp-2', objectiveId: 'cp-2_obj.a' }],
    ['SC-36(1)(a)', { controlId: 'sc-36.1', objectiveId: 'sc-36.1_obj.a' }],
  ])('name %s as the catalogue of NIST does', (id, expected) => {
    expect(oscalControl('nist80053', id)).toEqual(expected);
  });

  it('are different for every control', () => {
    for (const { framework, controls } of controlReports({ rules: RULES, verdicts: [] })) {
      const ids = controls.map(({ id }) => oscalControl(framework, id).objectiveId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('are UUIDs of version 5', () => {
    expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'));
  });
});

describe('the check of OSCAL fails when', () => {
  const broken = (change: (poam: Record<string, Record<string, unknown>[]>) => void) => {
    const document = documentOf(oscalPoam, given);
    change(document['plan-of-action-and-milestones']);
    return oscalProblems(document);
  };

  it('a name is unknown', () => {
    expect(broken((poam) => Object.assign(poam, { extra: [] }))).not.toEqual([]);
  });

  it('a required name is missing', () => expect(broken((poam) => delete poam['poam-items'])).not.toEqual([]));

  it('a reference leads nowhere', () => {
    expect(broken((poam) => poam.observations?.pop()).join()).toMatch(/is nowhere/);
  });

  it('an id stands twice', () => {
    expect(broken((poam) => poam.risks?.push(poam.risks[0] ?? {}))).toContain('an id stands twice');
  });
});
