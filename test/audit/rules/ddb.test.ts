import { audit } from '../../../lib/audit/engine';
import {
  replicasHaveKeys,
  replicasHavePointInTimeRecovery,
  tableHasPointInTimeRecovery,
  tableIsBackedUp,
  tableIsEncryptedWithOwnKey,
  tableIsProtectedFromDeletion,
} from '../../../lib/audit/rules/ddb';
import { graphOf } from '../../support/graph';
import { MAYBE_REBUILDABLE, REBUILDABLE } from '../../support/rebuildable';
import { checks } from '../../support/rule-cases';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const table = (properties: object) => ({ Type: 'AWS::DynamoDB::Table', Properties: properties });
const globalTable = (properties: object) => ({ Type: 'AWS::DynamoDB::GlobalTable', Properties: properties });
const one = (resource: object) => ({ Resources: { Table: resource } });
const withParameter = (resource: object) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Table: resource },
});
const pitr = (enabled: unknown) => ({
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled },
});
const SESSIONS = { 'it is declared rebuildable': REBUILDABLE };
const maybeSessions = (resource: (properties: object) => object, properties: object = {}) => ({
  'whether it is rebuildable is known only at deploy': {
    ...MAYBE_REBUILDABLE.template,
    ...one(resource({ ...properties, ...MAYBE_REBUILDABLE.Properties })),
  },
});
const replicas = (...each: readonly unknown[]) => ({ Replicas: each });

checks(tableHasPointInTimeRecovery, {
  passes: {
    'point-in-time recovery is enabled': pitr(true),
    'it is enabled in words': pitr('true'),
  },
  fails: {
    'nothing is said of it': {},
    'it is switched off': pitr(false),
    'only the days that it would keep are set': {
      PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 35 },
    },
  },
  unknown: {
    'it is a parameter without default': withParameter(table(pitr({ Ref: 'Given' }))),
    'a transform writes it': { PointInTimeRecoverySpecification: { 'Fn::Transform': {} } },
    ...maybeSessions(table),
  },
  notApplicable: SESSIONS,
});

checks(replicasHavePointInTimeRecovery, {
  passes: {
    'its only replica has it': replicas(pitr(true)),
    'both replicas have it': replicas(pitr(true), pitr('true')),
  },
  fails: {
    'its only replica says nothing of it': replicas({ Region: 'eu-west-1' }),
    'one of two replicas has it switched off': replicas(pitr(true), pitr(false)),
    'it is set for the table, where it means nothing': {
      ...pitr(true),
      ...replicas({ Region: 'eu-west-1' }),
    },
  },
  unknown: {
    'it is a parameter without default': withParameter(globalTable(replicas(pitr({ Ref: 'Given' })))),
    'a transform writes the replicas': { Replicas: { 'Fn::Transform': {} } },
    'whether it is rebuildable is known only at deploy': {
      ...MAYBE_REBUILDABLE.template,
      ...one(globalTable(replicas(MAYBE_REBUILDABLE.Properties))),
    },
  },
  notApplicable: {
    'the table names no replica': {},
    'its replica is declared rebuildable': replicas(REBUILDABLE),
  },
});

const selection = (...resources: readonly unknown[]) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: resources } },
});
const PLAN = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{}] } } };

checks(tableIsBackedUp, {
  passes: {
    'a selection names it': {
      Resources: { Table: table({}), Plan: PLAN, Selection: selection({ 'Fn::GetAtt': ['Table', 'Arn'] }) },
    },
    'a selection takes all tables': {
      Resources: { Table: globalTable({}), Plan: PLAN, Selection: selection('arn:aws:dynamodb:*:*:table/*') },
    },
  },
  fails: {
    'no selection is in the app': {},
    'the selection names another table': {
      Resources: {
        Table: table({ TableName: 'orders' }),
        Plan: PLAN,
        Selection: selection('arn:aws:dynamodb:*:*:table/customers'),
      },
    },
  },
  unknown: {
    'the selection is a parameter': {
      Parameters: { Given: { Type: 'String' } },
      Resources: { Table: table({}), Plan: PLAN, Selection: selection({ Ref: 'Given' }) },
    },
    ...maybeSessions(table),
  },
  notApplicable: {
    ...SESSIONS,
    'the replica of a global table is': one(globalTable(replicas(REBUILDABLE))),
  },
});

