import { replicasMeetCompute } from '../../../lib/audit/rules/table-regions';
import { RegionRole } from '../../../lib/objectives/region-role';
import { placeOf } from '../../support/places';
import { checks, outcomeOf } from '../../support/rule-cases';

type Resources = Record<string, unknown>;

const table = (...regions: unknown[]) => ({
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { TableName: 'orders', Replicas: regions.map((Region) => ({ Region })) },
  },
});

const compute = {
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables: { TABLE: 'orders' } } },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] } },
      ],
    },
  },
};

const app = (west: Resources, central: Resources) => ({
  stacks: {
    west: { region: 'eu-west-1', template: { Resources: west } },
    central: { region: 'eu-central-1', template: { Resources: central } },
  },
});

const topic = { Topic: { Type: 'AWS::SNS::Topic' } };

checks(replicasMeetCompute, {
  passes: {
    'each replica has compute, and each compute a replica': app(
      { ...table('eu-west-1', 'eu-central-1'), ...compute },
      compute,
    ),
    'one region has both': app({ ...table('eu-west-1'), ...compute }, topic),
  },
  fails: {
    'compute runs where no replica is': app({ ...table('eu-west-1'), ...compute }, compute),
    'nothing runs where a replica is': app({ ...table('eu-west-1', 'eu-central-1'), ...compute }, topic),
  },
  unknown: {
    'the region of a replica is open': app({ ...table({ Ref: 'Missing' }), ...compute }, topic),
    'the app has no stack there': app({ ...table('eu-west-1', 'us-east-1'), ...compute }, topic),
    'the app runs nothing': app(table('eu-west-1', 'eu-central-1'), topic),
  },
  notApplicable: {
    'the app has no global table': { Resources: topic },
    'there is no table at all': { Resources: compute },
  },
  equivalent: {
    'west/Table.TableName': 'under another name nobody is seen to use it',
    '*Fn.*': 'who does not use the table needs no replica',
    '*Role.*': 'who may not use the table needs no replica',
  },
});

describe('X-44', () => {
  const consistent = (MultiRegionConsistency: unknown, declared: readonly string[]) => {
    const { Table } = table('eu-west-1', 'eu-central-1');
    const Properties = {
      ...Table.Properties,
      ...(MultiRegionConsistency !== undefined && { MultiRegionConsistency }),
    };
    const resources = { Table: { ...Table, Properties }, ...compute };
    return outcomeOf(replicasMeetCompute, app(resources, compute), 1, {
      services: [],
      rules: { 'X-44': { parameters: { stronglyConsistentTables: declared } } },
    });
  };

  it('wants strong consistency of tables of which that is declared', () => {
    expect(consistent(undefined, ['orders'])).toBe('fail');
    expect(consistent('EVENTUAL', ['Tab*'])).toBe('fail');
    expect(consistent('STRONG', ['orders'])).toBe('pass');
    expect(consistent({ Ref: 'Missing' }, ['orders'])).toBe('unknown');
    expect(consistent(undefined, ['carts'])).toBe('pass');
    expect(consistent(undefined, [])).toBe('pass');
  });

  it('lets a standby that starts late have a replica and no compute', () => {
    const west = placeOf(
      { tier: 2, role: RegionRole.PRIMARY, region: 'eu-west-1' },
      { ...table('eu-west-1', 'eu-central-1'), ...compute },
    );
    const central = (role: RegionRole) => placeOf({ tier: 2, role, region: 'eu-central-1' }, topic);
    const judge = (role: RegionRole) =>
      outcomeOf(replicasMeetCompute, { stacks: { west, central: central(role) } });
    expect(judge(RegionRole.STANDBY)).toBe('pass');
    expect(judge(RegionRole.ACTIVE)).toBe('fail');
  });
});
