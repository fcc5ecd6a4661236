import {
  clusterSurvivesZone,
  instanceSurvivesZone,
  membersReachedAlike,
  membersSpreadOverZones,
  replicaIsReadOnly,
} from '../../../lib/audit/rules/rds-redundancy';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const instance = (properties: object, attributes: object = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: properties,
  ...attributes,
});
const cluster = (properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties: properties });
const subnetGroup = (...subnets: readonly string[]) => ({
  Type: 'AWS::RDS::DBSubnetGroup',
  Properties: { SubnetIds: subnets.map((Ref) => ({ Ref })) },
});
const optionGroup = (OptionName: unknown) => ({
  Type: 'AWS::RDS::OptionGroup',
  Properties: { OptionConfigurations: [{ OptionName }] },
});
const member = (properties: object = {}, attributes: object = {}) =>
  instance({ DBClusterIdentifier: { Ref: 'Cluster' }, ...properties }, attributes);

const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };
const MAYBE = {
  ...NO_DEFAULT,
  Conditions: { Large: { 'Fn::Equals': [GIVEN, 'large'] } },
};

checks(instanceSurvivesZone, {
  passes: {
    'it is a Multi-AZ deployment': { MultiAZ: true },
    'a parameter says so by default': {
      Parameters: { MultiAZ: { Type: 'String', Default: 'true' } },
      Resources: { Subject: instance({ MultiAZ: { Ref: 'MultiAZ' } }) },
    },
    'SQL Server mirrors by option group': {
      Resources: {
        Subject: instance({ Engine: 'sqlserver-se', OptionGroupName: { Ref: 'Options' } }),
        Options: optionGroup('Mirroring'),
      },
    },
  },
  fails: {
    'nothing is set': {},
    'it is a single instance': { MultiAZ: false, Engine: 'postgres' },
    'SQL Server neither mirrors nor is Multi-AZ': {
      Resources: {
        Subject: instance({ Engine: 'sqlserver-se', OptionGroupName: { Ref: 'Options' } }),
        Options: optionGroup('SQLSERVER_AUDIT'),
      },
    },
    'SQL Server has no option group': { Engine: 'sqlserver-ee' },
    'a replica of an instance that is not in the app is single': { SourceDBInstanceIdentifier: 'orders' },
    'a condition decides between false and nothing': {
      ...MAYBE,
      Resources: { Subject: instance({ MultiAZ: { 'Fn::If': ['Large', false, { Ref: 'AWS::NoValue' }] } }) },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ MultiAZ: GIVEN }) },
    },
    'a parameter without default names the engine': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: GIVEN }) },
    },
    'a snapshot that is not in the app gives the engine': { DBSnapshotIdentifier: 'orders-2026' },
    'the option group of SQL Server is not in the app': {
      Engine: 'sqlserver-se',
      OptionGroupName: 'mirrors',
    },
    'the option of SQL Server is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({ Engine: 'sqlserver-se', OptionGroupName: { Ref: 'Options' } }),
        Options: optionGroup(GIVEN),
      },
    },
    'the version of the SQL Server Web Edition decides': { Engine: 'sqlserver-web' },
    'it may be a member of a cluster': {
      ...MAYBE,
      Resources: {
        Subject: instance({
          DBClusterIdentifier: { 'Fn::If': ['Large', 'orders', { Ref: 'AWS::NoValue' }] },
        }),
      },
    },
  },
  notApplicable: {
    'it is a member of a cluster': {
      Resources: { Cluster: cluster({}), Subject: member() },
    },
    'the engine is Aurora': { Engine: 'aurora-postgresql' },
    'the engine is Neptune': { Engine: 'neptune' },
    'SQL Server Express has no Multi-AZ': { Engine: 'sqlserver-ex' },
  },
});

