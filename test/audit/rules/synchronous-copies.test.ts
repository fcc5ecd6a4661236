import { noLossNeedsSynchronousCopies } from '../../../lib/audit/rules/synchronous-copies';
import { Span } from '../../../lib/calculus/time-span';
import { CATALOGUE_SCHEMA, catalogueService } from '../../../lib/objectives/catalogue';
import { Objectives } from '../../../lib/objectives/objectives';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import type { TestApp } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const bank = new Service({
  name: 'bank',
  tier: Tier.MISSION_CRITICAL,
  owner: 'team-bank',
  objectives: Objectives.forTier(Tier.MISSION_CRITICAL, { region: { rpo: Span.ZERO } }),
});
const Metadata = { 'cdk-nines': { schema: CATALOGUE_SCHEMA, services: [catalogueService(bank)] } };
const owed = (Type: string, Properties: object, more: Record<string, unknown> = {}) => ({
  Metadata,
  Resources: { Subject: { Type, Properties }, ...more },
});
const TABLE = 'AWS::DynamoDB::GlobalTable';
const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';
const CACHE = 'AWS::ElastiCache::ReplicationGroup';
const Replicas = [{ Region: 'eu-west-1' }, { Region: 'eu-central-1' }, { Region: 'eu-west-3' }];
const replicated: TestApp = {
  stacks: {
    Home: {
      region: 'eu-west-1',
      template: {
        Metadata,
        Resources: { Orders: { Type: INSTANCE, Properties: { DBInstanceIdentifier: 'orders' } } },
      },
    },
    Away: {
      region: 'eu-central-1',
      template: {
        Resources: {
          Copy: {
            Type: INSTANCE,
            Properties: { SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:orders' },
          },
        },
      },
    },
  },
};

checks(noLossNeedsSynchronousCopies, {
  passes: {
    'replicas of a table are written at once': owed(TABLE, { Replicas, MultiRegionConsistency: 'STRONG' }),
    'so they are of one without an index': owed(TABLE, {
      MultiRegionConsistency: 'STRONG',
      Replicas: Replicas.slice(0, 2),
      GlobalTableWitnesses: [{ Region: 'eu-west-3' }],
    }),
  },
  fails: {
    'replicas of a table follow by default': owed(TABLE, { Replicas }),
    'replicas of a table follow': owed(TABLE, { Replicas, MultiRegionConsistency: 'EVENTUAL' }),
    'copies of an Aurora cluster follow': owed(CLUSTER, { GlobalClusterIdentifier: 'world' }),
    'copies of the Aurora cluster that a global one is made from follow': owed(
      CLUSTER,
      {},
      {
        World: {
          Type: 'AWS::RDS::GlobalCluster',
          Properties: { SourceDBClusterIdentifier: { Ref: 'Subject' } },
        },
      },
    ),
    'a replica elsewhere follows': replicated,
    'backups are copied later': owed(INSTANCE, { AutomaticBackupReplicationRegion: 'eu-central-1' }),
    'objects are replicated later': owed('AWS::S3::Bucket', { ReplicationConfiguration: { Rules: [] } }),
    'a datastore follows': owed(CACHE, { GlobalReplicationGroupId: 'world', NumCacheClusters: 1 }),
    'MemoryDB follows': owed('AWS::MemoryDB::Cluster', { MultiRegionClusterName: 'world' }),
    'replicas of a cache follow': owed(CACHE, { NumCacheClusters: 2 }),
  },
  unknown: {
    'an import says how replicas are written': owed(TABLE, { Replicas, MultiRegionConsistency: IMPORT }),
    'the replicas are an import': owed(TABLE, { Replicas: IMPORT }),
    'how many replicas a cache has is an import': owed(CACHE, { NumCacheClusters: IMPORT }),
  },
  notApplicable: {
    'some loss is allowed': { Resources: { Subject: { Type: TABLE, Properties: { Replicas } } } },
    'nobody declared what a cache owes': {
      Resources: { Subject: { Type: CACHE, Properties: { NumCacheClusters: 2 } } },
    },
    'it has no copy': owed(INSTANCE, {}),
    'a table is in one region': owed(TABLE, { Replicas: [{ Region: 'eu-west-1' }] }),
    'a cache has no replica': owed(CACHE, {}),
    'a cluster of DSQL writes at once, whatever is said': owed('AWS::DSQL::Cluster', {}),
    'it is rebuildable': owed(CACHE, {
      NumCacheClusters: 2,
      Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }],
    }),
  },
  equivalent: { '*Region': 'where a replica stands is judged elsewhere' },
});
