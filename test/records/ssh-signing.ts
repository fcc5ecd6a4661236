import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sshString } from '../../lib/records/ssh-wire';

/** A key pair as OpenSSH knows it. */
export interface SigningKey {
  readonly type: string;
  readonly publicKey: Buffer;

  /** Signs data as SSH does: the algorithm and the signature, and what a security key adds. */
  sign(data: Buffer): Buffer;
}

const mpint = (bytes: Buffer): Buffer => {
  let start = 0;
  while (bytes[start] === 0) start += 1;
  const plain = bytes.subarray(start);
  return sshString((plain[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), plain]) : plain);
};

const field = (key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');

export function ed25519Key(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const type = 'ssh-ed25519';
  return {
    type,
    publicKey: Buffer.concat([sshString(type), sshString(field(publicKey, 'x'))]),
    sign: (data) => Buffer.concat([sshString(type), sshString(sign(null, data, privateKey))]),
  };
}

const CURVES = {
  nistp256: ['P-256', 'sha256'],
  nistp384: ['P-384', 'sha384'],
  nistp521: ['P-521', 'sha512'],
} as const;

export function ecdsaKey(curve: keyof typeof CURVES): SigningKey {
  const [namedCurve, hash] = CURVES[curve];
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const type = `ecdsa-sha2-${curve}`;
  const point = Buffer.concat([Buffer.from([4]), field(publicKey, 'x'), field(publicKey, 'y')]);
  return {
    type,
    publicKey: Buffer.concat([sshString(type), sshString(curve), sshString(point)]),
    sign: (data) => {
      const made = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const [r, s] = [made.subarray(0, made.length / 2), made.subarray(made.length / 2)];
      return Buffer.concat([sshString(type), sshString(Buffer.concat([mpint(r), mpint(s)]))]);
    },
  };
}

export function rsaKey(algorithm: string, bits = 2048): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const hash = algorithm === 'rsa-sha2-512' ? 'sha512' : algorithm === 'ssh-rsa' ? 'sha1' : 'sha256';
  return {
    type: 'ssh-rsa',
    publicKey: Buffer.concat([
      sshString('ssh-rsa'),
      mpint(field(publicKey, 'e')),
      mpint(field(publicKey, 'n')),
    ]),
    sign: (data) => Buffer.concat([sshString(algorithm), sshString(sign(hash, data, privateKey))]),
  };
}

/** A key on a security token; `flags` say whether somebody touched it. */
export function tokenKey(flags = 1): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const type = 'sk-ssh-ed25519@openssh.com';
  const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();
  const state = Buffer.from([flags, 0, 0, 0, 7]);
  return {
    type,
    publicKey: Buffer.concat([sshString(type), sshString(field(publicKey, 'x')), sshString('ssh:')]),
    sign: (data) => {
      const made = sign(null, Buffer.concat([sha256('ssh:'), state, sha256(data)]), privateKey);
      return Buffer.concat([sshString(type), sshString(made), state]);
    },
  };
}

/** What `ssh-keygen -Y sign -n NAMESPACE` writes, without its armour. */
export function signatureBytes(
  key: SigningKey,
  message: string,
  namespace = 'cdk-nines',
  hash = 'sha512',
): Buffer {
  const digest = createHash(hash).update(message).digest();
  const head = [namespace, '', hash].map((each) => sshString(each));
  const signed = Buffer.concat([Buffer.from('SSHSIG'), ...head, sshString(digest)]);
  const version = Buffer.from([0, 0, 0, 1]);
  const body = [sshString(key.publicKey), ...head, sshString(key.sign(signed))];
  return Buffer.concat([Buffer.from('SSHSIG'), version, ...body]);
}

/** The same with it. */
export function armoured(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n');
}

/** A line of `allowed_signers`. */
export function allowedLine(key: SigningKey, principals = '"head of payments"', options = ''): string {
  return `${principals} ${options}${options && ' '}${key.type} ${key.publicKey.toString('base64')} a comment`;
}
