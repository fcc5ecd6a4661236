import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ApiDestination, EventField, HttpMethod, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { createDeadLetters } from '../../data/dead-letters';
import { deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { acknowledgeInlinePolicy } from '../../governance/nag';
import type { TierChoices } from '../../governance/tier-choices';
import { AlarmLayer } from '../alarm-tags';
import { TIMELINE_EVENTS, TimelineKind } from '../correlation/timeline-events';
import type { IncidentDelivery } from './delivery';
import { RETRIES } from './delivery-way';
import type { IncidentDestination } from './incident-destination';

/** A tool, and the way to it that incidents take. @internal */
export interface ReachedTool {
  readonly destination: IncidentDestination;
  readonly delivery: IncidentDelivery;
}

/** What deployments are told with. @internal */
export interface DeploymentChangesProps {
  readonly tools: readonly ReachedTool[];
  readonly choices: TierChoices;
  readonly fallback: ITopic;
  readonly service: string;
  readonly runbook: string | undefined;
}

/** More is held back until later. An own decision. */
const RATE_PER_SECOND = 10;

/**
 * Tells tools that take changes of deployments, straight from EventBridge: no function is in between, and what is lost is
 * no incident.
 *
 * @internal
 */
export class DeploymentChanges extends Construct {
  /** Changes that no tool took. */
  readonly deadLetters: Queue;

  /** Fires while such changes wait: somebody looks at it in working hours. */
  readonly unhandled: Alarm;

  private readonly service: string;

  constructor(scope: Construct, id: string, props: DeploymentChangesProps) {
    super(scope, id);
    const { tools, choices, fallback, service, runbook } = props;
    this.service = service;
    this.deadLetters = createDeadLetters(this, choices, {});
    this.unhandled = deadLetterAlarm(this, this.deadLetters, fallback, {
      meaning: `Deployments of ${scope.node.path} are not shown beside incidents: see why in the attributes of the messages in ${this.deadLetters.node.path}, and mend it. Nobody needs to be woken.`,
      layer: AlarmLayer.INFRASTRUCTURE,
      tier: choices.tier,
      runbook,
    });
    this.unhandled.addOkAction(new SnsAction(fallback));
    for (const tool of tools) this.tell(tool);
  }

  private tell({ destination, delivery }: ReachedTool): void {
    const endpoint = changesEndpoint(destination);
    if (endpoint === undefined || delivery.connection === undefined) return;
    const place = new Construct(this, destination.id);
    const api = new ApiDestination(place, 'Endpoint', {
      connection: delivery.connection,
      endpoint,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: RATE_PER_SECOND,
    });
    for (const { id, pattern } of TIMELINE_EVENTS[TimelineKind.DEPLOYMENTS]) {
      const told = TOLD[id];
      if (!told) continue;
      const event = RuleTargetInput.fromObject(changeOf(told, this.service));
      new Rule(place, id, {
        description: `Tells ${destination.id} when deployments begin and end: ${told.what}`,
        eventPattern: { ...pattern, detail: told.states },
        targets: [new ApiTarget(api, { ...RETRIES, event, deadLetterQueue: this.deadLetters })],
      });
    }
    // The role that the CDK makes for a call over HTTPS stands beneath the rule.
    for (const each of place.node.findAll()) if (each instanceof Role) acknowledgeInlinePolicy(each);
  }
}

/**
 * Where a tool takes changes: those of PagerDuty's Events API v2 do, beside their alerts.
 *
 * @see https://developer.pagerduty.com/docs/send-change-event
 * @internal
 */
export function changesEndpoint({ parts: { kind, http } }: IncidentDestination): string | undefined {
  const alerts = /\/v2\/enqueue$/;
  return kind === 'PagerDuty' && http && alerts.test(http.endpoint)
    ? http.endpoint.replace(alerts, '/v2/change/enqueue')
    : undefined;
}

/** What is told of the deployments of a service of AWS. */
interface Told {
  readonly what: string;

  /** The states that are told: the beginning, the end, and the way back. */
  readonly states: Readonly<Record<string, unknown>>;

  /** Paths in the event: what is deployed, and how far it is. */
  readonly target: string;
  readonly state: string;

  /** Further details, by name. */
  readonly details: Readonly<Record<string, string>>;
}

/** By the ids of the events of a timeline. */
const TOLD: Readonly<Record<string, Told>> = {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
  Stacks: {
    what: 'CloudFormation',
    states: {
      'status-details': {
        status: ['CREATE', 'UPDATE', 'DELETE', 'ROLLBACK', 'UPDATE_ROLLBACK'].flatMap((operation) => [
          `${operation}_IN_PROGRESS`,
          `${operation}_COMPLETE`,
          `${operation}_FAILED`,
        ]),
      },
    },
    target: '$.detail.stack-id',
    state: '$.detail.status-details.status',
    details: { reason: '$.detail.status-details.status-reason', operation: '$.detail.client-request-token' },
  },
  // https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
  CodeDeploy: {
    what: 'CodeDeploy',
    states: { state: ['START', 'SUCCESS', 'FAILURE', 'STOP'] },
    target: '$.detail.deploymentGroup',
    state: '$.detail.state',
    details: { application: '$.detail.application', operation: '$.detail.deploymentId' },
  },
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
  Pipelines: {
    what: 'CodePipeline',
    states: { state: ['STARTED', 'RESUMED', 'SUCCEEDED', 'FAILED', 'STOPPED', 'CANCELED', 'SUPERSEDED'] },
    target: '$.detail.pipeline',
    state: '$.detail.state',
    details: { operation: '$.detail.execution-id' },
  },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
  Containers: {
    what: 'ECS',
    states: {
      eventName: [
        'SERVICE_DEPLOYMENT_IN_PROGRESS',
        'SERVICE_DEPLOYMENT_COMPLETED',
        'SERVICE_DEPLOYMENT_FAILED',
      ],
    },
    target: '$.resources[0]',
    state: '$.detail.eventName',
    details: { reason: '$.detail.reason', operation: '$.detail.deploymentId' },
  },
};

function changeOf({ what, target, state, details }: Told, service: string) {
  const field = EventField.fromPath;
  return {
    payload: {
      summary: `${what} ${field(target)}: ${field(state)}`,
      timestamp: EventField.time,
      source: field(target),
      custom_details: {
        service,
        account: EventField.account,
        region: EventField.region,
        state: field(state),
        ...Object.fromEntries(Object.entries(details).map(([name, path]) => [name, field(path)])),
      },
    },
  };
}
