import { createHash } from 'node:crypto';

/** The namespace of everything that this package names: the UUID of `urn:cdk-nines` in the namespace of addresses. */
const NAMESPACE = uuidIn('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'urn:cdk-nines');

/** The UUID of a thing by its names (RFC 9562, version 5): the same thing has the same in every run. */
export function uuidOf(...names: readonly string[]): string {
  return uuidIn(NAMESPACE, JSON.stringify(names));
}

function uuidIn(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) % 16) + 5 * 16, 6);
  bytes.writeUInt8((bytes.readUInt8(8) % 64) + 128, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
