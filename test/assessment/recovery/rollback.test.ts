import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed } from '../../support/assess';
import { ref, resource, web, words } from './parts';

const PEOPLE =
  RECOVERY_FACTS.noticeSeconds.value.worst +
  AWS_FACTS.acknowledgeSeconds.value.worst +
  AWS_FACTS.decideSeconds.value.worst;
const STACK = RECOVERY_FACTS.stackUpdateSeconds.value.worst;
const HEALTH = { HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2 };
const ROLLING = AWS_FACTS.fargateLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst + 20;

type Resources = Readonly<Record<string, unknown>>;

const rollbackOf = (resources: Resources) => assessed({ Resources: resources }).recovery.rollback;

const ALARM = resource('CloudWatch::Alarm', { Period: 60, EvaluationPeriods: 2, MetricName: 'Errors' });
const taken = (deployment: Resources) => ({
  ...web({ tasks: 4, health: HEALTH, service: { DeploymentConfiguration: deployment } }),
  Alarm: ALARM,
});

test('alarms that take a service back replace people', () => {
  const alarms = { Alarms: { Enable: true, Rollback: true, AlarmNames: [ref('Alarm')] } };
  const quick = rollbackOf(taken(alarms));
  expect(quick.rtoSeconds).toBe(60 * 2 + 60 + ROLLING);
  expect(quick.rpoSeconds).toBeUndefined();
  const slow = rollbackOf(taken({}));
  expect(slow.rtoSeconds).toBe(PEOPLE + STACK + ROLLING);
  expect(slow.because).toContain('app/Web');
  expect(slow.because).toContain('DeploymentConfiguration.Alarms');
});

test('alarms that only watch take nothing back', () => {
  const watching = { Alarms: { Enable: true, Rollback: false, AlarmNames: [ref('Alarm')] } };
  expect(rollbackOf(taken(watching)).rtoSeconds).toBe(PEOPLE + STACK + ROLLING);
});

test('a circuit breaker shortens what is usual, not the worst', () => {
  const breaker = rollbackOf(taken({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }));
  const none = rollbackOf(taken({}));
  expect(breaker.rtoSeconds).toBe(none.rtoSeconds);
  expect(breaker.typicalRtoSeconds).toBeLessThan(none.typicalRtoSeconds);
});

test('tasks that are replaced one by one take as many batches', () => {
  const slow = taken({ MinimumHealthyPercent: 75, MaximumPercent: 100 });
  expect(rollbackOf(slow).rtoSeconds).toBe(PEOPLE + STACK + 4 * ROLLING);
  expect(words(rollbackOf(slow).rtoTerms)).toContain('it starts, in 4 batches');
});

test('a function with an alias that a deployment group moves is back in minutes', () => {
  const group = resource('CodeDeploy::DeploymentGroup', {
    AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_STOP_ON_ALARM'] },
    AlarmConfiguration: { Enabled: true, Alarms: [{ Name: ref('Alarm') }] },
  });
  const alias = {
    ...resource('Lambda::Alias', { FunctionName: ref('Handler'), Name: 'live' }),
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: { ApplicationName: 'a', DeploymentGroupName: ref('Group') },
    },
  };
  const handler = { Handler: resource('Lambda::Function'), Alarm: ALARM };
  expect(rollbackOf({ ...handler, Group: group, Alias: alias }).rtoSeconds).toBe(
    60 * 2 + 60 + RECOVERY_FACTS.aliasShiftSeconds.value.worst,
  );
  expect(rollbackOf(handler).rtoSeconds).toBe(PEOPLE + STACK);
});

test('instances follow the size of their batches', () => {
  const group = (size: number) =>
    rollbackOf({
      Group: {
        ...resource('AutoScaling::AutoScalingGroup', { MinSize: '4', MaxSize: '8' }),
        UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: size } },
      },
    });
  const each = AWS_FACTS.instanceLaunchSeconds.value.worst + AWS_FACTS.bootSeconds.value.worst;
  expect(group(1).rtoSeconds).toBe(PEOPLE + STACK + 4 * each);
  expect(group(4).rtoSeconds).toBe(PEOPLE + STACK + each);
});

test('without code there is nothing to roll back', () => {
  expect(rollbackOf({ Orders: resource('DynamoDB::Table') }).rtoSeconds).toBe(0);
});
