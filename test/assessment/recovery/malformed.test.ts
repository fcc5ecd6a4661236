import { DISRUPTIONS } from '../../../lib/objectives/disruption';
import { assessed } from '../../support/assess';

const JUNK: readonly unknown[] = [
  null,
  5,
  'x',
  true,
  [],
  {},
  [[]],
  [null],
  { a: { b: [1] } },
  { Ref: 'Nowhere' },
];

/** What the recovery of each type is read from. */
const READ: Readonly<Record<string, readonly string[]>> = {
  'ARCRegionSwitch::Plan': ['Regions', 'Workflows', 'Triggers'],
  'AutoScaling::AutoScalingGroup': ['MinSize', 'HealthCheckType', 'AvailabilityZones', 'TargetGroupARNs'],
  'Backup::BackupPlan': ['BackupPlan'],
  'Backup::BackupSelection': ['BackupPlanId', 'BackupSelection'],
  'CloudFront::Distribution': ['DistributionConfig'],
  'CloudWatch::Alarm': ['Period', 'EvaluationPeriods', 'Metrics', 'AlarmActions', 'Dimensions'],
  'CodeDeploy::DeploymentGroup': ['AutoRollbackConfiguration', 'AlarmConfiguration', 'ECSServices'],
  'CodePipeline::Pipeline': ['Stages'],
  'DocDB::DBCluster': ['GlobalClusterIdentifier', 'BackupRetentionPeriod'],
  'DSQL::Cluster': ['MultiRegionProperties'],
  'DynamoDB::GlobalTable': ['Replicas', 'MultiRegionConsistency'],
  'DynamoDB::Table': ['PointInTimeRecoverySpecification', 'Tags'],
  'ECS::Service': ['DesiredCount', 'LoadBalancers', 'DeploymentConfiguration', 'NetworkConfiguration'],
  'EFS::FileSystem': [
    'ReplicationConfiguration',
    'FileSystemProtection',
    'AvailabilityZoneName',
    'BackupPolicy',
  ],
  'ElastiCache::ReplicationGroup': ['NumCacheClusters', 'AutomaticFailoverEnabled', 'SnapshotRetentionLimit'],
  'ElasticLoadBalancingV2::TargetGroup': ['HealthCheckIntervalSeconds', 'UnhealthyThresholdCount', 'Targets'],
  'GlobalAccelerator::EndpointGroup': ['HealthCheckIntervalSeconds', 'ThresholdCount'],
  'Kinesis::Stream': ['RetentionPeriodHours'],
  'MemoryDB::Cluster': ['NumReplicasPerShard', 'MultiRegionClusterName'],
  'OpenSearchService::Domain': ['ClusterConfig'],
  'RDS::DBCluster': ['Engine', 'GlobalClusterIdentifier', 'BackupRetentionPeriod'],
  'RDS::DBInstance': [
    'MultiAZ',
    'BackupRetentionPeriod',
    'DBClusterIdentifier',
    'SourceDBInstanceIdentifier',
  ],
  'Route53::RecordSet': ['TTL', 'Failover', 'HealthCheckId', 'ResourceRecords', 'AliasTarget', 'Name'],
  'S3::Bucket': ['ReplicationConfiguration', 'VersioningConfiguration'],
  'SQS::Queue': ['MessageRetentionPeriod'],
};

test.each(Object.entries(READ))('%s of any shape is assessed, and never throws', (type, properties) => {
  for (const value of JUNK) {
    const Properties = Object.fromEntries(properties.map((name) => [name, value]));
    const Resources = {
      One: { Type: `AWS::${type}`, Properties },
      Two: { Type: `AWS::${type}`, Properties, UpdatePolicy: value },
      Other: { Type: 'AWS::Lambda::Function' },
    };
    const app = {
      stacks: { one: { template: { Resources }, region: 'eu-west-1' }, two: { template: { Resources } } },
    };
    const { recovery } = assessed(app);
    for (const disruption of DISRUPTIONS) expect(recovery[disruption].rtoSeconds).toBeGreaterThanOrEqual(0);
  }
});
