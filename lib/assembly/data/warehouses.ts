import { textOfBoolean } from '../question';
import type { Resource } from '../resource';

/** Node types whose data stands in managed storage, which is S3. */
const MANAGED_STORAGE = /^r[a-z]\d/;

/** How many nodes a cluster of Redshift has, at the least. */
export function warehouseNodesOf(cluster: Resource): number {
  if (cluster.text('ClusterType') === 'single-node') return 1;
  const nodes = cluster.number('NumberOfNodes');
  return typeof nodes === 'number' ? nodes : cluster.text('ClusterType') === 'multi-node' ? 2 : 1;
}

/** Whether its data outlives its nodes, and their zone. */
export function hasManagedStorage(cluster: Resource): boolean {
  const type = cluster.text('NodeType');
  return typeof type === 'string' && MANAGED_STORAGE.test(type);
}

/** Whether a cluster is moved to another zone when its own is lost. */
export function isRelocated(cluster: Resource): boolean {
  const moves = cluster.text('AvailabilityZoneRelocation');
  return hasManagedStorage(cluster) && typeof moves === 'string' && textOfBoolean(moves) === 'true';
}
