import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Mistake } from '../../../objectives/mistakes';
import { quoted, repeated } from '../../../objectives/mistakes';
import { runbookMistakes } from '../../../objectives/runbook';
import type { Tier } from '../../../objectives/tier';
import { isElsewhere, placeInWords, placeOf, placeOfStack } from '../../governance/places';
import { changesEndpoint } from './deployment-changes';
import type { IncidentBridgeProps } from './incident-bridge-props';
import type { IncidentDestination } from './incident-destination';
import { IncidentSeverity, severityOf } from './incident-severity';

/** What is written without a compiler is caught here: lists with holes, or with what does not belong there. @internal */
export function entryMistakes({ destinations, fallback, alarms }: IncidentBridgeProps): readonly Mistake[] {
  return [
    ...strange(
      'destinations',
      destinations,
      'takes',
      'a destination, such as IncidentDestination.pagerDuty({ routingKey })',
    ),
    ...strange(
      'fallback',
      fallback,
      'bind',
      'a subscription, such as new SmsSubscription of a phone on call',
    ),
    ...strange('alarms', alarms, 'node', 'an alarm'),
  ];
}

/** What has no such member is none of its kind. */
function strange(
  list: string,
  entries: readonly object[] = [],
  member: string,
  kind: string,
): readonly Mistake[] {
  if (!Array.isArray(entries))
    return [
      { problem: `${list} is ${quoted(entries)}, which is no list`, fix: `write a list: ${list}: […]` },
    ];
  return entries.flatMap((each, index) =>
    (each as Record<string, unknown> | null | undefined)?.[member] === undefined
      ? [{ problem: `${list}[${index}] is ${quoted(each)}`, fix: `put ${kind} there, or leave it out` }]
      : [],
  );
}

/** What is wrong with what a bridge is given. @internal */
export function propsMistakes(
  { destinations, deployments, fallback = [], fallbackTopic, runbook, severity }: IncidentBridgeProps,
  tier: Tier,
): readonly Mistake[] {
  const mistakes = [...destinationMistakes(destinations, tier, severity ?? severityOf(tier))];
  if (runbook !== undefined) mistakes.push(...runbookMistakes(runbook));
  if (deployments) mistakes.push(...deploymentMistakes(destinations));
  if (fallbackTopic && fallback.length > 0)
    mistakes.push({
      problem: `there are a fallbackTopic and ${fallback.length} subscriptions for a topic of its own`,
      fix: 'subscribe to your topic, and leave fallback out',
    });
  if (!fallbackTopic && fallback.length === 0)
    mistakes.push({
      problem: 'nobody hears the fall-back, nor that the bridge is broken: 0 subscriptions, and 1 is needed',
      fix: 'set fallback, to text messages or mail to whoever is on call, or fallbackTopic',
    });
  return mistakes;
}

/** At these tiers somebody is woken, and must be reached whatever breaks. */
function wakesPeople(tier: Tier): boolean {
  return tier <= 1;
}

/** What is wrong with the tools of a bridge. */
function destinationMistakes(
  destinations: readonly IncidentDestination[],
  tier: Tier,
  severity: IncidentSeverity,
): readonly Mistake[] {
  if (destinations.length === 0)
    return [{ problem: 'it has no destination, so nobody is told', fix: 'name one, such as pagerDuty' }];
  const mistakes: Mistake[] = repeated(destinations.map(({ id }) => id)).map((id) => ({
    problem: `two destinations are called ${quoted(id)}`,
    fix: 'give each a name of its own',
  }));
  const wakers = destinations.filter(({ wakes }) => wakes);
  if (wakesPeople(tier) && wakers.length > 0 && !wakers.some((each) => each.takes(severity)))
    mistakes.push({
      problem: `tier ${tier} must wake somebody for SEV-${severity}, and ${inWords(wakers)}`,
      fix: `set leastSeverity of ${wakers[0]?.id} to SEV-${severity} at least, or leave it out`,
    });
  if (wakesPeople(tier) && wakers.length === 0)
    mistakes.push({
      problem: `tier ${tier} must wake somebody, and ${destinations.map(({ id }) => id).join(', ')} cannot: 0 of ${destinations.length} destinations do`,
      fix: 'add at least 1 that does: pagerDuty, or serviceNow',
    });
  return [...mistakes, ...destinations.flatMap(oneMistakes)];
}

/** `PagerDuty takes SEV-1 at least`. */
function inWords(destinations: readonly IncidentDestination[]): string {
  return destinations.map(({ id, leastSeverity }) => `${id} takes SEV-${leastSeverity} at least`).join(', ');
}

