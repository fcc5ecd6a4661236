import Ajv2020 from 'ajv/dist/2020';
import { baselineOf, withBaseline } from '../../lib/audit/baseline';
import { baselineText, readBaseline } from '../../lib/audit/baseline-file';
import type { AuditResult } from '../../lib/audit/engine';
import { mustFail } from '../../lib/audit/report';
import type { Verdict } from '../../lib/audit/verdict';
import { ConfigurationError } from '../../lib/errors';
import schema from '../../schemas/baseline-1.schema.json';
import { Scratch } from '../support/scratch';

const verdict = (part: Partial<Verdict> = {}): Verdict => ({
  rule: 'RDS-01',
  verdict: 'fail',
  severity: 'warning',
  stack: 'Shop',
  app: 'app',
  file: 'Shop.template.json',
  logicalId: 'Db',
  type: 'AWS::RDS::DBInstance',
  tier: 1,
  message: 'found 1, needs 2',
  fix: 'mend it',
  ...part,
});

const result = (...verdicts: readonly Verdict[]): AuditResult => ({ verdicts, engineErrors: [] });
const two = result(verdict(), verdict({ rule: 'S3-01' }));

describe('a baseline', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it('knows the findings of its day, wherever their lines moved and whatever their numbers became', () => {
    const later = result(verdict({ message: 'found 3, needs 4', source: { file: 'a.ts', line: 9 } }));
    const compared = withBaseline(later, baselineOf(two));
    expect(compared.verdicts[0]).toMatchObject({ known: true });
    expect(compared.baseline).toEqual({ known: 1, new: 0, gone: ['S3-01|||Shop|Db|'] });
    expect(mustFail(compared, 'info')).toBe(false);
  });

  it('lets a new finding fail', () => {
    const compared = withBaseline(result(verdict(), verdict({ logicalId: 'Other' })), baselineOf(two));
    expect(compared.baseline).toMatchObject({ known: 1, new: 1 });
    expect(mustFail(compared, 'warning')).toBe(true);
    expect(mustFail(compared, 'error')).toBe(false);
  });

  it('takes a finding that has become louder as a new one, and not one that became quieter', () => {
    const known = baselineOf(two);
    expect(withBaseline(result(verdict({ severity: 'error' })), known).baseline).toMatchObject({ new: 1 });
    expect(withBaseline(result(verdict({ severity: 'info' })), known).baseline).toMatchObject({ known: 1 });
  });

  it('lets a second finding at the same place fail', () => {
    const compared = withBaseline(result(verdict(), verdict()), baselineOf(two));
    expect(compared.baseline).toMatchObject({ known: 1, new: 1 });
  });

  it('holds no accepted finding, which is new when the acceptance ends, and not gone while it lasts', () => {
    const accepted = verdict({ accepted: { reason: 'r' } });
    expect(baselineOf(result(accepted)).findings.size).toBe(0);
    expect(withBaseline(result(accepted), baselineOf(two)).baseline).toMatchObject({
      known: 0,
      gone: ['S3-01|||Shop|Db|'],
    });
  });

  it('knows what was unknown, and a known finding of which deploy decides now', () => {
    const unknown = verdict({ verdict: 'unknown' });
    expect(mustFail(withBaseline(result(unknown), baselineOf(result(unknown))), 'unknown')).toBe(false);
    expect(mustFail(withBaseline(result(unknown), baselineOf(two)), 'unknown')).toBe(false);
    expect(mustFail(withBaseline(two, baselineOf(result(unknown))), 'warning')).toBe(true);
  });

  it('never knows a defect of the tool', () => {
    const broken = { ...two, engineErrors: ['rule threw'] };
    expect(mustFail(withBaseline(broken, baselineOf(broken)), 'never')).toBe(true);
  });

  it('is written sorted, by its schema, and read back', () => {
    const hostile = verdict({ logicalId: '"\u001b[31m<b>|%' });
    const baseline = baselineOf(result(hostile, ...two.verdicts, verdict({ verdict: 'unknown' })));
    const text = baselineText(baseline);
    expect(text).not.toContain('\u001b');
    expect(new Ajv2020().compile(schema)(JSON.parse(text))).toBe(true);
    const read = readBaseline(scratch.write('b.json', text));
    expect(new Map([...read.findings].sort())).toEqual(new Map([...baseline.findings].sort()));
    expect(read.unknowns).toEqual(baseline.unknowns);
    expect(baselineText(read)).toBe(text);
    const names = JSON.parse(text).findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(names).toEqual([...names].sort());
  });

  const wrong: Readonly<Record<string, readonly [content: unknown, message: RegExp]>> = {
    'it is an audit report': [
      { schema: 'nines.audit/1', verdicts: [] },
      /has "nines\.audit\/1", needs "cdk-/,
    ],
    'it has no schema': [{}, /has no schema, needs/],
    'it is a list': [[], /has no schema, needs/],
    'it has no findings': [{ schema: 'cdk-nines.baseline/1' }, /has no list findings/],
    'a finding has no name': [
      { schema: 'cdk-nines.baseline/1', findings: [{ severity: 'error' }], unknowns: [] },
      /findings\.0 has no fingerprint/,
    ],
    'a finding has no level': [
      { schema: 'cdk-nines.baseline/1', findings: [{ fingerprint: 'a', severity: 'loud' }], unknowns: [] },
      /findings\.0 has no severity/,
    ],
    'an unknown has no name': [
      { schema: 'cdk-nines.baseline/1', findings: [], unknowns: [1] },
      /unknowns\.0 is no text/,
    ],
  };
  for (const [name, [content, message]] of Object.entries(wrong)) {
    it(`is refused where ${name}`, () => {
      const file = scratch.write('wrong.json', content);
      expect(() => readBaseline(file)).toThrow(ConfigurationError);
      expect(() => readBaseline(file)).toThrow(message);
    });
  }
});
