import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../lib/errors';
import type { RiskAcceptanceRecord } from '../../lib/objectives/risk-acceptance';
import { parseAllowedSigners } from '../../lib/records/allowed-signers';
import { canonicalForm } from '../../lib/records/canonical-form';
import { parsePemSigner, signatureChecker } from '../../lib/records/signatures';
import { Scratch } from '../support/scratch';
import { RECORD } from './fixtures';
import {
  allowedLine,
  armoured,
  ecdsaKey,
  ed25519Key,
  rsaKey,
  type SigningKey,
  signatureBytes,
  tokenKey,
} from './ssh-signing';

const MESSAGE = canonicalForm(RECORD);

/** Checks a record against lines of an `allowed_signers` file. */
function check(record: RiskAcceptanceRecord, ...lines: readonly string[]) {
  const ssh = parseAllowedSigners(lines.join('\n'), 'allowed_signers');
  return signatureChecker({ ssh, pem: [] })(record, 'signature');
}

const signedBy = (key: SigningKey, ...more: [namespace?: string, hash?: string]): RiskAcceptanceRecord => ({
  ...RECORD,
  signature: armoured(signatureBytes(key, MESSAGE, ...more)),
});

const KEYS: Readonly<Record<string, SigningKey>> = {
  'ssh-ed25519': ed25519Key(),
  'ecdsa-sha2-nistp256': ecdsaKey('nistp256'),
  'ecdsa-sha2-nistp384': ecdsaKey('nistp384'),
  'ecdsa-sha2-nistp521': ecdsaKey('nistp521'),
  'rsa-sha2-256': rsaKey('rsa-sha2-256'),
  'rsa-sha2-512': rsaKey('rsa-sha2-512'),
  'sk-ssh-ed25519@openssh.com': tokenKey(),
};

describe('the canonical form', () => {
  it('is JSON with sorted keys and without spaces', () =>
    expect(MESSAGE).toBe(
      '{"approver":"head of payments","author":"team-shop","compensatingControl":"a restore is rehearsed each week",' +
        '"created":"2027-01-10","expires":"2027-03-31","owner":"head of logistics",' +
        '"reason":"the move to Aurora ends in March","rules":["RDS-01"],"schema":"cdk-nines.risk-acceptance/1",' +
        '"scope":{"path":"Shop/Database"},"ticket":"RISK-142"}',
    ));

  it('leaves the signatures out', () =>
    expect(canonicalForm({ ...RECORD, signature: 'a', secondSignature: 'b' })).toBe(MESSAGE));
});

describe.each(Object.entries(KEYS))('a signature of %s', (_algorithm, key) => {
  const line = allowedLine(key);

  it('is verified offline', () => {
    expect(check(signedBy(key), line)).toEqual({ state: 'verified' });
    expect(check(signedBy(key, 'cdk-nines', 'sha256'), line)).toEqual({ state: 'verified' });
  });

  it('fails when any byte of it is flipped', () => {
    const bytes = signatureBytes(key, MESSAGE);
    const passed = [...bytes.keys()].filter((at) => {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      return check({ ...RECORD, signature: armoured(flipped) }, line).state !== 'wrong';
    });
    expect(passed).toEqual([]);
  });

  it('fails when any field of the record is changed', () => {
    const { signature } = signedBy(key);
    const changes: Readonly<Partial<RiskAcceptanceRecord>>[] = [
      { rules: ['RDS-01', 'RDS-05'] },
      { rules: ['RDS-02'] },
      { scope: { path: 'Shop' } },
      { scope: { stack: 'Shop/Database' } },
      { secondApprover: 'chief risk officer' },
      ...(['reason', 'author', 'owner', 'ticket', 'compensatingControl', 'created', 'expires'] as const).map(
        (name) => ({ [name]: `${RECORD[name]} ` }),
      ),
    ];
    const states = changes.map(
      (change) => check({ ...RECORD, ...change, signature: signature ?? '' }, line).state,
    );
    expect(new Set(states)).toEqual(new Set(['wrong']));
  });

  it('fails when its end is cut off or something follows', () => {
    const bytes = signatureBytes(key, MESSAGE);
    for (const other of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from([0])])]) {
      expect(check({ ...RECORD, signature: armoured(other) }, line).state).toBe('wrong');
    }
  });
});

