import { dnsRecordsOf, RECORD_TYPES } from '../../assembly/dns/dns-records';
import { oncePerResource } from '../../assembly/once-per-resource';
import type { Resource } from '../../assembly/resource';
import { referencesIn, Text, type Value } from '../../assembly/value';
import { environmentOf } from '../../assembly/wiring/call-environment';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';

/** The DNS names of the app that something has in its environment, and so cannot do without. */
export function namesCalledFail(resource: Resource, model: Modelling): Failure {
  return anyOf(...namesCalledBy(resource).map((name) => model.of(name, resource)));
}

const namesCalledBy = oncePerResource((resource): readonly Resource[] => [
  ...new Set(environmentOf(resource).flatMap(({ value }) => namesIn(value, resource))),
]);

const HOST = /^(?:[a-z]+:\/\/)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)\.?(?::\d+)?(?:\/.*)?$/i;

function namesIn(value: Value, from: Resource): readonly Resource[] {
  const named = referencesIn(value)
    .map(({ resource }) => resource)
    .filter(({ type }) => RECORD_TYPES.includes(type));
  const written = value instanceof Text ? value.parts.join('') : typeof value === 'string' ? value : '';
  const [, host] = HOST.exec(written) ?? [];
  const [first] = host === undefined ? [] : dnsRecordsOf(from.stack.graph).named(host.toLowerCase());
  return first ? [...named, first.resource] : named;
}
