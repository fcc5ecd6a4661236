import Ajv2020 from 'ajv/dist/2020';
import type { RegisterEntry } from '../../lib/audit/register';
import type { Acceptance, Verdict } from '../../lib/audit/verdict';
import { run } from '../../lib/cli/run';
import { json } from '../../lib/evidence/json';
import schema from '../../schemas/audit-1.schema.json';
import { closed } from '../support/closed-schema';
import { Scratch } from '../support/scratch';
import { evidence, exception, mixed, otherFinding, textOf, verdict } from './fixtures';

/** What the published schema says against a report, with the keys that it does not describe. */
function problemsOf(report: unknown): readonly string[] {
  const options = { allErrors: true, strict: true, strictRequired: false, strictTypes: false };
  const validate = new Ajv2020(options).compile(closed(schema));
  validate(report);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Whatever a verdict and an exception may ever say: a new key breaks the compiler here, and then the test. */
const WHOLE: Required<Verdict> = {
  ...(verdict() as Required<Verdict>),
  madeAs: 'DbRole',
  source: { file: 'app.ts', line: 3 },
  accepted: {
    by: 'a',
    owner: 'b',
    ticket: 'c',
    until: '2027-01-31',
    reason: 'd',
  } satisfies Required<Acceptance>,
  refused: 'it has expired',
  known: true,
  subsumedBy: 'RDS-02',
};

const EVERY_EXCEPTION: Required<RegisterEntry> = {
  ...(exception as Required<RegisterEntry>),
  signature: 'verified',
  problems: ['it is old'],
  fix: 'renew it',
  author: 'a',
  owner: 'b',
  secondApprover: 'c',
  ticket: 'RISK-1',
  compensatingControl: 'd',
  created: '2026-01-31',
};

const reportOf = (...args: Parameters<typeof evidence>) => JSON.parse(textOf(json, evidence(...args)));

describe('the JSON of an audit', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it('keeps the published schema, with all that may stand in it', () => {
    const more = { all: true, register: [exception], others: [otherFinding({ accepted: { reason: 'x' } })] };
    const result = { verdicts: mixed, engineErrors: ['rule X failed'] };
    expect(problemsOf(reportOf([], { ...more, result }))).toEqual([]);
    expect(problemsOf(reportOf([]))).toEqual([]);
  });

  it('keeps it with every key that there is', () => {
    const result = {
      verdicts: [WHOLE],
      engineErrors: ['x'],
      turnedOff: [
        { rule: 'RDS-01', scope: 'everywhere', reason: 'x', source: { file: 'nines.config.yaml', line: 2 } },
      ],
      baseline: { known: 1, new: 2, gone: ['abc'] },
    };
    const others = [otherFinding({ accepted: { reason: 'x' }, toolVersion: '3', fix: 'y', property: 'z' })];
    const frameworks = ['iso27001', 'dora'] as const;
    const report = reportOf([], { all: true, result, register: [EVERY_EXCEPTION], others, frameworks });
    expect(Object.keys(report).sort()).toEqual(Object.keys(schema.properties).sort());
    expect(problemsOf(report)).toEqual([]);
  });

  it('and the schema says no to what is none', () => {
    expect(problemsOf(reportOf([{ ...mixed[0], tier: 4 } as never]))).not.toEqual([]);
  });

  it.each([[['--all']], [[]]])('keeps it for a real app, with %j', async (flags) => {
    const template = scratch.write('app.template.json', {
      Resources: {
        Db: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MultiAZ: { Ref: 'Later' } } },
        Bucket: { Type: 'AWS::S3::Bucket' },
      },
      Parameters: { Later: { Type: 'String' } },
    });
    let out = '';
    const world = {
      out: (text: string) => {
        out += text;
      },
      err: () => undefined,
      env: {},
      isTerminal: false,
    };
    await run(
      ['audit', template, '--format', 'json', '--framework', 'iso27001,dora', ...flags],
      world,
      '1.2.3',
    );
    const report = JSON.parse(out);
    expect(report.verdicts.length).toBeGreaterThan(10);
    expect(problemsOf(report)).toEqual([]);
  });

  it('lists findings of other tools apart from its own', () => {
    const report = reportOf([], { others: [otherFinding()] });
    expect(report.others).toEqual([otherFinding()]);
    expect(report.summary.fail).toBe(0);
    expect('others' in reportOf([])).toBe(false);
  });
});