describe('a signature', () => {
  const key = ed25519Key();
  const record = signedBy(key);
  const reason = (...lines: readonly string[]) => check(record, ...lines).reason;

  it('counts only for an approver whose key it is', () => {
    expect(reason(allowedLine(ed25519Key()))).toMatch(/not among the allowed signers/);
    expect(reason(allowedLine(key, '"head of sales"'))).toMatch(
      /is by a key that is not of "head of payments"/,
    );
    expect(reason(allowedLine(key, '"head of *",!"head of payments"'))).toMatch(/not of "head of payments"/);
    expect(reason(allowedLine(key, 'someone,"head of *"'))).toBeUndefined();
  });

  it('counts only in our namespace', () => {
    expect(check(signedBy(key, 'file'), allowedLine(key)).reason).toMatch(/namespace "file", not cdk-nines/);
    expect(reason(allowedLine(key, undefined, 'namespaces="git,file"'))).toMatch(
      /not allowed for the namespace/,
    );
    expect(reason(allowedLine(key, undefined, 'namespaces="git,cdk-*"'))).toBeUndefined();
  });

  it.each([
    ['valid-after="20270111"', false],
    ['valid-after="20270110"', true],
    ['valid-before="20270110"', false],
    ['valid-before="20270111Z"', true],
    ['valid-after="202701100800"', false],
    ['valid-after="20260101",valid-before="20280101"', true],
  ])('with %s counts on the day of the record: %s', (options, counts) => {
    expect(check(record, allowedLine(key, undefined, options)).state).toBe(counts ? 'verified' : 'wrong');
  });

  it('is refused when nobody touched the security key', () => {
    const untouched = tokenKey(0);
    expect(check(signedBy(untouched), allowedLine(untouched)).reason).toMatch(/nobody touched/);
  });

  it('is refused when it uses SHA-1', () => {
    const old = rsaKey('ssh-rsa');
    expect(check(signedBy(old), allowedLine(old)).reason).toMatch(/ssh-rsa is not rsa-sha2-256/);
  });

  it('is refused when it is none', () => {
    expect(check({ ...RECORD, signature: 'yes' }, allowedLine(key)).reason).toMatch(
      /neither an armoured SSH/,
    );
    const broken = '-----BEGIN SSH SIGNATURE-----\nU1NI\n';
    expect(check({ ...RECORD, signature: broken }, allowedLine(key)).reason).toMatch(/its armour is broken/);
  });

  it('is missing where there is none', () =>
    expect(check(RECORD, allowedLine(key))).toEqual({ state: 'unsigned' }));

  it('of the second approver is by another key', () => {
    const other = ed25519Key();
    const both = { ...RECORD, secondApprover: 'chief risk officer' };
    const made = (by: SigningKey) => armoured(signatureBytes(by, canonicalForm(both)));
    const ssh = parseAllowedSigners([allowedLine(key, '*'), allowedLine(other, '*')].join('\n'), 'a');
    const second = (by: SigningKey) =>
      signatureChecker({ ssh, pem: [] })(
        { ...both, signature: made(key), secondSignature: made(by) },
        'secondSignature',
      );
    expect(second(other)).toEqual({ state: 'verified' });
    expect(second(key).reason).toMatch(/same key as the first/);
  });
});

describe('a signature of an Ed25519 key in PEM', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const signers = { ssh: [], pem: [parsePemSigner(pem, 'head-of-payments.pem', 'head-of-payments')] };
  const signature = sign(null, Buffer.from(MESSAGE), privateKey).toString('base64');

  it('is verified offline', () =>
    expect(signatureChecker(signers)({ ...RECORD, signature }, 'signature')).toEqual({ state: 'verified' }));

  it('fails when the record or the signature is changed', () => {
    const checkIt = signatureChecker(signers);
    expect(checkIt({ ...RECORD, reason: 'another', signature }, 'signature').state).toBe('wrong');
    const flipped = Buffer.from(signature, 'base64');
    for (const at of flipped.keys()) {
      const other = Buffer.from(flipped);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(checkIt({ ...RECORD, signature: other.toString('base64') }, 'signature').state).toBe('wrong');
    }
  });

  it('needs a file named after the approver', () =>
    expect(
      signatureChecker(signers)({ ...RECORD, approver: 'head of sales', signature }, 'signature').reason,
    ).toMatch(/head-of-sales\.pem is not among the signers/));

  it('is refused when the key is private, or of another kind', () => {
    const secret = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => parsePemSigner(secret, 'a.pem', 'a')).toThrow(/a\.pem:1: is a private key/);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const other = rsa.export({ format: 'pem', type: 'spki' }).toString();
    expect(() => parsePemSigner(other, 'a.pem', 'a')).toThrow(/is no Ed25519 public key/);
    expect(() => parsePemSigner('hello', 'a.pem', 'a')).toThrow(ConfigurationError);
  });
});

