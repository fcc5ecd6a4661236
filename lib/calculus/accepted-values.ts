/** The only values that a service accepts at one place of a type's properties. */
export interface AcceptedValues {
  /** The path, in which `*` stands for every entry of a list or a map. */
  readonly path: string;
  readonly values: readonly string[];

  /** The page that says so. */
  readonly source: string;
}

/** What services accept, by CloudFormation type. */
export type AcceptedByType = Readonly<Record<string, readonly AcceptedValues[]>>;

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const SWITCH_API = 'https://docs.aws.amazon.com/arc-region-switch/latest/api';
const ROUTE53_API = 'https://docs.aws.amazon.com/Route53/latest/APIReference';

const accepts = (path: string, values: string, source: string): AcceptedValues => ({
  path,
  values: values.split(' '),
  source,
});

const BLOCKS = [
  'ARCRegionSwitchPlan ARCRoutingControl AuroraGlobalDatabase AuroraProvisionedScaling AuroraServerlessScaling',
  'CustomActionLambda DocumentDb EC2AutoScaling ECSServiceScaling EKSResourceScaling LambdaEventSourceMapping',
  'ManualApproval NeptuneGlobalDatabase Parallel RdsCreateCrossRegionReplica RdsPromoteReadReplica',
  'RdsSwitchoverReadReplica Route53HealthCheck SSMSendCommand',
].join(' ');
const STEPS = 'Workflows.*.Steps.*';

/** Region switch of Application Recovery Controller. */
export const SWITCH_VALUES: AcceptedByType = {
  'AWS::ARCRegionSwitch::Plan': [
    accepts('RecoveryApproach', 'activeActive activePassive', `${SWITCH_API}/API_CreatePlan.html`),
    accepts(
      'Workflows.*.WorkflowTargetAction',
      'activate deactivate postRecovery',
      `${SWITCH_API}/API_Workflow.html`,
    ),
    accepts(`${STEPS}.ExecutionBlockType`, BLOCKS, `${SWITCH_API}/API_Step.html`),
    accepts(
      `${STEPS}.ExecutionBlockConfiguration.ParallelConfig.Steps.*.ExecutionBlockType`,
      BLOCKS,
      `${SWITCH_API}/API_Step.html`,
    ),
    accepts('Triggers.*.Action', 'activate deactivate postRecovery', `${SWITCH_API}/API_Trigger.html`),
    accepts('Triggers.*.Conditions.*.Condition', 'red green', `${SWITCH_API}/API_TriggerCondition.html`),
    accepts(
      'AssociatedAlarms.*.AlarmType',
      'applicationHealth trigger',
      `${SWITCH_API}/API_AssociatedAlarm.html`,
    ),
  ],
};

const CHECK = `${ROUTE53_API}/API_HealthCheckConfig.html`;
const RECORD = `${ROUTE53_API}/API_ResourceRecordSet.html`;

/** Records and health checks of Route 53. */
export const DNS_VALUES: AcceptedByType = {
  'AWS::Route53::HealthCheck': [
    accepts(
      'HealthCheckConfig.Type',
      'CALCULATED CLOUDWATCH_METRIC HTTP HTTPS HTTP_STR_MATCH HTTPS_STR_MATCH RECOVERY_CONTROL TCP',
      CHECK,
    ),
    accepts('HealthCheckConfig.RequestInterval', '10 30', CHECK),
    accepts('HealthCheckConfig.InsufficientDataHealthStatus', 'Healthy LastKnownStatus Unhealthy', CHECK),
    accepts(
      'HealthCheckConfig.Regions.*',
      'ap-northeast-1 ap-southeast-1 ap-southeast-2 eu-west-1 sa-east-1 us-east-1 us-west-1 us-west-2',
      CHECK,
    ),
  ],
  'AWS::Route53::RecordSet': [accepts('Failover', 'PRIMARY SECONDARY', RECORD)],
  'AWS::Route53::RecordSetGroup': [accepts('RecordSets.*.Failover', 'PRIMARY SECONDARY', RECORD)],
};

const ALARM = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';

/** Alarms of CloudWatch. */
export const ALARM_VALUES: AcceptedByType = {
  'AWS::CloudWatch::Alarm': [
    accepts('TreatMissingData', 'breaching ignore missing notBreaching', ALARM),
    accepts(
      'ComparisonOperator',
      [
        'GreaterThanOrEqualToThreshold GreaterThanThreshold GreaterThanUpperThreshold',
        'LessThanLowerOrGreaterThanUpperThreshold LessThanLowerThreshold',
        'LessThanOrEqualToThreshold LessThanThreshold',
      ].join(' '),
      ALARM,
    ),
    accepts('EvaluateLowSampleCountPercentile', 'evaluate ignore', ALARM),
  ],
};

/** Copies, versions and standbys of stores and brokers. */
export const STORE_VALUES: AcceptedByType = {
  'AWS::AmazonMQ::Broker': [
    accepts(
      'DeploymentMode',
      'ACTIVE_STANDBY_MULTI_AZ CLUSTER_MULTI_AZ SINGLE_INSTANCE',
      `${CFN}/aws-resource-amazonmq-broker.html`,
    ),
  ],
  'AWS::DynamoDB::GlobalTable': [
    accepts('MultiRegionConsistency', 'EVENTUAL STRONG', `${CFN}/aws-resource-dynamodb-globaltable.html`),
    accepts('BillingMode', 'PAY_PER_REQUEST PROVISIONED', `${CFN}/aws-resource-dynamodb-globaltable.html`),
  ],
  'AWS::DynamoDB::Table': [
    accepts('BillingMode', 'PAY_PER_REQUEST PROVISIONED', `${CFN}/aws-resource-dynamodb-table.html`),
  ],
  'AWS::S3::Bucket': [
    accepts(
      'VersioningConfiguration.Status',
      'Enabled Suspended',
      `${CFN}/aws-properties-s3-bucket-versioningconfiguration.html`,
    ),
    accepts(
      'ReplicationConfiguration.Rules.*.Status',
      'Disabled Enabled',
      `${CFN}/aws-properties-s3-bucket-replicationrule.html`,
    ),
  ],
};

/** How what runs is spread over zones, and leaves one. */
export const ZONE_VALUES: AcceptedByType = {
  'AWS::ARCZonalShift::ZonalAutoshiftConfiguration': [
    accepts(
      'ZonalAutoshiftStatus',
      'DISABLED ENABLED',
      `${CFN}/aws-resource-arczonalshift-zonalautoshiftconfiguration.html`,
    ),
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    accepts(
      'AvailabilityZoneDistribution.CapacityDistributionStrategy',
      'balanced-best-effort balanced-only',
      `${CFN}/aws-properties-autoscaling-autoscalinggroup-availabilityzonedistribution.html`,
    ),
    accepts(
      'AvailabilityZoneImpairmentPolicy.ImpairedZoneHealthCheckBehavior',
      'IgnoreUnhealthy ReplaceUnhealthy',
      `${CFN}/aws-properties-autoscaling-autoscalinggroup-availabilityzoneimpairmentpolicy.html`,
    ),
  ],
  'AWS::ECS::Service': [
    accepts('AvailabilityZoneRebalancing', 'DISABLED ENABLED', `${CFN}/aws-resource-ecs-service.html`),
    accepts('SchedulingStrategy', 'DAEMON REPLICA', `${CFN}/aws-resource-ecs-service.html`),
  ],
};
