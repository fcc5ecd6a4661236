import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

const folder = mkdtempSync(join(tmpdir(), 'nines-diff-'));
let files = 0;

function template(resources: object): string {
  const file = join(folder, `${files++}.template.json`);
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

function database(properties: object, attributes: object = {}): object {
  return { Db: { Type: 'AWS::RDS::DBInstance', Properties: properties, ...attributes } };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nines diff', () => {
  it('says what gets worse, by which event, and that nothing else moves', async () => {
    const [base, head] = [database({ MultiAZ: true }), database({ AvailabilityZone: 'eu-west-1a' })].map(
      template,
    );
    const { out } = await nines('diff', base ?? '', head ?? '');
    expect(out).toMatch(/down a year at best: 268 min -> 2\d{3} min/);
    expect(out).toMatch(/app\/Db costs 25\d min -> 25\d\d min a year/);
    expect(out).toMatch(/new single point of failure: zone eu-west-1a/);
  });

  it('says nothing moves, with exit code 0', async () => {
    const file = template(database({ MultiAZ: true }));
    expect(await nines('diff', file, file)).toMatchObject({
      code: 0,
      out: 'app stays as it is\nnothing moves\n',
    });
  });

  it.each([
    [
      'is removed',
      database({}, { DeletionPolicy: 'Delete' }),
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
    ],
    ['is replaced by MasterUsername', database({ MasterUsername: 'a' }), database({ MasterUsername: 'b' })],
    ['is replaced by Type', database({}), { Db: { Type: 'AWS::DynamoDB::Table', Properties: {} } }],
  ])('exits with 1 when what holds data %s', async (words, base, head) => {
    const { code, out } = await nines('diff', template(base), template(head));
    expect(out).toContain(`app/Db (AWS::RDS::DBInstance) ${words}: its data is deleted`);
    expect(code).toBe(1);
  });

  it('takes a snapshot of what is removed for kept, as CloudFormation does of databases', async () => {
    const { out } = await nines(
      'diff',
      template(database({})),
      template({ Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } }),
    );
    expect(out).toContain('is removed: a last snapshot is kept');
  });

  it('has nothing to say of data where a standby is added', async () => {
    const [one, two] = [database({ MultiAZ: false }), database({ MultiAZ: true })].map(template);
    expect((await nines('diff', one ?? '', two ?? '')).out).not.toContain('replaced');
  });

  it('tells when the old one is kept', async () => {
    const kept = { UpdateReplacePolicy: 'Retain' };
    const { out } = await nines(
      'diff',
      template(database({ MultiAZ: true, MasterUsername: 'a' }, kept)),
      template(database({ MultiAZ: true, MasterUsername: 'b' }, kept)),
    );
    expect(out).toContain('is replaced by MasterUsername: the old one is kept');
  });

  it('tells what is interrupted, and what is perhaps replaced', async () => {
    const [small, large] = [{ DBInstanceClass: 'db.t4g.small' }, { DBInstanceClass: 'db.t4g.large' }];
    const { out, code } = await nines('diff', template(database(small)), template(database(large)));
    expect(out).toContain('is interrupted by DBInstanceClass: its data stays');
    expect(code).toBe(0);
    const engines = ['mysql', 'mariadb'].map((Engine) => template(database({ Engine })));
    expect((await nines('diff', ...engines)).out).toContain('is perhaps replaced by Engine');
  });

  it('takes another order of keys for no change', async () => {
    const [one, other] = [
      database({ MasterUserSecret: { a: 1, b: 2 }, MultiAZ: true }),
      database({ MultiAZ: true, MasterUserSecret: { b: 2, a: 1 } }),
    ].map(template);
    expect((await nines('diff', one ?? '', other ?? '')).out).toMatch(/nothing moves/);
  });

  it('tells of new services, and of those that are gone', async () => {
    const declared = (name: string) => {
      const file = join(folder, `${files++}.template.json`);
      const tags = [
        { Key: 'resilience:service', Value: name },
        { Key: 'resilience:tier', Value: '2' },
      ];
      writeFileSync(file, JSON.stringify({ Resources: database({ MultiAZ: true, Tags: tags }) }));
      return file;
    };
    const { out } = await nines('diff', declared('old'), declared('new'));
    expect(out).toMatch(/^new is new: 268 min down a year at best\nold is gone\n/);
  });

  it('gives the same to machines and to pull requests, where names mean nothing', async () => {
    const [base, head] = [database({ MultiAZ: true }), { '<b>@all': { Type: 'AWS::DynamoDB::Table' } }].map(
      template,
    );
    const json = JSON.parse((await nines('diff', base ?? '', head ?? '', '--format', 'json')).out);
    expect(json).toMatchObject({
      schema: 'nines.difference/1',
      data: [{ kind: 'removed', kept: 'snapshot' }],
    });
    const { out } = await nines('diff', base ?? '', head ?? '', '--format', 'markdown');
    expect(out).not.toContain('<b>');
    expect(out).not.toContain('@all');
  });
});
