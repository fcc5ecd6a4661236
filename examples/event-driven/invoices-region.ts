import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, Validations } from 'aws-cdk-lib/core';
import {
  DurableEventBus,
  DurableQueue,
  DurableStream,
  DurableTopic,
  MandatoryAlarms,
  RegionRole,
  RegionStack,
  type RegionStackProps,
  StatelessFunction,
} from 'cdk-nines';
import type { Construct } from 'constructs';

const WORK = 'exports.handler = async (event) => ({ batchItemFailures: [] });';

/** Invoices in one region: orders come in as events, wait in a queue, are worked off, and leave as a stream. */
export class InvoicesRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const dataClass = 'in-flight';

    const bus = new DurableEventBus(this, 'Events', { dataClass });
    const orders = new DurableQueue(this, 'Orders', { dataClass, processingTime: Duration.seconds(30) });
    bus.deliverToQueue('Placed', { source: ['shop'], detailType: ['OrderPlaced'] }, orders);

    const worker = new StatelessFunction(this, 'Worker', {
      code: Code.fromInline(WORK),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      peakConcurrency: 20,
      timeout: Duration.seconds(30),
    });
    worker.alias.addEventSource(
      new SqsEventSource(orders.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    );

    const issued = new DurableStream(this, 'Issued', { dataClass });
    issued.stream.grantWrite(worker.function);
    const ledger = new StatelessFunction(this, 'Ledger', {
      code: Code.fromInline(WORK),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      peakConcurrency: 5,
      timeout: Duration.seconds(30),
    });
    issued.consumeWith(ledger.alias);

    const notices = new DurableTopic(this, 'Notices', { dataClass });
    notices.deliverToQueue(new DurableQueue(this, 'Mail', { dataClass }));
    notices.topic.grantPublish(worker.function);

    Validations.of(worker).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
      reason: 'The CDK grants the use of a key so, on the keys of the stream and the topic alone.',
    });

    // The nightly run starts in one region only, or every customer would be reminded twice.
    new Schedule(this, 'Reminders', {
      schedule: ScheduleExpression.cron({ hour: '2', minute: '0' }),
      enabled: this.place.role === RegionRole.PRIMARY,
      target: new SqsSendMessage(orders.queue, {
        role: this.schedulerRole(),
        deadLetterQueue: orders.deadLetters,
        retryAttempts: 5,
        maxEventAge: Duration.hours(2),
      }),
    });

    // All dead letters of the stack tell one topic, so people subscribe once. What cannot be delivered is kept.
    const onCall = new EmailSubscription('on-call@example.com', { deadLetterQueue: orders.deadLetters });
    orders.notifications.addSubscription(onCall);
    // Somebody is told when functions fail, and when queues and streams are not worked off.
    MandatoryAlarms.of(this).noticesOf(this).addSubscription(onCall);
  }

  private schedulerRole(): Role {
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    const acknowledged = ['NIST.800.53.R5', 'HIPAA.Security'].map((pack) => ({
      id: `${pack}::${pack}-IAMNoInlinePolicy`,
      reason: 'The policy is of this role alone, and goes with it.',
    }));
    Validations.of(role).acknowledge(...acknowledged);
    return role;
  }
}
