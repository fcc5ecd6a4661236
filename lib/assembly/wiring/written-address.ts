import { comparableText } from '../identifiers';
import type { Stack } from '../stack';
import { Text, type Value } from '../value';

/** The place of what only deploy knows, in a text. */
export const OPEN = '\u0000';

/** A value as far as it is written: what only deploy knows is {@link OPEN}, the own region is known by its name. */
export function writtenText(value: Value, stack: Stack): string {
  if (typeof value === 'string') return value;
  const parts = value instanceof Text ? value.parts : [value];
  return parts.map((part) => comparableText(part, stack) ?? OPEN).join('');
}

const SCHEME =
  /^(?:jdbc:)?(?:https?|wss?|grpcs?|tcp|tls|ssl|rediss?|postgres(?:ql)?|mysql|mariadb|sqlserver|oracle|mongodb(?:\+srv)?|amqps?|kafka|mqtts?|ldaps?|smtps?|sftp|ftps?|nats):(?:\/\/)?(?:[^@/]*@)?([^/:?#,;]+)/i;

/** A name with dots, of which the last is none of a version, or an address; with a port also a name alone. */
const BARE =
  /^((?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+|\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9_-]+(?=:\d+))\.?(?::\d+)?(?:[/,].*)?$/i;

/** The host of an address; of a list, the first one, which stands for all. */
export function hostIn(text: string, bare: boolean): string | undefined {
  const [, host] = SCHEME.exec(text) ?? (bare ? BARE.exec(text) : undefined) ?? [];
  return host?.toLowerCase().replace(/\.$/, '');
}

const HERE =
  /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|169\.254\.\d+\.\d+|host\.docker\.internal)$/;

/** Whether a host is the own machine, or what AWS puts on it. */
export function isHere(host: string): boolean {
  return HERE.test(host);
}

const AWS_ENDPOINT =
  /^([a-z0-9-]+\.)?[a-z0-9-]+(\.(?:[a-z]{2}(-[a-z]+)+-\d|\{own region\}))?\.(amazonaws\.com(\.cn)?|api\.aws)$/;

const OF_SOMEBODY = /\.(elb|execute-api|s3[a-z0-9-]*|lambda-url|cache|rds|es|aoss)\./;

/** Whether a host is the door of a service of AWS, which is the same for all: not what somebody has there. */
export function isEndpointOfAws(host: string): boolean {
  return AWS_ENDPOINT.test(host) && !OF_SOMEBODY.test(host);
}
