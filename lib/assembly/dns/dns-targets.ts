import { awsRegion } from '../../calculus/aws-regions';
import { existsWith } from '../presence';
import { Resource } from '../resource';
import type { Stack } from '../stack';
import { describe, isList, isScalar, Reference, Text, Unknown, type Value } from '../value';
import { type DnsRecord, normalisedName } from './dns-record';
import { dnsRecordsOf } from './dns-records';

/** Where a target runs; `global` for what AWS runs at its edge, in no single region. */
export type TargetRegion = string | 'global' | Unknown;

/** What a DNS record leads to. */
export interface DnsTarget {
  /** A resource of the app, an address or a DNS name, or why it cannot be known. */
  readonly what: Resource | string | Unknown;
  readonly region: TargetRegion;
}

const GLOBAL_TYPES: readonly string[] = [
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::DistributionTenant',
  'AWS::GlobalAccelerator::Accelerator',
];

const GLOBAL_NAMES = /\.(cloudfront\.net|awsglobalaccelerator\.com)$/;

/** Names that AWS gives to what runs in a region; the region is one of their labels. */
const REGIONAL_NAMES = /\.(amazonaws\.com(\.cn)?|elasticbeanstalk\.com|awsapprunner\.com|on\.aws)$/;

/** Carriers of a value that somebody else makes: they say nothing about where it leads. */
const CARRIERS = /^(Custom::|AWS::CloudFormation::|AWS::SSM::Parameter|AWS::SecretsManager::)/;

/** What a record leads to, through aliases and names of other records of the app. */
export function targetsOf(record: DnsRecord): readonly DnsTarget[] {
  return follow(record, new Set());
}

/** Where a record leads in one step: to what is no record, or to all records of the app that answer for a name. */
export type NextStep = DnsTarget | readonly DnsRecord[];

/** Where a record leads in one step, through no other record. */
export function nextStepsOf(record: DnsRecord): readonly NextStep[] {
  return valuesOf(record).flatMap((value) => stepsOfValue(value, { resource: record.resource, record }));
}

/** Where a host name or address leads in one step. */
export function nextStepsOfHost(value: Value, from: Resource): readonly NextStep[] {
  return stepsOfValue(value, { resource: from });
}

/** What a host name or address leads to: a resource, or what the records of the app say of the name. */
export function targetsOfHost(value: Value, from: Resource): readonly DnsTarget[] {
  return targetsOfValue(value, { resource: from }, new Set());
}

/** The property that says where a record leads. */
export function targetProperty(record: DnsRecord): string {
  return record.property(record.get('AliasTarget') === undefined ? 'ResourceRecords' : 'AliasTarget.DNSName');
}

/** Whether two targets fail together when a region is lost, or are one; undefined when that cannot be told. */
export function sharesFate(a: DnsTarget, b: DnsTarget): boolean | undefined {
  if (a.what instanceof Unknown || b.what instanceof Unknown) return undefined;
  if (a.what === b.what) return true;
  if (a.region === 'global' || b.region === 'global') return false;
  if (typeof a.region === 'string' && typeof b.region === 'string') return a.region === b.region;
  const together =
    a.what instanceof Resource && b.what instanceof Resource && root(a.what.stack) === root(b.what.stack);
  return together ? true : undefined;
}

/** A target for messages: `Alb in eu-west-1`. */
export function describeTarget({ what, region }: DnsTarget): string {
  const name = what instanceof Resource ? what.logicalId : what instanceof Unknown ? 'unknown' : what;
  return region instanceof Unknown || region === 'global' ? name : `${name} in ${region}`;
}

function follow(record: DnsRecord, seen: Set<DnsRecord>): readonly DnsTarget[] {
  if (seen.has(record)) return [target(new Unknown(`${record.label} leads to itself`))];
  seen.add(record);
  const from = { resource: record.resource, record };
  return valuesOf(record).flatMap((value) => targetsOfValue(value, from, seen));
}

/** Who names a host, and the record that does, where it is one. */
interface Asker {
  readonly resource: Resource;
  readonly record?: DnsRecord;
}

function valuesOf(record: DnsRecord): readonly Value[] {
  const alias = record.get('AliasTarget.DNSName');
  if (alias !== undefined) return [alias];
  const answers = record.get('ResourceRecords');
  if (answers === undefined) return [];
  return isList(answers) ? answers : [answers];
}

function targetsOfValue(value: Value, from: Asker, seen: Set<DnsRecord>): readonly DnsTarget[] {
  return stepsOfValue(value, from).flatMap((step) =>
    'what' in step ? [step] : step.flatMap((other) => follow(other, new Set(seen))),
  );
}

function stepsOfValue(value: Value, from: Asker): readonly NextStep[] {
  const next = recordsMeant(value, from);
  if (next.length > 0) return [next];
  if (value instanceof Unknown) return [target(value)];
  if (value instanceof Reference || value instanceof Text) return [targetOfToken(value, from.resource)];
  if (!isScalar(value)) return [target(new Unknown(`${describe(value)} is no name of a host`))];
  return [targetOfName(String(normalisedName(value)))];
}

/** The records of the app that a value names: by reference, or by a name that they have. */
function recordsMeant(value: Value, { resource, record }: Asker): readonly DnsRecord[] {
  const records = dnsRecordsOf(resource.stack.graph);
  if (value instanceof Reference) {
    const held = records.of(value.resource);
    return held instanceof Unknown ? [] : held;
  }
  const name = normalisedName(value);
  return typeof name === 'string' ? records.named(name).filter((other) => other !== record) : [];
}

function targetOfToken(value: Reference | Text, from: Resource): DnsTarget {
  const resource = from.stack.graph.resolve(value, from);
  if (resource instanceof Unknown) return target(resource);
  if (CARRIERS.test(resource.type)) return target(new Unknown(`${describe(value)} is known only at deploy`));
  const exists = existsWith(resource, from);
  if (exists instanceof Unknown) return target(exists);
  if (GLOBAL_TYPES.includes(resource.type)) return { what: resource, region: 'global' };
  const { region, logicalId } = resource;
  return { what: resource, region: region ?? new Unknown(`the stack of ${logicalId} is bound to no region`) };
}

function targetOfName(name: string): DnsTarget {
  if (GLOBAL_NAMES.test(name)) return { what: name, region: 'global' };
  const labels = REGIONAL_NAMES.test(name) ? name.split('.') : [];
  const regions = labels.map((label) => awsRegion(label.replace(/^s3-website-/, '')));
  const region = regions.find((known) => known !== undefined);
  return { what: name, region: region?.code ?? new Unknown(`the region of ${name} is not in the template`) };
}

function target(why: Unknown): DnsTarget {
  return { what: why, region: why };
}

function root(stack: Stack): Stack {
  return stack.parent ? root(stack.parent) : stack;
}