describe('an allowed_signers file', () => {
  const good = allowedLine(ed25519Key());

  it('may have comments and empty lines', () =>
    expect(parseAllowedSigners(`# ours\n\n${good}\r\n`, 'a')).toHaveLength(1));

  it.each([
    ['a line has no key', 'someone', /^a:2: holds no public key/],
    ['a key is not Base64', 'someone ssh-ed25519 !!!', /^a:2: holds no public key/],
    [
      'a key is cut off',
      'someone ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
      /^a:2: the key cannot be read: it ends too early/,
    ],
    [
      'a key is of another type',
      good.replace(' ssh-ed25519 ', ' ssh-rsa '),
      /^a:2: the key is of type ssh-ed25519/,
    ],
    ['a type is not known', 'someone ssh-dss AAAAB3NzaC1kc3M=', /keys of type ssh-dss are not known/],
    [
      'an option is not known',
      good.replace(' ssh', ' verify-required ssh'),
      /option verify-required is not known/,
    ],
    ['it names an authority', good.replace(' ssh', ' cert-authority ssh'), /certificates are not read/],
    ['a day is none', good.replace(' ssh', ' valid-after="2027-01-01" ssh'), /"2027-01-01" is no date/],
    ['an RSA key is short', allowedLine(rsaKey('rsa-sha2-256', 1024)), /has 1024 bits, and at least 2048/],
  ])('is refused with its line when %s', (_name, line, message) => {
    let said = 'accepted';
    try {
      parseAllowedSigners(`# first\n${line}`, 'a');
    } catch (error) {
      said = (error as ConfigurationError).line;
    }
    expect(said).toMatch(message);
  });
});

const openssh = spawnSync('ssh-keygen', ['-?']).error === undefined;

(openssh ? describe : describe.skip)('ssh-keygen', () => {
  const scratch = new Scratch();
  afterAll(() => scratch.remove());
  const keygen = (args: readonly string[], input = '') => {
    const { status, stdout, stderr } = spawnSync('ssh-keygen', args, {
      input,
      encoding: 'utf8',
      cwd: scratch.folder,
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };

  it.each([['ed25519'], ['ecdsa'], ['rsa']])('signs with %s what is verified here', (type) => {
    const file = join(scratch.folder, `id_${type}`);
    keygen(['-q', '-t', type, '-N', '', '-f', file]);
    const signature = keygen(['-q', '-Y', 'sign', '-n', 'cdk-nines', '-f', file], MESSAGE);
    const line = `"head of payments" namespaces="cdk-nines" ${readFileSync(`${file}.pub`, 'utf8')}`;
    expect(check({ ...RECORD, signature }, line)).toEqual({ state: 'verified' });
    expect(check({ ...RECORD, reason: 'another', signature }, line).state).toBe('wrong');
  });

  it('reads an allowed_signers file as it is read here, and verifies what the tests sign', () => {
    const key = ed25519Key();
    const signers = scratch.write(
      'allowed_signers',
      `${allowedLine(key, undefined, 'namespaces="cdk-nines"')}\n`,
    );
    const signature = scratch.write('made.sig', `${armoured(signatureBytes(key, MESSAGE))}\n`);
    const args = [
      '-Y',
      'verify',
      '-n',
      'cdk-nines',
      '-I',
      'head of payments',
      '-f',
      signers,
      '-s',
      signature,
    ];
    expect(keygen(args, MESSAGE)).toMatch(/^Good "cdk-nines" signature for head of payments/);
  });
});
