import {
  type ClusterMembers,
  clusterOf,
  engineOf,
  isMultiAzDbCluster,
  judgeStandalone,
  membersOf,
  readersKept,
} from '../../assembly/data/database-members';
import { isReadReplica } from '../../assembly/data/database-origin';
import { isUsedByReplica, parameterFamily } from '../../assembly/data/database-parameters';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { ZoneSet, zonesNamedIn } from '../../assembly/network/zones';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { describe, isList, isMap, sameValue, Unknown, type Value } from '../../assembly/value';
import { HEALTH_CHECKS, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const RDS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide';
const AURORA = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

export const instanceSurvivesZone: Rule = {
  id: 'RDS-01',
  title: 'Database instances survive the loss of a zone.',
  kind: 'redundancy',
  why: 'A single-AZ instance is down until its zone is back, or for the hours that a restore takes.',
  fix: 'set MultiAZ to true',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBInstance'],
  controls: REDUNDANCY,
  sources: [`${CONFIG}/rds-multi-az-support.html`, `${RDS}/Concepts.MultiAZSingleStandby.html`],
  check: (instance) => judgeStandalone(instance, hasStandby),
};

export const clusterSurvivesZone: Rule = {
  id: 'RDS-02',
  title: 'Database clusters survive the loss of a zone.',
  kind: 'redundancy',
  why: 'A cluster with one instance is down for the ten minutes or more in which AWS builds another one.',
  fix: 'add a second instance to the cluster',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBCluster'],
  subsumes: ['X-16'],
  controls: REDUNDANCY,
  sources: [`${CONFIG}/rds-cluster-multi-az-enabled.html`, `${AURORA}/Concepts.AuroraHighAvailability.html`],
  check: hasInstancesInTwoZones,
};

export const membersSpreadOverZones: Rule = {
  id: 'RDS-03',
  title: 'The instances of a database cluster are spread over zones.',
  kind: 'redundancy',
  why: 'The loss of one zone takes all instances of the cluster, or all of its readers, at once.',
  fix: 'pin the instances of the cluster to different zones, or leave AvailabilityZone out',
  severity: HIGH,
  appliesTo: ['AWS::RDS::DBInstance'],
  controls: HEALTH_CHECKS,
  sources: [`${AURORA}/Concepts.AuroraHighAvailability.html`],
  check: (instance) => judgeCluster(instance, spreadOverZones),
};

export const membersReachedAlike: Rule = {
  id: 'RDS-04',
  title: 'All instances of a database cluster can be reached from the same networks.',
  kind: 'redundancy',
  why: 'After a failover the clients reach the new writer from elsewhere than the old one, or not at all.',
  fix: 'give all instances of the cluster the same PubliclyAccessible',
  severity: MEDIUM,
  appliesTo: ['AWS::RDS::DBInstance'],
  controls: HEALTH_CHECKS,
  sources: [`${AURORA}/Concepts.AuroraHighAvailability.html`],
  check: (instance) => judgeCluster(instance, reachedAlike),
};

export const replicaIsReadOnly: Rule = {
  id: 'RDS-25',
  title: 'Read replicas take no writes of their own, and take writes once promoted.',
  kind: 'redundancy',
  why: 'A replica that takes writes drifts from its source, so replication stops and a failover loses data.',
  fix: 'set read_only to {TrueIfReplica}, or leave it out',
  severity: MEDIUM,
  appliesTo: ['AWS::RDS::DBParameterGroup'],
  controls: REDUNDANCY,
  sources: [`${RDS}/USER_MySQL.Replication.ReadReplicas.html`],
  check: readOnlyOnReplicas,
};

function hasStandby(instance: Resource): Judgement {
  const judged = instance.is('MultiAZ', true, { default: false });
  if (judged.outcome !== 'fail') return judged;
  const engine = engineOf(instance);
  // Of SQL Server only the Enterprise Edition has read replicas: a replica's engine offers Multi-AZ whatever it is.
  if (engine instanceof Unknown) return isReadReplica(instance) === true ? judged : unknown('Engine', engine);
  if (engine === 'sqlserver-ex') return notApplicable('SQL Server Express has no Multi-AZ deployment');
  if (engine === 'sqlserver-web')
    return unknown('MultiAZ', 'whether the Web Edition offers Multi-AZ depends on its version');
  return engine?.startsWith('sqlserver-') ? any(judged, isMirrored(instance)) : judged;
}

/** With the mirroring option, SQL Server has a standby and `MultiAZ` is not set. */
function isMirrored(instance: Resource): Judgement {
  const path = 'OptionGroupName';
  const group = isSet(instance, path) === false ? undefined : instance.target(path);
  if (group instanceof Unknown) return unknown(path, `whether it mirrors is not known: ${group.reason}`);
  const options = group?.list('OptionConfigurations') ?? [];
  if (options instanceof Unknown) return unknown(path, options);
  const names = options.map((option) => (isMap(option) ? option.OptionName : option));
  if (names.some((name) => typeof name === 'string' && /mirroring/i.test(name)))
    return pass({ property: path, found: 'an option group that mirrors' });
  const open = names.find((name) => name instanceof Unknown);
  return open instanceof Unknown
    ? unknown(path, open)
    : fail({ property: path, found: 'no option that mirrors', needed: 'MultiAZ' });
}

function hasInstancesInTwoZones(cluster: Resource): Judgement {
  const isMultiAz = isMultiAzDbCluster(cluster);
  if (isMultiAz instanceof Unknown) return unknown('Engine', isMultiAz);
  if (isMultiAz) return subnetsInTwoZones(cluster);
  const mode = cluster.text('EngineMode');
  if (mode instanceof Unknown) return unknown('EngineMode', mode);
  if (mode === 'serverless')
    return notApplicable('Aurora Serverless v1 has no instances: AWS moves its capacity to another zone');
  const scalability = cluster.text('ClusterScalabilityType');
  if (scalability instanceof Unknown) return unknown('ClusterScalabilityType', scalability);
  if (scalability === 'limitless')
    return notApplicable('a limitless database has shards and routers in place of instances');
  return isHeadless(cluster)
    ? notApplicable('another region’s copy of a global database, without instances: a pilot light')
    : twoInstances(cluster);
}

/** A cluster that joins a global database without an administrator of its own gets its data from the primary. */
function isHeadless(cluster: Resource): boolean {
  const { sure, maybe, unknown: others } = membersOf(cluster);
  return (
    sure.length + maybe.length === 0 &&
    !others &&
    isSet(cluster, 'GlobalClusterIdentifier') === true &&
    isSet(cluster, 'MasterUsername') === false &&
    isSet(cluster, 'SnapshotIdentifier') === false
  );
}

function subnetsInTwoZones(cluster: Resource): Judgement {
  const path = 'DBSubnetGroupName';
  return isSet(cluster, path) === false
    ? unknown(path, 'the default subnet group of the account is not in the app')
    : cluster.zones.atLeast(2, path);
}

function twoInstances(cluster: Resource): Judgement {
  const { sure, maybe, unknown: others } = membersOf(cluster);
  const readers = sure.length === 0 ? 0 : readersKept(cluster);
  const count = Math.max(sure.length, readers instanceof Unknown ? 0 : readers + 1);
  const found = `${sure.length} instance${sure.length === 1 ? '' : 's'}`;
  if (sure.length > 0 && count >= 2) return pass({ found: `${count} instances` });
  const open = [maybe[0]?.presence, others, readers].find((reason) => reason instanceof Unknown);
  return open instanceof Unknown ? unknown(undefined, open) : fail({ found, needed: 'at least 2 instances' });
}

type ClusterJudge = (members: ClusterMembers, cluster: Resource) => Judgement;

/** Asks a question of the cluster that an instance belongs to, where it has more than one. */
function judgeCluster(instance: Resource, judge: ClusterJudge): Judgement {
  const cluster = clusterOf(instance);
  if (cluster === undefined) return notApplicable('the instance belongs to no cluster');
  if (cluster instanceof Unknown) return unknown('DBClusterIdentifier', cluster);
  const members = membersOf(cluster);
  const count = members.sure.length + members.maybe.length;
  if (count < 2 && !members.unknown) return notApplicable('the cluster has one instance');
  return judgeOnce(cluster, members, judge);
}

const ANSWERS = new WeakMap<ClusterJudge, WeakMap<Resource, Judgement>>();

/** All members of a cluster get one answer: to look at all of them for each grows with their square. */
function judgeOnce(cluster: Resource, members: ClusterMembers, judge: ClusterJudge): Judgement {
  const answers = ANSWERS.get(judge) ?? new WeakMap<Resource, Judgement>();
  ANSWERS.set(judge, answers);
  const answer = answers.get(cluster) ?? judge(members, cluster);
  answers.set(cluster, answer);
  return answer;
}

/** Why the instances of a cluster cannot be counted, where they cannot. */
function openMembership({ maybe, unknown: others }: ClusterMembers): Unknown | undefined {
  const [left] = maybe;
  return left?.presence instanceof Unknown ? left.presence : others;
}

function spreadOverZones(members: ClusterMembers): Judgement {
  const path = 'AvailabilityZone';
  const open = openMembership(members);
  if (open) return unknown(path, open);
  const all = members.sure;
  const together = inOneZone(all);
  if (together === true) return crowded(all, `all ${all.length} instances`);
  if (together instanceof Unknown) return unknown(path, together);
  if (all.length < 3) return pass({ property: path, found: 'instances that are not in one zone' });
  const writer = firstCreated(all);
  const readers = (writer ? [writer] : all).map((first) => all.filter((member) => member !== first));
  const results = readers.map(inOneZone);
  if (results.every((result) => result === false))
    return pass({ property: path, found: 'instances that are not in one zone' });
  if (writer && results[0] === true) return crowded(readers[0] ?? [], 'all readers');
  const doubt = results.find((result) => result instanceof Unknown);
  return unknown(path, doubt instanceof Unknown ? doubt : 'which instance writes is known only at deploy');
}

function crowded(members: readonly Resource[], who: string): Judgement {
  const zone = ZoneSet.union(members.map(pinnedZone)).describe();
  return fail({ property: 'AvailabilityZone', found: `${who} in ${zone}`, needed: 'at least 2 zones' });
}

/** Whether instances are pinned to one zone; an instance that is not pinned is placed by AWS. */
function inOneZone(members: readonly Resource[]): boolean | Unknown {
  const pins = members.map((member) => member.get('AvailabilityZone'));
  if (pins.includes(undefined)) return false;
  const [head = null, ...rest] = pins as readonly Value[];
  if (rest.every((pin) => sameToken(head, pin) === true)) return true;
  const zones = ZoneSet.union(members.map(pinnedZone));
  if (zones.least >= 2) return false;
  return zones.unknowns[0] ?? new Unknown('whether the zones are different is known only at deploy');
}

function pinnedZone(member: Resource): ZoneSet {
  return zonesNamedIn(member.get('AvailabilityZone'));
}

/** The instance that CloudFormation creates before all others, which makes it the writer. */
function firstCreated(members: readonly Resource[]): Resource | undefined {
  return members.find((first) =>
    members.every((member) => member === first || dependsOn(member).includes(first.logicalId)),
  );
}

function dependsOn({ body }: Resource): readonly string[] {
  const { DependsOn: ids = [] } = body;
  return isList(ids as Value) ? (ids as readonly string[]) : [ids as string];
}

function reachedAlike(members: ClusterMembers, cluster: Resource): Judgement {
  const sure = sameReach(members.sure, cluster);
  if (sure.outcome === 'fail') return sure;
  const open = openMembership(members);
  return open ? unknown('PubliclyAccessible', open) : sure;
}

function sameReach(members: readonly Resource[], cluster: Resource): Judgement {
  const path = 'PubliclyAccessible';
  const reaches = members.map((member) => member.get(path) ?? isPublicByDefault(member, cluster));
  const [head = false] = reaches;
  const same = reaches.map((reach) => sameValue(head, reach));
  const at = same.indexOf(false);
  if (at >= 0)
    return fail({
      property: path,
      found: `${describe(head)} on ${members[0]?.logicalId} and ${describe(reaches[at])} on ${members[at]?.logicalId}`,
      needed: 'the same on all instances of the cluster',
    });
  return same.includes(undefined)
    ? unknown(path, 'whether all instances have the same is known only at deploy')
    : pass({ property: path });
}

/** Instances of a cluster are private by default, unless they stand in the subnet group named `default`. */
function isPublicByDefault(member: Resource, cluster: Resource): boolean {
  return (member.get('DBSubnetGroupName') ?? cluster.get('DBSubnetGroupName')) === 'default';
}

function readOnlyOnReplicas(group: Resource): Judgement {
  const family = parameterFamily(group);
  if (family === 'postgres' || family === 'other')
    return notApplicable('only MySQL and MariaDB have the parameter read_only');
  const used = isUsedByReplica(group);
  if (used === false) return notApplicable('no read replica runs with this parameter group');
  // RDS sets it to {TrueIfReplica} in its own groups, of which every group is a copy.
  const judged = group.is('Parameters.read_only', ['{TrueIfReplica}', 'TrueIfReplica'], {
    default: '{TrueIfReplica}',
  });
  return used instanceof Unknown && judged.outcome === 'fail'
    ? unknown('Parameters.read_only', used)
    : judged;
}
