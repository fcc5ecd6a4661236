import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { DatabaseEngine, instanceEngine } from '../../../../lib/constructs/data/relational/database-engine';
import {
  RdsMultiAzCluster,
  type RdsMultiAzClusterProps,
} from '../../../../lib/constructs/data/relational/rds-multi-az-cluster';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import type { Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, networkIn, only, shopStack, WEAKENING } from '../../fixtures';
import { allowing } from '../store-fixtures';
import { refusedWith } from './databases';

const CLUSTER = 'AWS::RDS::DBCluster';
type Props = Partial<RdsMultiAzClusterProps>;

function orders(tier: Tier = 2, props: Props = {}) {
  const stack = shopStack(tier);
  const { vpc } = networkIn(stack);
  return { stack, database: new RdsMultiAzCluster(stack, 'Orders', { vpc, ...props }) };
}
const refused = (tier: Tier, props: Props = {}) => refusedWith(() => orders(tier, props));

describe('an RdsMultiAzCluster', () => {
  test('has two readable standbys, is encrypted and kept, and lets RDS rotate the password', () => {
    expect(only(orders().stack, CLUSTER)).toMatchObject({
      Engine: 'postgres',
      DBClusterInstanceClass: 'db.m6gd.large',
      StorageType: 'io1',
      AllocatedStorage: 100,
      Iops: 1000,
      StorageEncrypted: true,
      PubliclyAccessible: false,
      DeletionProtection: true,
      ManageMasterUserPassword: true,
      BackupRetentionPeriod: 35,
      DBClusterIdentifier: 'shop-orders-eu-west-1',
    });
  });

  test('keeps backups for 14 days at tier 3', () => {
    expect(only(orders(3).stack, CLUSTER).BackupRetentionPeriod).toBe(14);
  });

  test('exports the logs of MySQL that such a cluster has', () => {
    const { stack } = orders(2, { engine: instanceEngine(DatabaseEngine.MYSQL) });
    expect(only(stack, CLUSTER).EnableCloudwatchLogsExports).toEqual(['error', 'general', 'slowquery']);
  });

  test('may lose its region at tier 0 where somebody answers for it', () => {
    expect(only(orders(0, { weakening: WEAKENING }).stack, CLUSTER)).toMatchObject({ Engine: 'postgres' });
  });

  test('lets the administrator in by the secret', () => {
    const { stack, database } = orders();
    const role = new Role(stack, 'App', { assumedBy: new AccountPrincipal(ACCOUNT) });
    database.grantConnect(role, 'dbadmin');
    expect(allowing(stack, 'secretsmanager:GetSecretValue')).toHaveLength(1);
    expect(refusedWith(() => database.grantConnect(role, 'app'))).toMatch(
      /app cannot be let in by IAM.*make a secret for app/,
    );
  });
});

describe('an RdsMultiAzCluster is refused', () => {
  test.each([0, 1] as Tier[])('at tier %i, where the region is owed', (tier) => {
    expect(refused(tier)).toMatch(/RDS Multi-AZ cluster loses all of data at the loss of a region/);
  });

  test('with two zones', () => {
    const stack = shopStack(2);
    const { vpc } = new ResilientNetwork(stack, 'Network', {
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    });
    expect(refusedWith(() => new RdsMultiAzCluster(stack, 'Orders', { vpc }))).toMatch(
      /its subnets stand in 2 zones, but a Multi-AZ cluster needs 3/,
    );
  });

  test.each([
    [{ engine: instanceEngine(DatabaseEngine.MARIADB) }, /the engine is mariadb, but Multi-AZ clusters run/],
    [{ allocatedStorage: 50 }, /allocatedStorage is 50 GiB, but a Multi-AZ cluster takes/],
    [{ iops: 500 }, /iops is 500, but a Multi-AZ cluster takes 1000 to 256000/],
  ] as [Props, RegExp][])('with what AWS does not offer: %#', (props, message) => {
    expect(refused(2, props)).toMatch(message);
  });
});
