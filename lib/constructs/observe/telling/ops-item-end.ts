import { type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { inlineHandler } from '../../recovery/inline-handler';
import { sayOperational } from '../operational';
import { type DeliveryWay, RETRIES } from './delivery-way';
import { RESOLVE_OPS_ITEM } from './handler-bundles';
import { recalling } from './incident-memory';

/**
 * Resolves OpsItems of incidents that are over, which no target of EventBridge can.
 *
 * It may change any OpsItem of the region: `ssm:UpdateOpsItem` can be bound to a tag (`aws:ResourceTag`), but EventBridge opens the
 * items, and its target has no documented place for tags. The handler changes only those whose source, service and key are the
 * incident's, and nothing of them but the status.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-automatically-create-OpsItems-2.html the input of the target
 * @internal
 */
export class OpsItemEnd extends Construct {
  readonly rule: Rule;

  /** @param eventPattern the ends that it is told of */
  constructor(scope: Construct, id: string, way: DeliveryWay, eventPattern: EventPattern) {
    super(scope, id);
    const { bus, deadLetters, memory, choices } = way;
    const opsItems = Stack.of(this).formatArn({ service: 'ssm', resource: 'opsitem', resourceName: '*' });
    const handler = inlineHandler(this, choices, {
      code: RESOLVE_OPS_ITEM,
      description: 'Resolves the OpsItems of incidents that are over',
      timeout: Duration.seconds(30),
      deadLetters,
      environment: { TABLE: memory.tableName },
      statements: [
        ...recalling(memory),
        new PolicyStatement({ actions: ['ssm:DescribeOpsItems'], resources: ['*'] }),
        new PolicyStatement({ actions: ['ssm:UpdateOpsItem'], resources: [opsItems] }),
      ],
      whyWide:
        'Which item an incident has is known only when it is over, to look for it knows no resource, and the items have no tags.',
    });
    this.rule = new Rule(this, 'Rule', {
      eventBus: bus,
      description: 'Has OpsItems resolved when their incidents are over',
      eventPattern,
      targets: [
        new LambdaFunction(handler, {
          ...RETRIES,
          event: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue: deadLetters,
        }),
      ],
    });
    sayOperational(handler, 'it closes tickets, which people can close as well');
  }
}
