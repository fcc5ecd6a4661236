import { assessed, assumptionsOf, eventIds, singlePoints } from '../../support/assess';
import { alias, attribute, balancer, network, ref, scaled, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** The parts of one service behind a name of its own, with its number in every logical id. */
function serviceAt(index: number, calls: readonly number[], side: object = {}): Resources {
  const parts: Resources = {
    ...balancer('ABC'),
    ...tasks(6, 'ABC', { LoadBalancers: [{ TargetGroupArn: ref('Targets') }], TaskDefinition: ref('Task') }),
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        ContainerDefinitions: [
          {
            Name: 'app',
            Environment: calls.map((other) => ({
              Name: `S${other}`,
              Value: `https://s${other}.example.com/api`,
            })),
          },
        ],
      },
    },
    Www: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        Name: `s${index}.example.com`,
        Type: 'A',
        HostedZoneId: 'Z1',
        ...alias(attribute('Front', 'DNSName'), true),
        ...side,
      },
    },
  };
  const own = Object.keys(parts);
  const text = own.reduce((json, id) => json.replaceAll(`"${id}"`, `"${id}${index}"`), JSON.stringify(parts));
  return JSON.parse(text);
}

function circleOf(size: number, closed = true) {
  const services = Array.from({ length: size }, (_, index) => {
    const next = index + 1 < size ? [index + 1] : closed ? [0] : [];
    return serviceAt(index, next);
  });
  return assessed({
    stacks: {
      west: { region: 'eu-west-1', template: { Resources: Object.assign({}, network(ZONES), ...services) } },
    },
  });
}

