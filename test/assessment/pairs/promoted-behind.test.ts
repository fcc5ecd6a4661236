import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { MEAN_REPAIR_SECONDS } from '../../../lib/calculus/switching';
import { assessed, assumptionsOf } from '../../support/assess';
import { alias, attribute, record, ref } from '../../support/designs';
import type { TestStack, TestTemplate } from '../../support/graph';

type Resources = TestTemplate['Resources'];
type Assessed = ReturnType<typeof assessed>;

const resource = (type: string, properties: object = {}) => ({
  Type: `AWS::${type}`,
  Properties: properties,
});

const {
  acknowledgeSeconds,
  decideSeconds,
  reconnectSeconds,
  auroraGlobalFailoverSeconds: aurora,
} = AWS_FACTS;
const NOTICED = RECOVERY_FACTS.noticeRegionSeconds.value.typical;
const PEOPLE = NOTICED + acknowledgeSeconds.value.typical + decideSeconds.value.typical;
const RECONNECTED = reconnectSeconds.value.typical;

/** How long users wait for a failover, by the likelihood of its event. */
const waits = ({ availability }: Assessed, id: string) => {
  const share = availability.model.events.get(id)?.likelihood.unavailability;
  return share === undefined ? undefined : Math.round(-Math.log(1 - share) * MEAN_REPAIR_SECONDS.value);
};
const down = ({ availability }: Assessed) => availability.unavailability;

const stacks = (west: Resources, north: Resources): Readonly<Record<string, TestStack>> => ({
  west: { region: 'eu-west-1', account: '123456789012', template: { Resources: west } },
  north: { region: 'eu-north-1', account: '123456789012', template: { Resources: north } },
});

/** A cluster of a global database, which the first one starts. */
const cluster = (properties: object, reads?: string): Resources => ({
  ...('MasterUsername' in properties && {
    Global: resource('RDS::GlobalCluster', { GlobalClusterIdentifier: 'orders' }),
  }),
  Db: resource('RDS::DBCluster', {
    Engine: 'aurora-postgresql',
    GlobalClusterIdentifier: 'orders',
    ...properties,
  }),
  Member: resource('RDS::DBInstance', { Engine: 'aurora-postgresql', DBClusterIdentifier: ref('Db') }),
  ...(reads && {
    Site: resource('Lambda::Function', { Environment: { Variables: { HOST: attribute('Db', reads) } } }),
  }),
});
const FIRST = { MasterUsername: 'admin' };

const plan = (type: string, more: object = {}): Resources => ({
  Plan: resource('ARCRegionSwitch::Plan', {
    Workflows: [{ WorkflowTargetAction: 'activate', Steps: [{ Name: 'one', ExecutionBlockType: type }] }],
    ...more,
  }),
});

const api = (target?: string): Resources => ({
  Api: resource('ApiGatewayV2::Api', {
    ProtocolType: 'HTTP',
    Name: 'api',
    ...(target && { Target: attribute(target, 'Arn') }),
  }),
});

