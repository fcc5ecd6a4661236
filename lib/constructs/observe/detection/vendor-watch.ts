import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, type EventPattern, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { createDeadLetters } from '../../data/dead-letters';
import { deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { deadLetterNotices } from '../../governance/dead-letter-notices';
import type { TierChoices } from '../../governance/tier-choices';
import { inlineHandler } from '../../recovery/inline-handler';
import { WATCH_VENDOR } from './handler-bundles';

const ID = 'VendorWatch';

/** A third party calls it a partial outage at least. */
const DOWN = 3;

/** One function for all third parties of a stack. @internal */
export class VendorWatch extends Construct {
  static of(scope: Construct, choices: TierChoices): VendorWatch {
    const stack = Stack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof VendorWatch ? known : new VendorWatch(stack, choices);
  }

  readonly deadLetters: Queue;
  readonly handler: Handler;

  private constructor(stack: Stack, choices: TierChoices) {
    super(stack, ID);
    this.deadLetters = createDeadLetters(this, choices, {});
    deadLetterAlarm(
      this,
      this.deadLetters,
      deadLetterNotices(this, choices),
      'The watch of third parties failed: see its log. Until it is back, only our own measurements tell how they are.',
    );
    this.handler = inlineHandler(this, choices, {
      code: WATCH_VENDOR,
      description: 'Reads how third parties say that they are',
      timeout: Duration.seconds(20),
      deadLetters: this.deadLetters,
      environment: {},
      statements: [],
    });
  }

  /** Reads a status page again and again. */
  poll(scope: Construct, every: Duration, input: object): void {
    new Rule(scope, 'Poll', {
      description: `Reads the status page of ${scope.node.path}`,
      schedule: Schedule.rate(every),
      targets: [this.target(input)],
    });
  }

  /** Listens to AWS Health. */
  listen(scope: Construct, vendor: string, eventPattern: EventPattern): void {
    new Rule(scope, 'Health', {
      description: `What AWS Health says, for ${scope.node.path}`,
      eventPattern,
      targets: [
        this.target({
          vendor,
          status: EventField.fromPath('$.detail.statusCode'),
          what: EventField.fromPath('$.detail.eventTypeCode'),
        }),
      ],
    });
  }

  private target(input: object): LambdaFunction {
    return new LambdaFunction(this.handler, {
      event: RuleTargetInput.fromObject(input),
      deadLetterQueue: this.deadLetters,
    });
  }
}

/** @internal */
export function vendorMetric(
  vendor: string,
  metricName: string,
  statistic: string,
  period: Duration,
): Metric {
  return new Metric({
    namespace: 'Nines/ThirdParties',
    metricName,
    dimensionsMap: { Vendor: vendor },
    statistic,
    period,
  });
}

/** An alarm on what a third party says of itself. @internal */
export interface StatusAlarm {
  readonly vendor: string;
  readonly description: string;
  readonly period: Duration;

  /** How often in a row it must say so. */
  readonly times: number;
}

/** @internal */
export function statusAlarm(scope: Construct, { vendor, description, period, times }: StatusAlarm): Alarm {
  return new Alarm(scope, 'Says', {
    alarmDescription: description,
    metric: vendorMetric(vendor, 'VendorStatus', 'Maximum', period),
    threshold: DOWN,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: times,
    // That the page cannot be read does not mean that they are down, or up again.
    treatMissingData: TreatMissingData.IGNORE,
  });
}
