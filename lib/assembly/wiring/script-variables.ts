import { Text, type Value } from '../value';
import type { EnvironmentValue } from './call-environment';
import { OPEN } from './written-address';

/** What a script sets, one on a line: `export API_URL="https://…"`, `Environment=API_URL=…`, `-e API_URL=…`. */
const ASSIGNMENT = /(?:^|[\s"'=])([A-Za-z][A-Za-z0-9_]{1,60})=["']?([^\s"'\\;|&]+)/gm;

/** A script beyond this is no script. */
const LONGEST = 65_536;

/**
 * The variables that the user data of an instance sets, as far as their values are written there. What is put in by
 * reference is seen without: the user data as a whole mentions it.
 */
export function scriptVariables({ property, value }: EnvironmentValue): readonly EnvironmentValue[] {
  if (!property.endsWith('UserData')) return [];
  const script = scriptOf(value).slice(0, LONGEST);
  return [...script.matchAll(ASSIGNMENT)]
    .map(([, name = '', text = '']) => ({ property, name, value: text }))
    .filter(({ value: text }) => !text.includes(OPEN) && !text.includes('$'));
}

function scriptOf(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value, 'base64').toString('utf8');
  if (!(value instanceof Text)) return '';
  return value.parts.map((part) => (typeof part === 'string' ? part : OPEN)).join('');
}
