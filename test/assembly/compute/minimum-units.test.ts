import { COUNTED_TYPES, minimumUnitsOf } from '../../../lib/assembly/compute/minimum-units';
import { graphOf, subnetsIn } from '../../support/graph';

const SUBNETS = subnetsIn('eu-west-1a', 'eu-west-1b');
const BOTH = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];

function counted(subject: unknown, others: Record<string, unknown> = {}) {
  const graph = graphOf({
    Parameters: { Given: { Type: 'String' } },
    Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
    Resources: { ...SUBNETS, Subject: subject, ...others },
  });
  const found = graph.resources.find(({ logicalId }) => logicalId === 'Subject');
  return found && minimumUnitsOf(found);
}

const service = (properties: Record<string, unknown>) => ({
  Type: 'AWS::ECS::Service',
  Properties: { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: BOTH } }, ...properties },
});
const scaling = (capacity: unknown) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: {
    ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', { 'Fn::GetAtt': ['Subject', 'Name'] }]] },
    MinCapacity: capacity,
  },
});
const cluster = (properties: Record<string, unknown>) => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: properties,
});
const member = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Subject' }, ...properties },
});

describe('the least number of tasks', () => {
  it('is the desired count, one where none is set', () => {
    expect(counted(service({ DesiredCount: '3' }))).toMatchObject({
      noun: 'task',
      property: 'DesiredCount',
      units: { least: 3, most: 3 },
      zones: { least: 2, most: 2 },
    });
    expect(counted(service({}))).toMatchObject({ units: { least: 1, most: 1 } });
  });

  it('is what scaling allows', () => {
    expect(counted(service({ DesiredCount: 5 }), { Scaling: scaling(2) })).toMatchObject({
      property: undefined,
      setBy: 'MinCapacity of Scaling',
      units: { least: 2, most: 2 },
    });
  });

  it('is one of the two where a condition decides whether there is scaling', () => {
    const open = { ...scaling(2), Condition: 'IsGiven' };
    expect(counted(service({ DesiredCount: 5 }), { Scaling: open })).toMatchObject({
      units: { least: 2, most: 5 },
    });
  });

  it('is not asked of a daemon', () => {
    expect(counted(service({ SchedulingStrategy: 'DAEMON' }))).toBe(
      'a daemon runs one task on each instance of its cluster',
    );
  });
});

describe('the zones of data nodes', () => {
  const zones = (config: Record<string, unknown>) =>
    counted({ Type: 'AWS::OpenSearchService::Domain', Properties: { ClusterConfig: config } });

  it.each([
    [{}, 1],
    [{ ZoneAwarenessEnabled: true }, 2],
    [{ ZoneAwarenessEnabled: true, ZoneAwarenessConfig: { AvailabilityZoneCount: 3 } }, 3],
    [{ MultiAZWithStandbyEnabled: true }, 3],
  ])('of %j are %d', (config, count) => {
    expect(zones(config)).toMatchObject({ zones: { least: count, most: count } });
  });

  it('are open where a parameter decides', () => {
    expect(zones({ ZoneAwarenessEnabled: { Ref: 'Given' } })).toMatchObject({
      zones: { least: 1, most: Number.POSITIVE_INFINITY },
    });
  });
});

describe('the instances of Aurora', () => {
  it('are its members, with the readers that scaling keeps', () => {
    const readers = {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ResourceId: { 'Fn::Join': [':', ['cluster', { Ref: 'Subject' }]] }, MinCapacity: 2 },
    };
    const aurora = cluster({ Engine: 'aurora-postgresql' });
    expect(counted(aurora, { Writer: member() })).toMatchObject({ units: { least: 1, most: 1 } });
    expect(counted(aurora, { Writer: member(), Readers: readers })).toMatchObject({
      units: { least: 3, most: 3 },
    });
  });

  it('stand in the zones that all of them name, else in those of the subnet group, which are two or more', () => {
    const aurora = cluster({ Engine: 'aurora-mysql', DBSubnetGroupName: 'elsewhere' });
    const pinned = member({ AvailabilityZone: 'eu-west-1a' });
    expect(counted(aurora, { Writer: pinned, Reader: pinned })).toMatchObject({
      zones: { least: 1, most: 1 },
    });
    expect(counted(aurora, { Writer: pinned, Reader: member() })).toMatchObject({
      zones: { least: 2, most: Number.POSITIVE_INFINITY },
    });
  });

  it('are none of another engine', () => {
    expect(counted(cluster({ Engine: 'mysql' }))).toBe('mysql is not Aurora');
    expect(counted(cluster({ Engine: 'aurora' }))).toBe('the app has no instance of the cluster');
  });
});

it('counts no units of other types', () => {
  expect(COUNTED_TYPES).not.toContain('AWS::SNS::Topic');
  expect(counted({ Type: 'AWS::SNS::Topic' })).toBe('AWS::SNS::Topic has no units to count');
});
