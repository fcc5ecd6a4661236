/** The formats that the schemas name, as their standards write them. */
export const FORMATS = {
  // RFC 3986: what a URI is made of; everything else is percent-encoded.
  'uri-reference': /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/,
  // RFC 3339.
  'date-time': /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/,
} as const;

/**
 * CloudEvents 1.0.2: the attributes that an event has in JSON. Others may be there, in lower-case letters and digits.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
 */
export const CLOUD_EVENT = {
  type: 'object',
  required: ['id', 'source', 'specversion', 'type'],
  properties: {
    id: { type: 'string', minLength: 1 },
    source: { type: 'string', format: 'uri-reference', minLength: 1 },
    specversion: { const: '1.0' },
    type: { type: 'string', minLength: 1 },
    datacontenttype: { type: 'string', minLength: 1 },
    dataschema: { type: 'string', format: 'uri', minLength: 1 },
    subject: { type: 'string', minLength: 1 },
    time: { type: 'string', format: 'date-time', minLength: 1 },
    // The documented extension for severities.
    severitytext: { type: 'string', minLength: 1 },
    severitynumber: { type: 'integer', minimum: 1, maximum: 24 },
  },
  propertyNames: { pattern: '^[a-z0-9]{1,20}$' },
} as const;

/**
 * Change events of PagerDuty's Events API v2.
 *
 * @see https://developer.pagerduty.com/docs/send-change-event
 */
export const PAGER_DUTY_CHANGE = {
  type: 'object',
  additionalProperties: false,
  required: ['routing_key', 'payload'],
  properties: {
    routing_key: { type: 'string', minLength: 1 },
    payload: {
      type: 'object',
      additionalProperties: false,
      required: ['summary'],
      properties: {
        summary: { type: 'string', minLength: 1, maxLength: 1024 },
        source: { type: 'string' },
        timestamp: { type: 'string', format: 'date-time' },
        custom_details: { type: 'object' },
      },
    },
  },
} as const;

/**
 * Events API v2 of PagerDuty.
 *
 * @see https://developer.pagerduty.com/docs/send-alert-event
 */
export const PAGER_DUTY = {
  type: 'object',
  additionalProperties: false,
  required: ['routing_key', 'event_action', 'dedup_key', 'payload'],
  properties: {
    routing_key: { type: 'string', minLength: 1 },
    event_action: { enum: ['trigger', 'acknowledge', 'resolve'] },
    dedup_key: { type: 'string', minLength: 1, maxLength: 255 },
    payload: {
      type: 'object',
      additionalProperties: false,
      required: ['summary', 'source', 'severity'],
      properties: {
        summary: { type: 'string', minLength: 1, maxLength: 1024 },
        source: { type: 'string', minLength: 1 },
        severity: { enum: ['critical', 'error', 'warning', 'info'] },
        timestamp: { type: 'string', format: 'date-time' },
        component: { type: 'string' },
        group: { type: 'string' },
        class: { type: 'string' },
        custom_details: { type: 'object' },
      },
    },
    links: {
      type: 'array',
      items: {
        type: 'object',
        required: ['href'],
        properties: { href: { type: 'string', format: 'uri' }, text: { type: 'string' } },
      },
    },
  },
} as const;

/**
 * A row of the events of ServiceNow's Event Management. Longer values of fields of 100 characters it cuts itself.
 *
 * @see https://www.servicenow.com/docs/bundle/yokohama-it-operations-management/page/product/event-management/concept/c_EMIntegrateRequirementEvent.html
 */
export const SERVICE_NOW_EVENT = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'node', 'severity', 'message_key'],
  properties: {
    source: { type: 'string', minLength: 1, maxLength: 100 },
    event_class: { type: 'string', maxLength: 100 },
    node: { type: 'string', minLength: 1, maxLength: 100 },
    resource: { type: 'string' },
    type: { type: 'string', maxLength: 100 },
    severity: { enum: ['0', '1', '2', '3', '4', '5'] },
    message_key: { type: 'string', minLength: 1, maxLength: 1024 },
    description: { type: 'string', maxLength: 4000 },
  },
} as const;

/**
 * `chat.postMessage` of Slack.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 * @see https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
export const SLACK_MESSAGE = {
  type: 'object',
  additionalProperties: false,
  required: ['channel', 'text'],
  properties: {
    channel: { type: 'string', minLength: 1 },
    text: { type: 'string', minLength: 1, maxLength: 4000 },
    mrkdwn: { type: 'boolean' },
    unfurl_links: { type: 'boolean' },
    blocks: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'text'],
        properties: {
          type: { const: 'section' },
          text: {
            type: 'object',
            additionalProperties: false,
            required: ['type', 'text'],
            properties: {
              type: { const: 'plain_text' },
              text: { type: 'string', minLength: 1, maxLength: 3000 },
              emoji: { type: 'boolean' },
            },
          },
        },
      },
    },
  },
} as const;

/**
 * What EventBridge opens an OpsItem with.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html the limits
 */
export const OPS_ITEM = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'description', 'source'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 1024 },
    description: { type: 'string', minLength: 1, maxLength: 2048 },
    source: { type: 'string', minLength: 1, maxLength: 128 },
    category: { type: 'string', minLength: 1, maxLength: 64 },
    severity: { enum: ['1', '2', '3', '4'] },
    operationalData: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['value'],
        properties: {
          value: { type: 'string', minLength: 1 },
          type: { enum: ['SearchableString', 'String'] },
        },
      },
    },
  },
} as const;
