import { printable } from '../assembly/source/printable';

/** A fingerprint for a person. It is readable: rule, account, region, stack, construct, property. */
export function fingerprintInWords(fingerprint: string): string {
  const parts = fingerprint.split('|').map((part) => part.replaceAll('%7C', '|').replaceAll('%25', '%'));
  const [rule = '', , region = '', stack = '', construct = '', property = ''] = parts;
  const where = [stack, region, construct, property].filter((part) => part !== '').join(' ');
  return printable(`${rule}  ${where}`);
}
