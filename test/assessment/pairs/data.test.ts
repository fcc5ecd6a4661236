import { shareOfOutage } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import type { TestTemplate } from '../../support/graph';

const MINUTES_A_YEAR = 525_600;

function alone(type: string, properties: object, others: TestTemplate['Resources'] = {}) {
  return assessed({ Resources: { Store: { Type: type, Properties: properties }, ...others } });
}

function cluster(type: string, instances: readonly object[], properties: object = {}) {
  const members = instances.map((instance, index) => [
    `Member${index}`,
    {
      Type: type.replace('DBCluster', 'DBInstance'),
      Properties: { DBClusterIdentifier: { Ref: 'Store' }, Engine: 'aurora-postgresql', ...instance },
    },
  ]);
  return alone(type, { Engine: 'aurora-postgresql', ...properties }, Object.fromEntries(members));
}

/** Downtime in minutes a year of something with this unavailability, beside a region and a defect of 1e-5 each. */
function minutesOf(...parts: readonly number[]): number {
  const up = [...parts, 1e-5].reduce((product, part) => product * (1 - part), 1);
  return (1 - up) * MINUTES_A_YEAR;
}

describe('a database', () => {
  const single = alone('AWS::RDS::DBInstance', { AvailabilityZone: 'eu-west-1a' });
  const multi = alone('AWS::RDS::DBInstance', { MultiAZ: true });

  it('in one zone stops with the zone, and by itself as its agreement allows', () => {
    expect(singlePoints(single)).toContain('zone:eu-west-1a');
    expect(single.availability.downtimeMinutesPerYear).toBeCloseTo(minutesOf(5e-3, 1e-5), 6);
  });

  it('in two zones stops with the region, by itself ten times less, and while it fails over', () => {
    expect(eventIds(multi).some((id) => id.startsWith('zone:'))).toBe(false);
    const failingOver = (1 - (1 - 5e-3) / (1 - 5e-4)) * shareOfOutage(60 + 5);
    expect(multi.availability.downtimeMinutesPerYear).toBeCloseTo(minutesOf(5e-4, failingOver), 6);
  });

  it.each(['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'])(
    'of the kind %s stops with its zone without a reader, and not with one',
    (type) => {
      const [writer, reader] = [{ AvailabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1b' }];
      const without = cluster(type, [writer]);
      const with_ = cluster(type, [writer, reader]);
      expect(assumptionsOf(without)).toMatch(/works in one zone at a time/);
      expect(with_.availability.unavailability).toBeLessThan(without.availability.unavailability / 5);
      expect(singlePoints(with_).some((id) => id.startsWith('zone:'))).toBe(false);
    },
  );

  describe.each(['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'])(
    'of the kind %s without an instance',
    (type) => {
      const [bare, one] = [cluster(type, []), cluster(type, [{}])];

      it('serves nobody, while one instance does', () => {
        expect([bare.availability.availability, bare.availability.meets]).toEqual([0, false]);
        expect(singlePoints(bare)).toContain('resource:app/Store#off');
        expect(assumptionsOf(bare)).toMatch(/app\/Store serves nobody: no instance of it is in the app/);
        expect(one.availability.availability).toBeGreaterThan(0.99);
        expect(assumptionsOf(one)).not.toMatch(/instance/);
      });

      it('has nothing that comes back from a loss', () => {
        const { instance, availabilityZone } = bare.recovery;
        const why = 'it serves nobody, whatever is lost';
        expect([instance, availabilityZone]).toMatchObject([
          { meets: undefined, unknown: why },
          { meets: undefined, unknown: why },
        ]);
      });

      it('counts as one with a single instance where another app may add some, and that is said', () => {
        const exported = assessed({
          Resources: { Store: { Type: type, Properties: { Engine: 'aurora-postgresql' } } },
          Outputs: { Name: { Value: { Ref: 'Store' }, Export: { Name: 'orders' } } },
        });
        expect(exported.availability.availability).toBe(one.availability.availability);
        expect(assumptionsOf(exported)).toContain(
          'app/Store counts as a cluster of one instance: none is in the app, and another app may add them, for it is exported',
        );
      });

      it('counts as one with a single instance where some may belong to it, and that is said', () => {
        const open = assessed({
          Parameters: { Name: { Type: 'String' } },
          Resources: {
            Store: { Type: type, Properties: { Engine: 'aurora-postgresql' } },
            Member: {
              Type: type.replace('DBCluster', 'DBInstance'),
              Properties: { DBClusterIdentifier: { Ref: 'Name' }, Engine: 'aurora-postgresql' },
            },
          },
        });
        expect(open.availability.availability).toBeGreaterThan(0.99);
        expect(assumptionsOf(open)).toMatch(/app\/Store counts as a cluster of one instance: .*Member/);
      });
    },
  );

  it('of which another region has a copy without instances still serves: a pilot light', () => {
    const copy = alone('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      GlobalClusterIdentifier: 'orders',
    });
    expect(assumptionsOf(copy)).not.toMatch(/serves nobody/);
  });

  it.each([
    ['a serverless cluster of the first version', { Engine: 'aurora-mysql', EngineMode: 'serverless' }],
    ['a limitless database', { Engine: 'aurora-postgresql', ClusterScalabilityType: 'limitless' }],
    ['a Multi-AZ cluster', { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' }],
  ])('needs no instances of its own where it is %s', (_, properties) => {
    const { availability } = alone('AWS::RDS::DBCluster', properties);
    expect(availability.availability).toBeGreaterThan(0.99);
  });

  it('whose reader stands in the zone of its writer is in one zone', () => {
    const zone = { AvailabilityZone: 'eu-west-1a' };
    expect(
      singlePoints(cluster('AWS::RDS::DBCluster', [zone, zone])).some((id) => id.startsWith('zone:')),
    ).toBe(true);
  });
});

describe('a cache', () => {
  const group = (properties: object) =>
    alone('AWS::ElastiCache::ReplicationGroup', { NumCacheClusters: 2, ...properties });
  const whole = group({ AutomaticFailoverEnabled: true, MultiAZEnabled: true });

  it.each([
    ['without a replica', { NumCacheClusters: 1, AutomaticFailoverEnabled: true, MultiAZEnabled: true }],
    ['that does not fail over', { AutomaticFailoverEnabled: false, MultiAZEnabled: false }],
    ['whose replicas stand in its zone', { AutomaticFailoverEnabled: true, MultiAZEnabled: false }],
  ])('%s stops more often than one that moves to another zone', (_, properties) => {
    const weaker = group(properties);
    expect(weaker.availability.unavailability).toBeGreaterThan(whole.availability.unavailability * 5);
    expect(assumptionsOf(weaker)).toMatch(/works in one zone at a time/);
  });
});

describe('other stores', () => {
  it.each([
    ['AWS::EFS::FileSystem', { AvailabilityZoneName: 'eu-west-1a' }, {}],
    [
      'AWS::FSx::FileSystem',
      { OntapConfiguration: { DeploymentType: 'SINGLE_AZ_1' } },
      { OntapConfiguration: { DeploymentType: 'MULTI_AZ_1' } },
    ],
    ['AWS::MemoryDB::Cluster', { NumReplicasPerShard: 0 }, { NumReplicasPerShard: 1 }],
    ['AWS::DAX::Cluster', { ReplicationFactor: 1 }, { ReplicationFactor: 3 }],
    [
      'AWS::OpenSearchService::Domain',
      { ClusterConfig: { InstanceCount: 3 } },
      { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } },
    ],
    [
      'AWS::OpenSearchService::Domain',
      { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } },
      { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true, MultiAZWithStandbyEnabled: true } },
    ],
  ])('of the kind %s are the less available, the fewer zones they stand in', (type, weaker, stronger) => {
    const [one, other] = [alone(type, weaker), alone(type, stronger)];
    expect(one.availability.unavailability).toBeGreaterThan(other.availability.unavailability * 1.5);
  });

  it('ask for a key of the customer each time, and fail with it', () => {
    const key = { Key: { Type: 'AWS::KMS::Key', Properties: {} } };
    const encrypted = alone(
      'AWS::DynamoDB::Table',
      { SSESpecification: { KMSMasterKeyId: { Ref: 'Key' } } },
      key,
    );
    expect(singlePoints(encrypted)).toContain('service:kms@any-region');
    expect(eventIds(alone('AWS::DynamoDB::Table', {}, key))).not.toContain('service:kms@any-region');
  });

  it('count at the safe side where a parameter decides whether there is a standby', () => {
    const open = assessed({
      Parameters: { Multi: { Type: 'String' } },
      Resources: { Store: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ: { Ref: 'Multi' } } } },
    });
    expect(assumptionsOf(open)).toMatch(/MultiAZ of app\/Store counts as not set/);
  });
});

