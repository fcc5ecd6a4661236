import { nines } from '../support/command';

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