checks(tableIsProtectedFromDeletion, {
  passes: {
    'the table is protected': { DeletionProtectionEnabled: true },
    'every replica is protected': one(
      globalTable(replicas({ DeletionProtectionEnabled: true }, { DeletionProtectionEnabled: 'true' })),
    ),
  },
  fails: {
    'nothing is said of it': {},
    'it is switched off': { DeletionProtectionEnabled: 'false' },
    'one replica is not protected': one(globalTable(replicas({ DeletionProtectionEnabled: true }, {}))),
  },
  unknown: {
    'it is a parameter without default': withParameter(
      table({ DeletionProtectionEnabled: { Ref: 'Given' } }),
    ),
  },
  notApplicable: 'every table can be deleted',
});

const own = (key: unknown) => ({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: key } });
const replica = (key: unknown) => ({ SSESpecification: { KMSMasterKeyId: key } });

const following = (key: string) => ({
  GlobalTableSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  ...replicas(replica(key)),
});

checks(tableIsEncryptedWithOwnKey, {
  passes: {
    'it names a key': own(KEY),
    'its key is in the app': {
      Resources: { Key: { Type: 'AWS::KMS::Key' }, Table: table(own({ 'Fn::GetAtt': ['Key', 'Arn'] })) },
    },
    'its only replica names a key': one(
      globalTable({ SSESpecification: { SSEEnabled: 'true' }, ...replicas(replica(KEY)) }),
    ),
    'every replica names a key': one(
      globalTable({ SSESpecification: { SSEEnabled: true }, ...replicas(replica(KEY), replica(KEY)) }),
    ),
    'it is a replica of a table in another account, with a key': one(globalTable(following(KEY))),
  },
  fails: {
    'nothing is said of encryption': {},
    'it is a replica of a table in another account, without a key': one(globalTable(following(''))),
    'it names no key, so that AWS manages one': { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
    'it names the key that AWS manages': own('alias/aws/dynamodb'),
    'encryption with a key is switched off': { SSESpecification: { SSEEnabled: false, KMSMasterKeyId: KEY } },
    'no replica names a key': one(
      globalTable({ SSESpecification: { SSEEnabled: true }, ...replicas({}, {}) }),
    ),
    'one of two replicas names no key': one(
      globalTable({ SSESpecification: { SSEEnabled: true }, ...replicas(replica(KEY), {}) }),
    ),
    'a global table names no replica': one(globalTable({ SSESpecification: { SSEEnabled: true } })),
    'its list of replicas is empty': one(
      globalTable({ SSESpecification: { SSEEnabled: true }, ...replicas() }),
    ),
  },
  unknown: {
    'a condition decides whether it names a key': {
      Parameters: { Given: { Type: 'String' } },
      Conditions: { HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Given' }, ''] }] } },
      Resources: { Table: table(own({ 'Fn::If': ['HasKey', { Ref: 'Given' }, { Ref: 'AWS::NoValue' }] })) },
    },
    'whether it is encrypted is a parameter': withParameter(
      table({ SSESpecification: { SSEEnabled: { Ref: 'Given' }, KMSMasterKeyId: KEY } }),
    ),
    'a transform writes the replicas': one(
      globalTable({ SSESpecification: { SSEEnabled: true }, Replicas: { 'Fn::Transform': {} } }),
    ),
  },
  notApplicable: 'every table is encrypted with some key',
});

checks(replicasHaveKeys, {
  passes: {
    'its only replica names a key': replicas(replica(KEY)),
    'both replicas name a key': replicas(replica(KEY), replica('alias/orders')),
  },
  fails: {
    'one of two replicas names no key': replicas(replica(KEY), { Region: 'eu-central-1' }),
    'a replica names the key that AWS manages': replicas(replica('alias/aws/dynamodb')),
    'a replica names an empty key': replicas(replica('')),
  },
  unknown: {
    'a transform writes the encryption of a replica': replicas({ SSESpecification: { 'Fn::Transform': {} } }),
  },
  notApplicable: { 'the table names no replica': {} },
});

describe('DDB-07 and DDB-08', () => {
  it('are shown as one finding where a replica has no key', () => {
    const app = one(globalTable({ SSESpecification: { SSEEnabled: true }, ...replicas(replica(KEY), {}) }));
    const { verdicts } = audit([graphOf(app)], { rules: [tableIsEncryptedWithOwnKey, replicasHaveKeys] });
    const failed = verdicts.filter(({ verdict }) => verdict === 'fail');

    expect(failed.map(({ rule, subsumedBy }) => [rule, subsumedBy])).toEqual([
      ['DDB-07', undefined],
      ['DDB-08', 'DDB-07'],
    ]);
    expect(failed[0]?.message).toBe(
      'Replicas.1.SSESpecification.KMSMasterKeyId: found nothing, needs the key of the customer',
    );
  });
});
