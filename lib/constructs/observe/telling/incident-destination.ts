import { Authorization, EventField, HttpParameter } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue } from 'aws-cdk-lib/core';
import { data, need, secretIn } from './destination-fields';
import { IncidentSeverity } from './incident-severity';

/** What every tool takes that people are told by. */
export interface IncidentDestinationProps {
  /**
   * Tells two of a kind apart: `retail`.
   *
   * @default - there is one of its kind
   */
  readonly name?: string;

  /**
   * The least severe that it is told of.
   *
   * @default IncidentSeverity.SEV_5
   */
  readonly leastSeverity?: IncidentSeverity;
}

/** Properties of {@link IncidentDestination.pagerDuty}. */
export interface PagerDutyProps extends IncidentDestinationProps {
  /** The routing key (integration key) of a service of PagerDuty, for its Events API v2. */
  readonly routingKey: ISecret;

  /**
   * The field of the secret, where that is JSON.
   *
   * @default - the whole secret is the key
   */
  readonly secretField?: string;

  /**
   * The address of the API, such as `https://events.eu.pagerduty.com/v2/enqueue`.
   *
   * @default https://events.pagerduty.com/v2/enqueue
   */
  readonly endpoint?: string;
}

/** Properties of {@link IncidentDestination.serviceNow}. */
export interface ServiceNowProps extends IncidentDestinationProps {
  /** The instance: `https://acme.service-now.com`. */
  readonly instance: string;

  /** JSON with the fields `username` and `password`, of a user with the role `evt_mgmt_integration`. */
  readonly credentials: ISecret;
}

/** Properties of {@link IncidentDestination.jira}. */
export interface JiraProps extends IncidentDestinationProps {
  /** The address of an incoming webhook of Jira Automation. */
  readonly endpoint: string;

  /** The secret of the webhook. */
  readonly token: ISecret;

  /**
   * The field of the secret, where that is JSON.
   *
   * @default - the whole secret is the token
   */
  readonly secretField?: string;
}

/** Properties of {@link IncidentDestination.slack}. */
export interface SlackProps extends IncidentDestinationProps {
  /** The id of the channel: `C0123456789`. */
  readonly channel: string;

  /** The token of a bot with the scope `chat:write`: `xoxb-…`. */
  readonly token: ISecret;

  /**
   * The field of the secret, where that is JSON.
   *
   * @default - the whole secret is the token
   */
  readonly secretField?: string;
}

/** How a tool is called over HTTPS. @internal */
export interface HttpCall {
  readonly endpoint: string;
  readonly authorization: Authorization;

  /** What the connection adds to each body. */
  readonly bodyParameters?: Record<string, HttpParameter>;
}

/** What a destination is made from. @internal */
export interface DestinationParts {
  /** In capitals, for ids: `PagerDuty`. */
  readonly kind: string;

  /** Whether it can wake somebody. */
  readonly wakes: boolean;

  /** Nothing for a service of AWS. */
  readonly http?: HttpCall;

  /** What it takes, from the fields of an incident event; nothing where it takes the event as it is. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly props: IncidentDestinationProps;
}

/**
 * A tool by which people are told of incidents. Its keys stand in AWS Secrets Manager; templates only refer to them.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class IncidentDestination {
  /**
   * PagerDuty, by its Events API v2; tools that take the same events work, too, with their `endpoint`.
   *
   * @throws ConfigurationError without a key
   * @see https://developer.pagerduty.com/docs/send-alert-event
   */
  static pagerDuty(props: PagerDutyProps): IncidentDestination {
    need('pagerDuty', props, 'routingKey');
    const key = secretIn(props.routingKey, props.secretField);
    return new IncidentDestination({
      kind: 'PagerDuty',
      wakes: true,
      props,
      http: {
        endpoint: props.endpoint ?? 'https://events.pagerduty.com/v2/enqueue',
        // A connection needs an authorization; PagerDuty itself reads the key in the body.
        authorization: Authorization.apiKey('X-Routing-Key', key),
        bodyParameters: { routing_key: HttpParameter.fromSecret(key) },
      },
      body: {
        event_action: data('action'),
        dedup_key: data('dedupKey'),
        payload: {
          summary: data('summary'),
          source: data('alarmArn'),
          severity: EventField.fromPath('$.detail.severitytext'),
          timestamp: EventField.fromPath('$.detail.time'),
          component: data('service'),
          group: data('region'),
          class: data('alarm'),
          custom_details: EventField.fromPath('$.detail.data'),
        },
        links: data('links'),
      },
    });
  }

