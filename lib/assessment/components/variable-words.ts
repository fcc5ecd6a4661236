import type { SharedServiceId } from './shared-services';

/** What the name of a variable says that its value is. */
export type Meaning = 'address' | 'aside' | SharedServiceId | undefined;

const ADDRESS = /^(ADDR|BROKERS?|DSN|ENDPOINTS?|HOST(NAME|S)?|SERVERS?|UR[IL]S?)$/;

/** Where it is only told about, pointed at or measured: users do not wait for it. */
const ASIDE =
  /^(ALLOWED|ANALYTICS|AUDIENCE|CALLBACK|CORS|DATADOG|DOCS?|DOWNLOADS?|FRONTEND|GIT|GITHUB|HELP|INSTALL(ER)?|ISSUER|LINK|LOG(GING|O|OUT|S)?|METRICS?|NAMESPACE|ORIGINS?|OTEL|OTLP|REDIRECT|REPO(SITORY)?|SCHEMA|SENTRY|SIGNOUT|TELEMETRY|TRACES?|TRACING|WEBSITE)$/;

/** Topics, streams and buckets of other services. */
const OF_OTHERS = /^(IOT|KAFKA|MQTT|MSK|PUBSUB|REDIS|VECTORS?)$/;

const THINGS: readonly (readonly [ending: RegExp, service: SharedServiceId])[] = [
  [/_TABLE$/, 'dynamodb'],
  [/_BUCKET$/, 's3'],
  [/_QUEUE$/, 'sqs'],
  [/_TOPIC$/, 'sns'],
  [/_STREAM$/, 'kinesis'],
  [/_BUS$/, 'eventbridge'],
];

/** `apiUrl`, `API_URL` and `api-url` are addresses; `TABLE_NAME` is a table. */
export function meaningOf(variable: string): Meaning {
  const upper = variable
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  const words = upper.split('_');
  if (words.some((word) => ASIDE.test(word))) return 'aside';
  const isAddress = words.some((word) => ADDRESS.test(word));
  if (words.some((word) => OF_OTHERS.test(word))) return isAddress ? 'address' : undefined;
  const thing = `_${upper.replace(/_?(NAMES?|ARN|ID|URL)$/, '')}`.replace(/TABLENAME$/, 'TABLE');
  const [, service] = THINGS.find(([ending]) => ending.test(thing)) ?? [];
  return service ?? (isAddress ? 'address' : undefined);
}
