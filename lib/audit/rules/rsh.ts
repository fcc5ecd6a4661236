import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import { numeric } from '../../assembly/question';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { BACKUP, ENCRYPTION_KEYS, PATCHING, REDUNDANCY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, INFO, LOW, MEDIUM } from '../severity';

const CLUSTER = ['AWS::Redshift::Cluster'];
const SECURITY_HUB = 'https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html';
const GUIDE = 'https://docs.aws.amazon.com/redshift/latest/mgmt';
const RETENTION = 'AutomatedSnapshotRetentionPeriod';
const GRANT = 'SnapshotCopyGrantName';

export const warehouseBackedUp: Rule = {
  id: 'RSH-01',
  title: 'Redshift clusters make automated snapshots.',
  kind: 'backup',
  why: 'Without snapshots, what the warehouse holds is gone with its nodes or with a wrong DELETE.',
  fix: 'set AutomatedSnapshotRetentionPeriod to between 1 and 35 days',
  severity: MEDIUM,
  appliesTo: CLUSTER,
  controls: BACKUP,
  sources: [`${SECURITY_HUB}#redshift-3`],
  check: (cluster, { service }) => unlessRebuildable(cluster, service, keepsSnapshots),
};

export const warehouseSurvivesZone: Rule = {
  id: 'RSH-02',
  title: 'Redshift clusters of RA3 nodes run in two zones.',
  kind: 'redundancy',
  why: 'A single-zone cluster is down until its zone is back, or until it is relocated or restored.',
  fix: 'set MultiAZ to true',
  severity: MEDIUM,
  appliesTo: CLUSTER,
  controls: REDUNDANCY,
  sources: [`${SECURITY_HUB}#redshift-18`, `${GUIDE}/managing-cluster-multi-az.html`],
  check: runsInTwoZones,
};

export const warehouseSubnetsSpanZones: Rule = {
  id: 'RSH-03',
  title: 'Subnet groups of Redshift cover at least two zones.',
  kind: 'redundancy',
  why: 'A cluster can be moved out of a lost zone only into a zone that its subnet group covers.',
  fix: 'add a subnet in another zone',
  severity: MEDIUM,
  appliesTo: ['AWS::Redshift::ClusterSubnetGroup'],
  controls: REDUNDANCY,
  sources: [`${GUIDE}/managing-cluster-subnet-group-console.html`],
  check: (group) => group.zones.atLeast(2, 'SubnetIds'),
};

export const warehouseMaintained: Rule = {
  id: 'RSH-04',
  title:
    'Redshift clusters take versions by themselves, in a window that is chosen, with snapshots to go back to.',
  kind: 'protection',
  why: 'AWS restarts a cluster at a time that nobody chose, or corrections never reach it.',
  fix: 'set AllowVersionUpgrade to true, a PreferredMaintenanceWindow, and a snapshot retention above 0',
  severity: LOW,
  appliesTo: CLUSTER,
  controls: PATCHING,
  sources: [`${SECURITY_HUB}#redshift-6`],
  check: (cluster) =>
    all(
      cluster.isNot('AllowVersionUpgrade', false),
      cluster.isSet('PreferredMaintenanceWindow', 'a window'),
      cluster.atLeast(RETENTION, 1, { unit: 'days' }),
    ),
};

export const warehouseEncryptedWithOwnKey: Rule = {
  id: 'RSH-05',
  title: 'Redshift clusters and their copied snapshots are encrypted with a key of the customer.',
  kind: 'compliance',
  why: 'Data under a key of AWS cannot be shared with a backup account, nor closed by whoever answers for it.',
  fix: 'set Encrypted to true and KmsKeyId, and a SnapshotCopyGrantName where snapshots are copied',
  severity: HIGH,
  appliesTo: CLUSTER,
  controls: ENCRYPTION_KEYS,
  sources: [`${SECURITY_HUB}#redshift-10`, `${GUIDE}/working-with-db-encryption.html`],
  check: (cluster) =>
    all(
      cluster.is('Encrypted', true),
      cluster.isSet('KmsKeyId', 'a key of the customer'),
      copiesWithGrant(cluster),
    ),
};

export const warehouseRoutesThroughVpc: Rule = {
  id: 'RSH-06',
  title: 'Redshift clusters load and unload through their network.',
  kind: 'compliance',
  why: 'Traffic that leaves the network is seen by no flow log and stopped by no endpoint policy.',
  fix: 'set EnhancedVpcRouting to true',
  severity: INFO,
  appliesTo: CLUSTER,
  controls: ENCRYPTION_KEYS,
  sources: [`${SECURITY_HUB}#redshift-7`],
  check: (cluster) => cluster.is('EnhancedVpcRouting', true),
};

function keepsSnapshots(cluster: Resource): Judgement {
  return cluster.judge(RETENTION, (days) => numeric(days, (n) => n >= 1 && n <= 35), 'between 1 and 35 days');
}

function runsInTwoZones(cluster: Resource): Judgement {
  const judged = cluster.is('MultiAZ', true);
  if (judged.outcome !== 'fail') return judged;
  const nodes = cluster.text('NodeType');
  if (nodes instanceof Unknown) return unknown('NodeType', nodes);
  return nodes === undefined || nodes.toLowerCase().startsWith('ra3')
    ? judged
    : notApplicable(`${nodes} nodes cannot run in two zones`);
}

/** A copy of an encrypted snapshot needs a grant of a key in the other region; which key, only the grant knows. */
function copiesWithGrant(cluster: Resource): Judgement {
  const copies = isSet(cluster, 'DestinationRegion');
  if (copies instanceof Unknown) return unknown('DestinationRegion', copies);
  if (!copies) return pass({ property: 'DestinationRegion', found: 'no copies' });
  const granted = isSet(cluster, GRANT);
  if (granted instanceof Unknown) return unknown(GRANT, granted);
  return granted
    ? unknown(GRANT, 'with which key the grant copies is not in the app')
    : fail({ property: GRANT, found: 'no grant', needed: 'the grant of a key of the customer' });
}
