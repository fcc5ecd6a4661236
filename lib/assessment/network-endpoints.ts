import type { Graph } from '../assembly/graph';
import { networksOf } from '../assembly/network/network-place';
import { oncePerGraph } from '../assembly/once-per-graph';
import { oncePerResource } from '../assembly/once-per-resource';
import type { Resource } from '../assembly/resource';
import { Text, Unknown, type Value, wordOf } from '../assembly/value';
import type { CallKind } from '../assembly/wiring/call-targets';
import { type Call, callsOf } from '../assembly/wiring/calls';
import { anyOf, type Failure } from './failure';
import type { Modelling } from './modelling';

/** The services of AWS that calls go to, by the last words of the names of their endpoints. */
const SERVICES: Readonly<Partial<Record<CallKind, readonly string[]>>> = {
  bucket: ['s3'],
  'event bus': ['events'],
  function: ['lambda'],
  queue: ['sqs'],
  stream: ['kinesis-streams', 'kinesis-firehose'],
  table: ['dynamodb'],
  topic: ['sns'],
  workflow: ['states', 'sync-states'],
};

/**
 * The endpoints of its own network through which a resource reaches the services that it calls: without them it does not.
 *
 * @param standing what names its subnets. Default: itself
 */
export function endpointsFail(resource: Resource, model: Modelling, standing = resource): Failure {
  const endpoints = callsOf(resource)
    .map((call) => endpointFor(call, standing))
    .filter((found) => found !== undefined);
  const interfaces = endpoints.filter((endpoint) => endpoint.text('VpcEndpointType') === 'Interface');
  return anyOf(...[...new Set(interfaces)].map((endpoint) => model.of(endpoint, resource)));
}

/** Whether every call to a service of AWS that is seen has an endpoint in the network; false where none is seen. */
export const callsStayInside = oncePerResource((resource): boolean => {
  const calls = callsOf(resource).filter(({ kind }) => SERVICES[kind] !== undefined);
  return calls.length > 0 && calls.every((call) => endpointFor(call) !== undefined);
});

function endpointFor({ from, kind }: Call, standing = from): Resource | undefined {
  const wanted = SERVICES[kind];
  if (!wanted) return undefined;
  const { byNetwork } = endpointsOf(from.stack.graph);
  return networksOf(standing)
    .flatMap((network) => (network instanceof Unknown ? [] : (byNetwork.get(network) ?? [])))
    .find((endpoint) => wanted.includes(serviceOf(endpoint)) && answersForName(endpoint));
}

const endpointsOf = oncePerGraph((graph: Graph) => {
  const byNetwork = new Map<Resource | string, Resource[]>();
  for (const endpoint of graph.ofType('AWS::EC2::VPCEndpoint')) {
    const id = endpoint.get('VpcId');
    const network = typeof id === 'string' ? id : endpoint.target('VpcId');
    if (network === undefined || network instanceof Unknown) continue;
    const known = byNetwork.get(network);
    if (known) known.push(endpoint);
    else byNetwork.set(network, [endpoint]);
  }
  return { byNetwork };
});

/** `sqs` of `com.amazonaws.eu-west-1.sqs`. */
function serviceOf(endpoint: Resource): string {
  const name: Value | undefined = endpoint.get('ServiceName');
  const last = name instanceof Text ? name.parts.at(-1) : name;
  return typeof last === 'string' ? last.slice(last.lastIndexOf('.') + 1) : '';
}

/** A gateway takes the traffic by its route; an interface only where it answers for the usual name of the service. */
function answersForName(endpoint: Resource): boolean {
  return (
    endpoint.text('VpcEndpointType') !== 'Interface' || wordOf(endpoint.get('PrivateDnsEnabled')) !== 'false'
  );
}
