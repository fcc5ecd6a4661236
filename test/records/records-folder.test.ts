import { join } from 'node:path';
import { readRecords } from '../../lib/records/records-folder';
import { Scratch } from '../support/scratch';
import { RECORD, WRITTEN } from './fixtures';
import { allowedLine, ed25519Key } from './ssh-signing';

describe('folders of records', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());
  const folder = (name: string) => join(scratch.folder, name);

  it('need not be there, when nobody named them', () =>
    expect(readRecords({ usual: [folder('nowhere')] })).toEqual({ acceptances: [] }));

  it('are refused when somebody named them and they are not there', () =>
    expect(() => readRecords({ named: [folder('nowhere')] })).toThrow(/nowhere: is no folder/));

  it('are read by name, with signatures beside the records', () => {
    scratch.write('a/b.yaml', WRITTEN);
    scratch.write('a/a.json', JSON.stringify({ ...JSON.parse('{}') }));
    scratch.write('a/c.yml', WRITTEN.replace('RISK-142', 'RISK-143'));
    scratch.write('a/c.yml.sig', 'c2ln\n');
    scratch.write('a/c.yml.second.sig', 'c2ln2\n');
    scratch.write('a/notes.md', '# notes');
    const { acceptances, signers } = readRecords({ usual: [folder('a')] });
    expect(
      acceptances.map(({ ticket, signature, secondSignature }) => [ticket, signature, secondSignature]),
    ).toEqual([
      ['RISK-142', undefined, undefined],
      ['RISK-143', 'c2ln', 'c2ln2'],
    ]);
    expect(signers).toBeUndefined();
  });

  it('may hold files of others where nobody named them, but not where somebody did', () => {
    scratch.write('others/dns.yaml', 'records: [www]\n');
    expect(readRecords({ usual: [folder('others')] }).acceptances).toEqual([]);
    expect(() => readRecords({ named: [folder('others')] })).toThrow(/dns\.yaml:1:1: .*unknown key records/);
  });

  it('know a record of ours on one line', () => {
    const json = JSON.stringify({ ...RECORD, schema: 'cdk-nines.risk-acceptance/1' });
    scratch.write('line/db.json', json);
    expect(readRecords({ usual: [folder('line')] }).acceptances).toHaveLength(1);
  });

  it('are not passed over where a record of ours is broken', () => {
    scratch.write('broken/db.yaml', WRITTEN.replace('[RDS-01]', '["*"]'));
    expect(() => readRecords({ usual: [folder('broken')] })).toThrow(
      /db\.yaml:2:8: "\*" stands for a family/,
    );
  });

  it('say whose signatures count, unless another file does', () => {
    const line = allowedLine(ed25519Key());
    scratch.write('signed/allowed_signers', `${line}\n${line}\n`);
    const elsewhere = scratch.write('elsewhere', line);
    expect(readRecords({ usual: [folder('signed')] }).signers?.ssh).toHaveLength(2);
    expect(readRecords({ usual: [folder('signed')], allowedSigners: elsewhere }).signers?.ssh).toHaveLength(
      1,
    );
  });
});