describe('the second origin of a group', () => {
  const member = (Id: string, host: unknown) => ({ Id, DomainName: host });
  const edge = (host: string): Resources => ({
    Edge: resource('CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [
          member('first', { 'Fn::Join': ['', [ref('Api'), '.execute-api.eu-west-1.amazonaws.com']] }),
          member('second', host),
        ],
        OriginGroups: {
          Quantity: 1,
          Items: [
            {
              Id: 'both',
              FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
              Members: { Quantity: 2, Items: [{ OriginId: 'first' }, { OriginId: 'second' }] },
            },
          ],
        },
        DefaultCacheBehavior: { TargetOriginId: 'both' },
      },
    }),
  });
  const design = (west: Resources, north: Resources) => {
    const host = north.Name ? 'north.example.com' : 'abc.execute-api.eu-north-1.amazonaws.com';
    return assessed({ stacks: stacks({ ...edge(host), ...api(), ...west }, { ...api(), ...north }) });
  };
  const SWITCHING = 'switching:west/Edge both';
  // 3 attempts of 10 s, by default.
  const TRIES = 30;
  const bare = design({}, {});
  const promoted = design(cluster(FIRST), cluster({}));

  it('is asked for each request, and serves once somebody has promoted the copy behind it', () => {
    expect(waits(bare, SWITCHING)).toBe(TRIES);
    expect(waits(promoted, SWITCHING)).toBe(PEOPLE + aurora.value.typical + RECONNECTED);
    expect(assumptionsOf(promoted)).toMatch(
      /users of west\/Edge who are led away wait until the copy of north\/Db is promoted: that takes a person/,
    );
    expect(assumptionsOf(bare)).not.toContain('promoted');
  });

  it('is back after the tries of the first one where what it leads to only reads the copy', () => {
    const of = (reads: string) =>
      design(
        { ...cluster(FIRST, 'Endpoint.Address'), ...api('Site') },
        {
          ...cluster({}, reads),
          ...api('Site'),
          Name: record({ Name: 'north.example.com', ...alias(attribute('Api', 'ApiEndpoint'), false) }),
        },
      );
    const [reader, writer] = [of('ReadEndpoint.Address'), of('Endpoint.Address')];
    const promotes = ({ recovery }: Assessed) =>
      recovery.region.rtoTerms.some(({ what }) => what === 'the copy of north/Db is promoted');
    expect([promotes(reader), promotes(writer)]).toEqual([false, true]);
    expect(reader.recovery.region.rtoSeconds).toBe(TRIES);
    expect(waits(reader, SWITCHING)).toBe(TRIES);
  });

  it('serves sooner where a Region switch plan that alarms start promotes it', () => {
    const planned = design(
      { ...cluster(FIRST), ...plan('AuroraGlobalDatabase', { Triggers: [{}] }) },
      cluster({}),
    );
    // Of alarms that it does not name nothing is known: 30 s × 3, as of a health check of AWS.
    expect(waits(planned, SWITCHING)).toBe(90 + aurora.value.typical + RECONNECTED);
    expect(down(planned)).toBeLessThan(down(promoted));
    expect(assumptionsOf(planned)).toContain('is promoted: that takes west/Plan');
  });

  it('waits for nobody where what it leads to only reads the copy', () => {
    const of = (reads: string) => design(cluster(FIRST), cluster({}, reads));
    const [reader, writer] = [of('ReadEndpoint.Address'), of('Endpoint.Address')];
    expect(waits(reader, SWITCHING)).toBe(TRIES);
    expect(waits(writer, SWITCHING)).toBe(PEOPLE + aurora.value.typical + RECONNECTED);
    expect(down(reader)).toBeLessThan(down(writer));
  });

  it('is part of the way back from the loss of the region, by its terms', () => {
    const used = (first: object, more: Resources) => ({
      ...cluster(first, 'Endpoint.Address'),
      ...api('Site'),
      ...more,
    });
    const name = {
      Name: record({ Name: 'north.example.com', ...alias(attribute('Api', 'ApiEndpoint'), false) }),
    };
    const { rtoTerms, rtoSeconds } = design(used(FIRST, {}), used({}, name)).recovery.region;
    const terms = rtoTerms.map(({ what }) => what);
    expect(terms).toContain('the copy of north/Db is promoted');
    expect(terms).toContain('clients open their connections again');
    expect(rtoSeconds).toBe(rtoTerms.reduce((sum, { seconds }) => sum + seconds, 0));
    expect(rtoTerms.filter(({ source }) => source === '')).toEqual([]);
  });
});

