import type { Resource } from './resource';

/** Characters of what CloudFormation adds at random, with its hyphen. */
const RANDOM = 14;

/**
 * So much of a part that is shortened is left at the least: AWS does not say how it shortens. Names of load balancers and target
 * groups, of 32 characters, are seen with five or six of the stack and five of the logical id: `Chapt-LB8A1-2V5FSD3MIQEJ`.
 */
const leastLeft = (longest: number): number => (longest <= 32 ? 5 : 12);

/**
 * What a name looks like that CloudFormation makes, as the source of a regular expression: `<stack>-<logical id>-<random>`, of
 * which the parts of a long one are shortened.
 *
 * @param longest characters that a name of the type has
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
export function generatedName({ stack, logicalId }: Resource, longest: number): string {
  const { name } = stack;
  const isWhole = name !== undefined && `${name}-${logicalId}`.length + RANDOM <= longest;
  const part = isWhole ? quoted : (text: string) => beginningOf(text, leastLeft(longest));
  return `${name === undefined ? '[A-Za-z][A-Za-z0-9-]*' : part(name)}-${part(logicalId)}-[A-Za-z0-9]+`;
}

/** A text as it stands within a regular expression. */
export function quoted(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '\\$&');
}

function beginningOf(text: string, least: number): string {
  const rest = [...text.slice(least)].reduceRight((after, letter) => `(?:${quoted(letter)}${after})?`, '');
  return quoted(text.slice(0, least)) + rest;
}
