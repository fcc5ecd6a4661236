import { arnOf, arnPattern, OpenArn } from '../backup/backup-arn';
import type { Truth } from '../conditions';
import { Resource } from '../resource';
import { negated, someTruth } from '../truth';
import { describe, Reference, referencesIn, Text, Unknown, type Value } from '../value';
import type { Listed } from './iam-statements';

/** What a statement names: resources of the app, everything of a pattern, and what could not be followed. */
export interface NamedResources {
  /** The resources that it names one by one. */
  readonly resources: readonly Resource[];

  /** Whether a pattern may mean others too. */
  readonly wildcard: boolean;
  readonly unknowns: readonly Unknown[];
}

/** The resources that a list of ARNs names one by one, and whether it means others too. */
export function resourcesNamedBy({ values, except }: Listed, from: Resource): NamedResources {
  if (except) return { resources: [], wildcard: true, unknowns: [] };
  const named = values.map((value) => nameOf(value, from));
  return {
    resources: [...new Set(named.filter((item) => item instanceof Resource))],
    wildcard: named.includes('wildcard'),
    unknowns: named.filter((item) => item instanceof Unknown),
  };
}

function nameOf(value: Value, from: Resource): Resource | 'wildcard' | Unknown {
  if (value instanceof Unknown) return value;
  const [reference] = referencesIn(value);
  if (reference) return standsFor(reference.resource);
  if (typeof value !== 'string') return new Unknown(`${describe(value)} is known only at deploy`);
  const { graph } = from.stack;
  const found = graph.named(value, from) ?? graph.named(value.replace(/[/:]\*$/, ''), from);
  if (found && !value.replace(/[/:]\*$/, '').includes('*')) return standsFor(found);
  return value.includes('*') || value.includes('?') ? 'wildcard' : new Unknown(`${value} is not in the app`);
}

/** Where another resource is meant: the function of an alias, the secret of an attachment. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::SecretsManager::SecretTargetAttachment': 'SecretId',
};

/** The resource that another one is only a name of, such as the function of an alias; else the resource itself. */
export function standsFor(resource: Resource): Resource {
  const path = STANDS_FOR[resource.type];
  const target = path === undefined ? undefined : resource.target(path);
  return target instanceof Resource && target !== resource ? target : resource;
}

/** Whether an entry of a policy is about a resource: all of it, or at least what is in it. */
export type Extent = 'whole' | 'part';

/** Whether a list of ARNs in a policy is about a resource. */
export function coversResource(list: Listed, resource: Resource, from: Resource, extent: Extent): Truth {
  const covers = someTruth(list.values.map((value) => entryCovers(value, resource, from, extent)));
  return list.except ? negated(covers) : covers;
}

function entryCovers(value: Value, resource: Resource, from: Resource, extent: Extent): Truth {
  if (value === '*') return true;
  if (value instanceof Unknown && value.alternatives) return new Unknown(value.reason);
  if (value instanceof Reference) return referenceCovers(value, resource);
  const [first] = value instanceof Text ? referencesIn(value) : [];
  if (first && standsFor(first.resource) !== first.resource)
    return standsFor(first.resource) === resource && extent === 'part';
  const arn = arnOf(resource);
  if (arn) return patternCovers(arn, arnPattern(value, from, resource), extent);
  if (first) return first.resource === resource;
  return value instanceof Unknown
    ? value
    : new Unknown(`whether ${describe(value)} means ${resource.logicalId} is known only at deploy`);
}

/** A custom resource may hand out any ARN; any other type means itself. */
function referenceCovers({ resource: named }: Reference, resource: Resource): Truth {
  if (named === resource || standsFor(named) === resource) return true;
  const anything = named.type.startsWith('Custom::') || named.type === 'AWS::CloudFormation::CustomResource';
  return anything ? new Unknown(`what ${named.logicalId} hands out is known only at deploy`) : false;
}

function patternCovers(arn: OpenArn, pattern: OpenArn | undefined, extent: Extent): Truth {
  if (pattern === undefined) return false;
  const matches = [arn, ...insidesOf(arn)].map((one) => matchOf(pattern, one));
  if (matches.includes(true)) return true;
  if (!matches.includes(undefined)) return false;
  // Some object of a bucket is among those of a pattern such as `bucket/reports/*`.
  const someInside = extent === 'part' && matches[0] === false && pattern.known && arn.known;
  return someInside ? true : partly(pattern);
}

/** A `?` stands for one character, which is more than is looked into here. */
function matchOf(pattern: OpenArn, arn: OpenArn): boolean | undefined {
  if (!pattern.text.includes('?')) return pattern.matches(arn);
  return new OpenArn(pattern.text.replaceAll('?', '*')).matches(arn) === false ? false : undefined;
}

const insides = new WeakMap<OpenArn, readonly OpenArn[]>();

/** The ARNs of what is in a resource: objects of a bucket, indexes of a table, versions of a function. */
function insidesOf(arn: OpenArn): readonly OpenArn[] {
  const known = insides.get(arn) ?? [arn.part('/'), arn.part(':')];
  insides.set(arn, known);
  return known;
}

function partly(pattern: OpenArn): Unknown {
  return new Unknown(`whether its ARN is ${pattern} is known only at deploy`);
}
