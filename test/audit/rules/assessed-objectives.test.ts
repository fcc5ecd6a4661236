import { audit } from '../../../lib/audit/engine';
import { servicesAreAvailable, servicesComeBackInTime } from '../../../lib/audit/rules/assessed-objectives';
import { DependencyKind } from '../../../lib/objectives/dependency';
import { Tier } from '../../../lib/objectives/tier';
import type { Config } from '../../../lib/records/config';
import { declaring } from '../../support/declared';
import { graphOf } from '../../support/graph';
import { checks } from '../../support/rule-cases';

/** One service that owns every stack. */
const shopOf = (tier: Tier): Config => ({
  services: [{ name: 'shop', tier, owner: 'team', stacks: ['*'], paths: [], tags: {}, dependsOn: [] }],
});

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const PITR = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };

type Properties = Readonly<Record<string, unknown>>;

const resource = (type: string, properties: Properties = {}) => ({ Type: type, Properties: properties });
const one = (type: string, properties: Properties = {}) => ({
  Resources: { Subject: resource(type, properties) },
});
const replicated = (...regions: readonly string[]) =>
  one(GLOBAL, { Replicas: regions.map((Region) => ({ Region, ...PITR })) });

const TWO_ZONES = { MinSize: '2', MaxSize: '4', AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] };
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const DATABASE = 'AWS::RDS::DBInstance';

/** The two sides of a failover, each in the zone that is given. */
const sides = (zones: readonly unknown[]) => {
  const side = (Failover: string, HostedZoneId: unknown, address: string) =>
    resource('AWS::Route53::RecordSet', {
      Name: 'shop.example.com',
      Type: 'A',
      TTL: '60',
      HostedZoneId,
      Failover,
      SetIdentifier: Failover,
      HealthCheckId: `check-of-${address}`,
      ResourceRecords: [address],
    });
  return {
    Parameters: { One: { Type: 'String' }, Two: { Type: 'String' } },
    Resources: {
      Subject: side('PRIMARY', zones[0], '192.0.2.1'),
      Twin: side('SECONDARY', zones[1], '192.0.2.2'),
    },
  };
};
const OPEN_ZONES = sides([{ Ref: 'One' }, { Ref: 'Two' }]);

// At tier 2, whose region must be back within eight hours, and its zones within 15 minutes.
checks(servicesComeBackInTime, {
  config: shopOf(Tier.IMPORTANT),
  passes: {
    'the database has a standby, and its backups follow to another region': one(DATABASE, {
      MultiAZ: true,
      AutomaticBackupReplicationRegion: 'eu-central-1',
    }),
    'instances run in two zones': one(GROUP, TWO_ZONES),
    'a table has a replica in another region': replicated('eu-west-1', 'eu-central-1'),
  },
  fails: {
    'a table is in one region': one(TABLE, PITR),
    'the only replica is its own': replicated('eu-west-1'),
    'a cluster writes to one region': one('AWS::DSQL::Cluster'),
    'a database has one instance': one(DATABASE, { AutomaticBackupReplicationRegion: 'eu-central-1' }),
    'instances run in one zone': one(GROUP, { ...TWO_ZONES, AvailabilityZones: ['eu-west-1a'] }),
  },
  unknown: {
    'nobody is seen to come in': one('AWS::SQS::Queue'),
    'deploy decides whether the two sides of a name stand in one zone': OPEN_ZONES,
    'deploy decides whether there is a standby': {
      Parameters: { Spare: { Type: 'String' } },
      ...one(DATABASE, { MultiAZ: { Ref: 'Spare' }, AutomaticBackupReplicationRegion: 'eu-central-1' }),
    },
    'deploy decides whether the cluster writes to two regions': {
      Parameters: { Several: { Type: 'String' } },
      Conditions: { Both: { 'Fn::Equals': [{ Ref: 'Several' }, 'yes'] } },
      Resources: {
        Subject: resource('AWS::DSQL::Cluster', {
          MultiRegionProperties: {
            'Fn::If': ['Both', { WitnessRegion: 'eu-west-3' }, { Ref: 'AWS::NoValue' }],
          },
        }),
      },
    },
  },
  notApplicable: { 'nothing of it is assessed': one('AWS::IAM::Role') },
  equivalent: {
    'Subject.Replicas.*.PointInTimeRecoverySpecification.*':
      'that nothing repairs the data is what X-39 says',
    'Subject.MaxSize': 'what runs at the least decides',
    'Subject.MinSize':
      'a single instance is launched again in the other zone within 10 min, of the 15 min of tier 2',
  },
});

