import { arnPattern, backupArnOf, type OpenArn } from './backup-arn';
import type { Truth } from './conditions';
import { matchesGlob } from './glob';
import { Resource } from './resource';
import { tagEquals, tagMatches } from './resource-tags';
import { agreed, everyTruth, negated, someTruth } from './truth';
import {
  describe,
  isList,
  isMap,
  Reference,
  referencesIn,
  Unknown,
  type Value,
  type ValueMap,
} from './value';

/** An `AWS::Backup::BackupSelection`, made ready to be asked about many resources. */
export interface BackupSelection {
  readonly resource: Resource;

  /** Whether it selects a resource. Whether the selection itself exists is not asked here. */
  selects(resource: Resource): Truth;
}

/** Whether a resource's ARN is among some. */
type ArnTest = (resource: Resource, arn: OpenArn) => Truth;

const PATH = 'BackupSelection';

/**
 * Reads a selection.
 *
 * A resource is selected if its ARN is listed or it has one of the listed tags, if all conditions hold, and if it is not
 * excluded. A selection that lists neither ARNs nor tags means every resource. Service opt-in, a setting of the account,
 * is taken as given.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
export function backupSelection(selection: Resource): BackupSelection {
  const listed = arnTest(selection, `${PATH}.Resources`);
  const excluded = arnTest(selection, `${PATH}.NotResources`);
  const tagged = tagTest(selection);
  const conditioned = conditionTest(selection);
  const selects = (resource: Resource): Truth => {
    const arn = backupArnOf(resource);
    const near = arn === undefined ? false : inSamePlace(selection, resource);
    if (arn === undefined || near === false) return false;
    const named =
      listed || tagged ? someTruth([listed?.(resource, arn) ?? false, tagged?.(resource) ?? false]) : true;
    return everyTruth([near, named, conditioned(resource), negated(excluded?.(resource, arn) ?? false)]);
  };
  return { resource: selection, selects };
}

/** AWS Backup sees its own region and account. Stacks bound to none are deployed together, to the same one. */
export function inSamePlace(one: Resource, other: Resource): Truth {
  return everyTruth([
    samePlace(one.region, other.region, 'region'),
    samePlace(one.account, other.account, 'account'),
  ]);
}

function samePlace(one: string | undefined, other: string | undefined, what: string): Truth {
  if (one === other) return true;
  return one !== undefined && other !== undefined
    ? false
    : new Unknown(`the ${what} of one of the stacks is known only at deploy`);
}

function arnTest(selection: Resource, path: string): ArnTest | undefined {
  const value = selection.get(path);
  return isEmpty(value) ? undefined : testOfArns(value ?? null, selection);
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || (isList(value) && value.length === 0);
}

function testOfArns(value: Value, selection: Resource): ArnTest {
  if (value instanceof Unknown) {
    if (!value.alternatives) return () => value;
    const tests = value.alternatives.map((other) =>
      isEmpty(other) ? () => false : testOfArns(other ?? null, selection),
    );
    return (resource, arn) =>
      agreed(
        tests.map((test) => test(resource, arn)),
        value.reason,
      );
  }
  return testOfList(isList(value) ? value : [value], selection);
}

/** What names one resource is looked up; only patterns are tried one by one. */
function testOfList(values: readonly Value[], selection: Resource): ArnTest {
  const named = new Map<Resource, Truth>();
  const tests: ArnTest[] = [];
  for (const value of values) {
    const target = targetOf(value, selection);
    if (target instanceof Resource && backupArnOf(target) !== undefined) {
      named.set(target, someTruth([named.get(target) ?? false, namesSurely(value, target, selection)]));
    } else tests.push(testOfPattern(value, target, selection));
  }
  return (resource, arn) => {
    let truth = named.get(resource) ?? false;
    for (const test of tests) {
      if (truth === true) break;
      truth = someTruth([truth, test(resource, arn)]);
    }
    return truth;
  };
}

/** The one resource that an entry means, by reference or by the ARN of a resource of the app. */
function targetOf(value: Value, selection: Resource): Resource | undefined {
  const [reference, ...others] = value instanceof Unknown ? [] : referencesIn(value);
  if (reference)
    return others.every(({ resource }) => resource === reference.resource) ? reference.resource : undefined;
  if (typeof value !== 'string' || value.includes('*')) return undefined;
  const found = selection.stack.graph.named(value, selection);
  const arn = found && backupArnOf(found);
  const pattern = arnPattern(value, selection, undefined);
  return arn && pattern?.matches(arn) !== false ? found : undefined;
}

