import type { Json } from './source';

/**
 * Functions that may be written as a YAML tag, `!Name` for `Fn::Name`, apart from `!Ref` and `!Condition`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html
 */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/** The key that a tag stands for, or nothing when CloudFormation knows no such tag. */
export function longFormOf(tag: string): string | undefined {
  if (tag === '!Ref' || tag === '!Condition') return tag.slice(1);
  const name = tag.slice(1);
  // The tags of the rain tool are no CloudFormation, but stand in public templates: their value is kept, unresolved.
  return FUNCTIONS.has(name) || name.startsWith('Rain::') ? `Fn::${name}` : undefined;
}

/** The argument of a tagged function in its long form: `!GetAtt A.B.C` is attribute `B.C` of `A`. */
export function longFormArgument(key: string, value: Json): Json {
  if (key !== 'Fn::GetAtt' || typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot === -1 ? [value] : [value.slice(0, dot), value.slice(dot + 1)];
}
