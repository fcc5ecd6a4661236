import { activeMqHasStandby, rabbitMqIsCluster } from '../../../lib/audit/rules/amq';
import { checks } from '../../support/rule-cases';

const broker = (EngineType: unknown, DeploymentMode?: unknown) => ({ EngineType, DeploymentMode });
const withParameter = (properties: object) => ({
  Parameters: { Given: { Type: 'String' } },
  Resources: { Broker: { Type: 'AWS::AmazonMQ::Broker', Properties: properties } },
});
const GIVEN = { Ref: 'Given' };
const OTHER_ENGINE = { '*.EngineType': 'a broker of another engine has a rule of its own' };

checks(activeMqHasStandby, {
  passes: {
    'the broker has a standby': broker('ACTIVEMQ', 'ACTIVE_STANDBY_MULTI_AZ'),
    'the engine is written as its makers do': broker('ActiveMQ', 'ACTIVE_STANDBY_MULTI_AZ'),
  },
  fails: {
    'the broker is a single instance': broker('ACTIVEMQ', 'SINGLE_INSTANCE'),
    'no mode is set': broker('ACTIVEMQ'),
  },
  unknown: {
    'the mode is a parameter without default': withParameter(broker('ACTIVEMQ', GIVEN)),
    'the engine is a parameter without default': withParameter(broker(GIVEN, 'SINGLE_INSTANCE')),
  },
  notApplicable: { 'the broker is RabbitMQ': broker('RABBITMQ', 'SINGLE_INSTANCE') },
  equivalent: OTHER_ENGINE,
});

checks(rabbitMqIsCluster, {
  passes: {
    'the broker is a cluster': broker('RABBITMQ', 'CLUSTER_MULTI_AZ'),
    'the engine is written as its makers do': broker('RabbitMQ', 'CLUSTER_MULTI_AZ'),
  },
  fails: {
    'the broker is a single instance': broker('RABBITMQ', 'SINGLE_INSTANCE'),
    'no mode is set': broker('RABBITMQ'),
  },
  unknown: {
    'the mode is a parameter without default': withParameter(broker('RABBITMQ', GIVEN)),
    'the engine is a parameter without default': withParameter(broker(GIVEN, 'SINGLE_INSTANCE')),
  },
  notApplicable: { 'the broker is ActiveMQ': broker('ACTIVEMQ', 'SINGLE_INSTANCE') },
  equivalent: OTHER_ENGINE,
});
