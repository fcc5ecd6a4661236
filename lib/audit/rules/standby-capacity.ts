import { mostTasksOf } from '../../assembly/compute/minimum-units';
import { isReadReplica } from '../../assembly/data/database-origin';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { atLeast, exactly, type Range } from '../../assembly/range';
import { Resource } from '../../assembly/resource';
import { inSameRegion } from '../../assembly/same-place';
import { isMap, Unknown } from '../../assembly/value';
import { compareSizes } from '../../calculus/instance-size';
import { RegionRole } from '../../objectives/region-role';
import { CAPACITY, REDUNDANCY } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const NODES = 'AWS::EKS::Nodegroup';
const SERVICE = 'AWS::ECS::Service';
const STREAM = 'AWS::Kinesis::Stream';
const BROKERS = 'AWS::MSK::Cluster';
const TABLE = 'AWS::DynamoDB::GlobalTable';
const INSTANCE = 'AWS::RDS::DBInstance';

/** The most that a resource may come to, by type, with the property that says so. */
const MAXIMA: Readonly<Record<string, string>> = {
  [GROUP]: 'MaxSize',
  [NODES]: 'ScalingConfig.MaxSize',
  [STREAM]: 'ShardCount',
  [BROKERS]: 'NumberOfBrokerNodes',
};

export const standbyHoldsTheLoad: Rule = {
  id: 'X-20',
  title: 'What stands by may grow as large as what it replaces.',
  kind: 'capacity',
  why: 'After a failover the standby takes the whole load: with a lower maximum it cannot, however long it scales.',
  fix: 'give the standby the maximum, or the instance class, of the primary',
  severity: HIGH,
  appliesTo: [...Object.keys(MAXIMA), SERVICE, TABLE, INSTANCE],
  controls: [...REDUNDANCY, ...CAPACITY],
  sources: [
    'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html',
  ],
  check: (resource, context) => {
    if (resource.type === TABLE) return judgeReplicas(resource);
    return resource.type === INSTANCE ? judgeInstance(resource, context) : judgeStandby(resource, context);
  },
};

const MODE = 'StreamModeDetails.StreamMode';

function judgeStandby(resource: Resource, context: RuleContext): Judgement {
  const primary = primaryOf(resource, context);
  if (typeof primary === 'string') return notApplicable(primary);
  if (primary instanceof Unknown) return unknown(undefined, primary);
  if (resource.type === STREAM && resource.get(MODE) === 'ON_DEMAND')
    return notApplicable('a stream on demand has as many shards as it needs');
  const [own, theirs] = [mostOf(resource), mostOf(primary)];
  const property = MAXIMA[resource.type];
  const where = property === undefined ? {} : { property };
  if (own.least >= theirs.most) return pass({ ...where, found: `${own.least}, as in the primary` });
  if (own.most < theirs.least)
    return fail({
      ...where,
      found: `${own.most}`,
      needed: `${theirs.least}, as ${primary.logicalId} has in the primary`,
    });
  return unknown(property, own.why ?? theirs.why ?? 'the most that there may be is known only at deploy');
}

function mostOf(resource: Resource): Range {
  if (resource.type === SERVICE) return mostTasksOf(resource);
  const property = MAXIMA[resource.type] ?? 'MaxSize';
  const most = resource.number(property);
  return typeof most === 'number' ? exactly(most) : atLeast(0, most ?? new Unknown(`${property} is not set`));
}

/** What a resource of a standby region stands by for: of its service, in another region, and of the same name. */
function primaryOf(resource: Resource, { service, serviceOf }: RuleContext): Resource | Unknown | string {
  if (service.role !== RegionRole.STANDBY) return 'the region is declared no standby';
  const twins = twinsOf(resource.stack.graph).get(nameOf(resource)) ?? [];
  const found = twins.find((twin) => {
    const { name, role } = serviceOf(twin);
    return twin !== resource && name === service.name && role !== RegionRole.STANDBY;
  });
  return found ?? new Unknown(`what ${resource.logicalId} stands by for is not in the app`);
}

function nameOf({ type, logicalId }: Resource): string {
  return `${type} ${logicalId}`;
}

const twinsOf = oncePerGraph((graph) => {
  const twins = new Map<string, Resource[]>();
  for (const resource of graph.ofType(...Object.keys(MAXIMA), SERVICE, INSTANCE)) {
    const list = twins.get(nameOf(resource)) ?? [];
    twins.set(nameOf(resource), list);
    list.push(resource);
  }
  return twins;
});

/** A replica in another region stands by for its source; any other instance for its like in the primary. */
function judgeInstance(instance: Resource, context: RuleContext): Judgement {
  const replica = isReadReplica(instance);
  if (replica === false) {
    const primary = primaryOf(instance, context);
    if (typeof primary === 'string') return notApplicable(primary);
    return primary instanceof Unknown ? unknown(undefined, primary) : judgeClasses(instance, primary);
  }
  const source = instance.target('SourceDBInstanceIdentifier');
  if (!(source instanceof Resource))
    return unknown('SourceDBInstanceIdentifier', source ?? 'the source of the replica is not in the app');
  const near = inSameRegion(instance, source);
  if (near === true) return notApplicable('the replica is in the region of its source');
  return near instanceof Unknown ? unknown(undefined, near) : judgeClasses(instance, source);
}

function judgeClasses(instance: Resource, primary: Resource): Judgement {
  const property = 'DBInstanceClass';
  const [own, theirs] = [instance.text(property), primary.text(property)];
  if (typeof own !== 'string' || typeof theirs !== 'string')
    return unknown(property, [own, theirs].find((one) => one instanceof Unknown) ?? 'a class is not set');
  const compared = compareSizes(own, theirs);
  if (compared === undefined)
    return unknown(property, `whether ${own} is as large as ${theirs} is not known here`);
  if (compared >= 0) return pass({ property, found: own });
  return fail({ property, found: own, needed: `${theirs}, as ${primary.logicalId} has in the primary` });
}

/** Writes of a global table are the same in all its regions; reads are set for each. */
const READS = [
  'ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings.MaxCapacity',
  'ReadProvisionedThroughputSettings.ReadCapacityUnits',
  'ReadOnDemandThroughputSettings.MaxReadRequestUnits',
];

function judgeReplicas(table: Resource): Judgement {
  const property = 'Replicas';
  const replicas = table.list(property);
  if (replicas instanceof Unknown) return unknown(property, replicas);
  if (replicas.length < 2) return notApplicable('the table is in one region');
  const home = replicas.findIndex((replica) => isMap(replica) && replica.Region === table.region);
  const primary = Math.max(home, 0);
  const others = replicas.map((_, index) => index).filter((index) => index !== primary);
  return all(...READS.flatMap((path) => others.map((index) => judgeReads(table, path, [index, primary]))));
}

function judgeReads(table: Resource, path: string, [own, primary]: readonly [number, number]): Judgement {
  const property = `Replicas.${own}.${path}`;
  const [mine, theirs] = [table.number(property), table.number(`Replicas.${primary}.${path}`)];
  const open = [mine, theirs].find((one) => one instanceof Unknown);
  if (open instanceof Unknown) return unknown(property, open);
  if (mine === undefined || theirs === undefined)
    return notApplicable('the reads of a replica have no maximum');
  if (Number(mine) >= Number(theirs)) return pass({ property, found: String(mine) });
  return fail({ property, found: String(mine), needed: `${String(theirs)}, as in the primary` });
}
