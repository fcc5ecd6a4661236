import { dnsRecordsOf, RECORD_TYPES } from '../../assembly/dns/dns-records';
import { oncePerResource } from '../../assembly/once-per-resource';
import type { Resource } from '../../assembly/resource';
import { referencesIn, type Value } from '../../assembly/value';
import { environmentOf, namedIn } from '../../assembly/wiring/call-environment';
import { openedValue } from '../../assembly/wiring/held-values';
import { scriptVariables } from '../../assembly/wiring/script-variables';
import { hostIn, writtenText } from '../../assembly/wiring/written-address';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { ACCESS_POINT } from '../switching/access-point-routes';
import { discoveredNames } from './discovered-names';
import { headOf } from './dns-names/same-name';
import { type Lead, leadOf } from './outside-leads';
import { leadFails } from './outside-needs';
import { servedUnder } from './served-hosts';

/**
 * What answers for the names that something has in its environment, and so cannot do without: those of the app, and what
 * leads out of it.
 */
export function namesCalledFail(resource: Resource, model: Modelling): Failure {
  const { names, leads } = calledBy(resource);
  return anyOf(
    ...names.map((name) => model.of(name, resource)),
    ...leads.map((lead) => leadFails(lead, resource, model)),
  );
}

interface Called {
  readonly names: readonly Resource[];
  readonly leads: readonly Lead[];
}

const calledBy = oncePerResource((resource): Called => {
  const environment = environmentOf(resource).flatMap((entry) => [entry, ...scriptVariables(entry)]);
  const entries = environment.map((entry) => ({
    ...entry,
    value: openedValue(entry.value, resource),
  }));
  const found = entries.map((entry) => ({ entry, names: namesIn(entry.value, resource) }));
  const outside = found.filter(({ entry, names }) => !names.known && namedIn(entry, resource).length === 0);
  return {
    names: [...new Set(found.flatMap(({ names }) => names.resources))],
    leads: outside.map(({ entry }) => leadOf(entry, resource)).filter((lead) => lead !== undefined),
  };
});

/** What has a name of its own that leads to others. */
const LEADING: readonly string[] = [...RECORD_TYPES, ACCESS_POINT];

/** The resources that an address leads to, and whether the app holds its name at all: also that of the caller itself. */
interface Names {
  readonly resources: readonly Resource[];
  readonly known: boolean;
}

/** The address of an endpoint of a network leads to somebody's service behind it. */
function isInterface(resource: Resource): boolean {
  return resource.type === 'AWS::EC2::VPCEndpoint' && resource.text('VpcEndpointType') === 'Interface';
}

function namesIn(value: Value, from: Resource): Names {
  const { graph } = from.stack;
  const named = referencesIn(value)
    .map(({ resource }) => resource)
    .filter((resource) => LEADING.includes(resource.type) || isInterface(resource));
  const host = hostIn(writtenText(value, from.stack), true);
  if (host === undefined) return { resources: named, known: named.length > 0 };
  const [first] = dnsRecordsOf(graph).named(host);
  const discovered = discoveredNames(graph).get(host) ?? [];
  const found = [
    ...named,
    ...(first ? [headOf(first).resource] : []),
    ...discovered,
    ...servedUnder(host, graph),
  ];
  return { resources: found.filter((one) => one !== from), known: found.length > 0 };
}
