import { dnsRecordsOf, RECORD_TYPES } from '../../assembly/dns/dns-records';
import { oncePerResource } from '../../assembly/once-per-resource';
import type { Resource } from '../../assembly/resource';
import { referencesIn, Text, type Value } from '../../assembly/value';
import { environmentOf } from '../../assembly/wiring/call-environment';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { discoveredNames } from './discovered-names';
import { headOf } from './dns-names/same-name';

/** What answers for the names of the app that something has in its environment, and so cannot do without. */
export function namesCalledFail(resource: Resource, model: Modelling): Failure {
  return anyOf(...namesCalledBy(resource).map((name) => model.of(name, resource)));
}

const namesCalledBy = oncePerResource((resource): readonly Resource[] => [
  ...new Set(environmentOf(resource).flatMap(({ value }) => namesIn(value, resource))),
]);

/** The host of an address; without dots only where the rest tells that it is one. */
const HOST =
  /^(?:[a-z]+:\/\/([a-z0-9_.-]+)|([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)|([a-z0-9_-]+)(?=:\d+$))\.?(?::\d+)?(?:\/.*)?$/i;

function namesIn(value: Value, from: Resource): readonly Resource[] {
  const { graph } = from.stack;
  const named = referencesIn(value)
    .map(({ resource }) => resource)
    .filter(({ type }) => RECORD_TYPES.includes(type));
  const written = value instanceof Text ? value.parts.join('') : typeof value === 'string' ? value : '';
  const [, ...hosts] = HOST.exec(written) ?? [];
  const host = hosts.find((one) => one !== undefined)?.toLowerCase();
  if (host === undefined) return named;
  const [first] = dnsRecordsOf(graph).named(host);
  return [
    ...named,
    ...(first ? [headOf(first).resource] : []),
    ...(discoveredNames(graph).get(host) ?? []).filter((service) => service !== from),
  ];
}