checks(clusterSurvivesZone, {
  passes: {
    'it has two instances': {
      Resources: { Cluster: cluster({ Engine: 'aurora-mysql' }), A: member(), B: member() },
    },
    'its instances are in another stack': {
      stacks: {
        Data: {
          template: {
            Resources: { Cluster: cluster({ Engine: 'aurora-mysql' }) },
            Outputs: { Id: { Value: { Ref: 'Cluster' }, Export: { Name: 'cluster' } } },
          },
        },
        Compute: {
          template: {
            Resources: {
              A: instance({ DBClusterIdentifier: { 'Fn::ImportValue': 'cluster' } }),
              B: instance({ DBClusterIdentifier: { 'Fn::ImportValue': 'cluster' } }),
            },
          },
        },
      },
    },
    'its instances name it': {
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }),
        A: instance({ DBClusterIdentifier: 'orders' }),
        B: instance({ DBClusterIdentifier: 'orders' }),
      },
    },
    'scaling keeps a reader': {
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member(),
        Readers: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            ScalableDimension: 'rds:cluster:ReadReplicaCount',
            ResourceId: { 'Fn::Join': ['', ['cluster:', { Ref: 'Cluster' }]] },
            MinCapacity: 1,
          },
        },
      },
    },
    'the subnets of a Multi-AZ DB cluster are in two zones': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Group: subnetGroup('SubnetA', 'SubnetB'),
        Cluster: cluster({ Engine: 'mysql', DBSubnetGroupName: { Ref: 'Group' } }),
      },
    },
  },
  fails: {
    'the primary of a global database has one instance': {
      Resources: {
        Cluster: cluster({
          Engine: 'aurora-mysql',
          GlobalClusterIdentifier: 'shop',
          MasterUsername: 'admin',
        }),
        A: member(),
      },
    },
    'the primary of a global database has no instance': {
      Engine: 'aurora-mysql',
      GlobalClusterIdentifier: 'shop',
      MasterUsername: 'admin',
    },
    'a copy of a global database in another region has one instance': {
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql', GlobalClusterIdentifier: 'shop' }),
        A: member(),
      },
    },
    'it has no instance': { Engine: 'aurora-postgresql' },
    'it has one instance': { Resources: { Cluster: cluster({ Engine: 'aurora-mysql' }), A: member() } },
    'the other instance belongs to a cluster that is not in the app': {
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member(),
        B: instance({ DBClusterIdentifier: 'shipping' }),
      },
    },
    'the subnets of a Multi-AZ DB cluster are in one zone': {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1a'),
        Group: subnetGroup('SubnetA', 'SubnetB'),
        Cluster: cluster({ DBClusterInstanceClass: 'db.m6gd.large', DBSubnetGroupName: { Ref: 'Group' } }),
      },
    },
  },
  unknown: {
    'a condition may leave the second instance out': {
      ...MAYBE,
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member(),
        B: member({}, { Condition: 'Large' }),
      },
    },
    'the cluster of another instance is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member(),
        B: instance({ DBClusterIdentifier: GIVEN }),
      },
    },
    'a macro may write instances': {
      Transform: 'Company::Databases',
      Resources: { Cluster: cluster({ Engine: 'aurora-mysql' }), A: member() },
    },
    'the number of readers that scaling keeps is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member(),
        Readers: {
          Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          Properties: {
            ScalableDimension: 'rds:cluster:ReadReplicaCount',
            ResourceId: { 'Fn::Join': ['', ['cluster:', { Ref: 'Cluster' }]] },
            MinCapacity: GIVEN,
          },
        },
      },
    },
    'the engine is given at deploy': { ...NO_DEFAULT, Resources: { Subject: cluster({ Engine: GIVEN }) } },
    'a Multi-AZ DB cluster stands in the default subnets': { Engine: 'postgres' },
    'the mode of the engine is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: 'aurora-mysql', EngineMode: GIVEN }) },
    },
    'whether it is limitless is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: cluster({ Engine: 'aurora-postgresql', ClusterScalabilityType: GIVEN }) },
    },
  },
  notApplicable: {
    'Aurora Serverless v1 has no instances': { Engine: 'aurora-mysql', EngineMode: 'serverless' },
    'a limitless database has shards': {
      Engine: 'aurora-postgresql',
      ClusterScalabilityType: 'limitless',
    },
    'a copy of a global database in another region waits without instances': {
      Engine: 'aurora-postgresql',
      GlobalClusterIdentifier: 'shop-orders',
    },
  },
  equivalent: {
    'Cluster.Engine': 'with another engine the subnets decide, which are not known here',
    'Data/Cluster.Engine': 'with another engine the subnets decide, which are not known here',
    'Cluster.DBSubnetGroupName': 'the zones of any other group are not known here',
    'Subnet*.VpcId': 'zones decide, not networks',
  },
});