describe('the other group of an accelerator', () => {
  const group = (region: string, endpoint: unknown, properties: object = {}) =>
    resource('GlobalAccelerator::EndpointGroup', {
      ListenerArn: ref('Listener'),
      EndpointGroupRegion: region,
      EndpointConfigurations: [{ EndpointId: endpoint }],
      ...properties,
    });
  const design = (west: Resources, north: Resources, first: unknown, properties: object = {}) =>
    assessed({
      stacks: stacks(
        {
          Way: resource('GlobalAccelerator::Accelerator', { Name: 'way' }),
          Listener: resource('GlobalAccelerator::Listener', {
            AcceleratorArn: attribute('Way', 'AcceleratorArn'),
          }),
          Here: group('eu-west-1', first, properties),
          There: group('eu-north-1', 'eipalloc-2', properties),
          ...west,
        },
        north,
      ),
    });
  const BALANCERS = 'arn:aws:elasticloadbalancing:eu-north-1:123456789012:loadbalancer';
  const quick = { HealthCheckIntervalSeconds: 10, ThresholdCount: 2 };
  const targets = (properties: object): Resources => ({
    Front: resource('ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Name: 'front' }),
    Forward: resource('ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Front'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
    Targets: resource('ElasticLoadBalancingV2::TargetGroup', properties),
  });
  const SWITCHING = 'switching:west/Here';

  it('is asked after interval × threshold of the group, of addresses and instances', () => {
    const [own, ofAws] = [design({}, {}, 'eipalloc-1', quick), design({}, {}, 'eipalloc-1')];
    expect(waits(own, SWITCHING)).toBe(10 * 2);
    expect(waits(ofAws, SWITCHING)).toBe(30 * 3);
    expect(down(own)).toBeLessThan(down(ofAws));
  });

  it('is asked once the load balancer finds its targets broken, and the accelerator the load balancer', () => {
    const moved = RECOVERY_FACTS.acceleratorMoveSeconds.value.typical;
    const of = (properties: object, group: object = {}) =>
      design(targets(properties), {}, ref('Front'), group);
    const fast = of({ HealthCheckIntervalSeconds: 5, UnhealthyThresholdCount: 3 });
    expect(waits(of({}), SWITCHING)).toBe(30 * 2 + moved);
    expect(waits(fast, SWITCHING)).toBe(5 * 3 + moved);
    expect(waits(of({}, quick), SWITCHING)).toBe(30 * 2 + moved);
    expect(down(fast)).toBeLessThan(down(of({})));
  });

  it('serves once somebody has promoted the copy there', () => {
    const copied = design(cluster(FIRST), cluster({}), 'eipalloc-1', quick);
    expect(waits(copied, SWITCHING)).toBe(PEOPLE + aurora.value.typical + RECONNECTED);
    expect(down(copied)).toBeGreaterThan(down(design({}, {}, 'eipalloc-1', quick)));
    expect(assumptionsOf(copied)).toMatch(/users of west\/Way .* until the copy of north\/Db is promoted/);
  });

  it('is part of the way back from the loss of the region', () => {
    const front = (first: object) => ({
      ...targets({ TargetType: 'lambda', Targets: [{ Id: attribute('Site', 'Arn') }] }),
      ...cluster(first, 'Endpoint.Address'),
    });
    const { rtoTerms } = design(
      { ...front(FIRST), There: group('eu-north-1', `${BALANCERS}/net/front/0123456789abcdef`) },
      front({}),
      ref('Front'),
    ).recovery.region;
    expect(rtoTerms.map(({ what }) => what)).toContain('the copy of north/Db is promoted');
  });

  it('needs as long within one group, from one endpoint to the next', () => {
    const both = { EndpointConfigurations: [{ EndpointId: 'eipalloc-1' }, { EndpointId: 'eipalloc-3' }] };
    const two = design({ Here: group('eu-west-1', 'eipalloc-1', { ...quick, ...both }) }, {}, 'x', quick);
    expect(waits(two, 'switching:west/Here eipalloc-3')).toBe(10 * 2);
    expect(down(two)).toBeLessThan(down(design({}, {}, 'eipalloc-1', quick)));
  });

  it('takes as long in the way back from the loss of the region', () => {
    const region = (properties: object) => design({}, {}, 'eipalloc-1', properties).recovery.region;
    expect(region(quick).rtoSeconds).toBe(10 * (2 + 1));
    expect(region({}).rtoSeconds).toBe(30 * (3 + 1));
    expect(region(quick).rtoTerms[0]?.source).toContain('HealthCheckIntervalSeconds × ThresholdCount');
  });
});
