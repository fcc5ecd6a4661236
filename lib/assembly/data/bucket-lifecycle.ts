import type { OptionalNumber } from '../backup/backup-plan';
import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import { isList, isMap, Unknown, type ValueMap } from '../value';

/** A rule by which a bucket lets objects go. */
export interface LifecycleRule {
  /** Where it stands, such as `LifecycleConfiguration.Rules.0`. */
  readonly path: string;
  readonly enabled: Truth;

  /** Whether it is for all objects of the bucket. */
  readonly whole: Truth;

  /** After how many days objects expire. @default - never */
  readonly expirationDays: OptionalNumber;

  /** After how many days versions go that are not current. @default - never */
  readonly noncurrentDays: OptionalNumber;

  /** Whether it says anything of versions that are not current. */
  readonly namesNoncurrent: Truth;

  /** Whether it ends uploads that nobody finishes. */
  readonly abortsUploads: Truth;
}

/** The rules of a bucket that can be read, or why there may be others. */
export interface LifecycleRules {
  readonly rules: readonly LifecycleRule[];
  readonly unknown?: Unknown;
}

const RULES = 'LifecycleConfiguration.Rules';

/** The lifecycle rules of a bucket; those that are surely off are left out. */
export function lifecycleRulesOf(bucket: Resource): LifecycleRules {
  const list = bucket.list(RULES);
  if (list instanceof Unknown) return { rules: [], unknown: list };
  const single = !isList(bucket.get(RULES));
  const open = list.find((entry) => entry instanceof Unknown);
  const rules = list.flatMap((entry, index) =>
    isMap(entry) ? [lifecycleRule(bucket, entry, single ? RULES : `${RULES}.${index}`)] : [],
  );
  return {
    rules: rules.filter(({ enabled }) => enabled !== false),
    ...(open instanceof Unknown && { unknown: open }),
  };
}

const FILTERS = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'Filter'] as const;

const NONCURRENT = [
  'NoncurrentVersionExpiration',
  'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransition',
  'NoncurrentVersionTransitions',
] as const;

function lifecycleRule(bucket: Resource, rule: ValueMap, path: string): LifecycleRule {
  const status = bucket.text(`${path}.Status`);
  return {
    path,
    enabled: status instanceof Unknown ? status : status === 'Enabled',
    whole: without(rule, FILTERS),
    expirationDays: bucket.number(`${path}.ExpirationInDays`),
    noncurrentDays:
      bucket.number(`${path}.NoncurrentVersionExpiration.NoncurrentDays`) ??
      bucket.number(`${path}.NoncurrentVersionExpirationInDays`),
    namesNoncurrent: has(rule, NONCURRENT),
    abortsUploads: has(rule, ['AbortIncompleteMultipartUpload']),
  };
}

function has(rule: ValueMap, keys: readonly string[]): Truth {
  const values = keys.map((key) => rule[key]).filter((value) => value !== undefined && value !== '');
  const open = values.find((value) => value instanceof Unknown && value.maybeAbsent);
  if (values.some((value) => !(value instanceof Unknown && value.maybeAbsent))) return true;
  return open instanceof Unknown ? open : false;
}

/** An empty filter is none. */
function without(rule: ValueMap, keys: readonly string[]): Truth {
  const present = has(Object.fromEntries(Object.entries(rule).filter(([, value]) => !isEmpty(value))), keys);
  return present instanceof Unknown ? present : !present;
}

function isEmpty(value: ValueMap[string]): boolean {
  return (
    (isList(value) && value.length === 0) ||
    (isMap(value) && Object.values(value).every(isEmpty)) ||
    value === ''
  );
}
