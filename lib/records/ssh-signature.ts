import { createHash, verify } from 'node:crypto';
import { readSshKey, type SshKey } from './ssh-key';
import { SshReader, sshString, strictBase64, unsigned } from './ssh-wire';

/** A signature as `ssh-keygen -Y sign` writes it. */
export interface SshSignature {
  /** The signer's public key. */
  readonly publicKey: Buffer;
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hash: 'sha256' | 'sha512';

  /** The algorithm and the signature itself. */
  readonly signature: Buffer;
}

const MAGIC = 'SSHSIG';
const ARMOUR = /^-----BEGIN SSH SIGNATURE-----([\sA-Za-z0-9+/=]+)-----END SSH SIGNATURE-----$/;

/** Whether a text means to be such a signature. */
export function looksLikeSsh(text: string): boolean {
  return text.trimStart().startsWith('-----BEGIN SSH SIGNATURE-----');
}

/**
 * Reads an armoured signature.
 *
 * @throws Error that says in a few words what is wrong with it
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
 */
export function readSshSignature(armoured: string): SshSignature {
  const bytes = strictBase64(ARMOUR.exec(armoured.trim())?.[1] ?? '');
  if (!bytes) throw new RangeError('its armour is broken');
  const reader = new SshReader(bytes);
  if (reader.take(MAGIC.length).toString('latin1') !== MAGIC) throw new RangeError('it is no SSH signature');
  const version = reader.number();
  if (version !== 1) throw new RangeError(`it is of version ${version}, and only 1 is known`);
  const publicKey = reader.string();
  const namespace = reader.text();
  const reserved = reader.string();
  const hash = reader.text();
  const signature = reader.string();
  reader.end();
  if (hash !== 'sha256' && hash !== 'sha512') throw new RangeError('its hash is neither sha256 nor sha512');
  return { publicKey, namespace, reserved, hash, signature };
}

/** Whether the key in a signature made it over a message. @throws Error for a key or a form that is not known */
export function verifySsh(
  { publicKey, namespace, reserved, hash, signature }: SshSignature,
  message: Buffer,
): boolean {
  const key = readSshKey(publicKey);
  const reader = new SshReader(signature);
  const algorithm = reader.text();
  const made = reader.string();
  const signed = Buffer.concat([
    Buffer.from(MAGIC),
    ...[namespace, reserved, hash, createHash(hash).update(message).digest()].map((each) => sshString(each)),
  ]);
  const data = key.application === undefined ? signed : onToken(key.application, signed, reader);
  reader.end();
  return verifyBy(key, algorithm, data, made);
}

/** A token signs hashes, says whether somebody touched it, and counts. */
function onToken(application: Buffer, signed: Buffer, reader: SshReader): Buffer {
  const flags = reader.take(1);
  const counter = reader.take(4);
  if (((flags[0] ?? 0) & 1) === 0) throw new RangeError('nobody touched the security key');
  const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
  return Buffer.concat([sha256(application), flags, counter, sha256(signed)]);
}

const ECDSA: Readonly<Record<string, readonly [hash: string, bytes: number]>> = {
  'ecdsa-sha2-nistp256': ['sha256', 32],
  'ecdsa-sha2-nistp384': ['sha384', 48],
  'ecdsa-sha2-nistp521': ['sha512', 66],
};

const RSA: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' };

function verifyBy({ type, key }: SshKey, algorithm: string, data: Buffer, made: Buffer): boolean {
  if (type === 'ssh-rsa') {
    const hash = Object.hasOwn(RSA, algorithm) ? RSA[algorithm] : undefined;
    if (hash === undefined) throw new RangeError(`${algorithm} is not rsa-sha2-256 or rsa-sha2-512`);
    return verify(hash, data, key, made);
  }
  if (algorithm !== type) throw new RangeError(`its algorithm ${algorithm} is not that of its key`);
  const ecdsa = ECDSA[type];
  if (!ecdsa) return verify(null, data, key, made);
  const [hash, bytes] = ecdsa;
  const parts = new SshReader(made);
  const [r, s] = [unsigned(parts.string()), unsigned(parts.string())];
  parts.end();
  if (r.length > bytes || s.length > bytes) return false;
  const padded = Buffer.concat([Buffer.alloc(bytes - r.length), r, Buffer.alloc(bytes - s.length), s]);
  return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, padded);
}
