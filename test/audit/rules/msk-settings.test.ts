import { brokersWriteLogs, topicsAreMeasured } from '../../../lib/audit/rules/msk';
import { checks } from '../../support/rule-cases';

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
