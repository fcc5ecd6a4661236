import type { AuditResult } from '../../lib/audit/engine';
import type { Rule } from '../../lib/audit/rule';
import type { Verdict } from '../../lib/audit/verdict';
import { renderAuditText } from '../../lib/evidence/text';

const plain = (text: string) => text;
const palette = { bold: plain, dim: plain, red: plain, yellow: plain, cyan: plain, green: plain };
const rules = [
  { id: 'RDS-01', title: 'Databases survive.' },
  { id: 'ELB-06', title: 'Balancers stay.' },
] as unknown as readonly Rule[];

const verdict = (more: Partial<Verdict>): Verdict => ({
  rule: 'RDS-01',
  verdict: 'fail',
  severity: 'error',
  stack: 'Shop',
  app: 'cdk.out',
  file: 'cdk.out/Shop.template.json',
  logicalId: 'Db',
  type: 'AWS::RDS::DBInstance',
  constructPath: 'Shop/Db/Resource',
  tier: 1,
  service: 'shop',
  message: 'MultiAZ: found false, needs true',
  fix: 'set multiAz: true',
  ...more,
});

const render = (verdicts: readonly Verdict[], engineErrors: readonly string[] = []) =>
  renderAuditText({ verdicts, engineErrors } as AuditResult, { rules, palette });