checks(servicesAreAvailable, {
  config: shopOf(Tier.IMPORTANT),
  passes: {
    'the database has a standby': one(DATABASE, { MultiAZ: true }),
    'two instances stand in for each other': one(GROUP, TWO_ZONES),
  },
  fails: {
    'the database runs one instance': one(DATABASE),
    'one instance does all the work': one(GROUP, { ...TWO_ZONES, MinSize: '1' }),
  },
  unknown: {
    'nobody is seen to come in': one('AWS::SQS::Queue'),
    'deploy decides whether the two sides of a name stand in one zone': OPEN_ZONES,
    'its tasks are started by a schedule that is disabled': one('AWS::Events::Rule', {
      State: 'DISABLED',
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 't', EcsParameters: { TaskCount: 1 } }],
    }),
    'a macro may add anything': { Transform: 'Macro', ...one(DATABASE) },
    'deploy decides whether there is a standby': {
      Parameters: { Spare: { Type: 'String' } },
      ...one(DATABASE, { MultiAZ: { Ref: 'Spare' } }),
    },
  },
  notApplicable: { 'nothing of it is assessed': one('AWS::IAM::Role') },
  equivalent: {
    'Subject.MaxSize': 'what runs at the least decides',
    'Subject.AvailabilityZones.*': 'a zone is lost less often than 99.9 % allow',
  },
});

describe('a service that another one does not work without', () => {
  const HARD = DependencyKind.HARD;
  const app = graphOf({
    stacks: {
      shop: { region: 'eu-west-1', template: { Resources: { Ways: resource(GROUP, TWO_ZONES) } } },
      ledger: { region: 'eu-west-1', template: { Resources: { Books: resource(GROUP, TWO_ZONES) } } },
    },
  });
  const configured = (name: string, more: object) => ({
    name,
    tier: Tier.IMPORTANT,
    owner: 'team',
    stacks: [name],
    paths: [],
    tags: {},
    dependsOn: [],
    ...more,
  });
  const failures = (kind: DependencyKind, slo: number) => {
    const services = [
      configured('shop', { slo: 0.999, dependsOn: [{ service: 'ledger', kind }] }),
      configured('ledger', { slo }),
    ];
    const { verdicts } = audit([app], { rules: [servicesAreAvailable], config: { services } });
    return verdicts.filter(({ verdict }) => verdict === 'fail');
  };

  test('owes as much, also where nines.config.yaml alone declares it', () => {
    const [found, ...others] = failures(HARD, 0.99);
    expect(others).toEqual([]);
    expect(found?.logicalId).toBe('Ways');
    expect(found?.message).toContain(
      '99.0000 % owed by ledger, without which shop does not work, needs 99.9000 %',
    );
    expect(found?.fix).toBe(
      'owe 99.9000 % or more of ledger, lower the objective of shop to 99.0000 %, or do without ledger while it is down and declare it soft',
    );
  });

  test('may owe less where it is done without, and as much is enough', () => {
    expect(failures(DependencyKind.SOFT, 0.99)).toEqual([]);
    expect(failures(HARD, 0.999)).toEqual([]);
  });
});

test('where no service is declared nothing is asked', () => {
  const { verdicts } = audit([graphOf(one(TABLE))], {
    rules: [servicesComeBackInTime, servicesAreAvailable],
  });
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['notApplicable', 'notApplicable']);
});

test('a finding names the component, the terms, what is owed and one fix', () => {
  const { verdicts } = audit(
    [graphOf(one('AWS::RDS::DBInstance', { MultiAZ: false, BackupRetentionPeriod: 7 }))],
    {
      rules: [servicesComeBackInTime],
      config: shopOf(Tier.BUSINESS_CRITICAL),
    },
  );
  const found = verdicts.find(({ message }) => message.includes('RTO for the loss of an instance'));
  expect(found?.logicalId).toBe('Subject');
  expect(found?.message).toContain('30 min the only instance recovers in its zone');
  expect(found?.message).toContain('at most 2 min');
  expect(found?.fix).toBe('set MultiAZ to true');
});

test('what costs most is named once, however many units it has', () => {
  const { verdicts } = audit(
    [
      graphOf({
        stacks: {
          shop: {
            region: 'eu-west-1',
            paths: { Group: 'Shop/Group/ASG' },
            template: {
              Metadata: declaring({ peaks: { Group: 3 } }),
              Resources: { Group: resource(GROUP, { ...TWO_ZONES, MinSize: '3' }) },
            },
          },
        },
      }),
    ],
    { rules: [servicesAreAvailable] },
  );
  const [found] = verdicts.filter(({ verdict }) => verdict === 'fail');
  expect(found?.message.match(/Shop\/Group\/ASG/g)).toHaveLength(1);
  expect(found?.message).toMatch(/at best \(\d+ min a year by Shop\/Group\/ASG, \d+ min a year by zone/);
});
