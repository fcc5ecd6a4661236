import {
  forwardsOf,
  listenersOf,
  loadBalancersOf,
  loadBalancerType,
  resolveTargetGroup,
} from '../../../lib/assembly/compute/load-balancing';
import { Resource } from '../../../lib/assembly/resource';
import { Unknown } from '../../../lib/assembly/value';
import { graphOf, type TestApp } from '../../support/graph';

const TYPE = 'AWS::ElasticLoadBalancingV2';
const LB = { Type: `${TYPE}::LoadBalancer` };
const GROUP = { Type: `${TYPE}::TargetGroup`, Properties: { Name: 'web' } };
const UNDECIDED = {
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
};
const listener = (...actions: readonly unknown[]) => ({
  Type: `${TYPE}::Listener`,
  Properties: { LoadBalancerArn: { Ref: 'Lb' }, DefaultActions: actions },
});
const rule = (owner: unknown, ...actions: readonly unknown[]) => ({
  Type: `${TYPE}::ListenerRule`,
  Properties: { ListenerArn: owner, Actions: actions },
});
const to = (group: unknown) => ({ Type: 'forward', TargetGroupArn: group });

function find(app: TestApp, logicalId: string): Resource {
  const resource = graphOf(app).resources.find((candidate) => candidate.logicalId === logicalId);
  if (!resource) throw new Error(`the case has no ${logicalId}`);
  return resource;
}

function forwards(app: TestApp): unknown {
  const found = forwardsOf(find(app, 'Lb'));
  return {
    to: found.forwards.map(({ targetGroup, certain }) => [targetGroup.logicalId, certain === true]),
    unknowns: found.unknowns.length,
  };
}

describe('the target groups of a load balancer', () => {
  it('are named by its listeners and their rules, in both forms of an action', () => {
    const app = {
      Resources: {
        Lb: LB,
        One: GROUP,
        Two: GROUP,
        Three: GROUP,
        Listener: listener(to({ Ref: 'One' }), {
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Two' }, Weight: 1 }] },
        }),
        Rule: rule({ Ref: 'Listener' }, to({ Ref: 'Three' })),
      },
    };
    expect(forwards(app)).toEqual({
      to: [
        ['One', true],
        ['Two', true],
        ['Three', true],
      ],
      unknowns: 0,
    });
  });

  it('are none where its listeners redirect', () => {
    const redirect = { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } };
    expect(forwards({ Resources: { Lb: LB, Listener: listener(redirect) } })).toEqual({
      to: [],
      unknowns: 0,
    });
  });

  it('are uncertain where a condition decides about the way to them', () => {
    const app = {
      ...UNDECIDED,
      Resources: {
        Lb: LB,
        One: GROUP,
        Two: GROUP,
        Listener: { ...listener(to({ Ref: 'One' })), Condition: 'IsGiven' },
        Rule: rule({ Ref: 'Listener' }, to({ Ref: 'Two' })),
      },
    };
    expect(forwards(app)).toEqual({
      to: [
        ['One', false],
        ['Two', false],
      ],
      unknowns: 0,
    });
  });

  it('are certain where another listener sends traffic there too', () => {
    const app = {
      ...UNDECIDED,
      Resources: {
        Lb: LB,
        One: GROUP,
        Listener: { ...listener(to({ Ref: 'One' })), Condition: 'IsGiven' },
        Other: listener(to({ Ref: 'One' })),
      },
    };
    expect(forwards(app)).toEqual({ to: [['One', true]], unknowns: 0 });
  });

  it('are unknown where an action, a rule or a macro cannot be followed', () => {
    const imported = { 'Fn::ImportValue': 'elsewhere' };
    expect(forwards({ Resources: { Lb: LB, Listener: listener(to(imported)) } })).toEqual({
      to: [],
      unknowns: 1,
    });
    expect(forwards({ Resources: { Lb: LB, One: GROUP, Rule: rule(imported, to({ Ref: 'One' })) } })).toEqual(
      {
        to: [],
        unknowns: 1,
      },
    );
    expect(forwards({ Transform: 'MyMacro', Resources: { Lb: LB } })).toEqual({ to: [], unknowns: 1 });
  });

  it('leave out what is named for a load balancer outside the app', () => {
    const foreign = { Type: `${TYPE}::Listener`, Properties: { LoadBalancerArn: 'arn:other' } };
    expect(forwards({ Resources: { Lb: LB, Foreign: foreign } })).toEqual({ to: [], unknowns: 0 });
  });

  it('are found across stacks', () => {
    const network = {
      Resources: { Lb: LB, Listener: listener() },
      Outputs: { Listener: { Value: { Ref: 'Listener' }, Export: { Name: 'listener' } } },
    };
    const shop = {
      Resources: { One: GROUP, Rule: rule({ 'Fn::ImportValue': 'listener' }, to({ Ref: 'One' })) },
    };
    expect(forwards({ stacks: { network: { template: network }, shop: { template: shop } } })).toEqual({
      to: [['One', true]],
      unknowns: 0,
    });
  });
});

describe('the load balancers of a target group', () => {
  it('are those whose listeners name it, surely or perhaps', () => {
    const sure = { Lb: LB, One: GROUP, Listener: listener(to({ Ref: 'One' })) };
    const certain = loadBalancersOf(find({ Resources: sure }, 'One'));
    expect(certain.resources.map(({ logicalId }) => logicalId)).toEqual(['Lb']);
    const open = { ...sure, Listener: { ...sure.Listener, Condition: 'IsGiven' } };
    const perhaps = loadBalancersOf(find({ ...UNDECIDED, Resources: open }, 'One'));
    expect([perhaps.resources.length, perhaps.unknowns.length]).toEqual([0, 1]);
  });
});

describe('the listeners of a load balancer', () => {
  it('are not in doubt for a rule that cannot be followed', () => {
    const app = { Resources: { Lb: LB, Rule: rule({ 'Fn::ImportValue': 'elsewhere' }) } };
    expect(listenersOf(find(app, 'Lb'))).toEqual({ resources: [], unknowns: [] });
  });
});

describe('the type of a load balancer', () => {
  it.each([
    [{}, 'application'],
    [{ Type: 'network' }, 'network'],
    [{ Type: 'gateway' }, 'gateway'],
  ])('of %j is %s', (properties, type) => {
    expect(loadBalancerType(find({ Resources: { Lb: { ...LB, Properties: properties } } }, 'Lb'))).toBe(type);
  });

  it('is unknown where a parameter decides', () => {
    const app = { ...UNDECIDED, Resources: { Lb: { ...LB, Properties: { Type: { Ref: 'Given' } } } } };
    expect(loadBalancerType(find(app, 'Lb'))).toBeInstanceOf(Unknown);
  });
});

describe('a target group named by its ARN', () => {
  const arn = (name: string) =>
    `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123`;

  it('is the one of that name in the app', () => {
    const lb = find({ Resources: { Lb: LB, One: GROUP } }, 'Lb');
    const found = resolveTargetGroup(arn('web'), lb);
    expect(found instanceof Resource && found.logicalId).toBe('One');
    expect(resolveTargetGroup(arn('other'), lb)).toBeInstanceOf(Unknown);
  });
});
