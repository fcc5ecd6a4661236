import { arnOf, arnPattern, type OpenArn } from '../backup/backup-arn';
import type { Truth } from '../conditions';
import { Resource } from '../resource';
import { agreed, someTruth } from '../truth';
import { describe, isList, Reference, referencesIn, Unknown, type Value } from '../value';

/** Whether a resource, whose ARN is given too, is among those that a list of ARNs means. */
export interface ArnTest {
  (resource: Resource, arn: OpenArn): Truth;

  /** The only resources that it may mean. @default - any */
  readonly only?: ReadonlySet<Resource>;
}

/** Reads a list of ARNs, with wildcards or references, that a resource holds at a path; undefined where there is none. */
export function arnTest(selection: Resource, path: string): ArnTest | undefined {
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
    if (target instanceof Resource && arnOf(target) !== undefined) {
      named.set(target, someTruth([named.get(target) ?? false, namesSurely(value, target, selection)]));
    } else tests.push(testOfPattern(value, target, selection));
  }
  const among: ArnTest = (resource, arn) => {
    let truth = named.get(resource) ?? false;
    for (const test of tests) {
      if (truth === true) break;
      truth = someTruth([truth, test(resource, arn)]);
    }
    return truth;
  };
  return tests.length === 0 ? Object.assign(among, { only: new Set(named.keys()) }) : among;
}

/** The one resource that an entry means, by reference or by the ARN of a resource of the app. */
function targetOf(value: Value, selection: Resource): Resource | undefined {
  const [reference, ...others] = value instanceof Unknown ? [] : referencesIn(value);
  if (reference)
    return others.every(({ resource }) => resource === reference.resource) ? reference.resource : undefined;
  if (typeof value !== 'string' || value.includes('*')) return undefined;
  const found = selection.stack.graph.named(value, selection);
  const arn = found && arnOf(found);
  const pattern = arnPattern(value, selection, undefined);
  return arn && pattern?.matches(arn) !== false ? found : undefined;
}

function namesSurely(value: Value, target: Resource, selection: Resource): Truth {
  // A bare reference is the ARN wherever AWS takes it; only text around it can make another ARN of it.
  if (value instanceof Reference) return true;
  const arn = arnOf(target);
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
