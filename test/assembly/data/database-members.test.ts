import {
  engineOf,
  isManagedByCluster,
  membersOf,
  readersKept,
} from '../../../lib/assembly/data/database-members';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, type TestApp } from '../../support/graph';

const cluster = (properties: object = {}) => ({ Type: 'AWS::RDS::DBCluster', Properties: properties });
const instance = (properties: object = {}) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });

function subjectOf(app: TestApp): Resource {
  const subject = graphOf(app).resources.find(({ logicalId }) => logicalId === 'Subject');
  if (!subject) throw new Error('the app has no Subject');
  return subject;
}

const ids = (resources: readonly Resource[]) => resources.map(({ logicalId }) => logicalId);

test('the members of a cluster are found by reference and by name, and told from those of others', () => {
  const { sure, maybe, unknown } = membersOf(
    subjectOf({
      Parameters: { Size: { Type: 'String' } },
      Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
      Resources: {
        Subject: cluster({ DBClusterIdentifier: 'orders' }),
        A: instance({ DBClusterIdentifier: { Ref: 'Subject' } }),
        B: instance({ DBClusterIdentifier: 'orders' }),
        C: { ...instance({ DBClusterIdentifier: { Ref: 'Subject' } }), Condition: 'Large' },
        D: instance({ DBClusterIdentifier: 'shipping' }),
        E: instance(),
      },
    }),
  );
  expect([ids(sure), ids(maybe), unknown]).toEqual([['A', 'B'], ['C'], undefined]);
});

test('members under the condition of their cluster surely belong to it', () => {
  const { sure, maybe } = membersOf(
    subjectOf({
      Parameters: { Size: { Type: 'String' } },
      Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] } },
      Resources: {
        Subject: { ...cluster(), Condition: 'Large' },
        A: { ...instance({ DBClusterIdentifier: { Ref: 'Subject' } }), Condition: 'Large' },
      },
    }),
  );
  expect([ids(sure), ids(maybe)]).toEqual([['A'], []]);
});

test('an instance whose cluster only deploy knows may belong to any', () => {
  const { sure, unknown } = membersOf(
    subjectOf({
      Parameters: { Cluster: { Type: 'String' } },
      Resources: { Subject: cluster(), A: instance({ DBClusterIdentifier: { Ref: 'Cluster' } }) },
    }),
  );
  expect(sure).toEqual([]);
  expect(unknown?.reason).toBe('the cluster of A: parameter Cluster has no default');
});

test.each([
  ['aurora-mysql', true],
  ['Aurora', true],
  ['docdb', true],
  ['neptune', true],
  ['mysql', false],
])('an instance of %s without a cluster is managed by one: %s', (Engine, managed) => {
  expect(isManagedByCluster(subjectOf({ Resources: { Subject: instance({ Engine }) } }))).toBe(managed);
});

test('an instance that names no engine has that of its cluster or of its source', () => {
  const engine = (properties: object) =>
    engineOf(
      subjectOf({
        Resources: {
          Subject: instance(properties),
          Cluster: cluster({ Engine: 'Aurora-MySQL' }),
          Source: instance({ Engine: 'MySQL' }),
        },
      }),
    );
  expect(engine({ DBClusterIdentifier: { Ref: 'Cluster' } })).toBe('aurora-mysql');
  expect(engine({ SourceDBInstanceIdentifier: { Ref: 'Source' } })).toBe('mysql');
  expect(engine({ DBSnapshotIdentifier: 'orders' })).toBeInstanceOf(Unknown);
  expect(engine({ SourceDBInstanceIdentifier: { Ref: 'Subject' } })).toBeInstanceOf(Unknown);
  expect(engine({})).toBeUndefined();
});

test('scaling keeps as many readers as its least capacity, by reference or by name', () => {
  const readers = (ResourceId: unknown, ScalableDimension = 'rds:cluster:ReadReplicaCount') =>
    readersKept(
      subjectOf({
        Resources: {
          Subject: cluster({ DBClusterIdentifier: 'Orders' }),
          Readers: {
            Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
            Properties: { ResourceId, ScalableDimension, MinCapacity: '2' },
          },
        },
      }),
    );
  expect(readers({ 'Fn::Join': [':', ['cluster', { Ref: 'Subject' }]] })).toBe(2);
  expect(readers('cluster:orders')).toBe(2);
  expect(readers('cluster:shipping')).toBe(0);
  expect(readers('cluster:orders', 'ecs:service:DesiredCount')).toBe(0);
});
