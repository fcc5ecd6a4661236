import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf } from '../../support/assess';
import { alias, attribute, balancer, network, REGISTERED, record, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

function region(place: string, role: 'PRIMARY' | 'SECONDARY', data: Resources) {
  const Resources = {
    ...network([`${place}a`, `${place}b`]),
    ...balancer('AB'),
    ...tasks(2, 'AB', REGISTERED),
    ...data,
    Name: record({ Failover: role, SetIdentifier: role, ...alias(attribute('Front', 'DNSName'), true) }),
  };
  return { region: place, template: { Resources } };
}

const database = (properties: object): Resources => ({
  Db: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: true, ...properties } },
});
const ORDERS = database({ DBInstanceIdentifier: 'orders' });
const COPY = database({ SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:123456789012:db:orders' });

const withData = (west: Resources, central: Resources) =>
  assessed({
    stacks: {
      west: { account: '123456789012', ...region('eu-west-1', 'PRIMARY', west) },
      central: { account: '123456789012', ...region('eu-central-1', 'SECONDARY', central) },
    },
  });

const switching = ({ availability }: ReturnType<typeof withData>) =>
  availability.shares.find(({ event }) => event.id.startsWith('switching:'))?.event;

describe('a failover by health checks to a copy that must be promoted', () => {
  const [bare, promoted] = [withData({}, {}), withData(ORDERS, COPY)];

  it('serves once somebody has promoted it, not once users are led there', () => {
    const { acknowledgeSeconds, decideSeconds, reconnectSeconds } = AWS_FACTS;
    const { noticeRegionSeconds, readReplicaPromotionSeconds } = RECOVERY_FACTS;
    const people = [noticeRegionSeconds, acknowledgeSeconds, decideSeconds];
    const facts = [...people, readReplicaPromotionSeconds, reconnectSeconds];
    const seconds = facts.reduce((sum, { value }) => sum + value.typical, 0);
    expect(switching(promoted)?.likelihood.unavailability).toBeCloseTo(shareOfOutage(seconds, 3600), 12);
    expect(switching(bare)?.likelihood.unavailability).toBeCloseTo(shareOfOutage(120, 3600), 12);
    expect(switching(promoted)?.what).toContain('wait for the copy of central/Db');
  });

  it('is said', () => {
    expect(assumptionsOf(promoted)).toContain('wait until the copy of central/Db is promoted');
    expect(assumptionsOf(bare)).not.toContain('promoted');
  });
});

describe('a copy of a store in another region', () => {
  const {
    acknowledgeSeconds,
    decideSeconds,
    reconnectSeconds,
    auroraGlobalFailoverSeconds: global,
  } = AWS_FACTS;
  const {
    globalDatastorePromotionSeconds: cache,
    brokerPromotionSeconds,
    filesPromotionSeconds,
  } = RECOVERY_FACTS;
  const people =
    RECOVERY_FACTS.noticeRegionSeconds.value.typical +
    acknowledgeSeconds.value.typical +
    decideSeconds.value.typical;
  const one = (type: string, properties: object, more: Resources = {}): Resources => ({
    Store: { Type: `AWS::${type}`, Properties: properties },
    ...more,
  });
  const group = (properties: object) => ({
    Group: { Type: 'AWS::ElastiCache::GlobalReplicationGroup', Properties: properties },
  });
  const arn = (rest: string) => `arn:aws:${rest}`;
  const rule = (bucket: string) => ({
    BucketName: `files-${bucket === 'files-west' ? 'central' : 'west'}`,
    ReplicationConfiguration: {
      Rules: [{ Status: 'Enabled', Destination: { Bucket: arn(`s3:::${bucket}`) } }],
    },
  });
  const first = { MasterUsername: 'admin', GlobalClusterIdentifier: 'orders' };
  const second = { GlobalClusterIdentifier: 'orders' };
  const seconds = (west: Resources, central: Resources) => {
    const share = switching(withData(west, central))?.likelihood.unavailability ?? 0;
    return Math.round(-Math.log(1 - share) * 3600);
  };

  it.each<[string, Resources, Resources, number]>([
    [
      'of an Aurora global database',
      one(
        'RDS::DBCluster',
        { Engine: 'aurora-mysql', ...first },
        { Global: { Type: 'AWS::RDS::GlobalCluster', Properties: second } },
      ),
      one('RDS::DBCluster', { Engine: 'aurora-mysql', ...second }),
      global.value.typical,
    ],
    [
      'of a global database that the app only joins',
      one('RDS::DBCluster', { Engine: 'aurora-mysql', ...first }),
      one('RDS::DBCluster', { Engine: 'aurora-mysql', ...second }),
      global.value.typical,
    ],
    [
      'of a cluster of Aurora, by its log',
      one('RDS::DBCluster', { Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }),
      one('RDS::DBCluster', {
        ReplicationSourceIdentifier: arn('rds:eu-west-1:123456789012:cluster:orders'),
      }),
      global.value.typical,
    ],
    [
      'of a Global Datastore that lists both',
      one(
        'ElastiCache::ReplicationGroup',
        { ReplicationGroupId: 'west' },
        group({
          Members: [
            { ReplicationGroupId: 'west', Role: 'PRIMARY' },
            { ReplicationGroupId: 'central', Role: 'SECONDARY' },
          ],
        }),
      ),
      one('ElastiCache::ReplicationGroup', { ReplicationGroupId: 'central' }),
      cache.value.typical,
    ],
    [
      'of a Global Datastore that it joins by the name with the letters of AWS',
      one(
        'ElastiCache::ReplicationGroup',
        { ReplicationGroupId: 'west' },
        group({
          GlobalReplicationGroupIdSuffix: 'orders',
          Members: [{ ReplicationGroupId: { Ref: 'Store' }, Role: 'PRIMARY' }],
        }),
      ),
      one('ElastiCache::ReplicationGroup', { GlobalReplicationGroupId: 'ldgnf-orders' }),
      cache.value.typical,
    ],
    ['of documents', one('DocDB::DBCluster', first), one('DocDB::DBCluster', second), global.value.typical],
    ['of a graph', one('Neptune::DBCluster', first), one('Neptune::DBCluster', second), global.value.typical],
    [
      'of files, read-only until they no longer follow',
      one('EFS::FileSystem', { ReplicationConfiguration: { Destinations: [{ Region: 'eu-central-1' }] } }),
      one('EFS::FileSystem', { FileSystemProtection: { ReplicationOverwriteProtection: 'DISABLED' } }),
      filesPromotionSeconds.value.typical,
    ],
    [
      'of a broker',
      one('AmazonMQ::Broker', { BrokerName: 'orders' }),
      one('AmazonMQ::Broker', {
        DataReplicationMode: 'CRDR',
        DataReplicationPrimaryBrokerArn: arn('mq:eu-west-1:123456789012:broker:orders:b-1'),
      }),
      brokerPromotionSeconds.value.typical,
    ],
  ])('%s takes writes once somebody has promoted it', (_, west, central, typical) => {
    expect(seconds(west, central)).toBe(people + typical + reconnectSeconds.value.typical);
  });

  it.each<[string, Resources, Resources]>([
    [
      'of a cluster of MemoryDB that stands in several regions',
      one('MemoryDB::Cluster', { MultiRegionClusterName: 'virxk-orders' }),
      one('MemoryDB::Cluster', { MultiRegionClusterName: 'virxk-orders' }),
    ],
    [
      'of buckets that copy both ways',
      one('S3::Bucket', rule('files-central')),
      one('S3::Bucket', rule('files-west')),
    ],
    [
      'of a table',
      one('DynamoDB::GlobalTable', { Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }] }),
      {},
    ],
    [
      'of a distributed database',
      one('DSQL::Cluster', { MultiRegionProperties: { WitnessRegion: 'eu-west-2' } }),
      one('DSQL::Cluster', { MultiRegionProperties: { WitnessRegion: 'eu-west-2' } }),
    ],
    [
      'of a secret, which the other side only reads',
      one('SecretsManager::Secret', { Name: 'key', ReplicaRegions: [{ Region: 'eu-central-1' }] }),
      {},
    ],
    [
      'that nothing makes follow',
      one('OpenSearchService::Domain', { DomainName: 'west' }),
      one('OpenSearchService::Domain', { DomainName: 'central' }),
    ],
  ])('%s waits for nobody', (_, west, central) => {
    expect(seconds(west, central)).toBe(120);
  });

  it('whose original is in neither region waits for nobody', () => {
    const copy = (id: string) =>
      one('RDS::DBInstance', {
        DBInstanceIdentifier: id,
        SourceDBInstanceIdentifier: arn('rds:us-east-1:123456789012:db:orders'),
      });
    expect(seconds(copy('west'), copy('central'))).toBe(120);
  });

  it.each<[string, object, number]>([
    // Of alarms that it does not name nothing is known: 30 s × 3, as of a health check of AWS.
    ['a plan that alarms start, by a step for it', { Triggers: [{}] }, 90 + global.value.typical],
    ['a plan that a person starts', {}, people + global.value.typical],
    [
      'a person, where the step is for another kind',
      { Triggers: [{}], type: 'DocumentDb' },
      people + global.value.typical,
    ],
  ])('is promoted by %s', (_, { type = 'AuroraGlobalDatabase', ...more }: { type?: string }, total) => {
    const Plan = {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: { ...more, Workflows: [{ Steps: [{ Name: 'one', ExecutionBlockType: type }] }] },
    };
    const cluster = (properties: object) => one('RDS::DBCluster', { Engine: 'aurora-mysql', ...properties });
    expect(seconds({ ...cluster(first), Plan }, cluster(second))).toBe(
      total + reconnectSeconds.value.typical,
    );
  });
});
