import { STATEFUL_TYPES } from '../assembly/data/stateful';
import { withoutIndices } from './property-path';
import type { Rule } from './rule';
import type { Verdict } from './verdict';

/** Types that hold something which is lost with them, besides those that hold data of users. */
const HOLDERS: ReadonlySet<string> = new Set([
  ...STATEFUL_TYPES,
  'AWS::AmazonMQ::Broker',
  'AWS::Backup::BackupVault',
  'AWS::MSK::Cluster',
]);

/** Whether what a resource of the type holds is lost when CloudFormation replaces it. */
export function isEmptyWhenNew(type: string): boolean {
  return HOLDERS.has(type);
}

/** The property that a rule asks to change, where CloudFormation changes it only by replacing the resource. */
export function replacingProperty(
  { replaces = [] }: Rule,
  { property, type }: Pick<Verdict, 'property' | 'type'>,
): string | undefined {
  if (property === undefined || replaces.length === 0) return undefined;
  const path = withoutIndices(property);
  return replaces.includes(path) || replaces.includes(`${type} ${path}`) ? path : undefined;
}

/** What stands behind a fix that replaces the resource: a plain edit of the template would lose what it holds. */
export function replacementNote(rule: Rule, place: Pick<Verdict, 'property' | 'type'>): string {
  const property = replacingProperty(rule, place);
  if (property === undefined) return '';
  const empty = isEmptyWhenNew(place.type) ? ' by a new, empty one' : '';
  return ` (changing ${property} in place replaces the resource${empty})`;
}
