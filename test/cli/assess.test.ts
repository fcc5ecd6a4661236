import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-assess-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Tags = [
  { Key: 'resilience:service', Value: 'shop' },
  { Key: 'resilience:tier', Value: '1' },
];

function fileOf(name: string, Resources: object): string {
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify({ Resources }));
  return file;
}

describe('a service that nobody is seen to come in to', () => {
  const file = fileOf('idle', { Key: { Type: 'AWS::KMS::Key', Properties: { Tags } } });
  const why = 'nothing was found that users or schedules come in through';

  it('has no numbers for machines, and a reason', async () => {
    const { code, out } = await nines('assess', file, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out).services).toMatchObject([
      {
        name: 'shop',
        availability: null,
        unavailability: null,
        downtimeMinutesPerYear: null,
        meets: null,
        unknown: why,
        entryPoints: [],
        sensitivity: [],
      },
    ]);
  });

  it('has none for people', async () => {
    const { out } = await nines('assess', file);
    expect(out).toContain(`\n  availability not assessed: ${why}; owed 99.9500 %, 263 min\n`);
    expect(out).not.toMatch(/at best|single points of failure/);
  });

  it('has none in a report', async () => {
    const page = join(folder, 'report.html');
    await nines('report', file, '--out', page);
    const out = readFileSync(page, 'utf8');
    expect(out).toMatch(/<dt>Available at best<\/dt><dd>not assessed<\/dd>/);
    expect(out).toMatch(/<dt>Down a year at best<\/dt><dd>not assessed<\/dd>/);
  });

  it('is explained as such', async () => {
    const { out } = await nines('explain', 'shop', file);
    expect(out).toMatch(/users and schedules come in through\n {4}nothing that was found\n/);
    expect(out).toContain(`  availability not assessed: ${why}; owed 99.9500 %, 263 min\n`);
    expect(out).not.toContain('down by');
  });
});

describe('nines assess for machines', () => {
  // What runs code and is deployed by nothing in the app: what a deploy takes is not shown.
  const file = fileOf('worker', {
    Worker: { Type: 'AWS::Lambda::Function', Properties: { Tags } },
    Hourly: {
      Type: 'AWS::Events::Rule',
      Properties: { Tags, Targets: [{ Id: 'w', Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] } }] },
    },
  });

  it('tells what its exit code is made of: what is surely not met', async () => {
    const { code, out } = await nines('assess', file, '--format', 'json');
    const { services } = JSON.parse(out);
    expect(services[0].recovery.rollback).toMatchObject({ meets: null, open: expect.any(String) });
    const notMet = services.some(
      (service: { meets: boolean | null; recovery: object }) =>
        service.meets === false || Object.values(service.recovery).some(({ meets }) => meets === false),
    );
    expect(notMet ? 1 : 0).toBe(code);
  });
});

describe('what hangs on a value that only deploy knows', () => {
  const design = (name: string, enabled: unknown) => {
    const file = join(folder, `${name}.template.json`);
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: enabled };
    const Table = { Type: 'AWS::DynamoDB::Table', Properties: { Tags, PointInTimeRecoverySpecification } };
    writeFileSync(file, JSON.stringify({ Parameters: { Kept: { Type: 'String' } }, Resources: { Table } }));
    return file;
  };
  const repaired = (text: string) => /data repaired from a backup .*\n.*\n.*\n/.exec(text)?.[0];

  it('is not known, and not NOT met', async () => {
    const open = await nines('assess', design('open', { Ref: 'Kept' }));
    expect(repaired(open.out)).toMatch(
      /: NOT KNOWN\n {6}not shown by the app: .*Kept.*\n {6}at the worst, .* is owed/,
    );
    const sure = await nines('assess', design('sure', false));
    expect(repaired(sure.out)).toMatch(/: NOT met\n/);
  });

  it('is no loss to nines diff either, which a sure one is', async () => {
    const base = design('base', true);
    const open = await nines('diff', base, design('open', { Ref: 'Kept' }));
    expect(open.out).toMatch(/^shop moves\n.*data repaired from a backup: .*, not known whether as owed\n/ms);
    expect(open.code).toBe(0);
    const sure = await nines('diff', base, design('sure', false));
    expect(sure.out).toMatch(/^shop no longer meets what it owes\n/);
    expect(sure.code).toBe(1);
  });
});

describe('an availability that hangs on a value that only deploy knows', () => {
  const design = (name: string, MultiAZ: unknown) => {
    const file = join(folder, `${name}.template.json`);
    const Db = { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ } };
    // A database with a standby reaches that, and one without does not.
    const config = join(folder, `${name}.yaml`);
    writeFileSync(config, 'services: [{ name: shop, tier: 2, slo: 0.999, stacks: ["*"] }]\n');
    writeFileSync(
      file,
      JSON.stringify({
        Parameters: { Spare: { Type: 'String' } },
        Resources: { Db },
      }),
    );
    return [file, '--config', config] as const;
  };

  it('is not known, and not NOT met', async () => {
    const { out } = await nines('assess', ...design('maybe', { Ref: 'Spare' }));
    expect(out).toMatch(/ {2}availability .* at best, .*: NOT KNOWN\n {4}not shown by the app: .*Spare/);
    const json = JSON.parse(
      (await nines('assess', ...design('maybe', { Ref: 'Spare' }), '--format', 'json')).out,
    );
    expect(json.services[0]).toMatchObject({ meets: null, open: expect.stringContaining('Spare') });
    expect(json.services[0].availability).toEqual(expect.any(Number));
    expect((await nines('assess', ...design('alone', false))).out).toMatch(/ {2}availability .*: NOT met\n/);
  });

  it('is no loss to nines diff', async () => {
    const [base] = design('both', true);
    const { code, out } = await nines('diff', base, ...design('maybe', { Ref: 'Spare' }));
    expect(out).toContain('  whether it is as available as owed is not known now\n');
    expect(out).toMatch(/^shop moves\n/);
    expect(code).toBe(0);
  });
});

describe('nines explain of a service', () => {
  const file = fileOf('table', {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags } },
  });

  it('states what its terms come to, as an assessment does', async () => {
    const [explained, assessed] = await Promise.all([nines('explain', 'shop', file), nines('assess', file)]);
    const [total] = /\n {2}availability .*\n/.exec(assessed.out) ?? [];
    expect(total).toMatch(/at best, .* down a year; owed 99\.9500 %/);
    expect(explained.out).toContain(total);
  });
});
