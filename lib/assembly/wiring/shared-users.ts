import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { CALLING_TYPES, callsOf } from './calls';

/** What uses a resource, and why others may. */
export interface Users {
  readonly users: readonly Resource[];
  readonly unknowns: readonly Unknown[];
}

/** Types that name what they use in their properties, without a call: clusters by what runs on them, keys by what they encrypt. */
const NAMED_BY: Readonly<Record<string, RegExp>> = {
  'AWS::ECS::Cluster': /^AWS::ECS::Service$/,
  'AWS::EKS::Cluster': /^AWS::EKS::(Nodegroup|FargateProfile|Addon)$/,
  'AWS::KMS::Key': /^AWS::(?!IAM::|KMS::|Lambda::Permission)/,
  'AWS::MSK::Cluster': /^AWS::Lambda::EventSourceMapping$/,
  'AWS::SQS::Queue': /^AWS::(Lambda::EventSourceMapping|SNS::Subscription|Events::Rule|Pipes::Pipe)$/,
};

/** Everything that is seen to use a resource: what calls it, what runs on it, what it encrypts, what goes out through it. */
export function usersOf(resource: Resource): Users {
  const { graph } = resource.stack;
  const pattern = NAMED_BY[resource.type];
  const naming = pattern
    ? graph
        .mentionsOf(resource)
        .map(({ from }) => from)
        .filter(({ type }) => pattern.test(type))
    : [];
  const gateway = resource.type === 'AWS::EC2::NatGateway' ? usersOfGateway(resource) : [];
  const [hidden] = graph.unreadable;
  return {
    users: [...new Set([...naming, ...(callersByTarget(graph).get(resource) ?? []), ...gateway])],
    unknowns: hidden === undefined ? [] : [new Unknown(hidden)],
  };
}

const callersByTarget = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const callers = new Map<Resource, Resource[]>();
  for (const caller of graph.ofType(...CALLING_TYPES)) {
    for (const { to, certain } of callsOf(caller)) {
      if (certain !== true) continue;
      const list = callers.get(to);
      if (list) list.push(caller);
      else callers.set(to, [caller]);
    }
  }
  return callers;
});

/** What stands in the subnets whose routes lead to a NAT gateway. */
function usersOfGateway(gateway: Resource): readonly Resource[] {
  const { graph } = gateway.stack;
  const tables = graph.mentionsOf(gateway, 'AWS::EC2::Route').map(({ from }) => from.target('RouteTableId'));
  const subnets = tables
    .filter((table) => table instanceof Resource)
    .flatMap((table) => graph.mentionsOf(table, 'AWS::EC2::SubnetRouteTableAssociation'))
    .map(({ from }) => from.target('SubnetId'));
  return subnets
    .filter((subnet) => subnet instanceof Resource)
    .flatMap((subnet) => graph.mentionsOf(subnet).map(({ from }) => from))
    .filter(({ type }) => !type.startsWith('AWS::EC2::Subnet') && type !== 'AWS::EC2::NatGateway');
}
