import { copiesAreNoLessEncrypted, copiesHaveKeysOfTheirRegion } from '../../../lib/audit/rules/copy-keys';
import { REBUILDABLE } from '../../support/rebuildable';
import { checks, outcomeOf } from '../../support/rule-cases';

const PARAMETERS = { Given: { Type: 'String' } };
const KEY = 'AWS::KMS::Key';
const VAULT = 'AWS::Backup::BackupVault';
const HERE = 'arn:aws:kms:eu-west-1:111122223333:key/here';
const THERE = 'arn:aws:kms:eu-central-1:111122223333:key/there';
const resources = (all: object, region = 'eu-west-1') => ({
  stacks: {
    Main: {
      region,
      account: '111122223333',
      template: { Parameters: PARAMETERS, Resources: all as Record<string, unknown> },
    },
  },
});
const plan = (arn: unknown) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: {
    BackupPlan: {
      BackupPlanRule: [
        { TargetBackupVault: { Ref: 'Vault' }, CopyActions: [{ DestinationBackupVaultArn: arn }] },
      ],
    },
  },
});
const vaultCopies = (vault: object) =>
  resources({
    Plan: plan({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }),
    Vault: { Type: VAULT, Properties: vault },
  });
const secret = (replica: object, KmsKeyId: unknown = HERE) =>
  resources({
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { KmsKeyId, ReplicaRegions: [{ Region: 'eu-central-1', ...replica }] },
    },
  });
const files = (destination: object) =>
  resources({
    Files: {
      Type: 'AWS::EFS::FileSystem',
      Properties: {
        KmsKeyId: HERE,
        ReplicationConfiguration: { Destinations: [{ Region: 'eu-central-1', ...destination }] },
      },
    },
  });
const source = (encrypted: boolean, more: object = {}) => ({
  region: 'eu-west-1',
  account: '111122223333',
  template: {
    Resources: {
      Database: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { DBInstanceIdentifier: 'orders', StorageEncrypted: encrypted, ...more },
      },
    },
  },
});
const replica = (properties: object, encrypted = true, more: object = {}) => ({
  stacks: {
    Main: source(encrypted, more),
    Far: {
      region: 'eu-central-1',
      account: '111122223333',
      template: {
        Resources: {
          Replica: {
            Type: 'AWS::RDS::DBInstance',
            Properties: {
              SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
              ...properties,
            },
          },
        },
      },
    },
  },
});
const objects = (rule: object, role: object = {}) =>
  resources({
    Key: { Type: KEY },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
          ],
        },
        ReplicationConfiguration: {
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Rules: [{ Status: 'Enabled', ...rule }],
        },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...role }],
            },
          },
        ],
      },
    },
  });
const COPIED = {
  SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
  Destination: { Bucket: 'arn:aws:s3:::copies', EncryptionConfiguration: { ReplicaKmsKeyID: THERE } },
};
const usedIn = (region: string) => ({
  stacks: {
    Keys: {
      region: 'eu-west-1',
      template: {
        Resources: { Key: { Type: KEY } },
        Outputs: { Key: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'key' } } },
      },
    },
    Data: {
      region,
      template: {
        Resources: {
          Alias: { Type: 'AWS::SNS::Topic' },
          Volume: { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: 'alias/data' } },
        },
      },
    },
    Names: {
      region: 'eu-west-1',
      template: {
        Resources: {
          Name: {
            Type: 'AWS::KMS::Alias',
            Properties: { AliasName: 'alias/data', TargetKeyId: { 'Fn::ImportValue': 'key' } },
          },
        },
      },
    },
  },
});

const NO_COPY = 'what is not copied needs no key for it';

checks(copiesHaveKeysOfTheirRegion, {
  passes: {
    'the vault of the copies has a key': vaultCopies({ EncryptionKeyArn: HERE }),
    'the replica of a secret has a key of its region': secret({ KmsKeyId: THERE }),
    'the replica of a file system has a key of its region': files({ KmsKeyId: THERE }),
    'the replica of a database has a key of its region': replica({ KmsKeyId: THERE }),
    'objects are copied under a key, by a role that may': objects(COPIED),
  },
  fails: {
    'the vault of the copies has no key': vaultCopies({}),
    'the vault of the copies has the key of another region': vaultCopies({ EncryptionKeyArn: THERE }),
    'the replica of a secret has the key of its source': secret({ KmsKeyId: HERE }),
    'the replica of a file system has the key of its source': files({ KmsKeyId: HERE }),
    'the replica of a database has no key': replica({}),
    'the replica of a database has the key of its source': replica({ KmsKeyId: HERE }),
    'objects under a key are not copied': objects({ Destination: COPIED.Destination }),
    'objects have no key for their copies': objects({
      ...COPIED,
      Destination: { Bucket: 'arn:aws:s3:::copies' },
    }),
    'the role may not use the key': objects(COPIED, { Action: 's3:GetObject' }),
    'a key is used in another region': usedIn('eu-central-1'),
  },
  unknown: {
    'the key of a replica is a parameter': secret({ KmsKeyId: { Ref: 'Given' } }),
    'the rules of the plan come from a transform': resources({
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanRule: { 'Fn::Transform': {} } } },
      },
    }),
    'the source of a replica is not in the app': resources({
      Replica: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:other' },
      },
    }),
  },
  notApplicable: {
    'nothing is copied': resources({ Files: { Type: 'AWS::EFS::FileSystem' } }),
    'the source of a replica is not encrypted': replica({}, false),
    'the replica of a secret names no key': secret({}),
  },
  equivalent: {
    'Main/Role.*Effect': 'a statement of another kind is not read',
    'Main/*.TargetBackupVault': 'where the backups themselves go is not asked',
    'Main/*.DestinationBackupVaultArn': NO_COPY,
    'Main/*.KmsKeyId': 'the key of the source is not asked',
    'Main/*.StorageEncrypted': 'what is not encrypted needs no key',
    'Main/*.DBInstanceIdentifier': 'a source of another name may be anything',
    'Far/*.SourceDBInstanceIdentifier': 'a source of another name may be anything',
    'Main/Bucket.BucketEncryption*': 'objects under no key need none',
    'Main/Bucket.ReplicationConfiguration.Role': 'what another role may do is not known',
    'Main/Bucket.ReplicationConfiguration.Rules.0.Status': NO_COPY,
    'Main/Bucket.ReplicationConfiguration.Rules.0.Destination.Bucket': 'which bucket takes them is not asked',
  },
});

