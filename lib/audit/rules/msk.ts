import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const SUBNETS = 'BrokerNodeGroupInfo.ClientSubnets';

export const brokersSpanThreeZones: Rule = {
  id: 'MSK-01',
  title: 'Kafka brokers stand in at least three zones.',
  kind: 'redundancy',
  why: 'Writes wait for two of three replicas: with brokers in two zones, the loss of one may stop them or cost data.',
  fix: 'give the brokers subnets in three zones',
  severity: HIGH,
  appliesTo: ['AWS::MSK::Cluster'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html'],
  check: (cluster) => cluster.zones.atLeast(3, SUBNETS),
};
