import {
  balancerValuesOf,
  registrationsOf,
  staticTargetsOf,
} from '../../../lib/assembly/compute/load-balancer-targets';
import type { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, subnetsIn, type TestApp } from '../../support/graph';

const GROUP = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' };
const CLASSIC = { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { LoadBalancerName: 'old' } };
const UNDECIDED = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const scaling = (properties: Record<string, unknown>) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { AvailabilityZones: ['eu-west-1a'], ...properties },
});
const service = (entry: unknown, properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::ECS::Service',
  Properties: { LoadBalancers: [entry], ...properties },
});

function find(app: TestApp, logicalId = 'Subject'): Resource {
  const resource = graphOf(app).resources.find((candidate) => candidate.logicalId === logicalId);
  if (!resource) throw new Error(`the case has no ${logicalId}`);
  return resource;
}

function registered(app: TestApp): unknown {
  const { registrations, unknowns } = registrationsOf(find(app));
  return {
    by: registrations.map(({ by, zones, certain }) => [by.logicalId, [...zones.names], certain === true]),
    unknowns: unknowns.length,
  };
}

describe('what takes traffic from a target group', () => {
  it('are scaling groups, services and single targets, with their zones', () => {
    const app = {
      Resources: {
        ...subnetsIn('eu-west-1a', 'eu-west-1b'),
        Subject: { ...GROUP, Properties: { Targets: [{ Id: '10.0.0.4', AvailabilityZone: 'eu-west-1c' }] } },
        Web: scaling({ TargetGroupARNs: [{ Ref: 'Subject' }] }),
        Source: scaling({ TrafficSources: [{ Identifier: { Ref: 'Subject' } }] }),
        Api: service(
          { TargetGroupArn: { Ref: 'Subject' } },
          { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'SubnetB' }] } } },
        ),
      },
    };
    expect(registered(app)).toEqual({
      by: [
        ['Web', ['eu-west-1a'], true],
        ['Source', ['eu-west-1a'], true],
        ['Api', ['eu-west-1b'], true],
        ['Subject', ['eu-west-1c'], true],
      ],
      unknowns: 0,
    });
  });

  it('is counted once where it is named twice', () => {
    const twice = scaling({
      TargetGroupARNs: [{ Ref: 'Subject' }],
      TrafficSources: [{ Identifier: { Ref: 'Subject' } }],
    });
    expect(registered({ Resources: { Subject: GROUP, Web: twice } })).toEqual({
      by: [['Web', ['eu-west-1a'], true]],
      unknowns: 0,
    });
  });

  it('is uncertain where a condition decides', () => {
    const branches = { 'Fn::If': ['IsGiven', { Ref: 'Subject' }, { Ref: 'Other' }] };
    const open = {
      ...UNDECIDED,
      Resources: { Subject: GROUP, Other: GROUP, Web: scaling({ TargetGroupARNs: [branches] }) },
    };
    expect(registered(open)).toEqual({ by: [['Web', ['eu-west-1a'], false]], unknowns: 0 });
    const conditional = { ...scaling({ TargetGroupARNs: [{ Ref: 'Subject' }] }), Condition: 'IsGiven' };
    expect(registered({ ...UNDECIDED, Resources: { Subject: GROUP, Web: conditional } })).toEqual({
      by: [['Web', ['eu-west-1a'], false]],
      unknowns: 0,
    });
  });

  it('may be more than was found where a parameter or a macro decides', () => {
    const given = {
      ...UNDECIDED,
      Resources: { Subject: GROUP, Web: scaling({ TargetGroupARNs: [{ Ref: 'Given' }] }) },
    };
    expect(registered(given)).toEqual({ by: [], unknowns: 1 });
    expect(registered({ Transform: 'MyMacro', Resources: { Subject: GROUP } })).toEqual({
      by: [],
      unknowns: 1,
    });
    const listed = {
      ...UNDECIDED,
      Resources: { Subject: { ...GROUP, Properties: { Targets: { Ref: 'Given' } } } },
    };
    expect(registered(listed)).toEqual({ by: [], unknowns: 1 });
  });

  it('leaves out what names another target group outright', () => {
    const app = { Resources: { Subject: GROUP, Web: scaling({ TargetGroupARNs: ['arn:other'] }) } };
    expect(registered(app)).toEqual({ by: [], unknowns: 0 });
  });

  it('runs nowhere in particular where a service has no subnets', () => {
    const app = { Resources: { Subject: GROUP, Api: service({ TargetGroupArn: { Ref: 'Subject' } }) } };
    const [api] = registrationsOf(find(app)).registrations;
    expect(api?.zones.unknowns[0]?.reason).toBe('Api runs wherever its cluster has instances');
  });
});

describe('what takes traffic from a Classic Load Balancer', () => {
  it('names it by reference or by name', () => {
    const app = {
      Resources: {
        Subject: CLASSIC,
        One: scaling({ LoadBalancerNames: [{ Ref: 'Subject' }] }),
        Two: scaling({ LoadBalancerNames: ['old'] }),
        Three: service({ LoadBalancerName: { Ref: 'Subject' } }),
      },
    };
    expect(registered(app)).toMatchObject({
      by: [
        ['One', ['eu-west-1a'], true],
        ['Two', ['eu-west-1a'], true],
        ['Three', [], true],
      ],
    });
  });
});

describe('single targets', () => {
  it('stand where their instance does, and an instance without a place in one that AWS chooses', () => {
    const app = {
      Resources: {
        ...subnetsIn('eu-west-1a'),
        Placed: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'SubnetA' } } },
        Free: { Type: 'AWS::EC2::Instance' },
        Subject: { ...GROUP, Properties: { Targets: [{ Id: { Ref: 'Placed' } }, { Id: { Ref: 'Free' } }] } },
      },
    };
    const targets = staticTargetsOf(find(app));
    expect(targets instanceof Unknown ? targets : targets.map(({ least, most }) => [least, most])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});

describe('the values that name target groups', () => {
  it('are the whole list where that is unknown, and none for other types', () => {
    const app = {
      ...UNDECIDED,
      Resources: { Subject: scaling({ TargetGroupARNs: { Ref: 'Given' } }), Group: GROUP },
    };
    expect(balancerValuesOf(find(app))).toEqual([expect.any(Unknown)]);
    expect(balancerValuesOf(find(app, 'Group'))).toEqual([]);
  });
});