function namesSurely(value: Value, target: Resource, selection: Resource): Truth {
  // A bare reference is the ARN wherever AWS takes it; only text around it can make another ARN of it.
  if (value instanceof Reference) return true;
  const arn = backupArnOf(target);
  const pattern = arnPattern(value, selection, target);
  return arn && pattern ? (pattern.matches(arn) ?? openTo(pattern)) : false;
}

function testOfPattern(value: Value, target: Resource | undefined, selection: Resource): ArnTest {
  if (value instanceof Unknown && value.alternatives) return testOfArns(value, selection);
  if (target) return referenceToOther(value, target);
  const pattern = arnPattern(value, selection, undefined);
  if (pattern === undefined) return () => new Unknown(`${describe(value)} is known only at deploy`);
  const open = openTo(pattern);
  return (_, arn) => pattern.matches(arn) ?? open;
}

/** A custom resource may give back any ARN; any other type means itself, which is nothing that is backed up. */
function referenceToOther(value: Value, target: Resource): ArnTest {
  const anything =
    target.type.startsWith('Custom::') || target.type === 'AWS::CloudFormation::CustomResource';
  return anything ? () => new Unknown(`${describe(value)} is known only at deploy`) : () => false;
}

function openTo(pattern: OpenArn): Unknown {
  return new Unknown(`whether its ARN is ${pattern} is known only at deploy`);
}

/** `ListOfTags`: one of them is enough. */
function tagTest(selection: Resource): ((resource: Resource) => Truth) | undefined {
  const tags = selection.list(`${PATH}.ListOfTags`);
  if (tags instanceof Unknown) return () => tags;
  if (tags.length === 0) return undefined;
  return (resource) => someTruth(tags.map((tag) => hasTag(tag, resource)));
}

function hasTag(tag: Value, resource: Resource): Truth {
  if (tag instanceof Unknown) return tag;
  if (!isMap(tag)) return new Unknown(`${describe(tag)} is no tag`);
  const { ConditionKey: key, ConditionValue: value = '' } = tag;
  return typeof key === 'string' ? tagEquals(resource, key, value) : unknownKey(key);
}

function unknownKey(key: Value | undefined): Unknown {
  return key instanceof Unknown ? key : new Unknown(`the tag key ${describe(key)} is known only at deploy`);
}

const KEY_PREFIX = 'aws:ResourceTag/';

type ConditionTest = (resource: Resource, key: string, value: Value) => Truth;

/** An absent tag is not equal to and not like anything, as in IAM. */
const CONDITION_TESTS: Readonly<Record<string, ConditionTest>> = {
  StringEquals: tagEquals,
  StringNotEquals: (resource, key, value) => negated(tagEquals(resource, key, value)),
  StringLike: tagLike,
  StringNotLike: (resource, key, value) => negated(tagLike(resource, key, value)),
};

function tagLike(resource: Resource, key: string, value: Value): Truth {
  return tagMatches(resource, key, (tag) =>
    typeof value === 'string' && typeof tag === 'string'
      ? matchesGlob(value, tag)
      : new Unknown(`whether tag ${key} is like ${describe(value)} is known only at deploy`),
  );
}

/** `Conditions`: all must hold. */
function conditionTest(selection: Resource): (resource: Resource) => Truth {
  const conditions = selection.get(`${PATH}.Conditions`);
  if (conditions === undefined) return () => true;
  if (conditions instanceof Unknown) return () => conditions;
  if (!isMap(conditions)) return () => new Unknown(`${describe(conditions)} is no set of conditions`);
  const tests = Object.entries(conditions).flatMap(([operator, entries]) => testsOf(operator, entries));
  return (resource) => everyTruth(tests.map((test) => test(resource)));
}

function testsOf(operator: string, entries: Value): readonly ((resource: Resource) => Truth)[] {
  const test = CONDITION_TESTS[operator];
  if (!test) return [() => new Unknown(`${operator} is no operator that is known here`)];
  if (!isList(entries) && !isMap(entries)) return [() => unknownKey(entries)];
  return (isList(entries) ? entries : [entries]).map((entry) => (resource: Resource) => {
    if (!isMap(entry)) return unknownKey(entry);
    return conditionHolds(test, entry, resource);
  });
}

function conditionHolds(test: ConditionTest, entry: ValueMap, resource: Resource): Truth {
  const { ConditionKey: key, ConditionValue: value = '' } = entry;
  if (typeof key !== 'string') return unknownKey(key);
  return test(resource, key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : key, value);
}