const spread = (...zones: readonly unknown[]) => ({
  Cluster: cluster({ Engine: 'aurora-mysql' }),
  ...Object.fromEntries(
    zones.map((zone, index) => [
      `I${index}`,
      member(zone === undefined ? {} : { AvailabilityZone: zone }, index > 0 ? { DependsOn: 'I0' } : {}),
    ]),
  ),
});

checks(membersSpreadOverZones, {
  passes: {
    'two instances are in two zones': { Resources: spread('eu-west-1a', 'eu-west-1b') },
    'the readers are in two zones': { Resources: spread('eu-west-1a', 'eu-west-1a', 'eu-west-1b') },
    'zones are symbols': {
      Resources: spread(
        { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
        { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] },
      ),
    },
  },
  fails: {
    'both instances are in one zone': { Resources: spread('eu-west-1a', 'eu-west-1a') },
    'all readers are in one zone': { Resources: spread('eu-west-1b', 'eu-west-1a', 'eu-west-1a') },
    'both are in the first zone of the region': {
      Resources: spread(
        { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
        { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      ),
    },
    'both are in the zone that a parameter gives': { ...NO_DEFAULT, Resources: spread(GIVEN, GIVEN) },
  },
  unknown: {
    'the zone of one is given at deploy': { ...NO_DEFAULT, Resources: spread('eu-west-1a', GIVEN) },
    'a symbol and a name may be one zone': {
      Resources: spread('eu-west-1a', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }),
    },
    'any of three may be the writer': {
      Resources: {
        Cluster: cluster({ Engine: 'aurora-mysql' }),
        A: member({ AvailabilityZone: 'eu-west-1a' }),
        B: member({ AvailabilityZone: 'eu-west-1b' }),
        C: member({ AvailabilityZone: 'eu-west-1b' }),
      },
    },
    'the cluster is not in the app': { DBClusterIdentifier: 'orders' },
    'a condition may leave the one in the other zone out': {
      ...MAYBE,
      Resources: {
        ...spread('eu-west-1a', 'eu-west-1a'),
        Other: member({ AvailabilityZone: 'eu-west-1b' }, { Condition: 'Large' }),
      },
    },
  },
  notApplicable: {
    'it stands alone': { AvailabilityZone: 'eu-west-1a' },
    'it is the only instance': { Resources: spread('eu-west-1a') },
  },
  equivalent: {
    'Cluster.Engine': 'zones decide, not engines',
    'I*.DBClusterIdentifier': 'an instance of another cluster is not asked together with this one',
    'I0.AvailabilityZone': 'of three instances, the first writes: where the readers are decides',
  },
});

checks(membersReachedAlike, {
  passes: {
    'both are private': {
      Resources: {
        Cluster: cluster({}),
        A: member({ PubliclyAccessible: false }),
        B: member({ PubliclyAccessible: 'false' }),
      },
    },
    'one is private, and the other by default': {
      Resources: { Cluster: cluster({}), A: member({ PubliclyAccessible: false }), B: member() },
    },
    'the default of the default subnet group is public': {
      Resources: {
        Cluster: cluster({ DBSubnetGroupName: 'default' }),
        A: member({ PubliclyAccessible: true }),
        B: member(),
      },
    },
  },
  fails: {
    'they differ': {
      Resources: {
        Cluster: cluster({}),
        A: member({ PubliclyAccessible: false }),
        B: member({ PubliclyAccessible: true }),
      },
    },
    'one is public, and the other private by default': {
      Resources: { Cluster: cluster({}), A: member(), B: member({ PubliclyAccessible: true }) },
    },
  },
  unknown: {
    'one is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Cluster: cluster({}),
        A: member({ PubliclyAccessible: GIVEN }),
        B: member({ PubliclyAccessible: true }),
      },
    },
    'another instance may belong to it': {
      ...NO_DEFAULT,
      Resources: {
        Cluster: cluster({}),
        A: member(),
        B: member(),
        C: instance({ DBClusterIdentifier: GIVEN, PubliclyAccessible: true }),
      },
    },
  },
  notApplicable: {
    'it stands alone': { PubliclyAccessible: true },
    'it is the only instance': {
      Resources: { Cluster: cluster({}), A: member({ PubliclyAccessible: true }) },
    },
  },
  equivalent: {
    '*.DBClusterIdentifier': 'an instance of another cluster is not asked together with this one',
  },
});

