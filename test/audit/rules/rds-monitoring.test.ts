import {
  criticalEventsSubscribed,
  databaseAlarms,
  enhancedMonitoring,
  logsExported,
  performanceInsights,
} from '../../../lib/audit/rules/rds-monitoring';
import { checks } from '../../support/rule-cases';

const instance = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: properties });
const cluster = (properties: object) => ({ Type: 'AWS::RDS::DBCluster', Properties: properties });
const member = (properties: object = {}) =>
  instance({ DBClusterIdentifier: { Ref: 'Cluster' }, ...properties });

const NO_DEFAULT = { Parameters: { Given: { Type: 'String' } } };
const GIVEN = { Ref: 'Given' };
const MAYBE = { ...NO_DEFAULT, Conditions: { Large: { 'Fn::Equals': [GIVEN, 'large'] } } };

checks(enhancedMonitoring, {
  passes: {
    'it reports each minute': { MonitoringInterval: 60 },
    'a text is a number': { MonitoringInterval: '1' },
    'the cluster reports': { Resources: { Cluster: cluster({ MonitoringInterval: 30 }), Subject: member() } },
  },
  fails: {
    'nothing is set': {},
    'it is off': { MonitoringInterval: '0' },
    'it says nothing and its cluster is not in the app': { DBClusterIdentifier: 'orders' },
    'it says nothing and the template declares its cluster nowhere': { DBClusterIdentifier: GIVEN },
    'neither it nor the cluster reports': {
      Resources: { Cluster: cluster({ MonitoringInterval: 0 }), Subject: member() },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ MonitoringInterval: GIVEN }) },
    },
    'deploy gives the cluster': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ DBClusterIdentifier: GIVEN }) },
    },
    'a macro may write the cluster': {
      Transform: 'Company::Databases',
      Resources: { Subject: instance({ DBClusterIdentifier: 'orders' }) },
    },
  },
  notApplicable: { 'it is RDS Custom': { Engine: 'custom-sqlserver-ee' } },
});

checks(performanceInsights, {
  passes: {
    'it shows them': { EnablePerformanceInsights: true },
    'the cluster shows them': {
      Resources: { Cluster: cluster({ PerformanceInsightsEnabled: 'true' }), Subject: member() },
    },
  },
  fails: {
    'nothing is set': {},
    'it does not': { EnablePerformanceInsights: false },
    'it says nothing and its cluster is not in the app': { DBClusterIdentifier: 'orders' },
    'it says nothing and the template declares its cluster nowhere': { DBClusterIdentifier: GIVEN },
    'neither it nor the cluster does': {
      Resources: { Cluster: cluster({ PerformanceInsightsEnabled: false }), Subject: member() },
    },
  },
  unknown: {
    'a parameter without default says so': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ EnablePerformanceInsights: GIVEN }) },
    },
    'deploy gives the cluster': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ DBClusterIdentifier: GIVEN }) },
    },
    'a macro may write the cluster': {
      Transform: 'Company::Databases',
      Resources: { Subject: instance({ DBClusterIdentifier: 'orders' }) },
    },
  },
  notApplicable: { 'it is RDS Custom': { Engine: 'custom-oracle-ee' } },
});

checks(logsExported, {
  passes: {
    'MySQL exports all': {
      Engine: 'mysql',
      EnableCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
    },
    'PostgreSQL exports all': { Engine: 'postgres', EnableCloudwatchLogsExports: ['postgresql', 'upgrade'] },
    'Oracle exports all': {
      Engine: 'oracle-ee',
      EnableCloudwatchLogsExports: ['alert', 'audit', 'listener', 'trace', 'oemagent'],
    },
    'an Aurora cluster exports all': {
      Resources: {
        Subject: cluster({ Engine: 'aurora-postgresql', EnableCloudwatchLogsExports: ['postgresql'] }),
      },
    },
    'a Multi-AZ DB cluster exports all': {
      Resources: {
        Subject: cluster({ Engine: 'mysql', EnableCloudwatchLogsExports: ['error', 'general', 'slowquery'] }),
      },
    },
  },
  fails: {
    'nothing is set': { Engine: 'mariadb' },
    'one is missing': { Engine: 'mysql', EnableCloudwatchLogsExports: ['audit', 'error', 'general'] },
    'SQL Server exports its errors only': { Engine: 'sqlserver-se', EnableCloudwatchLogsExports: ['error'] },
    'an Aurora cluster sets nothing': { Resources: { Subject: cluster({ Engine: 'aurora-mysql' }) } },
    'Oracle leaves out the logs of its agent': {
      Engine: 'oracle-ee',
      EnableCloudwatchLogsExports: ['alert', 'audit', 'listener', 'trace'],
    },
    'nothing is exported, whatever engine deploy takes': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: GIVEN }) },
    },
    'nothing is exported of an engine whose logs are not known': { Engine: 'mumps' },
    'a replica exports nothing, whatever its source': { SourceDBInstanceIdentifier: 'orders' },
  },
  unknown: {
    'the list is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: 'mysql', EnableCloudwatchLogsExports: GIVEN }) },
    },
    'an entry is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({ Engine: 'postgres', EnableCloudwatchLogsExports: ['postgresql', GIVEN] }),
      },
    },
    'the engine is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({ Engine: GIVEN, EnableCloudwatchLogsExports: ['error'] }) },
    },
    'the engine of the source is not in the app': {
      SourceDBInstanceIdentifier: 'orders',
      EnableCloudwatchLogsExports: ['error'],
    },
    'the logs of the engine are not known': { Engine: 'mumps', EnableCloudwatchLogsExports: ['error'] },
  },
  notApplicable: {
    'the cluster exports them': { DBClusterIdentifier: 'orders' },
    'it is RDS Custom': { Engine: 'custom-oracle-ee' },
  },
});

