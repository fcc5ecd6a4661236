import { createPublicKey, type KeyObject } from 'node:crypto';
import { SshReader, unsigned } from './ssh-wire';

/** A public key in SSH's form. */
export interface SshKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256` and so on. */
  readonly type: string;
  readonly key: KeyObject;

  /** What a key on a security token is bound to. @default - it is on no token */
  readonly application?: Buffer;
}

/** Shorter RSA keys are not safe any more: NIST SP 800-131A. */
const SHORTEST_RSA = 2048;

const CURVES: Readonly<Record<string, readonly [curve: string, bytes: number]>> = {
  nistp256: ['P-256', 32],
  nistp384: ['P-384', 48],
  nistp521: ['P-521', 66],
};

/**
 * Reads a public key.
 *
 * @throws Error that says in a few words what is wrong with it
 * @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6
 */
export function readSshKey(blob: Buffer): SshKey {
  const reader = new SshReader(blob);
  const type = reader.text();
  const read = READERS[type];
  if (!read)
    throw new RangeError(`keys of type ${type} are not known; use ${Object.keys(READERS).join(', ')}`);
  const key = { type, ...read(reader) };
  reader.end();
  return key;
}

const READERS: Readonly<Record<string, (reader: SshReader) => Omit<SshKey, 'type'>>> = {
  'ssh-ed25519': (reader) => ({ key: ed25519(reader.string()) }),
  'sk-ssh-ed25519@openssh.com': (reader) => ({
    key: ed25519(reader.string()),
    application: reader.string(),
  }),
  'ecdsa-sha2-nistp256': (reader) => ({ key: ecdsa('nistp256', reader) }),
  'ecdsa-sha2-nistp384': (reader) => ({ key: ecdsa('nistp384', reader) }),
  'ecdsa-sha2-nistp521': (reader) => ({ key: ecdsa('nistp521', reader) }),
  'ssh-rsa': (reader) => ({ key: rsa(reader) }),
};

function ed25519(point: Buffer): KeyObject {
  if (point.length !== 32) throw new RangeError('its key has not 32 bytes');
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: base64url(point) } });
}

function ecdsa(name: string, reader: SshReader): KeyObject {
  const [crv, bytes] = CURVES[name] ?? ['', 0];
  if (reader.text() !== name) throw new RangeError('its curve is not that of its type');
  const point = reader.string();
  if (point[0] !== 4 || point.length !== 1 + 2 * bytes)
    throw new RangeError('its point is none of its curve');
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x: base64url(x), y: base64url(y) } });
}

function rsa(reader: SshReader): KeyObject {
  const [e, n] = [unsigned(reader.string()), unsigned(reader.string())];
  if (n.length * 8 < SHORTEST_RSA) {
    throw new RangeError(`its RSA key has ${n.length * 8} bits, and at least ${SHORTEST_RSA} are asked for`);
  }
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: base64url(n), e: base64url(e) } });
}

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url');
}