const TABLE_KEY = { SSESpecification: { KMSMasterKeyId: HERE } };
const global = (...replicas: readonly object[]) =>
  resources({ Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: replicas } } });
const backedUp = (Type: string, properties: object, vault: object, copies: object = {}) =>
  resources({
    Data: { Type, Properties: properties },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' }, ...copies }] } },
    },
    Vault: { Type: VAULT, Properties: vault },
  });
const FILES = 'AWS::EFS::FileSystem';

checks(copiesAreNoLessEncrypted, {
  passes: {
    'backups are under a key of yours': backedUp(FILES, { KmsKeyId: HERE }, { EncryptionKeyArn: HERE }),
    'every replica of a table is': global(TABLE_KEY, { SSESpecification: { KMSMasterKeyId: THERE } }),
    'the replica of a secret is': secret({ KmsKeyId: THERE }),
    'the replica of a file system is': files({ KmsKeyId: THERE }),
    'the replica of a database is': replica({ KmsKeyId: THERE }, true, { KmsKeyId: HERE }),
    'copies of objects are': objects(COPIED),
  },
  fails: {
    'backups are under the key of AWS': backedUp(FILES, { KmsKeyId: HERE }, {}),
    'copies of backups of a volume are under the key of AWS': backedUp(
      'AWS::EC2::Volume',
      { KmsKeyId: HERE },
      {},
      { CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } }] },
    ),
    'one replica of a table is not': global(TABLE_KEY, {}),
    'the replica of a secret is not': secret({}),
    'the replica of a file system is under the key of AWS': files({
      KmsKeyId: 'alias/aws/elasticfilesystem',
    }),
    'the replica of a database is not': replica({}, true, { KmsKeyId: HERE }),
  },
  unknown: {
    'the vault is not in the app': resources({
      ...backedUp(FILES, { KmsKeyId: HERE }, {}).stacks.Main.template.Resources,
      Vault: { Type: 'AWS::SNS::Topic' },
    }),
    'the key is a parameter that may be left out': {
      Parameters: PARAMETERS,
      Conditions: { Some: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: {
        Secret: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: {
            KmsKeyId: { 'Fn::If': ['Some', HERE, { Ref: 'AWS::NoValue' }] },
            ReplicaRegions: [{ Region: 'eu-central-1' }],
          },
        },
      },
    },
  },
  notApplicable: {
    'the source is under the key of AWS': secret({}, 'alias/aws/secretsmanager'),
    'nothing is copied': resources({ Data: { Type: FILES, Properties: { KmsKeyId: HERE } } }),
    'a volume is backed up beside itself, under its own key': backedUp(
      'AWS::EC2::Volume',
      { KmsKeyId: HERE },
      {},
    ),
    'it is declared rebuildable': backedUp('AWS::EC2::Volume', { KmsKeyId: HERE, ...REBUILDABLE }, {}),
  },
  equivalent: {
    '*.Region': 'a key of any region is a key of yours',
    'Main/Selection.*': 'what nothing backs up has no backups',
    'Main/Plan.*': 'what goes to another vault is not known',
    'Main/Data.KmsKeyId': 'a source under the key of AWS asks for nothing',
    'Main/Secret.KmsKeyId': 'a source under the key of AWS asks for nothing',
    'Main/Files.KmsKeyId': 'a source under the key of AWS asks for nothing',
    'Main/Database.*': 'another source asks for nothing that is known',
    'Far/Replica.SourceDBInstanceIdentifier': 'a source of another name may be anything',
    'Main/Bucket.BucketEncryption*': 'a source under the key of AWS asks for nothing',
    'Main/Bucket.ReplicationConfiguration.Role': 'who copies is not asked',
    'Main/Bucket.ReplicationConfiguration.Rules.0.*Status': 'a rule that is off copies nothing',
    'Main/Bucket.ReplicationConfiguration.Rules.0.Destination.Bucket': 'which bucket takes them is not asked',
    'Main/Role.*': 'who copies is not asked',
  },
});

describe('X-34', () => {
  it('asks nothing of a key that is used in its own region', () => {
    expect(outcomeOf(copiesHaveKeysOfTheirRegion, usedIn('eu-west-1'))).toBe('pass');
  });
});
