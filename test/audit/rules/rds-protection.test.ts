import {
  clusterProtectedFromDeletion,
  engineVersionSupported,
  instancePatchedByItself,
  instanceProtectedFromDeletion,
  multiAzClusterPatchedByItself,
  replicatedBackupsEncrypted,
  storageEncrypted,
} from '../../../lib/audit/rules/rds-protection';
import { checks } from '../../support/rule-cases';

const instance = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
const cluster = (properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties: properties });

const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };
const MAYBE = { ...NO_DEFAULT, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'large'] } } };
const OR_NOTHING = (value: unknown) => ({ 'Fn::If': ['Large', value, { Ref: 'AWS::NoValue' }] });

checks(instanceProtectedFromDeletion, {
  passes: {
    'it is protected': { DeletionProtection: true },
    'a text says so': { DeletionProtection: 'true' },
  },
  fails: {
    'nothing is set': { Engine: 'mysql' },
    'it is not protected': { DeletionProtection: false },
    'a restored instance sets nothing': { DBSnapshotIdentifier: 'orders' },
    'a read replica sets nothing': { SourceDBInstanceIdentifier: 'orders' },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ DeletionProtection: GIVEN }) },
    },
  },
  notApplicable: {
    'the cluster is protected': { DBClusterIdentifier: 'orders' },
    'the engine is Aurora': { Engine: 'aurora' },
  },
});

checks(clusterProtectedFromDeletion, {
  passes: {
    'it is protected': { DeletionProtection: true },
    'a global database is protected': {
      Resources: { Subject: { Type: 'AWS::RDS::GlobalCluster', Properties: { DeletionProtection: 'true' } } },
    },
  },
  fails: {
    'nothing is set': {},
    'it is not protected': { DeletionProtection: 'false' },
    'a global database is not protected': {
      Resources: { Subject: { Type: 'AWS::RDS::GlobalCluster', Properties: {} } },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ DeletionProtection: GIVEN }) },
    },
  },
  notApplicable: 'every cluster and global database can be deleted',
});

checks(instancePatchedByItself, {
  passes: {
    'it takes them': { AutoMinorVersionUpgrade: true },
    'it takes them by default': { AutoMinorVersionUpgrade: { Ref: 'AWS::NoValue' } },
    'its source takes them': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' } }),
        Orders: instance({ AutoMinorVersionUpgrade: true }),
      },
    },
  },
  fails: {
    'it does not': { AutoMinorVersionUpgrade: false },
    'a member of a cluster does not': { Engine: 'aurora-mysql', AutoMinorVersionUpgrade: 'false' },
    'its source does not': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' } }),
        Orders: instance({ AutoMinorVersionUpgrade: false }),
      },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ AutoMinorVersionUpgrade: GIVEN }) },
    },
    'a source that is not in the app decides': { SourceDBInstanceIdentifier: 'orders' },
  },
  notApplicable: {
    'it is RDS Custom': { Engine: 'custom-oracle-ee', AutoMinorVersionUpgrade: false },
  },
  equivalent: { 'Subject.SourceDBInstanceIdentifier': 'of a source that is not in the app nothing is known' },
});

checks(multiAzClusterPatchedByItself, {
  passes: {
    'it takes them': { Engine: 'mysql', AutoMinorVersionUpgrade: true },
    'it takes them by default': {
      DBClusterInstanceClass: 'db.m6gd.large',
      AutoMinorVersionUpgrade: { Ref: 'AWS::NoValue' },
    },
  },
  fails: {
    'it does not': { Engine: 'postgres', AutoMinorVersionUpgrade: false },
    'a text says no': { DBClusterInstanceClass: 'db.m6gd.large', AutoMinorVersionUpgrade: 'false' },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: 'mysql', AutoMinorVersionUpgrade: GIVEN }) },
    },
    'the engine is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: GIVEN, AutoMinorVersionUpgrade: false }) },
    },
  },
  notApplicable: { 'it is an Aurora cluster': { Engine: 'aurora-mysql', AutoMinorVersionUpgrade: false } },
  equivalent: {
    'Subject.Engine': 'of other clusters nothing is asked',
    'Subject.DBClusterInstanceClass': 'of other clusters nothing is asked',
  },
});

checks(storageEncrypted, {
  passes: {
    'an instance is encrypted': { StorageEncrypted: true },
    'a cluster is encrypted': { Resources: { Subject: cluster({ StorageEncrypted: 'true' }) } },
    'the source of a replica is encrypted': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' } }),
        Orders: instance({ StorageEncrypted: true }),
      },
    },
    'a replica in another region has a key': {
      SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111111111111:db:orders',
      KmsKeyId: 'alias/orders',
    },
    'a cluster is encrypted as it is restored': {
      Resources: {
        Subject: cluster({ SnapshotIdentifier: 'orders', StorageEncrypted: true, KmsKeyId: 'alias/orders' }),
      },
    },
    'a copy of a cluster has a key': {
      Resources: { Subject: cluster({ SourceDBClusterIdentifier: 'orders', KmsKeyId: 'alias/orders' }) },
    },
  },
  fails: {
    'an instance sets nothing': { Engine: 'mysql' },
    'an instance is not encrypted': { StorageEncrypted: 'false' },
    'a cluster sets nothing': { Resources: { Subject: cluster({ Engine: 'aurora' }) } },
    'the source of a replica is not encrypted': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' }, StorageEncrypted: true }),
        Orders: instance({ StorageEncrypted: false }),
      },
    },
    'a restored cluster says no': {
      Resources: { Subject: cluster({ SnapshotIdentifier: 'orders', StorageEncrypted: false }) },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ StorageEncrypted: GIVEN }) },
    },
    'a snapshot decides': { DBSnapshotIdentifier: 'orders', StorageEncrypted: true },
    'a source that is not in the app decides': { SourceDBInstanceIdentifier: 'orders' },
    'a snapshot of a cluster decides': {
      Resources: { Subject: cluster({ SnapshotIdentifier: 'orders', StorageEncrypted: true }) },
    },
    'there may be a snapshot': {
      ...MAYBE,
      Resources: { Subject: instance({ DBSnapshotIdentifier: OR_NOTHING('orders') }) },
    },
    'two replicas follow each other': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Other' } }),
        Other: instance({ SourceDBInstanceIdentifier: { Ref: 'Subject' } }),
      },
    },
  },
  notApplicable: { 'the cluster is encrypted': { DBClusterIdentifier: 'orders' } },
  equivalent: {
    'Subject.SnapshotIdentifier': 'a cluster that starts empty is encrypted too, where it says so',
    'Subject.KmsKeyId': 'without a key, the origin decides, which is not in the app',
  },
});

