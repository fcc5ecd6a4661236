import { fail, notApplicable, pass, unknown } from '../../lib/assembly/judgement';
import { STACK_TYPE } from '../../lib/assembly/stack-resource';
import { type AuditResult, audit } from '../../lib/audit/engine';
import { type FailOn, mustFail, summarise } from '../../lib/audit/report';
import type { Rule } from '../../lib/audit/rule';
import { HIGH, LOW } from '../../lib/audit/severity';
import { CATALOGUE_SCHEMA, catalogueService } from '../../lib/objectives/catalogue';
import { Service } from '../../lib/objectives/service';
import type { FiledRiskAcceptance } from '../../lib/records/filed-acceptance';
import { graphOf, type TestApp } from '../support/graph';

const rule = (id: string, check: Rule['check'], more: Partial<Rule> = {}): Rule => ({
  id,
  title: 'It holds.',
  kind: 'redundancy',
  why: 'Why.',
  fix: 'mend it',
  severity: HIGH,
  appliesTo: ['AWS::S3::Bucket'],
  check,
  ...more,
});

const failing = (id: string, more: Partial<Rule> = {}) =>
  rule(id, () => fail({ property: 'P', found: '1', needed: '2' }), more);
const APP: TestApp = {
  Resources: {
    B: { Type: 'AWS::S3::Bucket' },
    C: { Type: 'AWS::S3::Bucket' },
    T: { Type: 'AWS::SNS::Topic' },
  },
};

function run(...rules: readonly Rule[]): AuditResult {
  return audit([graphOf(APP)], { rules });
}

