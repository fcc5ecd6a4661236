import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { BACKUP, LOG_RETENTION, PATCHING } from '../control-families';
import type { Rule } from '../rule';
import { LOW, MEDIUM } from '../severity';

const BROKER = ['AWS::AmazonMQ::Broker'];
const GUIDE = 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide';

export const brokerPatchedByItself: Rule = {
  id: 'AMQ-03',
  title: 'Brokers take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and lost messages wait for somebody to remember the broker.',
  fix: 'set AutoMinorVersionUpgrade to true',
  severity: LOW,
  appliesTo: BROKER,
  controls: PATCHING,
  sources: [`${GUIDE}/upgrading-brokers.html`],
  check: (broker) => broker.is('AutoMinorVersionUpgrade', true),
};

export const brokerWritesLogs: Rule = {
  id: 'AMQ-04',
  title: 'Brokers write their logs to CloudWatch Logs.',
  kind: 'monitoring',
  why: 'Why a broker refused or lost messages can be read nowhere else.',
  fix: 'set Logs.General to true, and for ActiveMQ Logs.Audit too',
  severity: LOW,
  appliesTo: BROKER,
  controls: LOG_RETENTION,
  sources: [`${GUIDE}/security-logging-monitoring.html`],
  check: (broker) => [broker.is('Logs.General', true), judgeAudit(broker)],
};

export const singleBrokerKeepsDataInZones: Rule = {
  id: 'AMQ-05',
  title: 'The messages of a single ActiveMQ broker lie in several zones.',
  kind: 'backup',
  why: 'On EBS the messages stand in the one zone of the broker, and are gone with it.',
  fix: 'make a new broker with a StorageType of EFS, and move clients once the old one is drained',
  severity: MEDIUM,
  appliesTo: BROKER,
  replaces: ['StorageType'],
  controls: BACKUP,
  sources: [`${GUIDE}/broker-storage.html`],
  check: (broker) =>
    judgeFor(broker, 'EngineType', 'ACTIVEMQ', () =>
      judgeFor(broker, 'DeploymentMode', 'SINGLE_INSTANCE', () => broker.is('StorageType', ['EFS', 'efs'])),
    ),
};

/** RabbitMQ has no log of what its users do. */
function judgeAudit(broker: Resource): Judgement {
  return judgeFor(broker, 'EngineType', 'ACTIVEMQ', () => broker.is('Logs.Audit', true));
}

function judgeFor(broker: Resource, path: string, value: string, judge: () => Judgement): Judgement {
  const own = broker.text(path);
  if (own instanceof Unknown) return unknown(path, own);
  return own?.toUpperCase() === value ? judge() : notApplicable(`${path} is not ${value}`);
}