const REPLICATED = { AutomaticBackupReplicationRegion: 'eu-central-1', StorageEncrypted: true };

checks(replicatedBackupsEncrypted, {
  passes: {
    'they have a key': {
      ...REPLICATED,
      AutomaticBackupReplicationKmsKeyId: 'arn:aws:kms:eu-central-1:1:key/1',
    },
    'they have a key that deploy knows': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ ...REPLICATED, AutomaticBackupReplicationKmsKeyId: GIVEN }) },
    },
  },
  fails: {
    'they have no key': REPLICATED,
    'the key is left out': { ...REPLICATED, AutomaticBackupReplicationKmsKeyId: { Ref: 'AWS::NoValue' } },
  },
  unknown: {
    'a condition may leave the key out': {
      ...MAYBE,
      Resources: {
        Subject: instance({ ...REPLICATED, AutomaticBackupReplicationKmsKeyId: OR_NOTHING('key') }),
      },
    },
    'a condition may leave the region out': {
      ...MAYBE,
      Resources: {
        Subject: instance({ ...REPLICATED, AutomaticBackupReplicationRegion: OR_NOTHING('eu-central-1') }),
      },
    },
    'whether the storage is encrypted is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ ...REPLICATED, StorageEncrypted: GIVEN }) },
    },
  },
  notApplicable: {
    'backups stay in the region': { StorageEncrypted: true },
    'the storage is not encrypted': { AutomaticBackupReplicationRegion: 'eu-central-1' },
  },
  equivalent: {
    'Subject.AutomaticBackupReplicationRegion': 'backups that stay in the region need no second key',
    'Subject.StorageEncrypted': 'backups that are not encrypted need no key',
  },
});

checks(engineVersionSupported, {
  passes: {
    'MySQL is young': { Engine: 'mysql', EngineVersion: '8.4.9' },
    'PostgreSQL is young': { Engine: 'Postgres', EngineVersion: '17' },
    'Aurora MySQL is young': {
      Resources: { Subject: cluster({ Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.10.0' }) },
    },
    'SQL Server is young': { Engine: 'sqlserver-se', EngineVersion: '16.00.4215.2.v1' },
    'a replica runs a young version of its source': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' }, EngineVersion: '11.4.10' }),
        Orders: instance({ Engine: 'mariadb', EngineVersion: '11.4.10' }),
      },
    },
  },
  fails: {
    'MySQL is old': { Engine: 'mysql', EngineVersion: '5.7.44' },
    'PostgreSQL is old': { Engine: 'postgres', EngineVersion: '12.22' },
    'PostgreSQL is older than the table': { Engine: 'postgres', EngineVersion: '9.4.1' },
    'Aurora MySQL is old': {
      Resources: { Subject: cluster({ Engine: 'aurora-mysql', EngineVersion: '5.7.mysql_aurora.2.11.1' }) },
    },
    'the first Aurora is old whatever its version': { Resources: { Subject: cluster({ Engine: 'aurora' }) } },
    'Oracle is old': { Engine: 'oracle-se2', EngineVersion: '12.2.0.1.ru-2021-04.rur-2021-04.r1' },
    'SQL Server is old': { Engine: 'sqlserver-se', EngineVersion: '12.00.6329.1.v1' },
    'a replica runs an old version of its source': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: { Ref: 'Orders' }, EngineVersion: '10.4.34' }),
        Orders: instance({ Engine: 'mariadb' }),
      },
    },
  },
  unknown: {
    'AWS chooses the version': { Engine: 'mysql' },
    'a snapshot gives the version': { Engine: 'mysql', DBSnapshotIdentifier: 'orders' },
    'no engine is set': { EngineVersion: '8.4' },
    'the version is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: 'mysql', EngineVersion: GIVEN }) },
    },
    'the engine is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: GIVEN, EngineVersion: '8.4' }) },
    },
    'the engine is not in the table': { Engine: 'db2-se', EngineVersion: '11.5' },
    'the version cannot be read': { Engine: 'mysql', EngineVersion: 'latest' },
  },
  notApplicable: { 'the cluster gives the version': { Engine: 'aurora-mysql', EngineVersion: '5.7' } },
  equivalent: {
    'Subject.SourceDBInstanceIdentifier': 'of a source that is not in the app no engine is known',
  },
});
