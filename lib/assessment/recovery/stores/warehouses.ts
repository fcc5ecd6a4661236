import { retains } from '../../../assembly/data/stateful-protections';
import { hasManagedStorage, isRelocated, warehouseNodesOf } from '../../../assembly/data/warehouses';
import { isSet } from '../../../assembly/property-truth';
import type { Resource } from '../../../assembly/resource';
import { Unknown } from '../../../assembly/value';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../calculus/recovery-facts';
import { isTrue } from '../../components/agreement';
import type { Modelling } from '../../modelling';
import { inSequence, neverBack, type Path, taking } from '../path';
import { byHand } from '../people';
import { ownSnapshots, plannedPoints, pointsWhere, whyOpen } from '../points';
import { bestPoint } from '../recovery-point';
import { NOTHING_LOST, type Point, type Store, storeOf } from '../store';

const HOUR = 3600;
const SNAPSHOTS = 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html';
const TWO_NODES = 'use two nodes or more, or nodes with managed storage';

/** A cluster of Redshift: a node alone has its data nowhere else, but for managed storage. */
export function warehouse(cluster: Resource, model: Modelling): Store {
  const backups = backupsOf(cluster);
  const outlives = hasManagedStorage(cluster);
  const inTwo = isTrue(cluster, 'MultiAZ', model);
  const keepsNode = outlives || inTwo || warehouseNodesOf(cluster) > 1;
  const zone = wayToAnotherZone(cluster, inTwo);
  const store = storeOf({
    resource: cluster,
    noun: 'the warehouse',
    instance: replaced(cluster),
    zone,
    lost: {
      instance: keepsNode ? [] : undefined,
      availabilityZone: zone === undefined ? undefined : NOTHING_LOST.availabilityZone,
    },
    ...backups,
    protect: 'set AutomatedSnapshotRetentionPeriod to 1 day or more',
    spread: 'set DestinationRegion, or copy its backups to another region',
  });
  return keepsNode ? store : { ...store, instance: restoredFromPoint(store) };
}

function wayToAnotherZone(cluster: Resource, inTwo: boolean): Path | undefined {
  if (inTwo)
    return inSequence(
      taking(RECOVERY_FACTS.warehouseFailoverSeconds, {
        what: 'the compute in the other zone goes on',
        resource: cluster,
      }),
    );
  if (!isRelocated(cluster)) return undefined;
  return inSequence(
    taking(RECOVERY_FACTS.warehouseRelocationSeconds, {
      what: 'the cluster is moved to another zone',
      resource: cluster,
      fix: 'set MultiAZ to true',
      controlPlane: 'moves the cluster',
    }),
  );
}

function replaced(cluster: Resource): Path {
  return inSequence(
    taking(RECOVERY_FACTS.nodeReplacementSeconds, {
      what: 'the node is replaced',
      resource: cluster,
      fix: 'set MultiAZ to true',
      controlPlane: 'replaces the node',
    }),
  );
}

function restoredFromPoint(store: Store): Path {
  const { resource, protect, open } = store;
  const point = bestPoint(store, () => true);
  if (point) return byHand(resource, inSequence(...point.restore), TWO_NODES);
  return neverBack({
    what: 'its only node is lost with its data, and nothing is kept elsewhere',
    source: 'no snapshot and no backup',
    resource,
    fix: `${TWO_NODES}; ${protect}`,
    ...(open !== undefined && { open }),
  });
}

/** Snapshots every eight hours, and sooner where much changes; copied where it says so. */
function backupsOf(cluster: Resource): Pick<Store, 'points' | 'open'> {
  const kept = retains('AutomatedSnapshotRetentionPeriod', 1)(cluster);
  const away = isSet(cluster, 'DestinationRegion');
  const planned = plannedPoints(cluster);
  const open = whyOpen(kept, away instanceof Unknown ? away : undefined) ?? planned.open;
  const own = pointsWhere(kept, () => [ownSnapshots(cluster, 8 * HOUR, SNAPSHOTS)]);
  return {
    points: [...own, ...(away === true ? own.map(copied) : []), ...planned.points],
    ...(open !== undefined && { open }),
  };
}

function copied(point: Point): Point {
  const { value } = AWS_FACTS.backupCopySeconds;
  const copy = { what: 'copy to the other region', seconds: value.worst, source: 'assumed' };
  return { ...point, what: 'copies of snapshots', loss: [...point.loss, copy], elsewhere: true };
}
