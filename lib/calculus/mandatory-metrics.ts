/** A metric that an alarm must watch, or one of several that show the same. */
export interface MandatoryMetric {
  /** Any of them will do. */
  readonly anyOf: readonly string[];

  /** Whether it shows that users are not served now, rather than that something will run out. */
  readonly outage: boolean;

  /** The page that describes it. */
  readonly source: string;
}

const DOCS = 'https://docs.aws.amazon.com';
const CLOUDWATCH = `${DOCS}/AmazonCloudWatch/latest/monitoring`;
const RECOMMENDED = `${CLOUDWATCH}/Best_Practice_Recommended_Alarms_AWS_Services.html`;
const ELB = `${DOCS}/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html`;
const MSK = `${DOCS}/msk/latest/developerguide/metrics-details.html`;
const DOCUMENTS = `${DOCS}/documentdb/latest/developerguide/cloud_watch.html`;
const GRAPHS = `${DOCS}/neptune/latest/userguide/cw-metrics.html`;

const outage = (source: string, ...anyOf: readonly string[]): MandatoryMetric => ({
  anyOf,
  outage: true,
  source,
});
const limit = (source: string, ...anyOf: readonly string[]): MandatoryMetric => ({
  anyOf,
  outage: false,
  source,
});

/**
 * The metrics that an alarm must watch on a resource of a critical service, by type: what shows that it does not
 * serve, and what runs out before it does not.
 *
 * Which of the many metrics are mandatory is our own decision; what each shows is on its page.
 */
export const MANDATORY_METRICS: Readonly<Record<string, readonly MandatoryMetric[]>> = {
  'AWS::ApiGateway::RestApi': [outage(RECOMMENDED, '5XXError')],
  'AWS::ApiGatewayV2::Api': [
    outage(
      `${DOCS}/apigateway/latest/developerguide/http-api-metrics.html`,
      '5xx',
      '5XXError',
      'ExecutionError',
      'IntegrationError',
    ),
  ],
  'AWS::AppSync::GraphQLApi': [outage(`${DOCS}/appsync/latest/devguide/monitoring.html`, '5XXError')],
  'AWS::AutoScaling::AutoScalingGroup': [
    outage(RECOMMENDED, 'GroupInServiceCapacity', 'GroupInServiceInstances'),
  ],
  'AWS::CloudFront::Distribution': [outage(RECOMMENDED, '5xxErrorRate')],
  'AWS::DocDB::DBCluster': [limit(DOCUMENTS, 'CPUUtilization'), limit(DOCUMENTS, 'FreeableMemory')],
  'AWS::DynamoDB::GlobalTable': dynamoDb(),
  'AWS::DynamoDB::Table': dynamoDb(),
  'AWS::EC2::Instance': [
    outage(RECOMMENDED, 'StatusCheckFailed', 'StatusCheckFailed_Instance', 'StatusCheckFailed_System'),
  ],
  'AWS::EC2::NatGateway': [outage(RECOMMENDED, 'ErrorPortAllocation')],
  'AWS::EC2::VPNConnection': [outage(RECOMMENDED, 'TunnelState')],
  'AWS::ECS::Service': [limit(RECOMMENDED, 'CPUUtilization'), limit(RECOMMENDED, 'MemoryUtilization')],
  'AWS::EFS::FileSystem': [limit(RECOMMENDED, 'PercentIOLimit', 'BurstCreditBalance')],
  'AWS::ElastiCache::ReplicationGroup': [
    limit(RECOMMENDED, 'EngineCPUUtilization', 'CPUUtilization'),
    limit(RECOMMENDED, 'DatabaseMemoryUsagePercentage', 'DatabaseCapacityUsagePercentage', 'FreeableMemory'),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    outage(ELB, 'HTTPCode_ELB_5XX_Count', 'HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_503_Count'),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    outage(ELB, 'UnHealthyHostCount', 'HealthyHostCount', 'HealthyStateRouting', 'UnHealthyStateRouting'),
  ],
  'AWS::Kinesis::Stream': [
    outage(RECOMMENDED, 'GetRecords.IteratorAgeMilliseconds', 'SubscribeToShardEvent.MillisBehindLatest'),
    outage(
      RECOMMENDED,
      'WriteProvisionedThroughputExceeded',
      'PutRecord.Success',
      'PutRecords.ThrottledRecords',
      'PutRecords.FailedRecords',
    ),
  ],
  'AWS::Lambda::Function': [outage(RECOMMENDED, 'Errors'), outage(RECOMMENDED, 'Throttles')],
  'AWS::MSK::Cluster': [
    outage(MSK, 'ActiveControllerCount'),
    outage(MSK, 'OfflinePartitionsCount'),
    limit(MSK, 'KafkaDataLogsDiskUsed'),
  ],
  'AWS::MemoryDB::Cluster': [
    limit(`${DOCS}/memorydb/latest/devguide/metrics.memorydb.html`, 'EngineCPUUtilization', 'CPUUtilization'),
    limit(
      `${DOCS}/memorydb/latest/devguide/metrics.memorydb.html`,
      'DatabaseMemoryUsagePercentage',
      'FreeableMemory',
    ),
  ],
  'AWS::Neptune::DBCluster': [limit(GRAPHS, 'CPUUtilization')],
  'AWS::OpenSearchService::Domain': [
    outage(RECOMMENDED, 'ClusterStatus.red'),
    limit(RECOMMENDED, 'FreeStorageSpace'),
  ],
  'AWS::RDS::DBCluster': [limit(RECOMMENDED, 'CPUUtilization', 'DBLoad', 'ACUUtilization')],
  'AWS::RDS::DBInstance': [
    limit(RECOMMENDED, 'CPUUtilization', 'DBLoad'),
    limit(RECOMMENDED, 'FreeStorageSpace'),
  ],
  'AWS::Redshift::Cluster': [
    outage(`${DOCS}/redshift/latest/mgmt/metrics-listing.html`, 'HealthStatus'),
    limit(`${DOCS}/redshift/latest/mgmt/metrics-listing.html`, 'PercentageDiskSpaceUsed'),
  ],
  'AWS::SQS::Queue': [
    limit(RECOMMENDED, 'ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'),
  ],
  'AWS::StepFunctions::StateMachine': [
    outage(
      `${DOCS}/step-functions/latest/dg/procedure-cw-metrics.html`,
      'ExecutionsFailed',
      'ExecutionsTimedOut',
    ),
  ],
};

function dynamoDb(): readonly MandatoryMetric[] {
  return [
    outage(RECOMMENDED, 'SystemErrors'),
    outage(RECOMMENDED, 'ReadThrottleEvents', 'WriteThrottleEvents', 'ThrottledRequests'),
  ];
}

/** Metrics of health that belong to what watches from outside. */
const WATCHERS: readonly string[] = ['HealthCheckStatus', 'SuccessPercent'];

/** The metrics that show that users are not served now. */
export const OUTAGE_METRICS: ReadonlySet<string> = new Set([
  ...Object.values(MANDATORY_METRICS)
    .flat()
    .filter((metric) => metric.outage)
    .flatMap(({ anyOf }) => anyOf),
  ...WATCHERS,
]);
