import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import { balancer, REGISTERED, ref } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const Parameters = {
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
  Others: { Type: 'List<AWS::EC2::Subnet::Id>' },
  First: { Type: 'AWS::EC2::Subnet::Id' },
  Second: { Type: 'AWS::EC2::Subnet::Id' },
};

function web(...parts: readonly Resources[]) {
  const template = { Parameters, Resources: Object.assign({}, ...parts) };
  return assessed({ stacks: { west: { region: 'eu-west-1', template } } });
}

const zones = (...parts: readonly Resources[]) =>
  singlePoints(web(...parts)).filter((id) => id.startsWith('zone:'));

const front = (properties: object) => balancer('', { Subnets: ref('Subnets'), ...properties });

const behind = (subnets: unknown, count = 4): Resources => ({
  Tasks: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      DesiredCount: count,
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets } },
      ...REGISTERED,
    },
  },
});

describe('a load balancer whose subnets deploy gives', () => {
  const BOTH = ref('Subnets');

  it('of applications stands in two zones, since it accepts no fewer, and says so', () => {
    const design = web(front({}), behind(BOTH));
    expect(singlePoints(design)).toEqual(['resource:west/Front', 'region:eu-west-1', 'software:app']);
    expect(assumptionsOf(design)).toMatch(
      /Front stands in 2 zones at the least: an Application Load Balancer accepts no fewer zones \(https:/,
    );
  });

  it('of networks may stand in one, and is taken to', () => {
    expect(zones(front({ Type: 'network' }), behind(BOTH))).toEqual(['zone:eu-west-1#0']);
    expect(web(front({}), behind(BOTH)).availability.unavailability).toBeLessThan(
      web(front({ Type: 'network' }), behind(BOTH)).availability.unavailability / 2,
    );
  });

  it.each([
    ['the type is not said', {}, 0],
    ['the type is known only at deploy', { Type: { 'Fn::ImportValue': 'type' } }, 1],
    ['each is a parameter of its own', { Subnets: [ref('First'), ref('Second')] }, 0],
  ])('is held to what it surely accepts where %s', (_, properties, expected) => {
    const subnets = 'Subnets' in properties ? properties.Subnets : BOTH;
    expect(zones(front({ Type: undefined, ...properties }), behind(subnets))).toHaveLength(expected);
  });

  it('tells nothing of what is given other subnets', () => {
    expect(zones(front({}), behind(ref('Others')))).toEqual(['zone:eu-west-1#0']);
    expect(zones(front({}), behind([ref('First')]))).toEqual(['zone:eu-west-1#0']);
  });

  it('tells nothing where a condition may leave it out', () => {
    const [, conditional] = [
      {},
      {
        Group: {
          Type: 'AWS::RDS::DBSubnetGroup',
          Condition: 'Maybe',
          Properties: { SubnetIds: ref('Others') },
        },
      },
    ];
    const template = {
      Parameters,
      Conditions: { Maybe: { 'Fn::Equals': [ref('First'), 'x'] } },
      Resources: { ...front({}), ...behind(ref('Others')), ...conditional } as Resources,
    };
    const design = assessed({ stacks: { west: { region: 'eu-west-1', template } } });
    expect(singlePoints(design)).toContain('zone:eu-west-1#0');
  });
});

describe('what is given the subnets of a database', () => {
  it.each(['RDS', 'DocDB', 'Neptune'])('of %s stands in two zones, as these accept no fewer', (service) => {
    const group = {
      Group: { Type: `AWS::${service}::DBSubnetGroup`, Properties: { SubnetIds: ref('Others') } },
    };
    expect(zones(front({}), behind(ref('Others')), group)).toEqual([]);
  });

  it('in memory may stand in one', () => {
    const group = {
      Group: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { SubnetIds: ref('Others') } },
    };
    expect(zones(front({}), behind(ref('Others')), group)).toEqual(['zone:eu-west-1#0']);
  });
});