const subscription = (properties: object = {}, attributes: object = {}) => ({
  Type: 'AWS::RDS::EventSubscription',
  Properties: properties,
  ...attributes,
});
const ALL = {
  SourceType: 'db-instance',
  EventCategories: ['maintenance', 'configuration change', 'failure'],
};

checks(criticalEventsSubscribed, {
  passes: {
    'a subscription takes all events': {
      Resources: { Subject: instance({}), Events: subscription({ Enabled: true }) },
    },
    'a subscription takes the critical events of instances': {
      Resources: { Subject: instance({}), Events: subscription(ALL) },
    },
    'a subscription names it': {
      Resources: {
        Subject: instance({ DBInstanceIdentifier: 'Orders' }),
        Events: subscription({ SourceType: 'db-instance', SourceIds: ['orders'] }),
      },
    },
    'a subscription takes the failures and the maintenance of clusters': {
      Resources: {
        Subject: cluster({}),
        Events: subscription({ SourceType: 'db-cluster', EventCategories: ['failure', 'maintenance'] }),
      },
    },
    'a subscription takes the changes of a parameter group': {
      Resources: {
        Subject: { Type: 'AWS::RDS::DBParameterGroup', Properties: {} },
        Events: subscription({ EventCategories: ['configuration change'], SourceIds: [{ Ref: 'Subject' }] }),
      },
    },
  },
  fails: {
    'there is no subscription': {},
    'the subscription is off': {
      Resources: { Subject: instance({}), Events: subscription({ Enabled: 'false' }) },
    },
    'failures are left out': {
      Resources: {
        Subject: instance({}),
        Events: subscription({ ...ALL, EventCategories: ['maintenance', 'configuration change'] }),
      },
    },
    'the subscription is to clusters': {
      Resources: { Subject: instance({}), Events: subscription({ SourceType: 'db-cluster' }) },
    },
    'the subscription names another one': {
      Resources: {
        Subject: instance({ DBInstanceIdentifier: 'orders' }),
        Events: subscription({ SourceType: 'db-instance', SourceIds: ['shipping'] }),
      },
    },
    'nobody is told of a parameter group': {
      Resources: { Subject: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: {} } },
    },
    'nobody is told of a security group': {
      Resources: { Subject: { Type: 'AWS::RDS::DBSecurityGroup', Properties: {} } },
    },
    'the subscription is in another region': {
      stacks: {
        Data: { region: 'eu-west-1', template: { Resources: { Subject: instance({}) } } },
        Events: { region: 'eu-central-1', template: { Resources: { Events: subscription() } } },
      },
    },
  },
  unknown: {
    'what it takes is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({}), Events: subscription({ ...ALL, EventCategories: GIVEN }) },
    },
    'one of what it takes is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({}),
        Events: subscription({ EventCategories: ['maintenance', 'configuration change', GIVEN] }),
      },
    },
    'whether it is enabled is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({}), Events: subscription({ Enabled: GIVEN }) },
    },
    'whom it listens to is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({}), Events: subscription({ SourceIds: [GIVEN] }) },
    },
    'a condition may leave it out': {
      ...MAYBE,
      Resources: { Subject: instance({}), Events: subscription({}, { Condition: 'Large' }) },
    },
    'a macro may write one': { Transform: 'Company::Events', Resources: { Subject: instance({}) } },
  },
  notApplicable: 'RDS tells of the events of every resource of these types',
});

const alarm = (
  MetricName: unknown,
  subject: unknown = { Ref: 'Subject' },
  attributes: object = {},
  more: object = {},
) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { MetricName, Dimensions: [{ Name: 'DBInstanceIdentifier', Value: subject }], ...more },
  ...attributes,
});
const math = (...metrics: readonly unknown[]) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Metrics: metrics },
});
const stat = (MetricName: unknown, Value: unknown = { Ref: 'Subject' }) => ({
  MetricStat: { Metric: { MetricName, Dimensions: [{ Value }] } },
});
const watched = (subject: unknown = { Ref: 'Subject' }) => ({
  Storage: alarm('FreeStorageSpace', subject),
  Queue: alarm('DiskQueueDepth', subject),
});

