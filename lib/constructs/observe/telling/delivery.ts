import {
  ApiDestination,
  Connection,
  type EventPattern,
  HttpMethod,
  type IRuleTarget,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import {
  ApiDestination as ApiTarget,
  addToDeadLetterQueueResourcePolicy,
  bindBaseTargetConfig,
} from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import { type DeliveryWay, RETRIES } from './delivery-way';
import type { IncidentDestination } from './incident-destination';
import { IncidentSeverity } from './incident-severity';
import { OpsItemEnd } from './ops-item-end';

/** What the events of a bridge are called. @internal */
export const SOURCE = 'cdk-nines.incidents';

/** More a second than a person reads, fewer than tools refuse. An own decision. */
const RATE_PER_SECOND = 10;

/** Hands the events of a bus to one tool. @internal */
export class IncidentDelivery extends Construct {
  readonly rule: Rule;

  /** Nothing for a service of AWS. */
  readonly connection: Connection | undefined;

  /** What ends what the rule began, where the tool is not told of the end by the rule itself. */
  readonly end: OpsItemEnd | undefined;

  constructor(scope: Construct, way: DeliveryWay, destination: IncidentDestination) {
    super(scope, destination.id);
    const { bus, deadLetters } = way;
    const { http, body } = destination.parts;
    const input = body ? RuleTargetInput.fromObject(body) : RuleTargetInput.fromEventPath('$.detail');
    this.connection =
      http &&
      new Connection(this, 'Connection', {
        description: `${scope.node.path}: the keys for ${destination.id}`,
        authorization: http.authorization,
        ...(http.bodyParameters && { bodyParameters: http.bodyParameters }),
      });
    const target =
      http && this.connection
        ? new ApiTarget(this.apiDestination(http.endpoint, this.connection), {
            ...RETRIES,
            deadLetterQueue: deadLetters,
            event: input,
          })
        : this.opsItems(input, deadLetters);
    this.rule = new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Tells ${destination.id} of incidents`,
      eventPattern: patternOf(destination, http ? ['trigger', 'resolve'] : ['trigger']),
      targets: [target],
    });
    this.end = http ? undefined : new OpsItemEnd(this, 'End', way, patternOf(destination, ['resolve']));
    acknowledgeRole(this);
  }

  private apiDestination(endpoint: string, connection: Connection): ApiDestination {
    return new ApiDestination(this, 'Endpoint', {
      connection,
      endpoint,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: RATE_PER_SECOND,
    });
  }

  /** No construct of the CDK knows this target. */
  private opsItems(input: RuleTargetInput, deadLetters: Queue): IRuleTarget {
    const stack = Stack.of(this);
    const opsItems = stack.formatArn({ service: 'ssm', resource: 'opsitem', resourceName: '*' });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['ssm:CreateOpsItem'], resources: [opsItems] }));
    acknowledgeInlinePolicy(role);
    acknowledgeWildcard(role, opsItems, 'An item that is yet to be made has no name.');
    return {
      bind: (rule) => {
        addToDeadLetterQueueResourcePolicy(rule, deadLetters);
        return {
          ...bindBaseTargetConfig({ ...RETRIES, deadLetterQueue: deadLetters }),
          arn: stack.formatArn({ service: 'ssm', resource: 'opsitem' }),
          role,
          input,
        };
      },
    };
  }
}

function patternOf({ leastSeverity }: IncidentDestination, detailType: string[]): EventPattern {
  return {
    source: [SOURCE],
    detailType,
    ...(leastSeverity < IncidentSeverity.SEV_5 && {
      detail: { data: { severity: severitiesDownTo(leastSeverity) } },
    }),
  };
}

/** `['SEV-1', 'SEV-2']`. */
function severitiesDownTo(least: IncidentSeverity): string[] {
  return Array.from({ length: least }, (_, index) => `SEV-${index + 1}`);
}

/** The role that the CDK makes for a call over HTTPS stands beneath the rule. */
function acknowledgeRole(delivery: IncidentDelivery): void {
  for (const each of delivery.node.findAll()) if (each instanceof Role) acknowledgeInlinePolicy(each);
}
