import { CfnResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { writtenPropertiesOf } from '../governance/written-properties';
import { serves } from './serves';
import { dataClassTagOf, isOwnData, type TagFilter, taggedResources } from './tagged-resources';

/** A store that a plan selects, as far as it decides what is lost of it. @internal */
export interface SelectedStore {
  readonly path: string;

  /** By its tag. */
  readonly dataClass: string | undefined;

  /** Whether it can be restored to a moment by continuous backups, of its own or of AWS Backup. */
  readonly continuous: boolean;

  /** Whether nothing of it is in another region but copies of backups. `false` also where that is told elsewhere. */
  readonly alone: boolean;
}

/**
 * The stores with the tags, in this account and region. Ask while the tree is validated.
 *
 * @param backedUpContinuously whether the plan has continuous backups
 * @internal
 */
export function storesSelected(
  construct: Construct,
  tags: TagFilter,
  backedUpContinuously: boolean,
): readonly SelectedStore[] {
  const followed = sourcesOfTables(construct);
  return taggedResources(construct, tags)
    .filter(isOwnData)
    .map((resource) => {
      const properties = writtenPropertiesOf(resource);
      const type = resource.cfnResourceType;
      const continuous =
        type in CONTINUOUS_ITSELF
          ? (CONTINUOUS_ITSELF[type]?.(properties) ?? true)
          : backedUpContinuously && CONTINUOUS_BY_BACKUP.includes(type);
      const isFollowed = followed.some((arn) => arn.endsWith(`table/${properties.TableName}`));
      return {
        path: resource.node.path,
        dataClass: dataClassTagOf(resource, construct),
        continuous,
        // What a region that waits keeps is a copy itself.
        alone: serves(construct) && !isFollowed && isAlone(resource, properties),
      };
    });
}

/**
 * Types for which AWS Backup has continuous backups.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
const CONTINUOUS_BY_BACKUP: readonly string[] = ['AWS::S3::Bucket'];

type Rendered = Readonly<Record<string, unknown>>;

/** Types with continuous backups of their own, and whether they are on. */
const CONTINUOUS_ITSELF: Readonly<Record<string, (properties: Rendered) => boolean>> = {
  'AWS::DocDB::DBCluster': () => true,
  'AWS::DynamoDB::GlobalTable': ({ Replicas }) => listOf(Replicas).every(hasPointInTimeRecovery),
  'AWS::DynamoDB::Table': hasPointInTimeRecovery,
  'AWS::Neptune::DBCluster': () => true,
  'AWS::RDS::DBCluster': () => true,
  'AWS::RDS::DBInstance': ({ BackupRetentionPeriod }) => BackupRetentionPeriod !== 0,
};

function hasPointInTimeRecovery({ PointInTimeRecoverySpecification: specification }: Rendered): boolean {
  return (specification as Rendered | undefined)?.PointInTimeRecoveryEnabled === true;
}

/** What says that a store has its data in another region, too, by type. Those that are not named here have no such thing. */
const REPLICATES: Readonly<Record<string, (properties: Rendered) => boolean>> = {
  'AWS::DSQL::Cluster': ({ MultiRegionProperties }) => MultiRegionProperties !== undefined,
  'AWS::DynamoDB::GlobalTable': ({ GlobalTableSourceArn, Replicas }) =>
    GlobalTableSourceArn !== undefined || listOf(Replicas).length > 1,
  'AWS::EFS::FileSystem': ({ ReplicationConfiguration }) => ReplicationConfiguration !== undefined,
  'AWS::S3::Bucket': ({ ReplicationConfiguration }) => ReplicationConfiguration !== undefined,
};

/** Clusters and instances of databases are named by what replicates them, maybe in another stack: the audit looks there. */
function isAlone({ cfnResourceType: type }: CfnResource, properties: Rendered): boolean {
  if (type.endsWith('::DBCluster') || type.endsWith('::DBInstance')) return false;
  return !(REPLICATES[type]?.(properties) ?? false);
}

/** What tables follow that are made in accounts of their own. */
function sourcesOfTables(construct: Construct): readonly string[] {
  return construct.node.root.node
    .findAll()
    .filter((each) => CfnResource.isCfnResource(each))
    .filter(({ cfnResourceType }) => cfnResourceType === 'AWS::DynamoDB::GlobalTable')
    .flatMap((table) => writtenPropertiesOf(table).GlobalTableSourceArn ?? [])
    .filter((arn): arn is string => typeof arn === 'string');
}

function listOf(value: unknown): readonly Rendered[] {
  return Array.isArray(value) ? value : [];
}
