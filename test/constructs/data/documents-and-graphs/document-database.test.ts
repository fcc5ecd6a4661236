import { Template } from 'aws-cdk-lib/assertions';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import {
  DocumentDatabase,
  type DocumentDatabaseProps,
} from '../../../../lib/constructs/data/documents-and-graphs/document-database';
import { RecoveryApproach } from '../../../../lib/objectives/policy/regions';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { documentDatabase } from '../../../patterns/document-database';
import { findingsIn, type Surroundings, surroundings } from '../../../support/pattern';
import { catalogued, networkIn, only, refusal, shopStack, WEAKENING } from '../../fixtures';
import { inTwoRegions, TWO_ACCOUNTS } from '../store-fixtures';

const CLUSTER = 'AWS::DocDB::DBCluster';

/** A cluster in one region alone. */
function clusterAt(tier: Tier, props: Partial<DocumentDatabaseProps> = {}, options = {}) {
  const stack = shopStack(tier, options, { dataClasses: [{ name: 'drafts', rebuildable: true }] });
  const { vpc } = networkIn(stack);
  const database = new DocumentDatabase(stack, 'Orders', { vpc, dataClass: 'drafts', ...props });
  return { stack, database };
}

/** The clusters of two regions, Ireland writing. */
function inRegions(
  tier: Tier,
  props: Partial<DocumentDatabaseProps> = {},
  rest: Partial<Surroundings> = {},
): [first: Stack, second: Stack] {
  const homeRegion = tier === 0 ? { homeRegion: 'eu-west-1' } : {};
  return inTwoRegions(
    documentDatabase,
    tier,
    (stack, vpc) => {
      new DocumentDatabase(stack, 'Orders', { vpc, ...homeRegion, ...props });
    },
    rest,
  );
}

function zonesOf(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::DocDB::DBInstance')).map(
    ({ Properties }) => Properties.AvailabilityZone,
  );
}

describe('a document database', () => {
  it.each([
    [0, ['a', 'b', 'c']],
    [1, ['a', 'b', 'c']],
    [2, ['a', 'b']],
    [3, ['a']],
  ] as [Tier, string[]][])('has at tier %i an instance in each of the zones %j', (tier, letters) => {
    expect(zonesOf(clusterAt(tier).stack)).toEqual(letters.map((letter) => `eu-west-1${letter}`));
  });

  it.each(TIERS)('is encrypted, backed up and cannot be deleted at tier %i', (tier) => {
    expect(only(clusterAt(tier).stack, CLUSTER)).toMatchObject({
      StorageEncrypted: true,
      KmsKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
      EnableCloudwatchLogsExports: ['audit', 'profiler'],
    });
  });

  it('speaks TLS and writes an audit log', () => {
    expect(only(clusterAt(1).stack, 'AWS::DocDB::DBClusterParameterGroup')).toMatchObject({
      Family: 'docdb5.0',
      Parameters: { tls: 'enabled', audit_logs: 'enabled', profiler: 'enabled' },
    });
  });

  it('keeps its logs for a year, in the groups that DocumentDB writes to', () => {
    Template.fromStack(clusterAt(1).stack).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/docdb/shop-orders-eu-west-1/audit',
      RetentionInDays: 365,
    });
  });

  it('shows no password in its template', () => {
    const { MasterUsername, MasterUserPassword } = only(clusterAt(1).stack, CLUSTER);
    expect(MasterUsername).toBe('{{resolve:secretsmanager:shop-orders-admin:SecretString:username::}}');
    expect(MasterUserPassword).toBe('{{resolve:secretsmanager:shop-orders-admin:SecretString:password::}}');
  });

  it('can be deleted where it may be torn down, and keeps nothing', () => {
    const { stack } = clusterAt(1, {}, { nonProduction: true });
    expect(only(stack, CLUSTER).DeletionProtection).toBe(false);
    Template.fromStack(stack).hasResource(CLUSTER, {
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
  });

  it('is kept in production', () => {
    Template.fromStack(clusterAt(1).stack).hasResource(CLUSTER, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('says where to connect', () => {
    const { stack, database } = clusterAt(1);
    expect(stack.resolve([database.endpoint, database.readerEndpoint, database.port])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'Endpoint'] },
      { 'Fn::GetAtt': [expect.any(String), 'ReadEndpoint'] },
      27017,
    ]);
  });
});