describe('a table with replicas', () => {
  const handler = (table: unknown) => ({
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: { TABLE: table } } },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }],
            },
          },
        ],
      },
    },
  });
  const table = (regions: readonly string[], more: object = {}) => ({
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { TableName: 'orders', Replicas: regions.map((Region) => ({ Region })), ...more },
  });
  const app = (regions: readonly string[], more: object = {}) =>
    assessed({
      stacks: {
        west: { region: 'eu-west-1', template: { Resources: { Table: table(regions, more) } } },
        central: { region: 'eu-central-1', template: { Resources: handler('orders') } },
      },
    });

  it('is used in the region of its user where it has a replica there', () => {
    expect(eventIds(app(['eu-west-1', 'eu-central-1']))).toContain('service:dynamodb@eu-central-1');
    expect(eventIds(app(['eu-west-1', 'eu-central-1']))).not.toContain('region:eu-west-1');
  });

  it('is known by its ARN in each of its regions', () => {
    const named = assessed({
      stacks: {
        west: {
          region: 'eu-west-1',
          template: { Resources: { Table: table(['eu-west-1', 'eu-central-1']) } },
        },
        central: {
          region: 'eu-central-1',
          template: { Resources: handler('arn:aws:dynamodb:eu-central-1:111122223333:table/orders') },
        },
      },
    });
    expect(eventIds(named)).toContain('service:dynamodb@eu-central-1');
  });

  it('ties its user to another region where it has none', () => {
    const tied = app(['eu-west-1']);
    expect(singlePoints(tied)).toContain('region:eu-west-1');
    expect(assumptionsOf(tied)).toMatch(/has no replica in eu-central-1/);
  });

  it('needs another region to agree where it is strongly consistent', () => {
    const strong = app(['eu-west-1', 'eu-central-1'], {
      MultiRegionConsistency: 'STRONG',
      GlobalTableWitnesses: [{ Region: 'eu-north-1' }],
    });
    expect(eventIds(strong)).toEqual(expect.arrayContaining(['region:eu-north-1', 'region:eu-west-1']));
    expect(singlePoints(strong)).not.toContain('region:eu-west-1');
  });
});
