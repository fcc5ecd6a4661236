import { topologyOf } from '../../lib/assessment/topology';
import { assessed } from '../support/assess';
import { subnetsIn, type TestApp } from '../support/graph';

const topology = (app: TestApp) => topologyOf(assessed(app).availability);

/** A load balancer over two zones with four instances behind it, and a function beside it. */
const WEB = {
  ...subnetsIn('eu-west-1a', 'eu-west-1b'),
  Front: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type: 'application', Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }] },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Front' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
    },
  },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
  Workers: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '4',
      MaxSize: '4',
      TargetGroupARNs: [{ Ref: 'Targets' }],
      VPCZoneIdentifier: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
    },
  },
};

const record = (failover: string) => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    Name: 'www.example.com',
    Type: 'A',
    HostedZoneId: 'Z1',
    SetIdentifier: failover,
    Failover: failover,
    AliasTarget: {
      DNSName: { 'Fn::GetAtt': ['Front', 'DNSName'] },
      HostedZoneId: { 'Fn::GetAtt': ['Front', 'CanonicalHostedZoneID'] },
      EvaluateTargetHealth: true,
    },
  },
});

describe('the picture of one region', () => {
  const { components, edges, regions, domains } = topology({
    stacks: { app: { region: 'eu-west-1', template: { Resources: WEB } } },
  });
  const named = (id: string) => components.find(({ resource }) => resource.logicalId === id);

  it('has its zones', () => {
    expect(regions).toEqual([{ name: 'eu-west-1', zones: ['eu-west-1a', 'eu-west-1b'] }]);
  });

  it('places units in their zones', () => {
    expect(named('Workers')).toMatchObject({
      regions: ['eu-west-1'],
      entry: false,
      zones: [
        { zone: 'eu-west-1a', units: 2 },
        { zone: 'eu-west-1b', units: 2 },
      ],
    });
  });

  it('begins with what users come in through', () => {
    expect(named('Front')).toMatchObject({ entry: true, stopsAlone: true });
    expect(edges).toContainEqual({ from: undefined, to: 'app/Front', leaning: 'needs' });
  });

  it('leads past what cannot fail by itself', () => {
    expect(named('Targets')).toBeUndefined();
    expect(edges).toContainEqual({ from: 'app/Front', to: 'app/Workers', leaning: 'needs' });
  });

  it('counts what each shared domain strikes', () => {
    const strikes = Object.fromEntries(domains.map(({ event, components: count }) => [event.id, count]));
    expect(strikes).toMatchObject({ 'zone:eu-west-1a': 2, 'region:eu-west-1': 2, 'software:app': 0 });
  });
});

describe('the picture of two regions', () => {
  const { components, edges, regions } = topology({
    stacks: {
      west: { region: 'eu-west-1', template: { Resources: { ...WEB, Name: record('PRIMARY') } } },
      north: { region: 'eu-north-1', template: { Resources: { ...WEB, Name: record('SECONDARY') } } },
    },
  });

  it('has both, with a name over them', () => {
    expect(regions.map(({ name }) => name)).toEqual(['eu-north-1', 'eu-west-1']);
    expect(components.find(({ resource }) => resource.id === 'west/Name')).toMatchObject({
      regions: [],
      entry: true,
    });
  });

  it('tells what serves from what takes over, and by which switch', () => {
    expect(edges).toContainEqual({ from: 'west/Name', to: 'west/Front', leaning: 'oneOf' });
    expect(edges).toContainEqual({
      from: 'west/Name',
      to: 'north/Front',
      leaning: 'failsOverTo',
      switch: expect.stringContaining('www.example.com'),
    });
  });
});

it('the picture of what nothing is known of is empty', () => {
  expect(topology({ Resources: { Own: { Type: 'Custom::Thing' } } })).toMatchObject({
    components: [],
    edges: [],
    regions: [],
  });
});
