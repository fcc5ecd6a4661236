import { generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { run } from '../../lib/cli/run';
import { canonicalForm } from '../../lib/records/canonical-form';
import { parseRiskAcceptance } from '../../lib/records/risk-acceptance';
import { WRITTEN } from '../records/fixtures';
import { Scratch } from '../support/scratch';

const TEMPLATE = {
  Resources: {
    Db: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MultiAZ: false } },
  },
};

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A record that is in force on any day on which the tests run. */
const RECORD = WRITTEN.replace('  path: Shop/Database', '  stack: db\n  resource: Db')
  .replace('2027-01-10', day(-10))
  .replace('2027-03-31', day(20));

describe('nines audit with records', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());

  /** Audits a template with the files given beside it, as a user would. */
  async function audit(folder: string, files: Readonly<Record<string, string>>, ...flags: readonly string[]) {
    const template = scratch.write(`${folder}/db.template.json`, TEMPLATE);
    for (const [name, content] of Object.entries(files)) scratch.write(`${folder}/${name}`, content);
    const written = { out: '', err: '' };
    const world = {
      out: (text: string) => {
        written.out += text;
      },
      err: (text: string) => {
        written.err += text;
      },
      env: { NO_COLOR: '1' },
      isTerminal: false,
    };
    const code = await run(['audit', template, '--format', 'json', ...flags], world, '1.2.3');
    const report = written.out === '' ? undefined : JSON.parse(written.out);
    const of = (id: string) => report?.verdicts.find(({ rule }: { rule: string }) => rule === id);
    return {
      code,
      err: written.err,
      register: report?.register,
      database: of('RDS-01'),
      exceptions: of('X-84'),
    };
  }

  it('accepts what a record beside the template accepts, and registers it', async () => {
    const { database, register, exceptions } = await audit('beside', { 'records/db.yaml': RECORD });
    expect(database.accepted).toMatchObject({ by: 'head of payments', ticket: 'RISK-142', until: day(20) });
    expect(register).toMatchObject([{ state: 'in force', daysLeft: 20, signature: 'unsigned', accepts: 1 }]);
    expect(exceptions).toBeUndefined();
  });

  it('reads the folders that the configuration names, from its own folder', async () => {
    const files = { 'risks/db.yaml': RECORD, 'nines.config.yaml': 'records: [risks]\n' };
    const config = join(scratch.folder, 'named', 'nines.config.yaml');
    expect((await audit('named', files, '--config', config)).register).toHaveLength(1);
  });

  it('accepts only what is signed where the configuration asks for it', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const message = Buffer.from(canonicalForm(parseRiskAcceptance(RECORD, 'db.yaml')));
    const config = 'requireSignatures: [0, 1]\n';
    const unsigned = await audit('unsigned', { 'records/db.yaml': RECORD, 'nines.config.yaml': config });
    expect(unsigned.database).toMatchObject({
      refused: expect.stringMatching(/is missing, and tier 1 asks for it/),
    });
    expect(unsigned.exceptions).toMatchObject({ verdict: 'fail', source: { line: 1 } });
    const signed = await audit('signed', {
      'records/db.yaml': RECORD,
      'records/db.yaml.sig': sign(null, message, privateKey).toString('base64'),
      'records/head-of-payments.pem': publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      'nines.config.yaml': config,
    });
    expect(signed.database.accepted).toMatchObject({ by: 'head of payments' });
    expect(signed.register).toMatchObject([{ signature: 'verified' }]);
  });

  it('exits with 2, file, line and column when a record is not well formed', async () => {
    const { code, err } = await audit('broken', {
      'records/db.yaml': RECORD.replace('[RDS-01]', '["RDS-*"]'),
    });
    expect(code).toBe(2);
    expect(err).toMatch(
      /records\/db\.yaml:2:8: "RDS-\*" stands for a family of rules; fix: name each rule.*\n$/,
    );
  });
});
