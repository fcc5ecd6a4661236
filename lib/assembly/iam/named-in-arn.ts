import type { Graph } from '../graph';
import { comparableText, identifiersOf, parseArn } from '../identifiers';
import { Resource } from '../resource';
import { Unknown } from '../value';

/** What an ARN of a kind of resource names. */
interface ArnKind {
  /** The types whose resources have such ARNs. */
  readonly types: readonly string[];

  /** The property that the names of these types stand in. */
  readonly property: string;
}

const CLUSTERS = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];
const INSTANCES = ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'];

/** By service and first word, the ARNs that a person can write: what is missing has an id that AWS makes. */
const KINDS: Readonly<Record<string, ArnKind>> = {
  'ecs:cluster': { types: ['AWS::ECS::Cluster'], property: 'ClusterName' },
  'ecs:service': { types: ['AWS::ECS::Service'], property: 'ServiceName' },
  'eks:cluster': { types: ['AWS::EKS::Cluster'], property: 'Name' },
  'lambda:function': { types: ['AWS::Lambda::Function'], property: 'FunctionName' },
  'rds:cluster': { types: CLUSTERS, property: 'DBClusterIdentifier' },
  'rds:db': { types: INSTANCES, property: 'DBInstanceIdentifier' },
  'ssm:document': { types: ['AWS::SSM::Document'], property: 'Name' },
};

/** The name that an ARN ends in. */
interface Name {
  readonly own: string | undefined;

  /** The cluster of a service. */
  readonly cluster?: string | undefined;
}

/** What names of CloudFormation end in. */
const GENERATED = /-[A-Za-z0-9]{12,13}$/;

/** What an ARN names in vain. */
export interface Nobody {
  /** The types that it could have been. */
  readonly types: readonly string[];

  /** The resource that it may have been meant for. @default - the app has none of these types there */
  readonly nearest: Resource | undefined;

  /** What that one is called. @default - CloudFormation makes its name */
  readonly name: string | undefined;
}

/** The resource of the app that an ARN names, by type, region, account and name; an unknown where the app cannot tell. */
export function namedInArn(text: string, graph: Graph): Resource | Nobody | Unknown {
  const arn = parseArn(text);
  const path = text.split(':').slice(5).join(':');
  const [word = '', first, second] = path.split(/[:/]/);
  // A service comes after its cluster; what follows a function is its version.
  const name: Name = word === 'service' ? { cluster: first, own: second } : { own: first };
  const kind = KINDS[`${arn?.service}:${word}`];
  if (!arn || !kind) return new Unknown(`${text} has an id that only AWS makes`);
  const there = graph.ofType(...kind.types).filter(({ region, account }) => {
    return isOrMayBe(region, arn.region) && isOrMayBe(account, arn.account);
  });
  const found = there.find((resource) => isCalled(resource, name));
  if (found) return found.presence instanceof Unknown ? found.presence : found;
  const isOwnPlace = graph.stacks.some(
    ({ region, account }) => region !== undefined && region === arn.region && account === arn.account,
  );
  if (!isOwnPlace) return new Unknown(`${text} is in a region or an account that the app has no stack for`);
  return openIn(there, kind, name, graph) ?? nobody(there, kind, name);
}

function isOrMayBe(actual: string | undefined, said: string | undefined): boolean {
  return actual === undefined || actual === said;
}

function isCalled(resource: Resource, { own, cluster }: Name): boolean {
  const home = cluster === undefined ? undefined : resource.target('Cluster');
  const isElsewhere = home instanceof Resource && hasOtherName(home, cluster);
  return hasName(resource, own) && !isElsewhere;
}

function hasName(resource: Resource, name: string | undefined): boolean {
  return name !== undefined && identifiersOf(resource).some((each) => isSame(resource, each, name));
}

function hasOtherName(resource: Resource, name: string | undefined): boolean {
  return identifiersOf(resource).length > 0 && !hasName(resource, name);
}

/** RDS writes the names of databases in lower case. */
function isSame({ type }: Resource, one: string, other: string): boolean {
  return type.includes('::DB') ? one.toLowerCase() === other.toLowerCase() : one === other;
}

/** Why a resource may yet be called so: its name is given at deployment, or copied from one that CloudFormation made. */
function openIn(
  there: readonly Resource[],
  { property }: ArnKind,
  { own = '' }: Name,
  graph: Graph,
): Unknown | undefined {
  for (const resource of there) {
    const name = resource.get(property);
    const isText = name === undefined || comparableText(name, resource.stack) !== undefined;
    if (!isText) return new Unknown(`the name of ${resource.logicalId} is known only at deploy`);
    if (name === undefined && GENERATED.test(own))
      return new Unknown(`CloudFormation makes the name of ${resource.logicalId}`);
  }
  const [macro] = graph.unreadable;
  return macro === undefined ? undefined : new Unknown(macro);
}

function nobody(there: readonly Resource[], { types }: ArnKind, { own = '' }: Name): Nobody {
  const named = there.flatMap((resource) => identifiersOf(resource).map((name) => ({ resource, name })));
  const [nearest] = named.sort((one, other) => likeness(other.name, own) - likeness(one.name, own));
  return { types, nearest: nearest?.resource ?? there[0], name: nearest?.name };
}

/** How many characters two names have in common at their beginnings and ends. */
function likeness(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < most && one[start] === other[start]) start += 1;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return start + end;
}
