import { CfnSubscription, type ITopic, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { Annotations, Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../../objectives/mistakes';
import type { IncidentDestination } from './incident-destination';

/** Domains of one vendor. */
const SAME_VENDOR: Readonly<Record<string, string>> = {
  'atlassian.net': 'atlassian.com',
  'opsgenie.com': 'atlassian.com',
  'opsgenie.net': 'atlassian.com',
};

/** Protocols whose endpoint names who delivers it; the others are text messages, phones, and services of AWS. */
const NAMES_VENDOR: readonly string[] = [
  SubscriptionProtocol.EMAIL,
  SubscriptionProtocol.EMAIL_JSON,
  SubscriptionProtocol.HTTP,
  SubscriptionProtocol.HTTPS,
];

/** How a fall-back goes on when a tool is down: `shared` does not, `unknown` only a deploy knows. @internal */
export type Fate = 'own' | 'shared' | 'unknown';

/** Who hears a topic, as far as the app says so. */
interface Subscriber {
  readonly protocol: string;
  readonly endpoint: string;
}

/**
 * Whether one subscriber of a topic at least is of nobody who runs a tool of the bridge. Where nobody subscribes in this app, `unknown`.
 *
 * @internal
 */
export function fateOf(destinations: readonly IncidentDestination[], topic: ITopic): Fate {
  const fates = subscribersOf(topic).map((each) => fateWith(destinations, each));
  if (fates.includes('own')) return 'own';
  return fates.length === 0 || fates.includes('unknown') ? 'unknown' : 'shared';
}

/** What is wrong with a fall-back that is down when a tool is. @internal */
export function fateMistakes(
  destinations: readonly IncidentDestination[],
  topic: ITopic,
): readonly Mistake[] {
  if (fateOf(destinations, topic) !== 'shared') return [];
  const subscribers = subscribersOf(topic);
  const vendors = [...new Set(subscribers.map(vendorOf))];
  const ids = destinations.filter((each) => vendors.includes(vendorAt(each))).map(({ id }) => id);
  // An address may hold a key.
  return [
    {
      problem: `the fall-back shares the fate of ${ids.join(', ')}: ${subscribers.length} of ${subscribers.length} subscribers are of ${vendors.join(', ')} as well, so when that is down nobody is told`,
      fix: 'add at least 1 subscriber of somebody else: new SmsSubscription of a phone on call, or mail to another domain',
    },
  ];
}

/**
 * Says where nobody sees from here whether the fall-back goes on when a tool is down: its addresses are known only to a deploy, or
 * who subscribes is none of this app's business.
 *
 * @internal
 */
export function warnOfFate(destinations: readonly IncidentDestination[], topic: ITopic): void {
  if (fateOf(destinations, topic) !== 'unknown') return;
  Annotations.of(topic).addWarningV2(
    'cdk-nines:fallback-unknown',
    `who hears it is not known from here: see that 1 subscriber at least is of none of those who run ${destinations.map(({ id }) => id).join(', ')}, then acknowledge this.`,
  );
}

function fateWith(destinations: readonly IncidentDestination[], subscriber: Subscriber): Fate {
  const { protocol, endpoint } = subscriber;
  if (!NAMES_VENDOR.includes(protocol)) return Token.isUnresolved(protocol) ? 'unknown' : 'own';
  const tools = destinations.flatMap(({ parts }) => (parts.http ? [parts.http.endpoint] : []));
  const vendor = vendorOf(subscriber);
  if (vendor !== undefined && destinations.some((each) => vendorAt(each) === vendor)) return 'shared';
  return [endpoint, ...tools].some((each) => Token.isUnresolved(each)) ? 'unknown' : 'own';
}

/** A subscription stands where its subscriber wants it, so the whole app is looked through. */
function subscribersOf(topic: ITopic): readonly Subscriber[] {
  return topic.node.root.node
    .findAll()
    .filter((each): each is CfnSubscription => each instanceof CfnSubscription)
    .filter(({ topicArn }) => topicArn === topic.topicArn)
    .map(({ protocol, endpoint = '' }) => ({ protocol, endpoint }));
}

function vendorAt({ parts }: IncidentDestination): string | undefined {
  return parts.http && domainOf(parts.http.endpoint);
}

function vendorOf({ endpoint }: Subscriber): string | undefined {
  return domainOf(endpoint);
}

/**
 * The domain that a vendor has registered, of an address or of mail: the last two labels of the host, three where the last but one
 * is a short word below a country: `acme.co.uk`.
 */
function domainOf(address: string): string | undefined {
  if (Token.isUnresolved(address)) return undefined;
  const host = URL.canParse(address) ? new URL(address).hostname : /@([^@\s]+)$/.exec(address)?.[1];
  if (!host) return undefined;
  // An address of numbers has no labels.
  if (/^[\d.]+$|:/.test(host)) return host;
  const labels = host.toLowerCase().split('.').filter(Boolean);
  const isBelowCountry = /^(ac|co|com|edu|gov|net|ne|org|or)\.[a-z]{2}$/.test(labels.slice(-2).join('.'));
  const domain = labels.slice(isBelowCountry ? -3 : -2).join('.');
  return SAME_VENDOR[domain] ?? domain;
}