describe('a global document database', () => {
  it.each([0, 1] as Tier[])('is made of the cluster of the region that writes, at tier %i', (tier) => {
    const [first, second] = inRegions(tier);
    expect(only(first, 'AWS::DocDB::GlobalCluster')).toMatchObject({
      GlobalClusterIdentifier: 'shop-orders',
      DeletionProtection: true,
    });
    expect(only(first, CLUSTER)).not.toHaveProperty('GlobalClusterIdentifier');
    Template.fromStack(second).resourceCountIs('AWS::DocDB::GlobalCluster', 0);
  });

  it('is followed by name, without an administrator of its own', () => {
    const [, second] = inRegions(1);
    const cluster = only(second, CLUSTER);
    expect(cluster).toMatchObject({
      DBClusterIdentifier: 'shop-orders-eu-central-1',
      GlobalClusterIdentifier: 'shop-orders',
      StorageEncrypted: true,
    });
    expect(cluster).not.toHaveProperty('MasterUsername');
    expect(cluster).not.toHaveProperty('MasterUserPassword');
  });

  it('copies the password of the administrator into the regions that follow', () => {
    const [first, second] = inRegions(1);
    expect(only(first, 'AWS::SecretsManager::Secret').ReplicaRegions).toEqual([
      { Region: 'eu-central-1', KmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:alias/shop-orders' },
    ]);
    Template.fromStack(second).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it('has a function of AWS rotate the password where it is made', () => {
    const [first, second] = inRegions(1);
    expect(only(first, 'AWS::SecretsManager::RotationSchedule')).toMatchObject({
      HostedRotationLambda: { RotationType: 'MongoDBSingleUser' },
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
    Template.fromStack(second).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  it.each([
    [{ rotatePassword: false }, /rotatePassword is false, but the tier owes true/],
    [{ passwordCopies: false }, /passwordCopies is false, but the tier owes true/],
    [{ passwordRotation: Duration.hours(30) }, /Secrets Manager rotates after 1 to 1000 whole days/],
  ])('is refused with %j', (props, message) => {
    expect(refusal(() => inRegions(1, props)).problem).toMatch(message);
  });

  it.each([
    [0, 3],
    [1, 2],
    [2, 1],
    [3, 1],
  ] as [Tier, number][])('has in a region that follows, at tier %i, %i instances', (tier, instances) => {
    expect(zonesOf(inRegions(tier)[1])).toHaveLength(instances);
  });

  it('has all instances in a region that serves, also where it follows', () => {
    expect(zonesOf(inRegions(2, { homeRegion: 'eu-central-1' })[0])).toHaveLength(2);
  });

  it('changes no cluster where the roles of the regions are swapped and the region that wrote first is named', () => {
    const before = inRegions(1);
    const after = inRegions(1, { homeRegion: 'eu-west-1' }, { regions: ['eu-central-1', 'eu-west-1'] });
    const clusters = (stacks: Stack[]) => stacks.map((stack) => only(stack, CLUSTER));
    expect(clusters(after)).toEqual(clusters(before));
  });

  it('keeps the administrator that it came with where the region that wrote first is given up', () => {
    const { stack, database } = clusterAt(2, { promoted: true });
    expect(only(stack, CLUSTER)).not.toHaveProperty('MasterUsername');
    expect(only(stack, CLUSTER)).not.toHaveProperty('GlobalClusterIdentifier');
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(database.secret?.secretName).toBe('shop-orders-admin');
  });

  it('knows the clusters of all regions without reading them', () => {
    const found: object[] = [];
    inTwoRegions(documentDatabase, 1, (stack, vpc) => {
      found.push(new DocumentDatabase(stack, 'Orders', { vpc }).clusterArns);
    });
    const names = found.map((arns) => Object.keys(arns).sort());
    expect(names).toEqual([
      ['eu-central-1', 'eu-west-1'],
      ['eu-central-1', 'eu-west-1'],
    ]);
    expect(JSON.stringify(found)).toContain(
      ':rds:eu-central-1:111122223333:cluster:shop-orders-eu-central-1',
    );
  });

  it('has only its data in a pilot light, and says how long it takes from there', () => {
    const [, second] = inRegions(2, {}, { approach: RecoveryApproach.PILOT_LIGHT });
    expect(zonesOf(second)).toEqual([]);
    expect(catalogued(second).decisions).toContainEqual(
      expect.objectContaining({ what: 'Orders.region', value: 'RPO 5 s, RTO 15 min' }),
    );
  });

  it('is there where the other region restores copies of backups, so that it stays what it is with another approach', () => {
    const clusters = [RecoveryApproach.WARM_STANDBY, RecoveryApproach.BACKUP_AND_RESTORE].map((approach) => {
      const [first, second] = inRegions(2, {}, { approach });
      Template.fromStack(first).resourceCountIs('AWS::DocDB::GlobalCluster', 1);
      return [first, second].map((stack) => only(stack, CLUSTER));
    });
    expect(clusters[1]).toEqual(clusters[0]);
    const [, second] = inRegions(2, {}, { approach: RecoveryApproach.BACKUP_AND_RESTORE });
    expect(zonesOf(second)).toEqual([]);
  });

  it('is none where somebody says so, and the tier leaves the region to copies', () => {
    const [first, second] = inRegions(2, { global: false });
    Template.fromStack(first).resourceCountIs('AWS::DocDB::GlobalCluster', 0);
    expect(only(second, CLUSTER)).toHaveProperty('MasterUsername');
  });

  it('is as it was where another region has taken over for good, whether the first one waits or has left', () => {
    const before = inRegions(1);
    const promoted = { homeRegion: 'eu-west-1', promoted: true };
    const swapped = inRegions(1, promoted, { regions: ['eu-central-1', 'eu-west-1'] });
    const [first, second] = [before, swapped].map((stacks) => stacks.map((stack) => only(stack, CLUSTER)));
    expect(second).toEqual(first);
    Template.fromStack(swapped[0]).resourceCountIs('AWS::DocDB::GlobalCluster', 1);
    expect(zonesOf(swapped[1])).toHaveLength(3);
    const left = inRegions(1, { ...promoted, homeRegion: 'eu-north-1' });
    for (const stack of left) {
      Template.fromStack(stack).resourceCountIs('AWS::DocDB::GlobalCluster', 0);
      Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
      expect(only(stack, CLUSTER)).toHaveProperty('GlobalClusterIdentifier', 'shop-orders');
      expect(only(stack, CLUSTER)).not.toHaveProperty('MasterUsername');
    }
    expect(left.map((stack) => zonesOf(stack).length)).toEqual([3, 2]);
    const alone = clusterAt(2, { promoted: true, homeRegion: 'eu-central-1' }).stack;
    expect(only(alone, CLUSTER)).not.toHaveProperty('MasterUsername');
  });

  it('is refused where the region that took over is said to be the one that wrote first', () => {
    const { problem, fix } = refusal(() => inRegions(1, { promoted: true, homeRegion: 'eu-west-1' }));
    expect(`${problem} -> ${fix}`).toMatch(
      /eu-west-1 took over from another region, but homeRegion is eu-west-1 itself -> leave homeRegion at the region that wrote first/,
    );
  });

  it('is none in two accounts, where the tier leaves the region to copies', () => {
    const [first, second] = inRegions(2, {}, TWO_ACCOUNTS);
    Template.fromStack(first).resourceCountIs('AWS::DocDB::GlobalCluster', 0);
    expect(only(second, CLUSTER)).toHaveProperty('MasterUsername');
  });

  it('has no finding as a pilot light, and ties no region to another', () => {
    const { audit, nag, ties } = findingsIn(
      documentDatabase,
      surroundings(documentDatabase, 2, { approach: RecoveryApproach.PILOT_LIGHT }),
    );
    expect([...audit, ...nag, ...ties]).toEqual([]);
  });
});

describe('a document database is refused', () => {
  const refused = (tier: Tier, props: Partial<DocumentDatabaseProps>) =>
    refusal(() => clusterAt(tier, props)).message;

  it('in one region alone where the loss of a region may not lose it', () => {
    expect(refused(1, { dataClass: undefined as unknown as string })).toMatch(
      /DocumentDB cluster with replicas loses all of data at the loss of a region.*use DocumentDB global cluster/s,
    );
  });

  it('with one instance where the tier owes more, and says what a lost one costs', () => {
    expect(refused(1, { instances: 1 })).toMatch(/instances is 1, but the tier owes 3/);
    const { stack } = clusterAt(1, { instances: 1, weakening: WEAKENING });
    expect(catalogued(stack).weakenings.map(({ what }) => what)).toContain('Orders.instance.rto');
  });

  it('without an instance that could write', () => {
    expect(refused(3, { instances: 0, weakening: WEAKENING })).toMatch(
      /instances is 0 in the region that writes/,
    );
  });

  it('with more instances than a cluster takes', () => {
    expect(refused(3, { instances: 17 })).toMatch(
      /instances is 17\n {2}fix: set instances to a whole number from 0 to 16/,
    );
  });

  it('with backups that are kept longer than DocumentDB does, or shorter than the tier owes', () => {
    expect(refused(2, { backupRetention: Duration.days(36) })).toMatch(/backupRetention in days is 36/);
    expect(refused(2, { backupRetention: Duration.days(7) })).toMatch(
      /backupRetention is 7 d, but the tier owes 35 d/,
    );
  });

  it('without deletion protection in production', () => {
    expect(refused(2, { deletionProtection: false })).toMatch(
      /deletionProtection is false, but the tier owes true/,
    );
  });

  it('as a global one without another region', () => {
    expect(refused(2, { global: true })).toMatch(/its service has no other region/);
  });

  it('as a global one of burstable instances', () => {
    expect(refusal(() => inRegions(1, { instanceClass: 'db.t4g.medium' })).message).toMatch(
      /instanceClass is db.t4g.medium, which a DocumentDB global cluster does not take/,
    );
    expect(() => clusterAt(2, { instanceClass: 'db.t4g.medium' })).not.toThrow();
  });

  it('as a global one in two accounts, or where the tier owes it', () => {
    expect(refusal(() => inRegions(2, { global: true }, TWO_ACCOUNTS)).message).toMatch(
      /a DocumentDB global cluster stays within one account, but eu-central-1 is in another/,
    );
    expect(refusal(() => inRegions(1, {}, TWO_ACCOUNTS)).message).toMatch(/stays within one account/);
    expect(() => inRegions(1, { weakening: WEAKENING }, TWO_ACCOUNTS)).not.toThrow();
  });

  it('as none where the tier owes replication', () => {
    expect(refusal(() => inRegions(1, { global: false })).message).toMatch(
      /global is false, but the tier owes true/,
    );
    expect(() => inRegions(2, { global: false })).not.toThrow();
  });

  it('where all regions serve and none is said to write', () => {
    expect(refusal(() => inRegions(0, { homeRegion: undefined as unknown as string })).message).toMatch(
      /none of eu-central-1, eu-west-1 makes the database.*set homeRegion to/s,
    );
  });

  it('with fewer instances in a region that follows than the tier owes, unless it is a pilot light', () => {
    const build = () =>
      inTwoRegions(documentDatabase, 1, (stack, vpc) => {
        const follows = stack.place.region === 'eu-central-1';
        new DocumentDatabase(stack, 'Orders', { vpc, ...(follows && { instances: 0 }) });
      });
    expect(refusal(build).message).toMatch(/instances is 0, but the tier owes 1/);
  });

  it('without a network', () => {
    const build = () => new DocumentDatabase(shopStack(2), 'Orders', {} as DocumentDatabaseProps);
    expect(refusal(build).message).toMatch(/vpc is missing/);
  });
});
