import Ajv2020 from 'ajv/dist/2020';
import { run } from '../../lib/cli/run';
import { json } from '../../lib/evidence/json';
import schema from '../../schemas/audit-1.schema.json';
import { Scratch } from '../support/scratch';
import { evidence, exception, mixed, otherFinding, textOf } from './fixtures';

type Described = Readonly<Record<string, { readonly properties?: object }>>;

const described = schema.$defs as unknown as Described;
const unknownKeys = (entries: readonly object[], known: object = {}) =>
  entries.flatMap((entry) => Object.keys(entry).filter((key) => !(key in known)));

/** What the published schema says against a report, and the keys that it does not describe. */
function problemsOf(report: Readonly<Record<string, object[]>>): readonly string[] {
  const validate = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  }).compile(schema);
  validate(report);
  return [
    ...(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...unknownKeys([report], schema.properties),
    ...unknownKeys(report.verdicts ?? [], described.verdict?.properties),
    ...unknownKeys(report.register ?? [], described.exception?.properties),
    ...unknownKeys(report.others ?? [], described.otherFinding?.properties),
  ];
}

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
    await run(['audit', template, '--format', 'json', ...flags], world, '1.2.3');
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
