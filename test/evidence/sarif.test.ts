import { sarif } from '../../lib/evidence/sarif';
import { evidence, exception, mixed, otherFinding, textOf, verdict } from './fixtures';
import { sarifProblems } from './sarif-schema';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: { readonly startLine: number };
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly Readonly<Record<string, string>>[];
}

const logOf = (...args: Parameters<typeof evidence>) => JSON.parse(textOf(sarif, evidence(...args)));
const resultsOf = (...args: Parameters<typeof evidence>): readonly Result[] => logOf(...args).runs[0].results;

describe('SARIF', () => {
  it.each([
    ['findings of all kinds', evidence(mixed)],
    ['everything', evidence(mixed, { all: true, register: [exception], others: [otherFinding()] })],
    ['nothing', evidence([])],
    ['engine errors', evidence([], { result: { verdicts: [], engineErrors: ['rule RDS-01 failed on Db'] } })],
  ])('keeps the schema of SARIF 2.1.0 with %s', (_, given) => {
    expect(sarifProblems(JSON.parse(textOf(sarif, given)))).toEqual([]);
  });

  it('puts the worst finding first, then what is unknown, then what is accepted', () => {
    expect(resultsOf(mixed).map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      'fail error',
      'fail warning',
      'fail note',
      'open none',
      'fail error',
    ]);
  });

  it('lists passes and what does not apply, without a level, only with all', () => {
    const kinds = resultsOf(mixed, { all: true }).map(({ kind, level }) => `${kind} ${level}`);
    expect(kinds.slice(-2)).toEqual(['pass none', 'notApplicable none']);
  });

  it('points to the line of the user, else to the template, from the root of the checkout', () => {
    const locate = (file: string) => `apps/shop/${file}`;
    const [ours] = resultsOf([verdict({ source: { file: 'lib/shop.ts', line: 12 } })], { locate });
    const [bare] = resultsOf([verdict({})], { locate });
    expect(ours?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'apps/shop/lib/shop.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12 },
    });
    expect(bare?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'apps/shop/cdk.out/Shop.template.json', uriBaseId: '%SRCROOT%' },
      region: { startLine: 1 },
    });
    expect(ours?.locations[0]?.logicalLocations.map(({ fullyQualifiedName }) => fullyQualifiedName)).toEqual([
      'Shop/Db/Resource',
      'Shop.Db',
    ]);
  });

  it.each([
    ['/srv/a b/ü#1?.ts', 'file:///srv/a%20b/%C3%BC%231%3F.ts'],
    ['C:\\apps\\shop.ts', 'file:///C:/apps/shop.ts'],
  ])('names the file %s outside the checkout by a URI that stands alone', (file, uri) => {
    const [result] = resultsOf([verdict({ source: { file, line: 1 } })]);
    expect(result?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri });
  });

  it('says who accepted a finding, and whether in code or in a record', () => {
    const accepted = mixed.filter((each) => each.accepted);
    const justification = 'until the move (head of payments, until 2027-01-31)';
    expect(resultsOf(accepted)[0]?.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification },
    ]);
    expect(resultsOf(accepted, { register: [exception] })[0]?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification },
    ]);
    expect(resultsOf([verdict({})])[0]?.suppressions).toEqual([]);
  });

  it('gives a finding the same fingerprints when lines and numbers change', () => {
    const names = (more: Parameters<typeof verdict>[0]) => resultsOf([verdict(more)])[0]?.partialFingerprints;
    const before = names({ source: { file: 'a.ts', line: 1 }, message: 'found 1' });
    expect(names({ source: { file: 'a.ts', line: 9 }, message: 'found 2' })).toEqual(before);
    expect(names({ property: 'Other' })).not.toEqual(before);
    expect(Object.keys(before ?? {})).toEqual(['cdkNinesFinding/v1', 'primaryLocationLineHash']);
  });

  it('describes rules with help, levels by tier, and ten tags at most of which no framework is cut', () => {
    const [rule] = logOf([]).runs[0].tool.driver.rules;
    expect(rule).toMatchObject({ id: 'RDS-01', defaultConfiguration: { level: 'error' } });
    expect(rule.properties.levelByTier).toEqual({ 0: 'error', 1: 'error', 2: 'warning', 3: 'note' });
    expect(rule.properties.tags).toHaveLength(10);
    expect(new Set(rule.properties.tags.map((tag: string) => tag.split(' ')[0])).size).toBe(10);
    expect(rule.properties.controls).toHaveLength(30);
    expect(rule.help.markdown).toMatch(/\*\*Fix:\*\* set multiAz: true\./);
  });

  it('leads every result to its rule', () => {
    const [run] = logOf(mixed).runs;
    for (const { ruleId, ruleIndex } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
  });

  it('reports engine errors as failed runs', () => {
    const [{ invocations }] = logOf([], { result: { verdicts: [], engineErrors: ['rule X failed'] } }).runs;
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'rule X failed' } }],
    });
  });

  it('keeps to 25,000 results, the worst, and says how many are cut', () => {
    const many = Array.from({ length: 25_003 }, (_, index) =>
      verdict({ severity: 'info', logicalId: `Db${index}`, constructPath: `Shop/Db${index}` }),
    );
    const [run] = logOf([...many, verdict({ constructPath: 'Shop/Worst' })]).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0].level).toBe('error');
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^4 results are left out/);
  });

  it('gives each other tool a run of its own, with what it accepted', () => {
    const others = [
      otherFinding({ accepted: { reason: 'no log' } }),
      otherFinding({
        tool: 'CloudFormation Validate',
        toolVersion: '1.14.0',
        rule: 'F3012',
        verdict: 'unknown',
      }),
    ];
    const [, nag, validator] = logOf([], { others }).runs;
    expect(nag.tool.driver).toEqual({ name: 'AwsSolutions', rules: [{ id: 'AwsSolutions-S1' }] });
    expect(nag.results[0].suppressions[0]).toMatchObject({ status: 'accepted', justification: 'no log' });
    expect(validator.tool.driver.version).toBe('1.14.0');
    expect(validator.results[0]).toMatchObject({ kind: 'open', level: 'none' });
  });

  it('says which tools are cut where there are more than a log may hold', () => {
    const others = Array.from({ length: 25 }, (_, index) => otherFinding({ tool: `Tool${index}` }));
    const { runs } = logOf([], { others });
    expect(runs).toHaveLength(20);
    expect(runs[0].invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^6 other tools/);
  });
});
