import { type Arn, comparableText, parseArn } from '../../assembly/identifiers';
import type { Resource } from '../../assembly/resource';
import { isScalar, referencesIn, Text, Unknown, type Value, wordOf } from '../../assembly/value';
import type { EnvironmentValue } from '../../assembly/wiring/call-environment';
import { arnInUrl } from '../../assembly/wiring/call-environment';
import { hostIn, isEndpointOfAws, isHere, OPEN, writtenText } from '../../assembly/wiring/written-address';
import type { SharedServiceId } from './shared-services';
import { type Meaning, meaningOf } from './variable-words';

/** Where a variable leads, if that is out of the app. */
export interface Lead {
  readonly variable: string;

  /** As people see it: a host, an ARN, why it is not known. */
  readonly what: string;

  /** What is known of its name. @default - nothing */
  readonly host?: string;

  /** The service of AWS that it is of. @default - none, or not one that counts once */
  readonly shared?: SharedServiceId;

  /** @default - not said */
  readonly region?: string;

  /** Whether the service surely has to do with it: what only the name of a variable points at is left open. */
  readonly counts: boolean;
}

/** Where the value of a variable leads that names nothing of the app. */
export function leadOf({ name = '', value, property }: EnvironmentValue, from: Resource): Lead | undefined {
  if (name === '' || referencesIn(value).length > 0) return undefined;
  const meaning = meaningOf(name);
  // What a script fetches to install is needed only where an instance starts.
  if (property.endsWith('UserData') && meaning !== 'address') return undefined;
  const text = writtenText(value, from.stack);
  const arn = parseArn(arnInUrl(text) ?? text);
  const found = arn
    ? leadOfArn(arn, text, meaning)
    : (leadOfHost(text, meaning) ?? leadOfName(value, meaning, from));
  return found && { ...found, variable: name, counts: found.counts && meaning !== 'aside' };
}

type Found = Omit<Lead, 'variable'>;

/** What of other services an ARN names, by the word in it; of what is not here, users do not wait. */
const COUNTED: Readonly<Record<string, SharedServiceId | 'other'>> = {
  appsync: 'appsync',
  cassandra: 'keyspaces',
  dynamodb: 'dynamodb',
  elasticache: 'other',
  es: 'other',
  events: 'eventbridge',
  'execute-api': 'api-gateway',
  firehose: 'firehose',
  kafka: 'other',
  kinesis: 'kinesis',
  lambda: 'lambda',
  mq: 'other',
  rds: 'other',
  s3: 's3',
  sagemaker: 'other',
  sns: 'sns',
  sqs: 'sqs',
  states: 'step-functions',
};

/** Secrets and parameters hold what leads somewhere, which nobody sees. */
const HOLDING: readonly string[] = ['secretsmanager', 'ssm'];

function leadOfArn(
  { service, region, account }: Pick<Arn, 'service' | 'region' | 'account'>,
  text: string,
  meaning: Meaning,
): Found | undefined {
  const kind = COUNTED[service];
  // What AWS itself keeps for all is a setting, and nothing that somebody runs.
  if (account === 'aws') return undefined;
  if (kind === undefined && !HOLDING.includes(service)) return undefined;
  const place = region !== undefined && /^[a-z0-9-]+$/.test(region) ? { region } : {};
  return {
    what: shown(text),
    ...(kind !== undefined && kind !== 'other' && { shared: kind }),
    ...place,
    counts: kind !== undefined || meaning === 'address',
  };
}

function leadOfHost(text: string, meaning: Meaning): Found | undefined {
  const byName = meaning === 'address' || /\.(amazonaws\.com(\.cn)?|cloudfront\.net|on\.aws)\b/.test(text);
  const host = hostIn(text, byName);
  if (host === undefined || isHere(host) || isEndpointOfAws(host)) return undefined;
  if (host.includes(OPEN)) return isServiceOfAws(host) ? undefined : { what: shown(host), counts: true };
  return { what: host, host, counts: true };
}

function isServiceOfAws(host: string): boolean {
  return /amazonaws/.test(host) && !/\.(elb|execute-api|rds|cache|es|aoss)\./.test(host);
}

/** What is known by the name of the variable only, where its value comes from elsewhere, or is the name of something. */
function leadOfName(value: Value, meaning: Meaning, { stack }: Resource): Found | undefined {
  const why = whyHidden(value);
  if (why !== undefined)
    return comparableText(value, stack) === undefined ? leadOfHidden(why, meaning) : undefined;
  const shared = serviceOf(meaning);
  const text = isScalar(value) ? wordOf(value) : '';
  const isNamed = shared !== undefined && /^[A-Za-z][\w.-]{2,}$/.test(text) && text !== 'default';
  return isNamed ? { what: text, shared, counts: true } : undefined;
}

/** Why nothing is known of a value; undefined where some of it is written. */
function whyHidden(value: Value): string | undefined {
  if (value instanceof Unknown) return value.reason;
  const hidden = value instanceof Text && value.parts.every((part) => typeof part !== 'string');
  return hidden ? 'its text is known only at deploy' : undefined;
}

/** Texts that deploy reads are settings as often as addresses; an import is made by another app. */
function leadOfHidden(why: string, meaning: Meaning): Found | undefined {
  const shared = serviceOf(meaning);
  if (meaning === 'address' || shared) return { what: why, ...(shared && { shared }), counts: true };
  return why.startsWith('import ') ? { what: why, counts: false } : undefined;
}

function serviceOf(meaning: Meaning): SharedServiceId | undefined {
  return meaning === 'address' || meaning === 'aside' ? undefined : meaning;
}

/** What only deploy knows stands in braces. */
function shown(text: string): string {
  return text.replaceAll(OPEN, '{…}');
}
