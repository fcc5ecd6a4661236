import { any } from '../../assembly/judgement';
import { LOG_RETENTION, MONITORING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW } from '../severity';

const SUBNETS = 'BrokerNodeGroupInfo.ClientSubnets';

export const brokersSpanThreeZones: Rule = {
  id: 'MSK-01',
  title: 'Kafka brokers stand in at least three zones.',
  kind: 'redundancy',
  why: 'Writes wait for two of three replicas: with brokers in two zones, the loss of one may stop them or cost data.',
  fix: 'give the brokers subnets in three zones',
  severity: HIGH,
  appliesTo: ['AWS::MSK::Cluster'],
  replaces: ['BrokerNodeGroupInfo.ClientSubnets'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html'],
  check: (cluster) => cluster.zones.atLeast(3, SUBNETS),
};

export const topicsAreMeasured: Rule = {
  id: 'MSK-03',
  title: 'Kafka clusters report metrics for each topic.',
  kind: 'monitoring',
  why: 'Which topic or partition lags or overloads a broker cannot be seen in the sums over the cluster.',
  fix: 'set EnhancedMonitoring to PER_TOPIC_PER_BROKER or PER_TOPIC_PER_PARTITION',
  severity: LOW,
  appliesTo: ['AWS::MSK::Cluster'],
  controls: MONITORING,
  sources: ['https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html'],
  check: (cluster) => cluster.is('EnhancedMonitoring', ['PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION']),
};

export const brokersWriteLogs: Rule = {
  id: 'MSK-04',
  title: 'Kafka brokers write their logs somewhere.',
  kind: 'monitoring',
  why: 'Why a broker left the cluster or lost its leadership can be read nowhere else.',
  fix: 'enable a destination in LoggingInfo.BrokerLogs',
  severity: LOW,
  appliesTo: ['AWS::MSK::Cluster'],
  controls: LOG_RETENTION,
  sources: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html'],
  check: (cluster) =>
    any(
      ...['CloudWatchLogs', 'Firehose', 'S3'].map((place) =>
        cluster.is(`LoggingInfo.BrokerLogs.${place}.Enabled`, true),
      ),
    ),
};