describe('an audit', () => {
  it('judges each resource of the types that a rule names', () => {
    expect(run(failing('A')).verdicts.map(({ logicalId }) => logicalId)).toEqual(['B', 'C']);
  });

  it('counts what nobody is shown, and keeps it where a risk is accepted', () => {
    const rules = [rule('A', () => pass()), rule('B', () => notApplicable('no')), failing('C')];
    const whole = audit([graphOf(APP)], { rules });
    const short = audit([graphOf(APP)], { rules, onlyTold: true });
    expect(short.counted).toEqual({ pass: 2, notApplicable: 2 });
    expect(short.verdicts).toEqual(whole.verdicts.filter(({ verdict }) => verdict === 'fail'));
    expect(summarise(short)).toEqual(summarise(whole));
    const [reason, ticket, compensatingControl] = ['Wound down in June.', 'OPS-1', 'Copied every night.'];
    const people = { author: 'Developer', owner: 'Head of Shop', approver: 'Head of Risk' };
    const terms = { reason, ticket, compensatingControl, created: '2026-01-01', expires: '2026-06-30' };
    const source = { file: 'risk.yaml', line: 1 };
    const records: FiledRiskAcceptance[] = [
      { rules: ['A'], scope: { stack: 'Nowhere' }, ...people, ...terms, source },
    ];
    const accepted = audit([graphOf(APP)], { rules, onlyTold: true, exceptions: { records, partial: true } });
    expect(accepted.counted).toEqual({ pass: 0, notApplicable: 2 });
  });

  it('judges the app once where a rule asks for that', () => {
    expect(run(failing('A', { scope: 'app' })).verdicts).toHaveLength(1);
  });

  it('tells of what an app lacks altogether at its first stack', () => {
    const stacks = { B: { template: APP }, A: { template: APP } } as Extract<
      TestApp,
      { stacks: unknown }
    >['stacks'];
    const judged = (appliesTo: readonly string[]) => {
      const { verdicts } = audit([graphOf({ stacks })], { rules: [failing('A', { appliesTo })] });
      return verdicts.map(({ stack, logicalId }) => `${stack}/${logicalId}`);
    };
    expect(judged(['AWS::SQS::Queue', STACK_TYPE])).toEqual(['A/Template']);
    expect(judged(['AWS::SNS::Topic', STACK_TYPE])).toEqual(['B/T', 'A/T']);
    expect(judged([STACK_TYPE])).toEqual(['B/Template', 'A/Template']);
    expect(judged(['AWS::SQS::Queue'])).toEqual([]);
  });

  it('says what was found, what is needed and how to mend it', () => {
    expect(run(failing('A')).verdicts[0]).toMatchObject({
      verdict: 'fail',
      message: 'P: found 1, needs 2',
      fix: 'mend it',
      severity: 'error',
    });
  });

  it('shows every fail of one resource, and one verdict where none fails', () => {
    const two = [
      fail({ property: 'P', found: '1', needed: '2' }),
      pass(),
      fail({ property: 'Q', found: '1', needed: '2' }),
    ];
    expect(
      run(
        rule('A', ({ logicalId }) => (logicalId === 'B' ? two : [pass(), unknown('P', 'a token')])),
      ).verdicts.map(({ verdict }) => verdict),
    ).toEqual(['fail', 'fail', 'unknown']);
  });

  it('calls a rule that throws an engine error, and never a pass', () => {
    const result = run(
      rule('A', () => {
        throw new Error('oops');
      }),
    );
    expect(result.engineErrors[0]).toMatch(/rule A failed on app\/B: oops/);
    expect(result.verdicts.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
    expect(mustFail(result, 'never')).toBe(true);
  });

  it('shows one of two rules with one condition', () => {
    const result = run(failing('A', { subsumes: ['B'] }), failing('B'));
    expect(result.verdicts.map(({ rule: id, subsumedBy }) => [id, subsumedBy])).toEqual([
      ['A', undefined],
      ['A', undefined],
      ['B', 'A'],
      ['B', 'A'],
    ]);
    expect(summarise(result).fail).toBe(2);
  });

  it('shows the one that tells where two rules say the same as a third', () => {
    const never = rule('C', () => pass(), { subsumes: ['B'] });
    const result = run(failing('A', { subsumes: ['B'] }), never, failing('B'));
    expect(summarise(result).fail).toBe(2);
  });

  it('shows one of two twins that do not know', () => {
    const open = (id: string, more: Partial<Rule> = {}) => rule(id, () => unknown('P', 'a token'), more);
    expect(summarise(run(open('A', { subsumes: ['B'] }), open('B'))).unknown).toBe(2);
    expect(summarise(run(failing('A', { subsumes: ['B'] }), open('B'))).unknown).toBe(2);
  });

  it('shows the louder of two rules with one condition, whatever names the other', () => {
    const result = run(failing('A', { subsumes: ['B'], severity: LOW }), failing('B', { severity: HIGH }));
    expect(result.verdicts.filter(({ subsumedBy }) => subsumedBy !== undefined)).toEqual([]);
  });

  it('shows one of two rules that say one thing of one property, whatever its index', () => {
    const at = (id: string, property: string, more: Partial<Rule> = {}) =>
      rule(id, () => fail({ property, found: 'a', needed: 'b' }), more);
    const subsumesProperty = [{ rule: 'B', property: 'Rules.Days', within: 'resource' as const }];
    const shown = (parent: string, twin: string) =>
      summarise(run(at('A', parent, { subsumesProperty }), at('B', twin))).fail;
    expect(shown('Rules.0.Days', 'Rules.1.Days')).toBe(2);
    expect(shown('Rules.0.Copies', 'Rules.1.Days')).toBe(4);
    expect(shown('Rules.0.Days', 'Rules.1.Schedule')).toBe(4);
  });

  it('shows what fails in a stack, and not the rule that sums it up', () => {
    const sum = { ...failing('S'), appliesTo: ['CDKNines::Stack'] };
    const summed = { ...sum, check: () => fail({ property: 'All', found: '2', needed: '0' }) };
    const subsumesProperty = [{ rule: 'S', property: 'All', within: 'stack' as const }];
    const result = run(failing('A', { subsumesProperty }), summed);
    expect(result.verdicts.filter(({ rule: id }) => id === 'S').map(({ subsumedBy }) => subsumedBy)).toEqual([
      'A',
    ]);
    expect(summarise(run(failing('A', { subsumesProperty }), sum)).fail).toBe(3);
  });

  it('keeps terminal escapes of a template out of every text', () => {
    const result = audit([graphOf({ Resources: { 'B\u001b[31m': { Type: 'AWS::S3::Bucket' } } })], {
      rules: [failing('A')],
    });
    expect(result.verdicts.map(({ logicalId }) => logicalId).join()).not.toContain('\u001b');
  });

  it('accepts what is acknowledged on a construct or above it, and nothing else', () => {
    const acknowledgements = [{ path: 'S/Data', id: 'cdk-nines::A', reason: 'until the move' }];
    const app = {
      stacks: {
        S: { template: APP as never, paths: { B: 'S/Data/B', C: 'S/Database/C' }, acknowledgements },
      },
    };
    const result = audit([graphOf(app)], { rules: [failing('A')] });
    expect(result.verdicts.map(({ accepted }) => accepted?.reason)).toEqual(['until the move', undefined]);
    expect(summarise(result)).toMatchObject({ fail: 1, accepted: 1 });
  });
});

describe('a weakening', () => {
  const weakened = (expires: string, more: Parameters<typeof catalogueService>[1] = {}) => {
    const service = new Service({ name: 'shop', tier: 1, owner: 'team' });
    const weakenings = [{ what: 'Network.natGateways', reason: 'cost', expires, approver: 'head of shop' }];
    const services = [catalogueService(service, { weakenings, ...more })];
    const template = { ...APP, Metadata: { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services } } };
    return graphOf({
      stacks: { S: { template: template as never, paths: { B: 'S/Network/B', C: 'S/Data/C' } } },
    });
  };
  const run = (graph: ReturnType<typeof graphOf>, rule: Rule) =>
    audit([graph], { rules: [rule], today: new Date('2026-06-01T00:00:00Z') }).verdicts;

  it('answers for what the rules say of its construct, until its last day', () => {
    const [inside, outside] = run(weakened('2026-06-01'), failing('X-13'));
    expect(inside?.accepted).toEqual({ by: 'head of shop', until: '2026-06-01', reason: 'cost' });
    expect(outside?.accepted).toBeUndefined();
  });

  it('answers for nothing after it, and for no other rule', () => {
    expect(run(weakened('2026-05-31'), failing('X-13')).map(({ accepted }) => accepted)).toEqual([
      undefined,
      undefined,
    ]);
    expect(run(weakened('2026-06-01'), failing('RDS-01')).map(({ accepted }) => accepted)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['protection', 'info'],
    ['backup', 'info'],
    ['monitoring', 'info'],
    ['redundancy', 'error'],
  ] as const)(
    'is needed in a stage that is not production for what it must have: %s is %s',
    (kind, level) => {
      const graph = weakened('2026-06-01', { nonProduction: true, weakenings: [] });
      expect(run(graph, failing('A', { kind })).map(({ severity }) => severity)).toEqual([level, level]);
    },
  );
});

describe('an exit code', () => {
  const levels = (result: AuditResult) =>
    (['error', 'warning', 'info', 'unknown', 'never'] as FailOn[]).filter((level) => mustFail(result, level));

  it('is 1 at and below the level of the worst finding', () => {
    expect(levels(run(failing('A')))).toEqual(['error', 'warning', 'info', 'unknown']);
    expect(levels(run(failing('A', { severity: LOW })))).toEqual(['info', 'unknown']);
  });

  it('is 1 for an unknown only where that is asked for', () => {
    expect(levels(run(rule('A', () => unknown('P', 'a token'))))).toEqual(['unknown']);
  });

  it('is 0 where all passes or does not apply', () => {
    expect(
      levels(run(rule('A', ({ logicalId }) => (logicalId === 'B' ? pass() : notApplicable('no'))))),
    ).toEqual([]);
  });
});
