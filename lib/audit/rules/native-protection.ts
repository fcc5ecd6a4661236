import { KAFKA_DEFAULTS, kafkaSetting } from '../../assembly/data/kafka-settings';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { Tier } from '../../objectives/tier';
import { BACKUP } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const PROPERTIES = 'ServerProperties';
const SNAPSHOT_COPIES = 'SnapshotCopyConfigurations.0.DestinationRegion';
const STANDBY = 'ClusterConfig.MultiAZWithStandbyEnabled';

type Check = (resource: Resource, context: RuleContext) => Judgement | readonly Judgement[];

const CHECKS: Readonly<Record<string, Check>> = {
  'AWS::Cassandra::Table': (table, { service }) =>
    unlessRebuildable(table, service, (own) =>
      own.is('PointInTimeRecoveryEnabled', true, { default: false }),
    ),
  'AWS::MSK::Configuration': (configuration) =>
    all(...Object.keys(KAFKA_DEFAULTS).map((name) => keepsCopies(configuration, name))),
  'AWS::MemoryDB::Cluster': (cluster, { service }) =>
    unlessRebuildable(cluster, service, (own) => own.atLeast('SnapshotRetentionLimit', 1, { unit: 'days' })),
  'AWS::OpenSearchService::Domain': (domain, { service }) =>
    service.tier === Tier.MISSION_CRITICAL
      ? domain.is(STANDBY, true)
      : notApplicable('a standby is asked for at tier 0'),
  'AWS::RedshiftServerless::Namespace': (namespace, { service }) =>
    unlessRebuildable(namespace, service, (own) => own.isSet(SNAPSHOT_COPIES, 'a copy in another region')),
};

export const storesProtectThemselves: Rule = {
  id: 'X-45',
  title: 'Stores use the protection that they bring: snapshots, points in time, standbys, copies.',
  kind: 'backup',
  why: 'What the store itself offers is the fastest way back: without it, a damaged or lost store waits for a backup of last night.',
  fix: 'turn it on',
  severity: MEDIUM,
  appliesTo: Object.keys(CHECKS),
  controls: BACKUP,
  sources: [
    'https://docs.aws.amazon.com/memorydb/latest/devguide/snapshots-automatic.html',
    'https://docs.aws.amazon.com/keyspaces/latest/devguide/PointInTimeRecovery.html',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshots-recovery-points.html',
  ],
  check: (resource, context) => CHECKS[resource.type]?.(resource, context) ?? [],
};

function keepsCopies(configuration: Resource, name: string): Judgement {
  const least = KAFKA_DEFAULTS[name]?.least ?? 1;
  const value = kafkaSetting(configuration, name);
  if (value instanceof Unknown) return unknown(PROPERTIES, value);
  const found = `${name}=${value}`;
  return value >= least
    ? pass({ property: PROPERTIES, found })
    : fail({ property: PROPERTIES, found, needed: `at least ${least}` });
}