const parameterGroup = (Parameters: unknown, properties: object = {}) => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Parameters, ...properties },
});
const replica = (properties: object = {}) =>
  instance({ SourceDBInstanceIdentifier: 'orders', DBParameterGroupName: { Ref: 'Subject' }, ...properties });

checks(replicaIsReadOnly, {
  passes: {
    'the group of a replica says so': {
      Resources: { Subject: parameterGroup({ read_only: '{TrueIfReplica}' }), Replica: replica() },
    },
    'the replica takes the group of its source': {
      Resources: {
        Subject: parameterGroup({ read_only: '{TrueIfReplica}' }),
        Primary: instance({ DBParameterGroupName: { Ref: 'Subject' } }),
        Replica: instance({ SourceDBInstanceIdentifier: { Ref: 'Primary' } }),
      },
    },
    'the group leaves it out': {
      Resources: { Subject: parameterGroup({ read_only: { Ref: 'AWS::NoValue' } }), Replica: replica() },
    },
  },
  fails: {
    'a replica takes writes': {
      Resources: { Subject: parameterGroup({ read_only: 0 }), Replica: replica() },
    },
    'the replica takes no writes once promoted': {
      Resources: { Subject: parameterGroup({ read_only: '1' }, { Family: 'mysql8.4' }), Replica: replica() },
    },
    'the group of the source lets its replica take writes': {
      Resources: {
        Subject: parameterGroup({ read_only: '0' }),
        Primary: instance({ DBParameterGroupName: { Ref: 'Subject' } }),
        Replica: instance({ SourceDBInstanceIdentifier: { Ref: 'Primary' } }),
      },
    },
  },
  unknown: {
    'the value is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: parameterGroup({ read_only: GIVEN }), Replica: replica() },
    },
    'a condition may leave the replica out': {
      ...MAYBE,
      Resources: {
        Subject: parameterGroup({ read_only: '0' }),
        Replica: { ...replica(), Condition: 'Large' },
      },
    },
    'the group of a replica is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: parameterGroup({ read_only: '0' }),
        Replica: replica({ DBParameterGroupName: GIVEN }),
      },
    },
    'a transform writes the parameters': {
      Resources: {
        Subject: parameterGroup({ 'Fn::Transform': { Name: 'Company::Defaults' } }),
        Replica: replica(),
      },
    },
  },
  notApplicable: {
    'no replica runs with the group': { Parameters: { read_only: '0' } },
    'the engine has no such parameter': {
      Resources: { Subject: parameterGroup({}, { Family: 'postgres16' }), Replica: replica() },
    },
  },
  equivalent: {
    'Primary.DBParameterGroupName': 'of a group that no replica runs with, nothing is asked',
    'Replica.*': 'of a group that no replica runs with, nothing is asked',
  },
});
