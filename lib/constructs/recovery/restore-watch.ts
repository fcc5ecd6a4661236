import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RESTORES_OVERDUE } from '../../objectives/measured-figures';
import type { Tier } from '../../objectives/tier';
import { ownRunbook, runbookWords } from '../governance/runbook';
import type { TierChoices } from '../governance/tier-choices';
import { AlarmLayer } from '../observe/alarm-tags';
import { letTell } from '../observe/told-alarm';
import { WATCH_RESTORES } from './handler-bundles';
import { inlineHandler } from './inline-handler';

/** What is watched. @internal */
interface Watched {
  readonly planName: string;
  readonly planArn: string;

  /** Asked once they are known. */
  readonly types: () => readonly string[];

  /** How old the newest success of each type may be. */
  readonly days: number;
  readonly deadLetters: Queue;
  readonly topic: ITopic;
  readonly tier: Tier;
}

/**
 * An alarm on what does not happen: no successful test of a type within its period. An alarm of CloudWatch looks back for
 * a week at most, so a function asks AWS Backup twice a day and says how many types are overdue.
 *
 * @internal
 */
export class RestoreWatch extends Construct {
  readonly handler: Handler;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, choices: TierChoices, watched: Watched) {
    super(scope, id);
    const { planName, planArn, days, deadLetters } = watched;
    const types = Lazy.string({ produce: () => watched.types().join(',') });
    this.handler = inlineHandler(this, choices, {
      code: WATCH_RESTORES,
      description: 'Counts the types whose restore test is overdue',
      timeout: Duration.minutes(5),
      deadLetters,
      environment: { PLAN_NAME: planName, PLAN_ARN: planArn, TYPES: types, DAYS: String(days) },
      statements: [
        new PolicyStatement({ actions: ['backup:GetRestoreTestingPlan'], resources: [planArn] }),
        new PolicyStatement({ actions: ['backup:ListRestoreJobs'], resources: ['*'] }),
      ],
    });
    new Rule(this, 'TwiceADay', {
      description: 'Asks whether restore tests are overdue',
      schedule: Schedule.rate(Duration.hours(12)),
      targets: [new LambdaFunction(this.handler, { deadLetterQueue: deadLetters, retryAttempts: 10 })],
    });
    const runbook = ownRunbook(this);
    this.alarm = new Alarm(this, 'Overdue', {
      alarmDescription:
        `No restore test of some type has succeeded within ${days} days: ` +
        `see the log of the watch for which, and the restore jobs of the plan for why.${runbookWords({ runbook })}`,
      metric: new Metric({
        namespace: RESTORES_OVERDUE.namespace,
        metricName: RESTORES_OVERDUE.metricName,
        dimensionsMap: { [RESTORES_OVERDUE.dimension]: planName },
        statistic: 'Maximum',
        period: Duration.days(1),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence means that the watch itself is dead.
      treatMissingData: TreatMissingData.BREACHING,
    });
    const { topic, tier } = watched;
    letTell(this.alarm, { topic, tier, layer: AlarmLayer.INFRASTRUCTURE, runbook, severity: 'ticket' });
  }
}