describe('the text of an audit', () => {
  it('shows a finding with its rule, construct, source line, numbers and one fix', () => {
    expect(render([verdict({ source: { file: 'app.ts', line: 12 } })])).toBe(
      [
        'Shop  shop, tier 1 · cdk.out/Shop.template.json',
        '  error   RDS-01  Databases survive.',
        '    Shop/Db/Resource  app.ts:12',
        '      MultiAZ: found false, needs true',
        '      fix: set multiAz: true',
        '',
        'shop (tier 1, 1 stack): 1 error, 0 warnings, 0 info, 0 unknown, 0 passed',
        '',
        '1 error, 0 warnings, 0 info · 0 unknown, 0 passed, 0 not applicable, 0 accepted',
        '',
      ].join('\n'),
    );
  });

  it('gives each finding of a rule its own fix, and one fix once', () => {
    const text = render([
      verdict({}),
      verdict({ logicalId: 'Other', constructPath: 'Shop/Other' }),
      verdict({ logicalId: 'Third', constructPath: 'Shop/Third', fix: 'add a reader' }),
    ]);
    expect(text).toMatch(
      /Shop\/Db\/Resource\n.*\n {4}Shop\/Other\n.*\n {6}fix: set multiAz: true\n {4}Shop\/Third\n.*\n {6}fix: add a reader\n/,
    );
  });

  it('begins with an overview by rule where there are more findings than one reads', () => {
    const many = (count: number, more: Partial<Verdict> = {}) =>
      Array.from({ length: count }, (_, index) => verdict({ logicalId: `Db${index}`, ...more }));
    expect(render(many(40))).toMatch(/^Shop /);
    const text = render([...many(39, { rule: 'ELB-06', severity: 'warning' }), ...many(2)]);
    expect(text).toMatch(
      /^41 findings of 2 rules\n {3}2 error {3}RDS-01 {2}Databases survive\.\n {2}39 warning ELB-06 {2}Balancers stay\.\n\nShop/,
    );
    const rest = Array.from({ length: 12 }, (_, index) => many(4, { rule: `AAA-${10 + index}` })).flat();
    expect(render(rest)).toMatch(
      /^48 findings of 12 rules\n( {3}4 error {3}AAA-1\d.*\n){10} {2}and 8 more, of other rules or levels\n\n/,
    );
  });

  it('says what is new and fixed since a base', () => {
    const since = (base: readonly string[]) =>
      renderAuditText({ verdicts: [verdict({})], engineErrors: [] }, { rules, palette, base: new Set(base) });
    expect(since([])).toMatch(
      /\nsince the base: 1 new, 0 fixed, 0 unchanged\n {2}new: error RDS-01 {2}Shop\/Db\/Resource\n\n1 error/,
    );
    const hostile = since(['ELB-06|||Shop|Shop/Front\u001b[31m|LoadBalancerAttributes']);
    expect(hostile).toMatch(/\n {2}fixed: ELB-06 {2}Shop Shop\/Front.* LoadBalancerAttributes\n/);
    expect(hostile).not.toContain('\u001b');
    expect(render([verdict({})])).not.toMatch(/since the base/);
  });

  it('puts the worst finding of a stack, and the worst stack, first', () => {
    const text = render([
      verdict({ stack: 'A', rule: 'ELB-06', severity: 'warning' }),
      verdict({ stack: 'B', rule: 'ELB-06', severity: 'warning' }),
      verdict({ stack: 'B' }),
    ]);
    const order = ['B  shop', 'RDS-01', 'ELB-06', 'A  shop'].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('names a rule once for all resources that fail it', () => {
    const text = render([verdict({}), verdict({ constructPath: 'Shop/Other' })]);
    expect(text.match(/Databases survive\./g)).toHaveLength(1);
    expect(text).toMatch(/Shop\/Db\/Resource[\s\S]*Shop\/Other/);
  });

  it('shows unknowns of one reason in one line, and never as fails', () => {
    const unknown = verdict({ verdict: 'unknown', message: 'MultiAZ: parameter Size has no default' });
    const text = render([unknown, { ...unknown, constructPath: 'Shop/Other' }]);
    expect(text).toMatch(
      /unknown RDS-01 {2}Shop\/Db\/Resource and 1 more: MultiAZ: parameter Size has no default/,
    );
    expect(text).toMatch(/0 errors, 0 warnings, 0 info · 2 unknown/);
  });

  it('says once what is unknown of several stacks, and does not list stacks of which nothing else is said', () => {
    const unknown = verdict({
      verdict: 'unknown',
      type: 'CDKNines::Stack',
      message: 'topics are given at deploy',
    });
    const text = render([unknown, { ...unknown, stack: 'Other' }]);
    expect(text).toMatch(
      /^Unknown for the whole\n {2}unknown RDS-01 {2}in 2 stacks: topics are given at deploy\n\nshop \(tier 1, 2 stacks\)/,
    );
    expect(text).toMatch(/2 unknown/);
  });

  it('says of one stack, too, what only its deployment decides', () => {
    const text = render([
      verdict({
        rule: 'CFN-02',
        verdict: 'unknown',
        type: 'CDKNines::Stack',
        message: 'topics: given at deploy, where no template shows it',
      }),
    ]);
    expect(text).toMatch(/^Unknown for the whole\n {2}unknown CFN-02 {2}Shop: topics: given at deploy/);
  });

  it('says of resources in several stacks where each is', () => {
    const unknown = verdict({ verdict: 'unknown', message: 'parameter Size has no default' });
    const text = render([unknown, { ...unknown, stack: 'Other', constructPath: 'Other/Db' }]);
    expect(text.match(/unknown RDS-01 {2}(Shop\/Db\/Resource|Other\/Db): /g)).toHaveLength(2);
    expect(text).not.toMatch(/for the whole/);
  });

  it('says in one line all that the organisation may have, by what it is', () => {
    const absent = (rule: string, what: string) =>
      verdict({
        rule,
        verdict: 'unknown',
        message: `the app has no ${what}; the organisation or another app may have one`,
      });
    const text = render([absent('GRD-01', 'detector'), absent('CWL-04', 'trail'), absent('CWL-03', 'trail')]);
    expect(text).toMatch(
      / {2}unknown the app has no trail \(CWL-03, CWL-04\), detector \(GRD-01\); the organisation or another app may have one\n/,
    );
    expect(text.match(/unknown the app/g)).toHaveLength(1);
    expect(text).toMatch(/3 unknown/);
  });

  it('shows what is accepted with its reason, apart from the findings', () => {
    const text = render([verdict({ accepted: { reason: 'until the move', until: '2027-01-31' } })]);
    expect(text).toMatch(/accepted RDS-01 {2}Shop\/Db\/Resource until 2027-01-31: until the move/);
    expect(text).toMatch(/0 errors.* 1 accepted/);
  });

  it('hides what a twin rule shows', () => {
    expect(render([verdict({ subsumedBy: 'ELB-06' })])).not.toMatch(/Databases survive/);
  });

  it('says that a tier was assumed where no service is declared', () => {
    const { service: _, ...undeclared } = verdict({});
    expect(render([undeclared])).toMatch(
      /no declared service, judged at tier 1[\s\S]*judged at an assumed tier; --tier changes it/,
    );
    expect(render([verdict({})])).not.toMatch(/assumed tier/);
  });

  it('names a logical id where there is no construct, and every engine error', () => {
    const { constructPath: _, ...bare } = verdict({});
    expect(render([bare], ['rule X failed'])).toMatch(/ {4}Db\n[\s\S]*engine error: rule X failed/);
  });
});