  /**
   * ServiceNow Event Management: a row of its table of events; severity 0 clears what it opened.
   *
   * @throws ConfigurationError without an instance or credentials
   * @see https://www.servicenow.com/docs/bundle/yokohama-it-operations-management/page/product/event-management/task/send-events-via-web-service.html
   */
  static serviceNow(props: ServiceNowProps): IncidentDestination {
    need('serviceNow', props, 'instance', 'credentials');
    const { credentials, instance } = props;
    return new IncidentDestination({
      kind: 'ServiceNow',
      wakes: true,
      props,
      http: {
        endpoint: `${String(instance).replace(/\/+$/, '')}/api/now/table/em_event`,
        authorization: Authorization.basic(
          credentials.secretValueFromJson('username').unsafeUnwrap(),
          credentials.secretValueFromJson('password'),
        ),
      },
      body: {
        source: 'cdk-nines',
        event_class: 'CloudWatch',
        node: data('service'),
        resource: data('alarm'),
        type: 'Alarm',
        severity: data('level'),
        message_key: data('dedupKey'),
        description: data('text'),
      },
    });
  }

  /**
   * A rule of Jira Automation, which gets the whole event and makes or closes the issue with its key.
   *
   * @throws ConfigurationError without an address or a token
   * @see https://support.atlassian.com/cloud-automation/docs/jira-automation-triggers/
   */
  static jira(props: JiraProps): IncidentDestination {
    need('jira', props, 'endpoint', 'token');
    return new IncidentDestination({
      kind: 'Jira',
      wakes: false,
      props,
      http: {
        endpoint: props.endpoint,
        authorization: Authorization.apiKey(
          'X-Automation-Webhook-Token',
          secretIn(props.token, props.secretField),
        ),
      },
    });
  }

  /**
   * A channel of Slack. The address of a webhook would be a secret itself, so a bot writes. Slack answers 200 also when it
   * refuses, so nobody learns of a message that it did not take: it wakes nobody.
   *
   * @throws ConfigurationError without a channel or a token
   * @see https://docs.slack.dev/reference/methods/chat.postMessage
   */
  static slack(props: SlackProps): IncidentDestination {
    need('slack', props, 'channel', 'token');
    const token = secretIn(props.token, props.secretField);
    return new IncidentDestination({
      kind: 'Slack',
      wakes: false,
      props,
      http: {
        endpoint: 'https://slack.com/api/chat.postMessage',
        // It is a reference, and stays one with a word before it.
        authorization: Authorization.apiKey(
          'Authorization',
          SecretValue.unsafePlainText(`Bearer ${token.unsafeUnwrap()}`),
        ),
        bodyParameters: { channel: HttpParameter.fromString(props.channel) },
      },
      body: {
        text: data('summary'),
        mrkdwn: false,
        unfurl_links: false,
        blocks: [{ type: 'section', text: { type: 'plain_text', text: data('text'), emoji: false } }],
      },
    });
  }

  /**
   * An OpsItem of AWS Systems Manager: one for each incident, resolved when that is over. EventBridge opens it; a function finds it
   * by the `dedupKey` of the incident and resolves it, unless people did so before, or the alarm fires again by then.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html
   */
  static opsItem(props: IncidentDestinationProps = {}): IncidentDestination {
    return new IncidentDestination({
      kind: 'OpsItem',
      wakes: false,
      props,
      body: {
        title: data('summary'),
        description: data('text'),
        category: 'Availability',
        severity: data('opsSeverity'),
        source: 'cdk-nines',
        operationalData: {
          '/aws/dedup': {
            type: 'SearchableString',
            value: `{"dedupString":"${data('dedupKey')}"}`,
          },
          service: { type: 'SearchableString', value: data('service') },
          alarm: { value: data('alarmArn') },
        },
      },
    });
  }

  /** What it is called in its bridge: `PagerDuty`, or `PagerDuty-retail`. */
  readonly id: string;

  /** Whether it can wake somebody. */
  readonly wakes: boolean;

  /** The least severe that it is told of. */
  readonly leastSeverity: IncidentSeverity;

  private constructor(
    /** @internal */
    readonly parts: DestinationParts,
  ) {
    const { kind, props, wakes } = parts;
    this.id = props.name === undefined ? kind : `${kind}-${props.name}`;
    this.wakes = wakes;
    this.leastSeverity = props.leastSeverity ?? IncidentSeverity.SEV_5;
  }

  /** Whether it is told of what is so severe. @internal */
  takes(severity: IncidentSeverity): boolean {
    return severity <= this.leastSeverity;
  }
}
