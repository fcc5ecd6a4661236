import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nines } from '../support/command';

describe('nines explain of a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nines-explain-'));
  const file = join(folder, 'shop.template.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    const tags = [
      { Key: 'resilience:service', Value: 'shop' },
      { Key: 'resilience:tier', Value: '1' },
    ];
    writeFileSync(
      file,
      JSON.stringify({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags } } } }),
    );
  });

  it('says what its numbers are made of, with their sources', async () => {
    const { code, out } = await nines('explain', 'shop', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^shop {2}tier 1\n/);
    expect(out).toMatch(
      /47\.\d {2}Amazon DynamoDB in any-region: shop\/Table\n +0\.0001 of the time: Amazon DynamoDB, by its agreement \(https:\/\/aws\.amazon\.com\/dynamodb\/sla\//,
    );
    expect(out).toMatch(/loss of one region \(assumed, 2026-11, assumed\)/);
  });

  it('is refused where there is no such service', async () => {
    expect(await nines('explain', 'shoes', file)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is no rule, and no service of the app; fix: .*the service shop/),
    });
  });
});

describe('nines explain', () => {
  it('says which fixes replace the resource', async () => {
    expect((await nines('explain', 'RDS-20')).out).toMatch(
      /\n {2}replaces {2}the resource, which is then new and empty: CloudFormation cannot change StorageEncrypted in place\n/,
    );
    expect((await nines('explain', 'CFN-03')).out).toMatch(/cannot change what it asks for in place/);
    expect((await nines('explain', 'RDS-01')).out).not.toMatch(/\n {2}replaces /);
    expect((await nines('explain', 'X-35')).out).toMatch(/\n {2}shown for KMS-02, with the same condition/);
  });

  it('shows what a configuration may set of a rule, with its default', async () => {
    expect((await nines('explain', 'CWL-01')).out).toMatch(
      /\n {2}set {7}minimumDays \(365\): Days for which logs/,
    );
    expect((await nines('explain', 'RDS-01')).out).not.toMatch(/\n {2}set /);
  });
});
