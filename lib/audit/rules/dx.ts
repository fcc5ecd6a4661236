import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import type { Resource } from '../../assembly/resource';
import { inSamePlace } from '../../assembly/same-place';
import { sameToken, tokenKey } from '../../assembly/same-token';
import { describe, Reference, Unknown, type Value } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const CONNECTION = 'AWS::DirectConnect::Connection';
const RESILIENCY = 'https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_toolkit.html';

/** The properties by which an interface names its gateway. */
const GATEWAY = ['DirectConnectGatewayId', 'VirtualGatewayId'] as const;

const INTERFACES = [
  'AWS::DirectConnect::PrivateVirtualInterface',
  'AWS::DirectConnect::TransitVirtualInterface',
];

export const connectionsSpanLocations: Rule = {
  id: 'DX-01',
  title: 'Direct Connect enters a region at two locations at least.',
  kind: 'redundancy',
  why: 'When the one location is lost, and locations are, the data centre and AWS no longer reach each other.',
  fix: 'order a connection at a second location',
  severity: HIGH,
  appliesTo: [CONNECTION],
  controls: REDUNDANCY,
  sources: [RESILIENCY],
  check: (connection) => {
    const groups = connectionsByPlace(connection.stack.graph);
    const beside = groups.get(placeKey(connection)) ?? [];
    if (speakerOf(beside.filter(({ type }) => type === CONNECTION)) !== connection)
      return notApplicable('another connection of the region speaks for all');
    const places = [...groups.values()].map(([other]) => (other ? inSamePlace(other, connection) : false));
    const open = places.find((place) => place instanceof Unknown);
    return judgeDistinct(beside, { path: 'Location', noun: 'location', open: whyOpen(open, connection) });
  },
};

export const gatewayHasTwoConnections: Rule = {
  id: 'DX-02',
  title: 'Gateways of Direct Connect have virtual interfaces on two connections at least.',
  kind: 'redundancy',
  why: 'When the one connection is cut, or its device is maintained, the gateway leads nowhere.',
  fix: 'add a virtual interface of the gateway on another connection',
  severity: HIGH,
  appliesTo: INTERFACES,
  controls: REDUNDANCY,
  sources: [RESILIENCY],
  check: (subject) => {
    const gateway = gatewayOf(subject);
    if (gateway === undefined) return notApplicable('the interface names no gateway');
    const others = subject.stack.graph
      .ofType(...INTERFACES)
      .map((other) => ({ other, same: sameGateway(gatewayOf(other), gateway) }));
    const beside = others.filter(({ same }) => same === true).map(({ other }) => other);
    if (speakerOf(beside) !== subject)
      return notApplicable('another interface of the gateway speaks for all');
    const maybe = others.find(({ same, other }) => same === undefined && gatewayOf(other) !== undefined);
    const open =
      maybe &&
      new Unknown(`whether ${maybe.other.logicalId} leads to the same gateway is known only at deploy`);
    return judgeDistinct(beside, { path: 'ConnectionId', noun: 'connection', open: whyOpen(open, subject) });
  },
};

const connectionsByPlace = oncePerGraph((graph) => {
  const groups = new Map<string, Resource[]>();
  for (const connection of graph.ofType(CONNECTION, 'AWS::DirectConnect::Lag')) {
    const known = groups.get(placeKey(connection));
    if (known) known.push(connection);
    else groups.set(placeKey(connection), [connection]);
  }
  return groups;
});

function placeKey({ account, region }: Resource): string {
  return JSON.stringify([account ?? null, region ?? null]);
}

/** What is common to many is told once, of the first by name. */
function speakerOf(resources: readonly Resource[]): Resource | undefined {
  return [...resources].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

function gatewayOf(subject: Resource): Value | undefined {
  const property = GATEWAY.find((name) => subject.get(name) !== undefined);
  return property && subject.get(property);
}

function sameGateway(one: Value | undefined, other: Value): boolean | undefined {
  if (one === undefined) return false;
  if (one instanceof Reference && other instanceof Reference) return one.resource === other.resource;
  return sameToken(one, other);
}

function whyOpen(open: unknown, { stack }: Resource): Unknown | undefined {
  const [hidden] = stack.graph.unreadable;
  if (open instanceof Unknown) return open;
  return hidden === undefined ? undefined : new Unknown(hidden);
}

interface Distinction {
  readonly path: string;
  readonly noun: string;

  /** Why there may be more. */
  readonly open: Unknown | undefined;
}

/** Judges whether resources have two values at least at a path. */
function judgeDistinct(resources: readonly Resource[], { path, noun, open }: Distinction): Judgement {
  const sure = resources.filter(({ presence }) => presence === true);
  const keys = sure.map((resource) => plainKey(resource.get(path)));
  const plain = new Set(keys.filter((key) => key !== undefined));
  if (plain.size > 1) return pass({ property: path, found: `${plain.size} ${noun}s` });
  const values = resources.map((resource) => resource.get(path) ?? null);
  if (!open && values.every((value) => sameToken(value, values[0] ?? null) === true))
    return fail({ property: path, found: `1 ${noun} (${describe(values[0])})`, needed: `2 ${noun}s` });
  return unknown(path, open ?? `whether these are two ${noun}s is known only at deploy`);
}

/** Two different texts are two places, two different resources too; two parameters may be one. */
function plainKey(value: Value | undefined): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return value instanceof Reference ? tokenKey(value) : undefined;
}
