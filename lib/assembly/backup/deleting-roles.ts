import type { Truth } from '../conditions';
import type { Graph } from '../graph';
import { mayDo } from '../iam/iam-access';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { everyTruth, someTruth } from '../truth';

/** What deletes the data of a type, by the call. */
const DELETES: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'rds:DeleteDBCluster',
  'AWS::DynamoDB::GlobalTable': 'dynamodb:DeleteTable',
  'AWS::DynamoDB::Table': 'dynamodb:DeleteTable',
  'AWS::EC2::Volume': 'ec2:DeleteVolume',
  'AWS::EFS::FileSystem': 'elasticfilesystem:DeleteFileSystem',
  'AWS::FSx::FileSystem': 'fsx:DeleteFileSystem',
  'AWS::Neptune::DBCluster': 'rds:DeleteDBCluster',
  'AWS::RDS::DBCluster': 'rds:DeleteDBCluster',
  'AWS::RDS::DBInstance': 'rds:DeleteDBInstance',
  'AWS::Redshift::Cluster': 'redshift:DeleteCluster',
  'AWS::S3::Bucket': 's3:DeleteObjectVersion',
};

/** A call that deletes data, which a role may make, or that it may not be known to. */
export interface DeletingRole {
  readonly truth: Truth;
  readonly action: string;
}

/** Whether a role may delete both data of the app and backups; undefined where the app holds no such data. */
export function deletesDataAndBackups(role: Resource): DeletingRole | undefined {
  const actions = actionsIn(role.stack.graph);
  const [first] = actions;
  if (first === undefined) return undefined;
  const backups = mayDo(role, 'backup:DeleteRecoveryPoint');
  if (backups === false) return { truth: false, action: first };
  const data = actions.map((action) => ({ action, truth: mayDo(role, action) }));
  const sure = data.find(({ truth }) => truth === true) ?? data.find(({ truth }) => truth !== false);
  return {
    truth: everyTruth([backups, someTruth(data.map(({ truth }) => truth))]),
    action: sure?.action ?? first,
  };
}

const actionsIn = oncePerGraph((graph: Graph): readonly string[] => [
  ...new Set(
    Object.entries(DELETES).flatMap(([type, action]) => (graph.ofType(type).length > 0 ? [action] : [])),
  ),
]);