checks(databaseAlarms, {
  passes: {
    'alarms watch storage and disk queue': { Resources: { Subject: instance({}), ...watched() } },
    'alarms of another stack name it': {
      stacks: {
        Data: { template: { Resources: { Subject: instance({ DBInstanceIdentifier: 'Orders' }) } } },
        Alarms: { template: { Resources: watched('orders') } },
      },
    },
    'one alarm sums both up': {
      Resources: {
        Subject: instance({}),
        Both: math({ Expression: 'a + b' }, stat('FreeStorageSpace'), stat('DiskQueueDepth')),
      },
    },
    'an alarm watches the lag of a replica': {
      Resources: {
        Subject: instance({ SourceDBInstanceIdentifier: 'orders' }),
        ...watched(),
        Lag: alarm('ReplicaLag'),
      },
    },
    'the alarms say that they act': {
      Resources: {
        Subject: instance({}),
        Storage: alarm('FreeStorageSpace', undefined, {}, { ActionsEnabled: true }),
        Queue: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: 'true' }),
      },
    },
    'another alarm acts': {
      Resources: {
        Subject: instance({}),
        ...watched(),
        Muted: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: false }),
      },
    },
  },
  fails: {
    'there is no alarm': {},
    'the disk queue is not watched': {
      Resources: { Subject: instance({}), Storage: alarm('FreeStorageSpace') },
    },
    'the alarms watch another instance': {
      Resources: { Subject: instance({}), Other: instance({}), ...watched({ Ref: 'Other' }) },
    },
    'the alarms name another instance': {
      Resources: { Subject: instance({ DBInstanceIdentifier: 'orders' }), ...watched('shipping') },
    },
    'an alarm never acts': {
      Resources: {
        Subject: instance({}),
        ...watched(),
        Queue: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: false }),
      },
    },
    'the alarms have no dimensions': {
      Resources: {
        Subject: instance({}),
        Storage: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'FreeStorageSpace' } },
      },
    },
    'the lag of a replica is not watched': {
      Resources: { Subject: instance({ SourceDBInstanceIdentifier: 'orders' }), ...watched() },
    },
  },
  unknown: {
    'what is watched is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({}), Storage: alarm(GIVEN), Queue: alarm('DiskQueueDepth') },
    },
    'who is watched is given at deploy': {
      ...NO_DEFAULT,
      Resources: { Subject: instance({}), ...watched(GIVEN) },
    },
    'the metrics are given at deploy': {
      Resources: { Subject: instance({}), Both: math({ 'Fn::Transform': { Name: 'Company::Metrics' } }) },
    },
    'whether an alarm acts is given at deploy': {
      ...NO_DEFAULT,
      Resources: {
        Subject: instance({}),
        ...watched(),
        Queue: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: GIVEN }),
      },
    },
    'an alarm never acts, but a macro may write another': {
      Transform: 'Company::Alarms',
      Resources: {
        Subject: instance({}),
        ...watched(),
        Queue: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: false }),
      },
    },
    'an alarm never acts, but a condition may add another': {
      ...MAYBE,
      Resources: {
        Subject: instance({}),
        ...watched(),
        Queue: alarm('DiskQueueDepth', undefined, {}, { ActionsEnabled: false }),
        Second: alarm('DiskQueueDepth', undefined, { Condition: 'Large' }),
      },
    },
    'queries select whom they watch': {
      Resources: {
        Subject: instance({}),
        Storage: math({ Expression: 'SELECT MIN(FreeStorageSpace) FROM "AWS/RDS"' }),
        Queue: math({ Expression: 'SELECT MAX("DiskQueueDepth") FROM "AWS/RDS"' }),
      },
    },
    'a condition may leave an alarm out': {
      ...MAYBE,
      Resources: {
        Subject: instance({}),
        Storage: alarm('FreeStorageSpace'),
        Queue: alarm('DiskQueueDepth', { Ref: 'Subject' }, { Condition: 'Large' }),
      },
    },
    'a macro may write alarms': { Transform: 'Company::Alarms', Resources: { Subject: instance({}) } },
    'it may be a replica': {
      ...MAYBE,
      Resources: {
        Subject: instance({
          SourceDBInstanceIdentifier: { 'Fn::If': ['Large', 'orders', { Ref: 'AWS::NoValue' }] },
        }),
        ...watched(),
      },
    },
  },
  notApplicable: { 'the cluster has the storage': { DBClusterIdentifier: 'orders' } },
  equivalent: {
    'Subject.SourceDBInstanceIdentifier': 'an instance that follows none has no lag',
    'Muted.*': 'an alarm that never acts watches nothing',
    '*.Dimensions.0.Name': 'what is named decides, not under which name',
    'Both.Metrics.0.Expression': 'what is watched decides, not how it is summed up',
  },
});
