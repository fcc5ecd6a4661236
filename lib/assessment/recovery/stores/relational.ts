import { instancesOf } from '../../../assembly/data/cluster-instances';
import { isMultiAzDbCluster, membersOf } from '../../../assembly/data/database-members';
import { ZoneSet } from '../../../assembly/network/zones';
import { isSet } from '../../../assembly/property-truth';
import type { Resource } from '../../../assembly/resource';
import { Unknown } from '../../../assembly/value';
import { AWS_FACTS, type SecondsRange } from '../../../calculus/aws-facts';
import type { Fact } from '../../../calculus/fact';
import { RECOVERY_FACTS } from '../../../calculus/recovery-facts';
import { replicatedFailover, STORE_FACTS } from '../../../calculus/store-facts';
import { isTrue } from '../../components/agreement';
import type { Modelling } from '../../modelling';
import { copiesElsewhereOf } from '../copies';
import { inSequence, type Path, taking } from '../path';
import { byHand } from '../people';
import { continuous, plannedPoints, pointsWhere, restored, whyOpen } from '../points';
import { NOTHING_LOST, type Store, storeOf } from '../store';

const PROTECT = 'set BackupRetentionPeriod to 1 day or more';
const SPREAD = { spread: 'replicate it to another region', copied: 'copy its backups there' };

/** A database that stands alone. */
export function databaseInstance(instance: Resource, model: Modelling): Store {
  const standby = isTrue(instance, 'MultiAZ', model);
  const alone = inSequence(
    taking(RECOVERY_FACTS.singleDatabaseRecoverySeconds, {
      what: 'the only instance recovers in its zone',
      resource: instance,
      fix: 'set MultiAZ to true',
      controlPlane: 'replaces the instance',
    }),
  );
  const failover = takenOver(instance, 'failover to the standby', AWS_FACTS.rdsMultiAzFailoverSeconds);
  return storeOf({
    resource: instance,
    noun: 'the database',
    instance: standby ? failover : alone,
    zone: standby ? failover : undefined,
    lost: standby ? NOTHING_LOST : { instance: [], availabilityZone: undefined },
    ...backupsOf(instance, AWS_FACTS.rdsPointInTimeLagSeconds),
    copies: copiesElsewhereOf(instance, AWS_FACTS.rdsCrossRegionReplicaLagSeconds),
  });
}

/** A cluster of RDS: Aurora, or a Multi-AZ cluster with two standbys. */
export function databaseCluster(cluster: Resource): Store {
  const shared = {
    resource: cluster,
    noun: 'the cluster',
    ...backupsOf(cluster, AWS_FACTS.auroraPointInTimeLagSeconds),
    copies: copiesElsewhereOf(cluster, AWS_FACTS.auroraGlobalLagSeconds),
  };
  if (isMultiAzDbCluster(cluster) === true) {
    const failover = takenOver(cluster, 'failover to a standby', AWS_FACTS.rdsMultiAzClusterFailoverSeconds);
    return storeOf({ ...shared, instance: failover, zone: failover });
  }
  const { sure } = membersOf(cluster);
  return storeOf({
    ...shared,
    ...fromReaders(cluster, sure, {
      failover: AWS_FACTS.auroraFailoverSeconds,
      alone: AWS_FACTS.auroraRecreateSeconds,
    }),
  });
}

/** DocumentDB and Neptune keep data as Aurora does. */
export function documentsOrGraph(cluster: Resource): Store {
  const { documentDbAlone, neptuneAlone } = STORE_FACTS;
  const { instance, source } = cluster.type.includes('Neptune') ? neptuneAlone : documentDbAlone;
  const alone = { value: { typical: instance.rtoSeconds / 2, worst: instance.rtoSeconds }, source };
  return storeOf({
    resource: cluster,
    noun: 'the cluster',
    ...backupsOf(cluster, AWS_FACTS.auroraPointInTimeLagSeconds),
    ...fromReaders(cluster, instancesOf(cluster).sure, {
      failover: replicatedFailover(cluster.type),
      alone,
    }),
    copies: copiesElsewhereOf(cluster, AWS_FACTS.auroraGlobalLagSeconds),
  });
}

/** Aurora DSQL has no instances, and no point-in-time recovery. */
export function distributed(cluster: Resource): Store {
  const { instance, availabilityZone, source } = STORE_FACTS.dsql;
  const moves = (seconds: number) => ({ value: { typical: seconds, worst: seconds }, source });
  const { points, open } = plannedPoints(cluster);
  const why = open ?? whyOpen(asUnknown(isSet(cluster, 'MultiRegionProperties')));
  return storeOf({
    resource: cluster,
    noun: 'the cluster',
    instance: takenOver(cluster, 'open transactions are tried again', moves(instance.rtoSeconds)),
    zone: takenOver(
      cluster,
      'connections to the lost zone are opened again',
      moves(availabilityZone.rtoSeconds),
    ),
    points,
    copies: isSet(cluster, 'MultiRegionProperties') === true ? [{ region: undefined, lag: [] }] : [],
    spread: 'set MultiRegionProperties',
    copied: 'copy its backups to another region',
    ...(why !== undefined && { open: why }),
  });
}

function asUnknown(value: unknown): Unknown | undefined {
  return value instanceof Unknown ? value : undefined;
}

interface Failovers {
  readonly failover: { readonly value: SecondsRange; readonly source: string };
  readonly alone: { readonly value: SecondsRange; readonly source: string };
}

/** All instances read the same storage, which stands in three zones: with a reader nothing is made anew. */
function fromReaders(cluster: Resource, members: readonly Resource[], { failover, alone }: Failovers) {
  const fix = 'add a reader in another zone';
  const again = taking(alone, {
    what: 'the only instance is made again',
    resource: cluster,
    fix,
    controlPlane: 'creates an instance',
  });
  const anew = byHand(cluster, { ...again, what: 'a person makes an instance in another zone' }, fix);
  if (members.length > 1) {
    const path = takenOver(cluster, 'failover to a reader', failover);
    return { instance: path, zone: standInOneZone(members) ? anew : path, anew };
  }
  return { instance: inSequence(again), zone: anew, anew };
}

/** Members that are pinned to one zone go with it; those that are not are spread by the service. */
function standInOneZone(members: readonly Resource[]): boolean {
  const pinned = members.every((member) => member.get('AvailabilityZone') !== undefined);
  return pinned && ZoneSet.union(members.map(({ zones }) => zones)).most < 2;
}

function takenOver(
  resource: Resource,
  what: string,
  fact: { readonly value: SecondsRange; readonly source: string },
): Path {
  return inSequence(taking(fact, { what, resource }));
}

function backupsOf(database: Resource, lag: Fact<number>) {
  const kept = database.atLeast('BackupRetentionPeriod', 1, { default: 1 });
  const planned = plannedPoints(database, { lag });
  const away = isSet(database, 'AutomaticBackupReplicationRegion');
  const followed = continuous(database, AWS_FACTS.rdsCrossRegionBackupLagSeconds, restored(database), true);
  const open = whyOpen(kept, asUnknown(away)) ?? planned.open;
  return {
    points: [
      ...pointsWhere(kept, () => [continuous(database, lag)]),
      ...(away === true ? [followed] : []),
      ...planned.points,
    ],
    protect: PROTECT,
    ...SPREAD,
    ...(open !== undefined && { open }),
  };
}