describe('services that call each other by their names', () => {
  const [chain, circle] = [circleOf(3, false), circleOf(3)];

  it('need all that is behind those names', () => {
    expect(singlePoints(chain)).toEqual(
      expect.arrayContaining(['resource:west/Front0', 'resource:west/Front1', 'resource:west/Front2']),
    );
    expect(chain.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Www0']);
  });

  it('fail in a circle as they do in a chain: nothing fails but for a cause', () => {
    expect(circle.availability.unavailability).toBeCloseTo(chain.availability.unavailability, 12);
    expect(eventIds(circle)).toEqual(eventIds(chain));
    expect(circle.availability.exact).toBe(true);
  });

  it('stay small in a large circle', () => {
    const large = circleOf(40);
    expect(large.availability.exact).toBe(true);
    expect(large.availability.model.tree.gates.size).toBeLessThan(40 * 60);
  });

  it('are no way in of their own where another leads to them', () => {
    expect(circle.entryPoints).toHaveLength(1);
  });
});

/** The same services in two regions, each name failing over from the first to the second. */
function twoRegions(size: number, closed: boolean) {
  const stackAt = (region: string, Failover: string) => {
    const services = Array.from({ length: size }, (_, index) => {
      const next = index + 1 < size ? [index + 1] : closed ? [0] : [];
      return serviceAt(index, next, { Failover, SetIdentifier: Failover });
    });
    const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
    return { region, template: { Resources: Object.assign({}, network(zones), ...services) } };
  };
  return assessed({
    stacks: { west: stackAt('eu-west-1', 'PRIMARY'), north: stackAt('eu-north-1', 'SECONDARY') },
  });
}

describe('services of two regions that call each other by names that fail over', () => {
  const [chain, circle] = [twoRegions(3, false), twoRegions(3, true)];

  it('are reached by the names', () => {
    expect(chain.entryPoints.map(({ id }) => id)).toEqual(['west/Www0']);
    expect(circle.entryPoints.map(({ id }) => id)).toEqual(['west/Www0']);
  });

  it('keep their redundancy in a circle', () => {
    expect(singlePoints(circle)).toEqual(['software:app', 'service:route53']);
    expect(circle.availability.unavailability).toBeCloseTo(chain.availability.unavailability, 12);
  });
});

describe('a service that is found by a name', () => {
  const calling = (host: string, found: object, others: Resources = {}) => {
    const callee = JSON.parse(JSON.stringify(tasks(1, 'ABC', found)).replace('"Tasks"', '"Callee"'));
    return assessed({
      stacks: {
        west: {
          region: 'eu-west-1',
          template: {
            Resources: {
              ...network(ZONES),
              ...tasks(6, 'ABC', { TaskDefinition: ref('Task') }),
              Task: {
                Type: 'AWS::ECS::TaskDefinition',
                Properties: {
                  ContainerDefinitions: [{ Name: 'app', Environment: [{ Name: 'URL', Value: host }] }],
                },
              },
              ...callee,
              ...others,
            },
          },
        },
      },
    });
  };
  const cloudMap: Resources = {
    Space: { Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace', Properties: { Name: 'shop.local' } },
    Registry: {
      Type: 'AWS::ServiceDiscovery::Service',
      Properties: { Name: 'orders', DnsConfig: { NamespaceId: attribute('Space', 'Id') } },
    },
  };
  const connect = {
    ServiceConnectConfiguration: {
      Enabled: true,
      Services: [{ PortName: 'http', ClientAliases: [{ DnsName: 'orders', Port: 80 }] }],
    },
  };

  it.each([
    [
      'Cloud Map',
      'http://orders.shop.local:8080/v1',
      { ServiceRegistries: [{ RegistryArn: attribute('Registry', 'Arn') }] },
      cloudMap,
    ],
    ['Service Connect', 'http://orders:80', connect, {}],
    ['Service Connect, without a scheme', 'orders:80', connect, {}],
  ] as const)('of %s is needed by its caller', (_, host, found, others) => {
    expect(calling(host, found, others).entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Tasks']);
    expect(calling('http://elsewhere', found, others).entryPoints.map(({ logicalId }) => logicalId)).toEqual([
      'Tasks',
      'Callee',
    ]);
  });
});

describe('the declared peak', () => {
  const catalogue = (peak: number, role: string) => ({
    'cdk-nines': {
      schema: 'cdk-nines.catalogue/1',
      services: [
        {
          name: 'shop',
          tier: 1,
          owner: 'team',
          objectives: {
            slo: '0.9995',
            sloWindowSeconds: 2592000,
            recovery: Object.fromEntries(
              ['rollback', 'dataRepair', 'instance', 'availabilityZone', 'region'].map((kind) => [
                kind,
                { rtoSeconds: 60, rpoSeconds: 0 },
              ]),
            ),
          },
          role,
          resources: ['Tasks'],
          dependsOn: [],
          dataClasses: [],
          decisions: [{ what: 'Web.peakTasks', value: peak, because: 'declared', source: 'the caller' }],
          weakenings: [],
        },
      ],
    },
  });
  const shop = (peak: number, role = 'primary') =>
    assessed(
      {
        stacks: {
          west: {
            region: 'eu-west-1',
            paths: { Tasks: 'west/Web/Service/Service' },
            template: {
              Metadata: catalogue(peak, role),
              Resources: { ...network(ZONES), ...tasks(6, 'ABC'), ...scaled('Tasks', 6, 20) },
            },
          },
        },
      },
      { service: 'shop' },
    );
  const [two, five] = [shop(2), shop(5)];

  it('says how many units must work', () => {
    expect(assumptionsOf(two)).toMatch(
      /2 of 6 tasks of west\/Web\/Service\/Service carry the peak, declared: Web\.peakTasks/,
    );
    expect(assumptionsOf(five)).toMatch(/5 of 6 tasks/);
    expect(singlePoints(five)).toContain('zone:eu-west-1a');
    expect(singlePoints(two)).not.toContain('zone:eu-west-1a');
    expect(five.availability.unavailability).toBeGreaterThan(two.availability.unavailability * 5);
  });

  it('needs the control plane where a region that waits runs less', () => {
    expect(singlePoints(shop(8, 'standby'))).toContain('control-plane:eu-west-1');
    expect(singlePoints(shop(8))).not.toContain('control-plane:eu-west-1');
    expect(assumptionsOf(shop(8))).toMatch(
      /8 of 8 tasks .* carry the peak, declared: Web\.peakTasks; 6 run at the least, and scaling has brought the others/,
    );
  });
});
