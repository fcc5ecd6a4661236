import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const BROKER = ['AWS::AmazonMQ::Broker'];
const GUIDE = 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide';

export const activeMqHasStandby: Rule = {
  id: 'AMQ-01',
  title: 'ActiveMQ brokers have a standby in another zone.',
  kind: 'redundancy',
  why: 'A single-instance broker takes all queues down with its zone, and with every maintenance.',
  fix: 'make a new broker with a DeploymentMode of ACTIVE_STANDBY_MULTI_AZ, and move clients once the old one is drained',
  severity: HIGH,
  appliesTo: BROKER,
  replaces: ['DeploymentMode'],
  controls: REDUNDANCY,
  sources: [`${GUIDE}/active-standby-broker-deployment.html`],
  check: (broker) => judgeMode(broker, 'ACTIVEMQ', 'ACTIVE_STANDBY_MULTI_AZ'),
};

export const rabbitMqIsCluster: Rule = {
  id: 'AMQ-02',
  title: 'RabbitMQ brokers are clusters over several zones.',
  kind: 'redundancy',
  why: 'A single-instance broker takes all queues down with its zone, and with every maintenance.',
  fix: 'make a new broker with a DeploymentMode of CLUSTER_MULTI_AZ, and move clients once the old one is drained',
  severity: HIGH,
  appliesTo: BROKER,
  replaces: ['DeploymentMode'],
  controls: REDUNDANCY,
  sources: [`${GUIDE}/rabbitmq-broker-architecture-cluster.html`],
  check: (broker) => judgeMode(broker, 'RABBITMQ', 'CLUSTER_MULTI_AZ'),
};

function judgeMode(broker: Resource, engine: string, mode: string): Judgement {
  const own = broker.text('EngineType');
  if (own instanceof Unknown) return unknown('EngineType', own);
  return own?.toUpperCase() === engine
    ? broker.is('DeploymentMode', mode)
    : notApplicable(`the broker is no ${engine} broker`);
}
