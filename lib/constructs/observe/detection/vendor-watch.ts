import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventField, type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { TierChoices } from '../../governance/tier-choices';
import { letHandler } from '../../recovery/inline-handler';
import { sayOperational } from '../operational';
import { incidentMemory, remembering } from '../telling/incident-memory';
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
  private memory: Table | undefined;

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

  /** Listens to AWS Health, and says again and again what it said. */
  listen(scope: Construct, choices: TierChoices, vendor: string, eventPattern: EventPattern): void {
    const table = this.remember(choices).tableName;
    new Rule(scope, 'Health', {
      description: `What AWS Health says, for ${scope.node.path}`,
      eventPattern,
      targets: [
        watchTarget(this, {
          vendor,
          table,
          status: EventField.fromPath('$.detail.statusCode'),
          event: EventField.fromPath('$.detail.eventArn'),
          what: EventField.fromPath('$.detail.eventTypeCode'),
        }),
      ],
    });
    new Rule(scope, 'Again', {
      description: `Says again what AWS Health said last, for ${scope.node.path}`,
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [watchTarget(this, { vendor, table })],
    });
  }

  /** What is open is kept for all that listen. */
  private remember(choices: TierChoices): Table {
    if (this.memory) return this.memory;
    this.memory = incidentMemory(
      this,
      choices,
      'It holds what is open; were it lost, the end of one issue would be taken for that of all.',
    );
    letHandler(this.handler, remembering(this.memory));
    sayOperational(this, 'it says how others are; users wait for none of it');
    return this.memory;
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
