import { instancesOf } from '../../assembly/data/cluster-instances';
import { isManagedByCluster, isMultiAzDbCluster, membersOf } from '../../assembly/data/database-members';
import { isWithoutInstances } from '../../assembly/data/without-instances';
import { ZoneSet } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import type { Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { replicatedFailover } from '../../calculus/store-facts';
import type { Component } from '../component';
import type { Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { agreement, inOneZone, isTrue } from './agreement';
import { exportsOf } from './exported';
import { type FailsOver, failsOver } from './failing-over';
import { servesNobody } from './units/late-units';

const SINGLE = agreement('rdsSingleInstance', 'a single database');

/** An instance that stands alone; the cluster answers for its members. */
const INSTANCE: Component = {
  types: ['AWS::RDS::DBInstance'],
  part: (instance) => (isManagedByCluster(instance) === true ? 'support' : 'data'),
  fails: (instance, model) => {
    if (isManagedByCluster(instance) === true) return ofCluster(instance, model);
    if (isTrue(instance, 'MultiAZ', model))
      return failsOver(instance, model, {
        whole: agreement('rdsMultiAz', 'a Multi-AZ database'),
        alone: SINGLE,
        what: 'failover to the standby',
        taking: AWS_FACTS.rdsMultiAzFailoverSeconds,
      });
    return inOneZone(instance, model, SINGLE);
  },
};

const CLUSTER: Component = {
  types: ['AWS::RDS::DBCluster'],
  part: 'data',
  fails: (cluster, model) => {
    if (isMultiAzDbCluster(cluster) === true)
      return failsOver(cluster, model, {
        whole: agreement('rdsMultiAz', 'a Multi-AZ cluster'),
        alone: SINGLE,
        what: 'failover to a standby',
        taking: AWS_FACTS.rdsMultiAzClusterFailoverSeconds,
      });
    return ofMembers(
      cluster,
      { members: membersOf(cluster).sure, taking: AWS_FACTS.auroraFailoverSeconds },
      model,
    );
  },
};

/** DocumentDB and Neptune keep data as Aurora does, and promote a reader as it does. */
const SIMILAR: Component = {
  types: ['AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  part: 'data',
  fails: (cluster, model) =>
    ofMembers(
      cluster,
      { members: instancesOf(cluster).sure, taking: replicatedFailover(cluster.type) },
      model,
    ),
};

const SIMILAR_INSTANCE: Component = {
  types: ['AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'],
  part: 'support',
  fails: ofCluster,
};

const DSQL: Component = {
  types: ['AWS::DSQL::Cluster'],
  part: 'data',
  fails: (cluster, model) => model.regional(cluster, agreement('auroraDsql', 'Aurora DSQL')),
};

export const DATABASES: readonly Component[] = [INSTANCE, CLUSTER, SIMILAR, SIMILAR_INSTANCE, DSQL];

interface Members extends Pick<FailsOver, 'taking'> {
  readonly members: readonly Resource[];
}

function ofMembers(cluster: Resource, { members, taking }: Members, model: Modelling): Failure {
  const bare = isWithoutInstances(cluster);
  const [exported] = exportsOf(cluster);
  if (bare === true && !exported) return servesNobody(cluster, 'no instance of it is in the app', model);
  if (bare !== false) assumeOne(cluster, bare, model);
  const zones = ZoneSet.union(members.map((member) => member.zones));
  const pinned = members.every((member) => member.get('AvailabilityZone') !== undefined);
  const alone = agreement('auroraSingleAz', 'a cluster without a reader in another zone');
  if (members.length > 1 && !(pinned && zones.most < 2))
    return failsOver(cluster, model, {
      whole: agreement('auroraMultiAz', 'a cluster with a reader in another zone'),
      alone,
      what: 'failover to a reader',
      taking,
    });
  return inOneZone(cluster, model, alone, zones.isEmpty ? cluster.zones : zones);
}

/** It may have more of them, or none. */
function assumeOne(cluster: Resource, bare: true | Unknown, model: Modelling): void {
  const why =
    bare === true ? 'none is in the app, and another app may add them, for it is exported' : bare.reason;
  model.assume(`${nameOf(cluster)} counts as a cluster of one instance: ${why}`, cluster);
}

function ofCluster(instance: Resource, model: Modelling): Failure {
  const cluster = instance.target('DBClusterIdentifier');
  return cluster instanceof Resource ? model.of(cluster) : model.region(instance);
}
