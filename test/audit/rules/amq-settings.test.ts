import {
  brokerPatchedByItself,
  brokerWritesLogs,
  singleBrokerKeepsDataInZones,
} from '../../../lib/audit/rules/amq-settings';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const logs = (EngineType: unknown, Logs: object) => ({ EngineType, Logs });

checks(brokerPatchedByItself, {
  passes: { 'it is': { AutoMinorVersionUpgrade: true }, 'as a text': { AutoMinorVersionUpgrade: 'true' } },
  fails: { 'nothing is said': {}, 'it is not': { AutoMinorVersionUpgrade: false } },
  unknown: { 'deploy decides': { AutoMinorVersionUpgrade: OPEN } },
  notApplicable: 'every broker is asked',
});

checks(brokerWritesLogs, {
  passes: {
    'both are written': logs('ACTIVEMQ', { General: true, Audit: true }),
    'RabbitMQ has one only': logs('RABBITMQ', { General: true }),
  },
  fails: { 'none is written': {}, 'the audit is not': logs('ACTIVEMQ', { General: true }) },
  unknown: { 'deploy decides the engine': logs(OPEN, { General: true }) },
  notApplicable: 'every broker has a general log',
  equivalent: { 'Subject.EngineType': 'only ActiveMQ has a log of its users' },
});

const single = (StorageType?: unknown) => ({
  EngineType: 'ACTIVEMQ',
  DeploymentMode: 'SINGLE_INSTANCE',
  ...(StorageType !== undefined && { StorageType }),
});

checks(singleBrokerKeepsDataInZones, {
  passes: { 'they lie on EFS': single('EFS'), 'in lower case': single('efs') },
  fails: { 'they lie on EBS': single('EBS'), 'in small letters': single('ebs') },
  unknown: { 'deploy decides': single(OPEN) },
  notApplicable: {
    'it has a standby': { EngineType: 'ACTIVEMQ', DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' },
    'it is RabbitMQ': { EngineType: 'RABBITMQ', DeploymentMode: 'SINGLE_INSTANCE' },
  },
  equivalent: {
    'Subject.EngineType': 'others have no choice',
    'Subject.DeploymentMode': 'others have a standby',
  },
});
