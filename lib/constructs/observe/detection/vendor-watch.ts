import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TierChoices } from '../../governance/tier-choices';
import { WATCH_VENDOR } from './handler-bundles';
import { watchFunction, watchTarget } from './watch-function';

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
    const { deadLetters, handler } = watchFunction(this, choices, {
      code: WATCH_VENDOR,
      description: 'Reads how third parties say that they are',
      timeout: Duration.seconds(20),
      unhandled:
        'The watch of third parties failed: see its log. Until it is back, only our own measurements tell how they are.',
      statements: [],
    });
    this.deadLetters = deadLetters;
    this.handler = handler;
  }

  /** Reads a status page again and again. */
  poll(scope: Construct, every: Duration, input: object): void {
    new Rule(scope, 'Poll', {
      description: `Reads the status page of ${scope.node.path}`,
      schedule: Schedule.rate(every),
      targets: [watchTarget(this, input)],
    });
  }

  /** Listens to AWS Health. */
  listen(scope: Construct, vendor: string, eventPattern: EventPattern): void {
    new Rule(scope, 'Health', {
      description: `What AWS Health says, for ${scope.node.path}`,
      eventPattern,
      targets: [
        watchTarget(this, {
          vendor,
          status: EventField.fromPath('$.detail.statusCode'),
          what: EventField.fromPath('$.detail.eventTypeCode'),
        }),
      ],
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
