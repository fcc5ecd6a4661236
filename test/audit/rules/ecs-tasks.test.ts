import {
  containersAreLimited,
  containersWriteLogs,
  logsDoNotBlock,
} from '../../../lib/audit/rules/ecs-tasks';
import { checks } from '../../support/rule-cases';

const OPEN = { Ref: 'AWS::StackId' };
const task = (...ContainerDefinitions: unknown[]) => ({ ContainerDefinitions });
const awslogs = (mode: unknown) => ({ LogConfiguration: { LogDriver: 'awslogs', Options: { mode } } });

checks(logsDoNotBlock, {
  passes: {
    'it does not wait': task(awslogs('non-blocking')),
    'neither waits': task(awslogs('non-blocking'), awslogs('non-blocking')),
  },
  fails: {
    'it waits': task(awslogs('blocking')),
    'one waits': task(awslogs('non-blocking'), awslogs('blocking')),
  },
  unknown: {
    'deploy decides': task(awslogs(OPEN)),
    'the containers are open': { ContainerDefinitions: OPEN },
  },
  notApplicable: {
    'another driver writes': task({ LogConfiguration: { LogDriver: 'splunk' } }),
    'none is there': {},
  },
  equivalent: { 'Subject.*.LogDriver': 'another driver has no such mode' },
});

checks(containersAreLimited, {
  passes: { 'it is limited': task({ Memory: 512 }), 'all are': task({ Memory: 512 }, { Memory: '256' }) },
  fails: {
    'it is not': task({ Name: 'web' }),
    'one is not': task({ Memory: 512 }, { MemoryReservation: 128 }),
  },
  unknown: {
    'a condition may leave it out': task({ Memory: { 'Fn::If': ['A', 5, { Ref: 'AWS::NoValue' }] } }),
  },
  notApplicable: { 'none is there': {} },
});

checks(containersWriteLogs, {
  passes: {
    'it writes logs': task({ LogConfiguration: { LogDriver: 'awslogs' } }),
    'to another place': task({ LogConfiguration: { LogDriver: 'awsfirelens' } }),
  },
  fails: { 'it writes none': task({ Name: 'web' }), 'it names no driver': task({ LogConfiguration: {} }) },
  unknown: { 'the containers are open': { ContainerDefinitions: OPEN } },
  notApplicable: { 'none is there': {} },
});
