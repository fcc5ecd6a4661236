import { isReadReplica, judgeInherited, originOf } from '../../../lib/assembly/data/database-origin';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, type TestApp } from '../../support/graph';

function subjectOf(app: TestApp): Resource {
  const subject = graphOf(app).resources.find(({ logicalId }) => logicalId === 'Subject');
  if (!subject) throw new Error('the app has no Subject');
  return subject;
}

const only = (Type: string, Properties: object) =>
  subjectOf({ Resources: { Subject: { Type, Properties } } });

test.each([
  ['DBInstance', { SourceDBInstanceIdentifier: 'orders' }, 'replica'],
  [
    'DBInstance',
    { SourceDBInstanceIdentifier: 'orders', RestoreTime: '2026-01-01T00:00:00Z' },
    'pointInTime',
  ],
  ['DBInstance', { SourceDBClusterIdentifier: 'orders' }, 'replica'],
  ['DBInstance', { SourceDBInstanceAutomatedBackupsArn: 'arn' }, 'pointInTime'],
  ['DBInstance', { DBSnapshotIdentifier: 'orders' }, 'snapshot'],
  ['DBInstance', { DBSnapshotIdentifier: '' }, undefined],
  ['DBCluster', { SnapshotIdentifier: 'orders' }, 'snapshot'],
  ['DBCluster', { SourceDBClusterIdentifier: 'orders' }, 'pointInTime'],
  ['DBCluster', { ReplicationSourceIdentifier: 'arn' }, 'replica'],
  ['DBCluster', {}, undefined],
])('a %s with %j comes from: %s', (type, properties, kind) => {
  expect(originOf(only(`AWS::RDS::${type}`, properties))?.kind).toBe(kind);
});

test('whether an instance is a replica is not known where a condition decides', () => {
  const subject = subjectOf({
    Parameters: { Size: { Type: 'String' } },
    Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
    Resources: {
      Subject: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          SourceDBInstanceIdentifier: { 'Fn::If': ['Large', 'orders', { Ref: 'AWS::NoValue' }] },
        },
      },
    },
  });
  expect(isReadReplica(subject)).toBeInstanceOf(Unknown);
});

test('a property is judged on the database, else on its source, else it is not known', () => {
  const judge = (properties: object) =>
    judgeInherited(
      subjectOf({
        Resources: {
          Subject: { Type: 'AWS::RDS::DBInstance', Properties: properties },
          Source: { Type: 'AWS::RDS::DBInstance', Properties: { AutoMinorVersionUpgrade: false } },
        },
      }),
      {
        path: 'AutoMinorVersionUpgrade',
        from: ['replica'],
        judge: (database) => database.is('AutoMinorVersionUpgrade', true, { default: true }),
      },
    ).outcome;
  expect(judge({ SourceDBInstanceIdentifier: { Ref: 'Source' }, AutoMinorVersionUpgrade: true })).toBe(
    'pass',
  );
  expect(judge({ SourceDBInstanceIdentifier: { Ref: 'Source' } })).toBe('fail');
  expect(judge({ SourceDBInstanceIdentifier: 'orders' })).toBe('unknown');
  expect(judge({ DBSnapshotIdentifier: 'orders' })).toBe('pass');
});
