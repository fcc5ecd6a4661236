import type { ServiceDefault, ServiceDefaults } from '../service-default';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

const of =
  (page: string) =>
  (value: ServiceDefault['value']): ServiceDefault => ({ value, source: `${CFN}/${page}.html` });

const broker = of('aws-resource-amazonmq-broker');
const brokerLogs = of('aws-properties-amazonmq-broker-loglist');
const kafka = of('aws-resource-msk-cluster');
const queue = of('aws-resource-sqs-queue');
const flink = of('aws-properties-kinesisanalyticsv2-application-checkpointconfiguration');
const CHECKPOINTS = 'ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration';

/** What the services of this area take where a property is left out. @internal */
export const MESSAGING_DEFAULTS: ServiceDefaults = {
  'AWS::AmazonMQ::Broker': {
    'Logs.Audit': brokerLogs(false),
    'Logs.General': brokerLogs(false),
    StorageType: broker('EFS'),
  },
  'AWS::Events::Endpoint': {
    'ReplicationConfig.State': of('aws-properties-events-endpoint-replicationconfig')('ENABLED'),
  },
  'AWS::Kinesis::Stream': { RetentionPeriodHours: of('aws-resource-kinesis-stream')(24) },
  'AWS::KinesisAnalyticsV2::Application': {
    [`${CHECKPOINTS}.CheckpointingEnabled`]: flink(true),
    [`${CHECKPOINTS}.ConfigurationType`]: flink('DEFAULT'),
  },
  'AWS::KinesisVideo::Stream': { DataRetentionInHours: of('aws-resource-kinesisvideo-stream')(0) },
  'AWS::MSK::Cluster': {
    EnhancedMonitoring: kafka('DEFAULT'),
    ...Object.fromEntries(
      ['CloudWatchLogs', 'Firehose', 'S3'].map((place) => [
        `LoggingInfo.BrokerLogs.${place}.Enabled`,
        of('aws-properties-msk-cluster-brokerlogs')(false),
      ]),
    ),
  },
  'AWS::SQS::Queue': { MessageRetentionPeriod: queue(345_600), VisibilityTimeout: queue(30) },
};
