import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Duration, TimeZone, Validations } from 'aws-cdk-lib/core';
import { functionBeat, Heartbeat, StatelessFunction } from 'cdk-nines';
import type { Construct } from 'constructs';

/** At four in the morning, by the clocks of Berlin. */
const NIGHTLY = { hour: '4', minute: '0' };
const BERLIN = TimeZone.EUROPE_BERLIN;

/** What was sold is settled each night. It runs in one region only, and its silence is told. */
export function settleNightly(scope: Construct): Heartbeat {
  const settlement = new StatelessFunction(scope, 'Settlement', {
    code: Code.fromInline('exports.handler = async () => ({ settled: 0 });'),
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    peakConcurrency: 1,
    timeout: Duration.minutes(5),
  });
  new Schedule(scope, 'Nightly', {
    schedule: ScheduleExpression.cron({ ...NIGHTLY, timeZone: BERLIN }),
    target: new LambdaInvoke(settlement.alias, {
      role: schedulerRole(scope),
      deadLetterQueue: settlement.failures,
      retryAttempts: 5,
      maxEventAge: Duration.hours(1),
    }),
  });
  return new Heartbeat(scope, 'Settled', {
    job: functionBeat(settlement.alias),
    schedule: 'cron(0 4 * * ? *)',
    timeZone: BERLIN.timezoneName,
    longestRun: Duration.minutes(15),
  });
}

function schedulerRole(scope: Construct): Role {
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
  });
  const acknowledged = ['NIST.800.53.R5', 'HIPAA.Security'].map((pack) => ({
    id: `${pack}::${pack}-IAMNoInlinePolicy`,
    reason: 'The policy is of this role alone, and goes with it.',
  }));
  Validations.of(role).acknowledge(...acknowledged);
  return role;
}
