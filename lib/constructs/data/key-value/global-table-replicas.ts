import {
  Billing,
  CfnGlobalTable,
  GlobalTableSettingsReplicationMode,
  type ITableV2,
  MultiRegionConsistency,
  type ReplicaTableProps,
  TableEncryptionV2,
  type TableOptionsV2,
  type TablePropsV2,
  TableV2,
  TableV2MultiAccountReplica,
} from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Annotations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TierChoices } from '../../governance/tier-choices';
import { twinKeyArn } from '../regional-key';
import { partitionOf, type Twins } from '../twin';
import type { GlobalTableProps } from './global-table';
import { ReplicaTags } from './replica-tags';

/** All that is decided about a table before it is made. @internal */
export interface TablePlan {
  readonly name: string;
  readonly props: GlobalTableProps;
  readonly choices: TierChoices;
  readonly twins: Twins;
  readonly home: string;
  readonly isStrong: boolean;
  readonly witness: string | undefined;
  readonly key: IKey;

  /** What every replica has. */
  readonly options: TableOptionsV2;
}

/** The table in its home, a replica in another account, or elsewhere the table by its name. @internal */
export function tableIn(construct: Construct, plan: TablePlan): ITableV2 {
  const { twins, home } = plan;
  const isHome = twins.own.region === home;
  if (twins.accounts.length === 1) {
    if (twins.others.length > 0) letReplicationUseKey(plan);
    return isHome ? homeTable(construct, plan) : tableByName(construct, plan);
  }
  const table = isHome ? homeTable(construct, plan) : foreignReplica(construct, plan);
  allowReplication(table, plan);
  return table;
}

function homeTable(construct: Construct, plan: TablePlan): TableV2 {
  const { name, props, choices, twins, key, options } = plan;
  const alone = twins.accounts.length > 1;
  const replicas = alone ? [] : twins.others.map(({ region }): ReplicaTableProps => ({ region, ...options }));
  const { timeToLiveAttribute, stream, maxReadRequestUnits, maxWriteRequestUnits } = props;
  const { sortKey, warmThroughput, globalSecondaryIndexes, localSecondaryIndexes } = props;
  return new TableV2(construct, 'Table', {
    tableName: name,
    partitionKey: props.partitionKey,
    ...options,
    replicas,
    removalPolicy: choices.removalPolicy,
    encryption: TableEncryptionV2.customerManagedKey(key, alone ? {} : replicaKeys(construct, plan)),
    billing: Billing.onDemand({
      ...(maxReadRequestUnits !== undefined && { maxReadRequestUnits }),
      ...(maxWriteRequestUnits !== undefined && { maxWriteRequestUnits }),
    }),
    ...(sortKey && { sortKey }),
    ...(warmThroughput && { warmThroughput }),
    ...(globalSecondaryIndexes && { globalSecondaryIndexes: [...globalSecondaryIndexes] }),
    ...(localSecondaryIndexes && { localSecondaryIndexes: [...localSecondaryIndexes] }),
    ...(timeToLiveAttribute !== undefined && { timeToLiveAttribute }),
    ...(stream && { dynamoStream: stream }),
    ...consistency(plan),
    ...(alone && { globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode.ALL }),
  });
}

function consistency({
  isStrong,
  witness,
}: TablePlan): Pick<TablePropsV2, 'multiRegionConsistency' | 'witnessRegion'> {
  if (!isStrong) return {};
  return {
    multiRegionConsistency: MultiRegionConsistency.STRONG,
    ...(witness !== undefined && { witnessRegion: witness }),
  };
}

function replicaKeys(construct: Construct, { twins, props }: TablePlan): Record<string, string> {
  const { peerKeyArns = {} } = props;
  return Object.fromEntries(
    twins.others.map((twin) => [twin.region, peerKeyArns[twin.region] ?? twinKeyArn(construct, twin)]),
  );
}

function tableByName(construct: Construct, { name, key, props }: TablePlan): ITableV2 {
  const hasIndexes = [props.globalSecondaryIndexes, props.localSecondaryIndexes].some((each) => each?.length);
  return TableV2.fromTableAttributes(construct, 'Table', {
    tableName: name,
    encryptionKey: key,
    grantIndexPermissions: hasIndexes,
  });
}

function foreignReplica(construct: Construct, plan: TablePlan): TableV2MultiAccountReplica {
  const { name, choices, twins, home, key, options } = plan;
  const source = twins.others.find(({ region }) => region === home);
  const replica = new TableV2MultiAccountReplica(construct, 'Table', {
    ...options,
    tableName: name,
    replicaSourceTable: TableV2.fromTableArn(
      construct,
      'Source',
      `arn:${partitionOf(construct, home)}:dynamodb:${home}:${source?.account ?? ''}:table/${name}`,
    ),
    encryption: TableEncryptionV2.customerManagedKey(key),
    removalPolicy: choices.removalPolicy,
    globalTableSettingsReplicationMode: GlobalTableSettingsReplicationMode.ALL,
  });
  const { defaultChild } = replica.node;
  if (defaultChild instanceof CfnGlobalTable) new ReplicaTags(replica, 'Tags', defaultChild);
  // The part in the home region lets this account in.
  Annotations.of(replica).acknowledgeWarning(
    '@aws-cdk/aws-dynamodb:multiAccountReplicaSourceWithoutPolicy',
    'The part of the home region grants the replication.',
  );
  return replica;
}

/** Replication within an account is the work of a service-linked role, whose permissions nobody else decides. */
function letReplicationUseKey({ key, twins: { own } }: TablePlan): void {
  const role = `role/aws-service-role/${REPLICATION}/AWSServiceRoleForDynamoDBReplication`;
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ReplicateWithinAccount',
      // By condition: a principal must be there already, and DynamoDB makes the role with the first global table.
      principals: [new AnyPrincipal()],
      actions: KEY_USE,
      resources: ['*'],
      conditions: {
        StringEquals: { 'kms:CallerAccount': own.account },
        ArnLike: { 'aws:PrincipalArn': `arn:*:iam::${own.account}:${role}` },
      },
    }),
  );
}

const REPLICATION = 'replication.dynamodb.amazonaws.com';
const KEY_USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Between accounts each replica lets DynamoDB replicate for all of them; the one at home lets the others join.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_MA_security.html
 */
function allowReplication(
  table: TableV2 | TableV2MultiAccountReplica,
  { twins, home, key }: TablePlan,
): void {
  const { own, others, accounts } = twins;
  const replication = new ServicePrincipal(REPLICATION);
  const among = { StringEquals: { 'aws:SourceAccount': [...accounts].sort() } };
  table.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ReplicateAmongAccounts',
      principals: [replication],
      actions: [
        'dynamodb:ReadDataForReplication',
        'dynamodb:ReplicateSettings',
        'dynamodb:WriteDataForReplication',
      ],
      resources: ['*'],
      conditions: among,
    }),
  );
  if (own.region === home) {
    table.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LetReplicasJoin',
        principals: others.map(({ account }) => new AccountPrincipal(account)),
        actions: ['dynamodb:AssociateTableReplica'],
        resources: ['*'],
      }),
    );
  }
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ReplicateAmongAccounts',
      principals: [replication],
      actions: KEY_USE,
      resources: ['*'],
      conditions: among,
    }),
  );
}
