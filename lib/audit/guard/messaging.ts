import {
  absent,
  atLeast,
  type Clause,
  filled,
  type GuardRule,
  guard,
  guardBy,
  guardParts,
  guardWhen,
  is,
  matches,
  type Need,
  there,
} from './clause';

const BROKER = ['AWS::AmazonMQ::Broker'];
const KAFKA = ['AWS::MSK::Cluster'];
const ACTIVE = '^[aA][cC][tT][iI][vV][eE][mM][qQ]$';
const RABBIT = '^[rR][aA][bB][bB][iI][tT][mM][qQ]$';

const engine = (pattern: string): Need => matches('EngineType', pattern);
const notEngine = (pattern: string): Clause => ({ is: 'not matching', path: 'EngineType', pattern });

/** Brokers, streams, queues, topics and workflows. */
export const MESSAGING: readonly GuardRule[] = [
  guardWhen('AMQ-01', BROKER, [engine(ACTIVE)], is('DeploymentMode', 'ACTIVE_STANDBY_MULTI_AZ')),
  guardWhen('AMQ-02', BROKER, [engine(RABBIT)], is('DeploymentMode', 'CLUSTER_MULTI_AZ')),
  guard('AMQ-03', BROKER, is('AutoMinorVersionUpgrade', true)),
  guard('AMQ-04', BROKER, is('Logs.General', true), [
    absent('EngineType'),
    notEngine(ACTIVE),
    is('Logs.Audit', true),
  ]),
  guardWhen(
    'AMQ-05',
    BROKER,
    [engine(ACTIVE), matches('DeploymentMode', '^[sS]INGLE_INSTANCE$')],
    [absent('StorageType'), is('StorageType', 'EFS', 'efs')],
  ),
  guard('MSK-03', KAFKA, is('EnhancedMonitoring', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION')),
  guard(
    'MSK-04',
    KAFKA,
    ['CloudWatchLogs', 'Firehose', 'S3'].map((place) => is(`LoggingInfo.BrokerLogs.${place}.Enabled`, true)),
  ),
  guard(
    'MWA-01',
    ['AWS::MWAA::Environment'],
    ...['Scheduler', 'Worker', 'Webserver'].map((part) =>
      is(`LoggingConfiguration.${part}Logs.Enabled`, true),
    ),
  ),
  guardBy('KIN-01', ['AWS::Kinesis::Stream'], ({ minimumHours }) => [
    atLeast('RetentionPeriodHours', Number(minimumHours)),
  ]),
  guardBy('KIN-03', ['AWS::KinesisVideo::Stream'], ({ minimumHours }) => [
    atLeast('DataRetentionInHours', Number(minimumHours)),
  ]),
  guardParts(
    'EVB-01',
    {
      types: ['AWS::Events::Rule'],
      when: [there('Targets[0]')],
      needs: [filled('Targets[*].DeadLetterConfig.Arn')],
    },
    { types: ['AWS::Scheduler::Schedule'], needs: [filled('Target.DeadLetterConfig.Arn')] },
  ),
  guard(
    'EVB-02',
    ['AWS::Events::Endpoint'],
    [absent('ReplicationConfig.State'), is('ReplicationConfig.State', 'ENABLED')],
  ),
  guardBy('ACF-01', ['AWS::AppConfig::DeploymentStrategy'], ({ minimumMinutes }) => [
    atLeast('FinalBakeTimeInMinutes', Number(minimumMinutes)),
  ]),
  guard('SNS-01', ['AWS::SNS::Subscription'], filled('RedrivePolicy')),
  guard('SNS-02', ['AWS::SNS::Topic'], filled('DeliveryStatusLogging')),
  guard(
    'SFN-01',
    ['AWS::StepFunctions::StateMachine'],
    is('LoggingConfiguration.Level', 'ALL', 'ERROR'),
    is('TracingConfiguration.Enabled', true),
  ),
];
