import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { AWS_SLAS } from '../../../lib/calculus/aws-slas';
import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed } from '../../support/assess';

const HOUR = 3600;

/** What comes beside each: the region, and a defect in all copies. */
const BESIDE = [1e-5, 1e-5];

const down = (name: keyof typeof AWS_SLAS) => 1 - AWS_SLAS[name].availability.value;

/** Unavailability of what all of these stop. */
function anyOf(...parts: readonly number[]): number {
  return 1 - [...parts, ...BESIDE].reduce((product, part) => product * (1 - part), 1);
}

/** What one that stands alone is down beside what all of it is down anyway, as far as a failover lasts. */
function waited(alone: number, whole: number, seconds: number, repair = HOUR): number {
  return (1 - (1 - alone) / (1 - whole)) * shareOfOutage(seconds, repair);
}

function store(type: string, properties: object, instances: readonly object[] = [], repairHours?: number) {
  const members = instances.map((instance, index) => [
    `Member${index}`,
    {
      Type: type.replace('DBCluster', 'DBInstance'),
      Properties: { DBClusterIdentifier: { Ref: 'Store' }, Engine: 'aurora-postgresql', ...instance },
    },
  ]);
  const Resources = { Store: { Type: type, Properties: properties }, ...Object.fromEntries(members) };
  return assessed({ Resources }, repairHours === undefined ? {} : { assumed: { repairHours } });
}

type Parts = Parameters<typeof store>;

const [WEST, NORTH] = [{ AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1b' }];
const RDS = 'AWS::RDS::DBInstance';
const AURORA = { Engine: 'aurora-postgresql' };
const RECONNECT = AWS_FACTS.reconnectSeconds.value.typical;

type Case = readonly [what: string, alone: Parts, many: Parts, figures: readonly [number, number, number]];

const CASES: readonly Case[] = [
  [
    'a Multi-AZ database',
    [RDS, {}],
    [RDS, { MultiAZ: true }],
    [down('rdsSingleInstance'), down('rdsMultiAz'), 60 + RECONNECT],
  ],
  [
    'a Multi-AZ cluster',
    [RDS, {}],
    ['AWS::RDS::DBCluster', { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' }],
    [down('rdsSingleInstance'), down('rdsMultiAz'), 35 + RECONNECT],
  ],
  ...(
    [
      ['AWS::RDS::DBCluster', 30],
      ['AWS::DocDB::DBCluster', 30],
      ['AWS::Neptune::DBCluster', 60],
    ] as const
  ).map(
    ([type, seconds]): Case => [
      `a reader of ${type}`,
      [type, AURORA, [WEST]],
      [type, AURORA, [WEST, NORTH]],
      [down('auroraSingleAz'), down('auroraMultiAz'), seconds + RECONNECT],
    ],
  ),
  [
    'a replica of a cache',
    ['AWS::ElastiCache::ReplicationGroup', { NumCacheClusters: 1 }],
    [
      'AWS::ElastiCache::ReplicationGroup',
      { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true },
    ],
    [down('elastiCacheSingleAz'), down('elastiCacheMultiAz'), 30 + RECONNECT],
  ],
  [
    'a replica of MemoryDB',
    ['AWS::MemoryDB::Cluster', { NumReplicasPerShard: 0 }],
    ['AWS::MemoryDB::Cluster', { NumReplicasPerShard: 1 }],
    [down('memoryDbSingleAz'), down('memoryDbMultiAz'), 30 + RECONNECT],
  ],
  [
    'a replica of DAX',
    ['AWS::DAX::Cluster', { ReplicationFactor: 1 }],
    ['AWS::DAX::Cluster', { ReplicationFactor: 3 }],
    [down('daxSingleNode'), down('daxMultiAz'), 30 + RECONNECT],
  ],
  [
    'a standby zone of search',
    ['AWS::OpenSearchService::Domain', { ClusterConfig: { InstanceCount: 3 } }],
    [
      'AWS::OpenSearchService::Domain',
      { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true, MultiAZWithStandbyEnabled: true } },
    ],
    [down('computeInstance'), down('openSearchStandby'), 60 + RECONNECT],
  ],
  [
    'a broker that waits',
    ['AWS::AmazonMQ::Broker', { DeploymentMode: 'SINGLE_INSTANCE' }],
    ['AWS::AmazonMQ::Broker', { DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' }],
    [down('computeInstance'), 1e-3, 60 + RECONNECT],
  ],
  [
    'a warehouse in two zones',
    ['AWS::Redshift::Cluster', {}],
    ['AWS::Redshift::Cluster', { MultiAZ: true }],
    [down('computeInstance'), 1e-3, 60 + RECONNECT],
  ],
];

const EVENT = 'resource:app/Store#failover';

describe.each(CASES)('%s', (_, one, two, [alone, whole, seconds]) => {
  const [before, after] = [store(...one), store(...two)];
  const event = after.availability.model.events.get(EVENT);

  it('costs the time in which it fails over, and still far less than standing alone', () => {
    const expected = anyOf((whole - 1e-5) / (1 - 1e-5), waited(alone, whole, seconds));
    expect(after.availability.unavailability).toBeCloseTo(expected, 8);
    expect(event?.what).toBe(`the ${seconds} s of each failover of app/Store`);
    expect(before.availability.model.events.has(EVENT)).toBe(false);
    expect(before.availability.unavailability).toBeGreaterThan(after.availability.unavailability * 2);
  });

  it('says what the time is made of, each part with its source', () => {
    const terms = event?.likelihood.terms ?? [];
    expect(terms.map(({ what }) => what).slice(0, 3)).toEqual([
      'failovers that take as long as they do, of outages of 1 h',
      expect.stringMatching(/: \d+ s of 3600 s$/),
      `clients open their connections again: ${RECONNECT} s of 3600 s`,
    ]);
    expect(terms.every(({ source }) => source.length > 0)).toBe(true);
  });

  it.each([0.001, 0.01, 1, 10])('is never worse than standing alone, with repairs in %s h', (repairHours) => {
    const [type, properties, instances] = two;
    const [typeAlone, propertiesAlone, instancesAlone] = one;
    const many = store(type, properties, instances, repairHours);
    const single = store(typeAlone, propertiesAlone, instancesAlone, repairHours);
    expect(many.availability.unavailability).toBeLessThan(single.availability.unavailability);
    const rest = waited(alone, whole, seconds, repairHours * HOUR);
    expect(many.availability.model.events.get(EVENT)?.likelihood.unavailability).toBeCloseTo(rest, 9);
  });

  it('comes back from the loss of an instance and of a zone by itself', () => {
    const { instance, availabilityZone } = after.recovery;
    expect(Number.isFinite(instance.rtoSeconds)).toBe(true);
    expect(availabilityZone.rtoTerms.some(({ what }) => what.includes('a person'))).toBe(false);
  });
});

describe('what fails over', () => {
  it('waits less, the quicker it does: a Multi-AZ cluster beside a Multi-AZ instance', () => {
    const [, , instance] = CASES[0] as Case;
    const [, , cluster] = CASES[1] as Case;
    const [slow, quick] = [store(...instance), store(...cluster)];
    expect(quick.availability.unavailability).toBeLessThan(slow.availability.unavailability);
  });

  it.each([
    ['a serverless cache', 'AWS::ElastiCache::ServerlessCache'],
    ['Aurora DSQL', 'AWS::DSQL::Cluster'],
    ['a table', 'AWS::DynamoDB::Table'],
  ])('is none of %s', (_, type) => {
    expect(store(type, {}).availability.model.events.has(EVENT)).toBe(false);
  });
});
