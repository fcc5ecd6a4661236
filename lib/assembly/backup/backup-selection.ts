import type { Truth } from '../conditions';
import { arnTest } from '../iam/arn-selector';
import type { Resource } from '../resource';
import { tagEquals } from '../resource-tags';
import { inSamePlace } from '../same-place';
import { type TagTest, tagConditions, unknownKey } from '../tag-conditions';
import { everyTruth, negated, someTruth } from '../truth';
import { describe, isMap, Unknown, type Value } from '../value';
import { arnOf, isBackedUpByAwsBackup, type OpenArn } from './backup-arn';

/** An `AWS::Backup::BackupSelection`, made ready to be asked about many resources. */
export interface BackupSelection {
  readonly resource: Resource;

  /** The only resources that it may select. @default - any */
  readonly only?: ReadonlySet<Resource>;

  /** Whether it selects a resource. Whether the selection itself exists is not asked here. */
  selects(resource: Resource): Truth;

  /** Whether it would, were the resource in its region and account. */
  wouldSelect(resource: Resource): Truth;
}

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
  const conditioned = tagConditions(selection, `${PATH}.Conditions`, {
    key: 'ConditionKey',
    value: 'ConditionValue',
  });
  const isListed = (resource: Resource, arn: OpenArn): Truth =>
    listed || tagged ? someTruth([listed?.(resource, arn) ?? false, tagged?.(resource) ?? false]) : true;
  const wouldSelect = (resource: Resource): Truth => {
    const arn = isBackedUpByAwsBackup(resource.type) ? arnOf(resource) : undefined;
    if (!arn) return false;
    const kept = negated(excluded?.(resource, arn) ?? false);
    return everyTruth([isListed(resource, arn), conditioned(resource), kept]);
  };
  const selects = (resource: Resource): Truth => {
    const near = someTruth([inSamePlace(selection, resource), hasReplicaBeside(selection, resource)]);
    return near === false ? false : everyTruth([near, wouldSelect(resource)]);
  };
  const only = tagged ? undefined : listed?.only;
  return { resource: selection, selects, wouldSelect, ...(only && { only }) };
}

/** A global table is one resource, and to AWS Backup a table of its own in each region that has a replica. */
function hasReplicaBeside(selection: Resource, table: Resource): Truth {
  if (table.type !== 'AWS::DynamoDB::GlobalTable' || table.account !== selection.account) return false;
  const replicas = table.list('Replicas');
  if (replicas instanceof Unknown || selection.region === undefined) return false;
  return replicas.some((replica) => isMap(replica) && replica.Region === selection.region);
}

/** `ListOfTags`: one of them is enough. */
function tagTest(selection: Resource): TagTest | undefined {
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
