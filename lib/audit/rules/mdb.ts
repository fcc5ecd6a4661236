import { all } from '../../assembly/judgement';
import { ENCRYPTION_KEYS, PATCHING, REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH, LOW, MEDIUM } from '../severity';

const CLUSTER = ['AWS::MemoryDB::Cluster'];
const GUIDE = 'https://docs.aws.amazon.com/memorydb/latest/devguide';

export const memoryClusterSurvivesZone: Rule = {
  id: 'MDB-01',
  title: 'MemoryDB clusters have replicas, and stand in at least two zones.',
  kind: 'redundancy',
  why: 'A shard without a replica in another zone is down until AWS has read its log into a new node.',
  fix: 'set NumReplicasPerShard to 1 or more, and give the subnet group subnets in two zones',
  severity: HIGH,
  appliesTo: CLUSTER,
  replaces: ['SubnetGroupName'],
  controls: REDUNDANCY,
  sources: [`${GUIDE}/autofailover.html`],
  check: (cluster) =>
    all(
      cluster.atLeast('NumReplicasPerShard', 1, { unit: 'replicas' }),
      cluster.zones.atLeast(2, 'SubnetGroupName'),
    ),
};

export const memoryClusterPatchedByItself: Rule = {
  id: 'MDB-02',
  title: 'MemoryDB clusters take minor versions by themselves.',
  kind: 'protection',
  why: 'Corrections of crashes and data loss wait for somebody to remember the cluster.',
  fix: 'set AutoMinorVersionUpgrade to true, or leave it out',
  severity: LOW,
  appliesTo: CLUSTER,
  controls: PATCHING,
  sources: [`${GUIDE}/engine-versions.html`],
  check: (cluster) => cluster.isNot('AutoMinorVersionUpgrade', false),
};

export const memorySnapshotsHaveOwnKey: Rule = {
  id: 'MDB-03',
  title: 'MemoryDB clusters, and so their snapshots, are encrypted with a key of the customer.',
  kind: 'compliance',
  why: 'A snapshot under a key of AWS cannot be closed by whoever answers for the data.',
  fix: 'restore a snapshot into a new cluster with KmsKeyId',
  severity: MEDIUM,
  appliesTo: CLUSTER,
  replaces: ['KmsKeyId'],
  controls: ENCRYPTION_KEYS,
  sources: [`${GUIDE}/at-rest-encryption.html`],
  check: (cluster) => cluster.isSet('KmsKeyId', 'a key of the customer'),
};
