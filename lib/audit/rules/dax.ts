import { all } from '../../assembly/judgement';
import { zonesNamedIn } from '../../assembly/network/zones';
import { isSet } from '../../assembly/property-truth';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const ZONES = 'AvailabilityZones';

export const acceleratorSurvivesZone: Rule = {
  id: 'DAX-01',
  title: 'DAX clusters have at least two nodes, in two zones.',
  kind: 'redundancy',
  why: 'With its only node or zone, the accelerator is gone, and its load falls on the table at once.',
  fix: 'set ReplicationFactor to 2 or more, preferably 3, and use subnets in as many zones',
  severity: HIGH,
  appliesTo: ['AWS::DAX::Cluster'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html'],
  check: (cluster) =>
    all(
      cluster.atLeast('ReplicationFactor', 2, { unit: 'nodes' }),
      isSet(cluster, ZONES) === false
        ? cluster.zones.atLeast(2, 'SubnetGroupName')
        : zonesNamedIn(cluster.get(ZONES), cluster.stack).atLeast(2, ZONES),
    ),
};
