/** What a rule knows of the alarms that it hands over: it stands in the template. */
export interface Context {
  readonly service: string;
  readonly tier: number;
  readonly owner: string;

  /** 1 is the most severe, 5 the least. */
  readonly severity: number;

  /** Where it says what to do; empty where nobody wrote it. */
  readonly runbook: string;
}

/** One state of an alarm. */
export interface AlarmState {
  readonly value: string;
  readonly timestamp: string;
  readonly reason?: string;

  /** Set on a composite alarm that must not tell: another alarm says the same, or may soon. */
  readonly actionsSuppressedBy?: string;
}

/** `CloudWatch Alarm State Change`, with the context that the rule adds. */
export interface AlarmEvent {
  readonly account: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly alarmName: string;
    readonly state: AlarmState;
    readonly previousState?: AlarmState;
    readonly configuration?: { readonly description?: string };
    readonly muteDetail?: { readonly mutedByArn: string; readonly muteWindowEnd?: string };
    readonly alarmTags?: Readonly<Record<string, string>>;
  };
  readonly context: Context;
}

/** What is told, whatever tool listens. */
export interface IncidentData {
  readonly action: 'trigger' | 'resolve';

  /** The same for all events of an incident. */
  readonly dedupKey: string;
  readonly severity: string;

  /** Its digit, 0 when it is over: ServiceNow clears what has severity 0. */
  readonly level: string;

  /** 1 to 4, as OpsItems have it. */
  readonly opsSeverity: string;
  readonly summary: string;
  readonly service: string;
  readonly tier: number;
  readonly owner: string;
  readonly account: string;
  readonly region: string;
  readonly alarm: string;
  readonly alarmArn: string;
  readonly state: string;
  readonly previousState?: string | undefined;

  /** All that a person should read first: what, why, since when, and what to do. */
  readonly text: string;

  /** The runbook, where it can be opened. */
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** A CloudEvent 1.0 with an incident in it. */
export interface IncidentEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  readonly severitytext: string;
  readonly severitynumber: number;
  readonly data: IncidentData;
}

/** What PagerDuty calls the severities 1 to 5; OpenTelemetry has numbers for them. */
const SEVERITIES = ['critical', 'error', 'warning', 'info', 'info'] as const;
const NUMBERS = [21, 17, 13, 9, 9] as const;

/** OpsItems take 2,048 characters, Slack 3,000. */
const TEXT = 2000;

/**
 * An alarm that changed its state as a CloudEvent. The same change makes the same event, however often it comes.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export async function incidentOf(event: AlarmEvent): Promise<IncidentEvent> {
  const { account, region, resources, detail, context } = event;
  const { service, tier, owner, severity, runbook } = context;
  const { alarmName, state, previousState, configuration, alarmTags } = detail;
  const action = state.value === 'ALARM' ? 'trigger' : 'resolve';
  const dedupKey = await sha256([account, region, service, alarmName].join('|'));
  const time = new Date(state.timestamp).toISOString();
  const summary = `SEV-${severity} ${service}: ${alarmName} is ${state.value}`;
  const head = [summary, configuration?.description, state.reason].filter(Boolean).join('\n');
  const end = runbook && `\nRunbook: ${runbook}`;
  const alarmArn = resources[0] ?? '';
  return {
    specversion: '1.0',
    id: `${dedupKey}/${time}`,
    // The name of an alarm may hold what no URI may.
    source: encodeURI(alarmArn),
    type: `cdk-nines.incident.${action}.v1`,
    subject: service,
    time,
    datacontenttype: 'application/json',
    dataschema: 'urn:cdk-nines:schema:incident-event-1',
    severitytext: SEVERITIES[(severity - 1) as 0],
    severitynumber: NUMBERS[(severity - 1) as 0],
    data: {
      action,
      dedupKey,
      severity: `SEV-${severity}`,
      level: action === 'trigger' ? `${severity}` : '0',
      opsSeverity: `${Math.min(severity, 4)}`,
      summary,
      service,
      tier,
      owner,
      account,
      region,
      alarm: alarmName,
      alarmArn,
      state: state.value,
      previousState: previousState?.value,
      // What is too long loses the end of the reason first; the runbook stays.
      text: cut(cut(head, TEXT - end.length) + end, TEXT),
      // PagerDuty opens addresses; one that is none would have it refuse the whole event.
      links:
        /^https?:/.test(runbook) && URL.canParse(runbook)
          ? [{ href: new URL(runbook).href, text: 'Runbook' }]
          : [],
      tags: alarmTags,
    },
  };
}

/** A character of two halves is not split. */
function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).replace(/\p{Cs}$/u, '')}…` : text;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(text));
  return Buffer.from(digest).toString('hex');
}
