import type { Truth } from './conditions';
import { matchesGlob } from './glob';
import type { Resource } from './resource';
import { tagEquals, tagMatches } from './resource-tags';
import { everyTruth, negated } from './truth';
import { describe, isList, isMap, Unknown, type Value } from './value';

/** Whether a resource has the tags that are asked for. */
export type TagTest = (resource: Resource) => Truth;

/** What the key and the value of a condition are called. */
interface EntryNames {
  readonly key: string;
  readonly value: string;
}

const KEY_PREFIX = 'aws:ResourceTag/';

type ConditionTest = (resource: Resource, key: string, value: Value) => Truth;

/** An absent tag is not equal to and not like anything, as in IAM. */
const CONDITION_TESTS: ReadonlyMap<string, ConditionTest> = new Map<string, ConditionTest>([
  ['StringEquals', tagEquals],
  ['StringNotEquals', (resource, key, value) => negated(tagEquals(resource, key, value))],
  ['StringLike', tagLike],
  ['StringNotLike', (resource, key, value) => negated(tagLike(resource, key, value))],
]);

function tagLike(resource: Resource, key: string, value: Value): Truth {
  return tagMatches(resource, key, (tag) =>
    typeof value === 'string' && typeof tag === 'string'
      ? matchesGlob(value, tag)
      : new Unknown(`whether tag ${key} is like ${describe(value)} is known only at deploy`),
  );
}

/** Reads the conditions that a resource holds at a path. All must hold. */
export function tagConditions(selection: Resource, path: string, names: EntryNames): TagTest {
  const conditions = selection.get(path);
  if (conditions === undefined) return () => true;
  if (conditions instanceof Unknown) return () => conditions;
  if (!isMap(conditions)) return () => new Unknown(`${describe(conditions)} is no set of conditions`);
  const tests = Object.entries(conditions).flatMap(([operator, entries]) =>
    testsOf(operator, entries, names),
  );
  return (resource) => everyTruth(tests.map((test) => test(resource)));
}

function testsOf(operator: string, entries: Value, names: EntryNames): readonly TagTest[] {
  const test = CONDITION_TESTS.get(operator);
  if (!test) return [() => new Unknown(`${operator} is no operator that is known here`)];
  if (!isList(entries) && !isMap(entries)) return [() => unknownKey(entries)];
  return (isList(entries) ? entries : [entries]).map((entry) => (resource: Resource) => {
    if (!isMap(entry)) return unknownKey(entry);
    const key = entry[names.key];
    if (typeof key !== 'string') return unknownKey(key);
    return test(resource, withoutPrefix(key), entry[names.value] ?? '');
  });
}

function withoutPrefix(key: string): string {
  return key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : key;
}

export function unknownKey(key: Value | undefined): Unknown {
  return key instanceof Unknown ? key : new Unknown(`the tag key ${describe(key)} is known only at deploy`);
}
