import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { logKeyOf } from '../../governance/log-key';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import type { TierChoices } from '../../governance/tier-choices';
import { tagRebuildable } from '../../recovery/data-class-tag';

/**
 * What was told of each incident, for as long as events may still come late; or what else a function must not forget.
 *
 * @param reason why it needs no backup
 * @internal
 */
export function incidentMemory(
  scope: Construct,
  choices: TierChoices,
  reason = 'It holds what was told already; were it lost, something would be told twice.',
): Table {
  const table = new Table(scope, 'Memory', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    encryption: TableEncryption.CUSTOMER_MANAGED,
    // Were the key gone the function would tell all the same, and twice at times.
    encryptionKey: logKeyOf(scope, choices),
    removalPolicy: choices.removalPolicy,
    deletionProtection: choices.locked({ what: 'deletionProtection', chosen: undefined }),
  });
  tagRebuildable(table);
  acknowledgeNag(table, 'DDB3', reason);
  acknowledgeControls(table, ['DynamoDBPITREnabled', 'DynamoDBInBackupPlan'], reason);
  return table;
}

const TO_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const TO_WRITE = [...TO_READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** What lets a function change it. @internal */
export function remembering(table: Table): PolicyStatement[] {
  return letting(table, 'dynamodb:UpdateItem', TO_WRITE);
}

/** What lets a function read it. @internal */
export function recalling(table: Table): PolicyStatement[] {
  return letting(table, 'dynamodb:GetItem', TO_READ);
}

function letting(table: Table, action: string, withKey: string[]): PolicyStatement[] {
  const { encryptionKey } = table;
  const statements = [new PolicyStatement({ actions: [action], resources: [table.tableArn] })];
  if (!encryptionKey) return statements;
  const through = new PolicyStatement({
    actions: withKey,
    resources: [encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(table).region}.amazonaws.com` } },
  });
  return [...statements, through];
}