/** What is wrong with telling the tools of a bridge of deployments. */
function deploymentMistakes(destinations: readonly IncidentDestination[]): readonly Mistake[] {
  if (destinations.some((each) => changesEndpoint(each) !== undefined)) return [];
  return [
    {
      problem: `deployments are to be told, and ${destinations.map(({ id }) => id).join(', ')} take none: 0 of ${destinations.length} destinations do`,
      fix: 'add pagerDuty with an endpoint that ends in /v2/enqueue, or leave deployments out',
    },
  ];
}

function oneMistakes({ id, leastSeverity, parts }: IncidentDestination): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const { name } = parts.props;
  if (name !== undefined && !/^[A-Za-z][A-Za-z0-9]{0,29}$/.test(name))
    mistakes.push({
      problem: `${quoted(name)} is no name for a destination`,
      fix: 'use at most 30 letters and digits, a letter first',
    });
  if (!(leastSeverity in IncidentSeverity))
    mistakes.push({ problem: `${id} has the severity ${quoted(leastSeverity)}`, fix: 'use 1 to 5' });
  return parts.http ? [...mistakes, ...endpointMistakes(id, parts.http.endpoint)] : mistakes;
}

/** An address stands in the template for all to read. */
function endpointMistakes(id: string, endpoint: string): readonly Mistake[] {
  if (Token.isUnresolved(endpoint)) return [];
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:')
    return [
      { problem: `the address of ${id} is ${quoted(endpoint)}`, fix: 'give one that begins with https://' },
    ];
  if (url.username || url.search || url.hostname === 'hooks.slack.com')
    return [
      {
        problem: `the address of ${id} carries a secret, and it stands in the template`,
        fix: 'keep keys in AWS Secrets Manager and give the destination the secret; write to Slack by IncidentDestination.slack',
      },
    ];
  return [];
}

/** An alarm that is to be told. @internal */
export interface WatchedAlarm {
  readonly path: string;
  readonly tier: Tier;
  readonly severity: IncidentSeverity;
  readonly runbook: string | undefined;
  readonly isTwice: boolean;

  /** Whether the bridge can have it tell the fall-back, or it has a way of its own. */
  readonly hasFallback: boolean;

  /** The tools of the bridge. */
  readonly destinations: readonly IncidentDestination[];
}

/** What is wrong with an alarm that is to be told. @internal */
export function alarmMistakes(alarm: WatchedAlarm): readonly Mistake[] {
  const { path, tier, severity, isTwice, hasFallback, destinations } = alarm;
  const mistakes: Mistake[] = [];
  if (isTwice) mistakes.push({ problem: `${path} is told twice`, fix: 'hand it over once' });
  if (!(severity in IncidentSeverity))
    mistakes.push({ problem: `${path} has the severity ${quoted(severity)}`, fix: 'use 1 to 5' });
  if (severity in IncidentSeverity && !destinations.some((each) => each.takes(severity)))
    mistakes.push({
      problem: `${path} has the severity SEV-${severity}, and no destination is told of it: ${inWords(destinations)}`,
      fix: `set leastSeverity of one to SEV-${severity} at least, or give the alarm a severity that one takes`,
    });
  mistakes.push(...runbookMistakesOf(alarm));
  if (wakesPeople(tier) && !hasFallback)
    mistakes.push({
      problem: `${path} is not of this stack, so the bridge cannot have it tell the fall-back`,
      fix: 'place a bridge beside the alarm, or give the alarm an action of its own and set ownFallback',
    });
  return mistakes;
}

function runbookMistakesOf({ path, tier, runbook }: WatchedAlarm): readonly Mistake[] {
  if (!runbook?.trim())
    return wakesPeople(tier)
      ? [
          {
            problem: `${path} has no runbook: at tier ${tier} whoever is woken must be told what to do`,
            fix: 'set runbook of the service, or of the alarm',
          },
        ]
      : [];
  // A transformer of EventBridge takes what stands in < and > for its own.
  if (/[<>\s]/.test(runbook.trim()))
    return [
      {
        problem: `the runbook of ${path} is ${quoted(runbook)}`,
        fix: 'give a path or an address, without blanks and without < and >',
      },
    ];
  return runbookMistakes(runbook).map(({ problem, fix }) => ({ problem: `${path}: ${problem}`, fix }));
}

/** What is wrong with where an alarm is. @internal */
export function placeMistakes(bridge: IConstruct, alarm: IAlarm): readonly Mistake[] {
  const [there, here] = [placeOf(alarm, alarm.alarmArn), placeOfStack(bridge)];
  if (!isElsewhere(there, here)) return [];
  return [
    {
      problem: `${alarm.node.path} is in ${placeInWords(there)}, the bridge in ${placeInWords(here)}: its events stay in its own region and account, so nobody would be told`,
      fix: `place a bridge in ${placeInWords(there)}`,
    },
  ];
}
