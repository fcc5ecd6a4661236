import type { Truth } from '../conditions';
import { isSet } from '../property-truth';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { instancesOf } from './cluster-instances';
import { isMultiAzDbCluster, membersOf } from './database-members';
import { isHeadlessCopy } from './headless';

const RDS = 'AWS::RDS::DBCluster';

/**
 * Whether a cluster has no instance in the app, and needs one to serve. Another region’s copy of a global database, a
 * pilot light, gets them when it takes over.
 */
export function isWithoutInstances(cluster: Resource): Truth {
  const membersIn = cluster.type === RDS ? membersOf : instancesOf;
  const { sure, maybe, unknown } = membersIn(cluster);
  if (sure.length > 0) return false;
  const [perhaps] = maybe;
  if (perhaps) return perhaps.presence instanceof Unknown ? perhaps.presence : false;
  const needs = cluster.type === RDS ? needsInstances(cluster) : isPrimary(cluster);
  return needs === true && unknown ? unknown : needs;
}

function needsInstances(cluster: Resource): Truth {
  const several = isMultiAzDbCluster(cluster);
  if (several !== false) return several === true ? false : several;
  const modes = [cluster.text('EngineMode'), cluster.text('ClusterScalabilityType')];
  const open = modes.find((mode) => mode instanceof Unknown);
  if (open instanceof Unknown) return open;
  return !modes.some((mode) => mode === 'serverless' || mode === 'limitless') && !isCopy(cluster);
}

/** What joins a global database without an administrator of its own gets its data from the primary cluster. */
function isCopy(cluster: Resource): boolean {
  const starts = ['MasterUsername', 'SnapshotIdentifier'].some((path) => isSet(cluster, path) !== false);
  return isSet(cluster, 'GlobalClusterIdentifier') !== false && !starts;
}

function isPrimary(cluster: Resource): Truth {
  const copy = isHeadlessCopy(cluster, (other) => instancesOf(other).sure.length > 0);
  return copy instanceof Unknown ? copy : !copy;
}
