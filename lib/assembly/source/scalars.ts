import type { Json } from './source';

/** Words that YAML 1.1 reads as a boolean, which CloudFormation does too; single letters (`N`) stay strings. */
const BOOLEAN = /^(?:(yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * What an unquoted, untagged YAML scalar is.
 *
 * CloudFormation reads YAML 1.1 without timestamps, so `yes` is true and `2010-09-09` a string. A number
 * becomes a number only where nothing is lost by it: `8.0`, `012345678901`, `0755`, `1e3`, `1_000`, `1:30` and
 * integers beyond 2^53 stay the strings that were written, as versions, account numbers and times need.
 */
export function plainScalar(text: string): Json {
  if (NULL.test(text)) return null;
  const boolean = BOOLEAN.exec(text);
  if (boolean !== null) return boolean[1] !== undefined;
  if (!NUMBER.test(text)) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}
