import { brokersSpanThreeZones, brokersWriteLogs, topicsAreMeasured } from '../../../lib/audit/rules/msk';
import { subnetsIn } from '../../support/graph';
import { checks } from '../../support/rule-cases';

const azs = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const cluster = (zones: readonly unknown[], ClientSubnets: unknown) => ({
  Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
  Resources: {
    ...subnetsIn(...zones),
    Kafka: { Type: 'AWS::MSK::Cluster', Properties: { BrokerNodeGroupInfo: { ClientSubnets } } },
  },
});
const THREE = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }, { Ref: 'SubnetC' }];

checks(brokersSpanThreeZones, {
  passes: {
    'the brokers stand in three zones': cluster(['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], THREE),
    'the zones are symbols': cluster([azs(0), azs(1), azs(2)], THREE),
  },
  fails: {
    'they stand in two zones': cluster(['eu-west-1a', 'eu-west-1b'], THREE.slice(0, 2)),
    'two of three subnets are in one zone': cluster(['eu-west-1a', 'eu-west-1b', 'eu-west-1a'], THREE),
  },
  unknown: {
    'the subnets are a parameter without default': cluster([], { Ref: 'Subnets' }),
    'one of the subnets is imported': cluster(
      ['eu-west-1a', 'eu-west-1b'],
      [...THREE.slice(0, 2), 'subnet-1'],
    ),
  },
  notApplicable: 'the brokers of every cluster stand in zones',
  equivalent: { 'Subnet*.VpcId': 'zones decide, not networks' },
});

const OPEN = { Ref: 'AWS::StackId' };
const logs = (BrokerLogs: object) => ({ LoggingInfo: { BrokerLogs } });

checks(topicsAreMeasured, {
  passes: {
    'by broker': { EnhancedMonitoring: 'PER_TOPIC_PER_BROKER' },
    'by partition': { EnhancedMonitoring: 'PER_TOPIC_PER_PARTITION' },
  },
  fails: { 'nothing is said': {}, 'only brokers are': { EnhancedMonitoring: 'PER_BROKER' } },
  unknown: { 'deploy decides': { EnhancedMonitoring: OPEN } },
  notApplicable: 'every cluster is asked',
});

checks(brokersWriteLogs, {
  passes: {
    'to CloudWatch Logs': logs({ CloudWatchLogs: { Enabled: true } }),
    'to a bucket': logs({ S3: { Enabled: true } }),
    'to Firehose': logs({ Firehose: { Enabled: true } }),
  },
  fails: { 'they do not': {}, 'each place is off': logs({ S3: { Enabled: false } }) },
  unknown: { 'deploy decides': logs({ S3: { Enabled: OPEN } }) },
  notApplicable: 'every cluster is asked',
});
