import {
  Archive,
  CfnEndpoint,
  EventBus,
  type EventPattern,
  type IRuleTarget,
  Rule,
} from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { refuse } from '../../../objectives/mistakes';
import type { DeadLetterProps } from '../../governance/dead-letter-alarm';
import { acknowledgeInlinePolicy } from '../../governance/nag';
import { TierChoices } from '../../governance/tier-choices';
import { requireMembership, sharedName } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { DeadLettersOnDemand } from '../dead-letters';
import { SetsAside } from '../sets-aside';
import type { DurableQueue } from './durable-queue';
import { endpointMistakes, endpointRegions } from './event-endpoint';

/** Properties of a {@link DurableEventBus}. */
export interface DurableEventBusProps extends DataProps, DeadLetterProps {
  /**
   * How far back events can be replayed.
   *
   * @default - 35 days at tiers 0 and 1, 7 days at tier 2, no archive at tier 3
   */
  readonly archiveRetention?: Duration;

  /**
   * How long events wait that no target took, up to 14 days.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;

  /**
   * The ARN of a Route 53 health check of this region. With it, a global endpoint sends events to the other region while
   * the check fails, and replicates every event there. Set it once the bus of the other region is deployed: EventBridge
   * refuses an endpoint to a bus that is not there. Two regions of one account only.
   *
   * @default - no global endpoint
   */
  readonly endpointHealthCheckArn?: string;
}

/**
 * This region's event bus. It keeps all events for replay, and what no target takes is set aside. It has the same name in
 * all regions of the service, so that a global endpoint can switch between two of them.
 *
 * @throws ConfigurationError when the data is owed more than a bus can keep, or an endpoint does not fit the regions
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export class DurableEventBus extends SetsAside {
  readonly bus: EventBus;

  /** Keeps all events for replay; `undefined` where the tier owes none and none was asked for. */
  readonly archive: Archive | undefined;

  /** In the region that serves first, where it was asked for. */
  readonly endpoint: CfnEndpoint | undefined;

  /** @internal */
  protected readonly setAside: DeadLettersOnDemand;

  constructor(scope: Construct, id: string, props: DurableEventBusProps = {}) {
    super(scope, id);
    const choices = new TierChoices(this, props);
    const { endpointHealthCheckArn } = props;
    const eventBusName = sharedName(this, LONGEST_NAME);
    const retention = this.archiveRetention(choices, props.archiveRetention);
    const replicated = endpointHealthCheckArn !== undefined;
    holdStore(this, choices, props, replicated ? STORE_FACTS.eventBusWithEndpoint : STORE_FACTS.eventBus);
    this.bus = new EventBus(this, 'Bus', { eventBusName });
    this.archive = retention && this.keep(retention, eventBusName);
    this.setAside = new DeadLettersOnDemand(this, choices, props);
    this.endpoint = replicated ? this.openEndpoint(endpointHealthCheckArn, eventBusName) : undefined;
  }

  /** Has a queue take the events of a pattern. */
  deliverToQueue(id: string, eventPattern: EventPattern, { queue }: DurableQueue): Rule {
    return this.deliver(
      id,
      eventPattern,
      new SqsQueue(queue, { ...RETRIES, deadLetterQueue: this.deadLetters }),
    );
  }

  /** Has a function take the events of a pattern. */
  deliverToFunction(id: string, eventPattern: EventPattern, target: IFunction): Rule {
    return this.deliver(
      id,
      eventPattern,
      new LambdaFunction(target, { ...RETRIES, deadLetterQueue: this.deadLetters }),
    );
  }

  private deliver(id: string, eventPattern: EventPattern, target: IRuleTarget): Rule {
    return new Rule(this, id, { eventBus: this.bus, eventPattern, targets: [target] });
  }

  private archiveRetention(choices: TierChoices, chosen: Duration | undefined): Duration | undefined {
    const { value, because, source } = choices.policy.archiveRetention;
    if (!value) return chosen;
    return choices.longest({ what: 'archiveRetention', owed: { value, because, source }, chosen });
  }

  private keep(retention: Duration, archiveName: string): Archive {
    return new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      archiveName,
      retention,
      // All that is sent here.
      eventPattern: { account: [Stack.of(this).account] },
    });
  }

  /** In one region only; the other one is named, so that its bus may be lost. */
  private openEndpoint(healthCheckArn: string, eventBusName: string): CfnEndpoint | undefined {
    const membership = requireMembership(this);
    refuse(this.node.path, endpointMistakes(healthCheckArn, membership));
    const [first, second] = endpointRegions(membership);
    if (!second || Stack.of(this).region !== first) return undefined;
    const arns = [first, second].map((region) =>
      Stack.of(this).formatArn({
        service: 'events',
        region,
        resource: 'event-bus',
        resourceName: eventBusName,
      }),
    );
    const role = this.replicationRole(arns);
    const endpoint = new CfnEndpoint(this, 'Endpoint', {
      name: eventBusName,
      eventBuses: arns.map((eventBusArn) => ({ eventBusArn })),
      replicationConfig: { state: 'ENABLED' },
      roleArn: role.roleArn,
      routingConfig: {
        failoverConfig: { primary: { healthCheck: healthCheckArn }, secondary: { route: second } },
      },
    });
    endpoint.node.addDependency(this.bus, role);
    return endpoint;
  }

  /** EventBridge replicates with a rule of its own at each of the buses, which it makes as this role. */
  private replicationRole(arns: readonly string[]): Role {
    const role = new Role(this, 'Replication', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    const rules = arns.map((arn) => `${arn.replace(':event-bus/', ':rule/')}/GlobalEndpointManagedRule-*`);
    const passed = { StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' } };
    const statements: [actions: string[], resources: string[], conditions?: typeof passed][] = [
      [['events:PutEvents'], [...arns]],
      [['events:PutRule', 'events:PutTargets', 'events:DeleteRule', 'events:RemoveTargets'], rules],
      [['iam:PassRole'], [role.roleArn], passed],
    ];
    for (const [actions, resources, conditions = {}] of statements) {
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources, conditions }));
    }
    acknowledgeInlinePolicy(role);
    return role;
  }
}

const LONGEST_NAME = 48;

/** What EventBridge does by itself, and the most that it does. */
const RETRIES = { maxEventAge: Duration.hours(24), retryAttempts: 185 };
