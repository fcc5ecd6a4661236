import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import schema from '../../schemas/audit-1.schema.json';
import { nines, SINGLE_AZ } from '../support/command';
import { Scratch } from '../support/scratch';

const isReport = new Ajv2020({ strict: false }).compile(schema);

const TWO = { Resources: { ...SINGLE_AZ.Resources, Queue: { Type: 'AWS::SQS::Queue' } } };

describe('nines baseline', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  it('lets an audit fail only on what is new, and tells what is gone', async () => {
    const file = scratch.write('db.template.json', SINGLE_AZ);
    const baseline = join(scratch.folder, 'nines.baseline.json');
    const written = await nines('baseline', file, '--out', baseline);
    expect(written).toMatchObject({ code: 0, out: '' });
    expect(written.err).toMatch(/^nines: the baseline has \d+ findings and \d+ unknown\n$/);

    const same = await nines('audit', file, '--baseline', baseline, '--fail-on', 'info');
    expect(same.code).toBe(0);
    expect(same.out).toMatch(/baseline: \d+ known, 0 new, 0 gone/);
    expect(same.out).not.toMatch(/error {3}RDS-01/);

    scratch.write('db.template.json', TWO);
    const more = await nines('audit', file, '--baseline', baseline, '--fail-on', 'info');
    expect(more.code).toBe(1);
    expect(more.out).toMatch(/SQS-/);

    scratch.write('db.template.json', { Resources: { Queue: TWO.Resources.Queue } });
    const gone = await nines('audit', file, '--baseline', baseline);
    expect(gone.out).toMatch(/gone: RDS-01 {2}db Db MultiAZ/);
    expect(gone.out).toMatch(/fix: write the baseline anew/);
  });

  it('is shown in JSON, with every known finding marked', async () => {
    const file = scratch.write('json/db.template.json', SINGLE_AZ);
    const baseline = scratch.write('json/baseline.json', (await nines('baseline', file)).out);
    const { out } = await nines('audit', file, '--baseline', baseline, '--format', 'json');
    const report = JSON.parse(out);
    expect(isReport(report)).toBe(true);
    expect(report.baseline).toMatchObject({ new: 0, gone: [] });
    expect(report.baseline.known).toBe(report.summary.fail);
    expect(report.verdicts.every(({ known }: { known?: boolean }) => known === true)).toBe(true);
  });

  it('has JUnit skip what is known', async () => {
    const file = scratch.write('junit/db.template.json', SINGLE_AZ);
    const baseline = scratch.write('junit/baseline.json', (await nines('baseline', file)).out);
    const { out } = await nines('audit', file, '--baseline', baseline, '--format', 'junit');
    expect(out).toMatch(/failures="0"/);
    expect(out).toMatch(/<skipped>known: the baseline has it/);
  });

  it('writes the same bytes each time', async () => {
    const file = scratch.write('db.template.json', TWO);
    expect((await nines('baseline', file)).out).toBe((await nines('baseline', file)).out);
  });

  it('is refused where the file is none', async () => {
    const file = scratch.write('db.template.json', TWO);
    const { code, err } = await nines('audit', file, '--baseline', file);
    expect(code).toBe(2);
    expect(err).toMatch(/^nines: .*has no schema, needs "cdk-nines\.baseline\/1"; fix: .*\n$/);
  });

  it('lists what the configuration turns off, in text and in JSON', async () => {
    const file = scratch.write('off/db.template.json', SINGLE_AZ);
    const config = scratch.write(
      'off/nines.config.yaml',
      'rules:\n  RDS-01: { level: off, reason: "a copy \\e[31m elsewhere" }\n',
    );
    const { out } = await nines('audit', file, '--config', config);
    expect(out).not.toMatch(/error {3}RDS-01/);
    expect(out).toMatch(
      /Turned off by the configuration\n {2}RDS-01 everywhere: a copy .*elsewhere.*config\.yaml:2/,
    );
    expect(out).not.toContain('\u001b');
    const report = JSON.parse((await nines('audit', file, '--config', config, '--format', 'json')).out);
    expect(isReport(report)).toBe(true);
    expect(report.turnedOff).toMatchObject([{ rule: 'RDS-01', scope: 'everywhere' }]);
  });
});
