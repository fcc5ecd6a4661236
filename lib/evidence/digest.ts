import { createHash } from 'node:crypto';

/** A short name for a text: 32 hexadecimal digits, the same for the same text. Not a proof of anything. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
