import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration, type Stack, Token } from 'aws-cdk-lib/core';
import { RegionSet } from '../../../lib/constructs/region/region-set';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import {
  type ForeignEndpoint,
  GlobalEntry,
  type GlobalEntryProps,
} from '../../../lib/constructs/traffic/global-entry';
import {
  GlobalEntryRegion,
  type GlobalEntryRegionProps,
} from '../../../lib/constructs/traffic/global-entry-region';
import { HealthCheckedNetworkLoadBalancer } from '../../../lib/constructs/traffic/health-checked-network-load-balancer';
import { RegionRole } from '../../../lib/objectives/region-role';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import {
  ACCOUNT,
  catalogued,
  certificateIn,
  entryIn,
  networkIn,
  only,
  refusal,
  shopOf,
  shopStack,
  WEAKENING,
} from '../fixtures';

const LISTENER = 'arn:aws:globalaccelerator::111122223333:accelerator/0f4c7b52/listener/9d0b0e6f';
const FOREIGN_LISTENER = LISTENER.replace('111122223333', '444455556666');
const GROUP = 'AWS::GlobalAccelerator::EndpointGroup';
const ADDRESS = 'eipalloc-0123456789abcdef0';

const entranceOf = (props: Partial<GlobalEntryProps> = {}) => {
  const stack = shopStack(Tier.BUSINESS_CRITICAL);
  new GlobalEntry(stack, 'Global', props);
  return stack;
};

const FOREIGN: ForeignEndpoint = {
  region: 'eu-central-1',
  endpointArn:
    'arn:aws:elasticloadbalancing:eu-central-1:444455556666:loadbalancer/app/shop/0123456789abcdef',
  attachmentArn: 'arn:aws:globalaccelerator::444455556666:attachment/0f4c7b52',
};

describe('a GlobalEntry', () => {
  test('listens where users call, and says its listener to the regions', () => {
    const stack = entranceOf();
    expect(only(stack, 'AWS::GlobalAccelerator::Accelerator')).toMatchObject({
      Name: 'shop-global',
      Enabled: true,
      IpAddressType: 'IPV4',
    });
    expect(only(stack, 'AWS::GlobalAccelerator::Listener')).toMatchObject({
      PortRanges: [{ FromPort: 443, ToPort: 443 }],
      Protocol: 'TCP',
      ClientAffinity: 'NONE',
    });
    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toEqual([
      expect.stringMatching(/^GlobalListenerArn/),
    ]);
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Global.dnsTtl', value: 'none' }),
    );
  });

  test('may be dual-stack, over UDP, and keep users where they are', () => {
    const stack = entranceOf({ dualStack: true, udp: true, clientAffinity: true, ports: [5000] });
    expect(only(stack, 'AWS::GlobalAccelerator::Accelerator').IpAddressType).toBe('DUAL_STACK');
    expect(only(stack, 'AWS::GlobalAccelerator::Listener')).toMatchObject({
      Protocol: 'UDP',
      ClientAffinity: 'SOURCE_IP',
    });
  });

  test('takes an endpoint of another account by its attachment', () => {
    const stack = entranceOf({ foreignEndpoints: [{ ...FOREIGN, trafficDial: 50 }] });
    expect(only(stack, GROUP)).toMatchObject({
      EndpointGroupRegion: 'eu-central-1',
      TrafficDialPercentage: 50,
      EndpointConfigurations: [{ EndpointId: FOREIGN.endpointArn, AttachmentArn: FOREIGN.attachmentArn }],
    });
  });

  test.each([
    [{ ports: [] }, 'it listens on 0 ports, but a listener takes 1 to 10'],
    [{ ports: [0] }, '0 is no port'],
    [{ ports: [443, 443] }, 'the port 443 is named twice'],
    [{ foreignEndpoints: [FOREIGN, FOREIGN] }, /^eu-central-1 has two foreign endpoints/],
    [{ foreignEndpoints: [{ ...FOREIGN, region: 'eu-west-1' }] }, /is no load balancer in eu-west-1$/],
    [{ foreignEndpoints: [{ ...FOREIGN, attachmentArn: 'mine' }] }, /^"mine" is no attachment/],
    [{ foreignEndpoints: [{ ...FOREIGN, attachmentArn: '' }] }, 'attachmentArn is missing'],
    [
      { foreignEndpoints: [{ ...FOREIGN, trafficDial: 101 }] },
      'the trafficDial of eu-central-1 is 101, but it is a share of 0 to 100 %',
    ],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => entranceOf(props)).problem).toMatch(problem);
  });
});

const partIn = (stack: Stack, props: Partial<GlobalEntryRegionProps> = {}) =>
  new GlobalEntryRegion(stack, 'Global', {
    listenerArn: LISTENER,
    ...(!('loadBalancer' in props) && { elasticIp: ADDRESS }),
    ...props,
  });

const refused = (props: Partial<GlobalEntryRegionProps>, tier = Tier.STANDARD) =>
  refusal(() => partIn(shopStack(tier), props)).problem;

describe('a GlobalEntryRegion', () => {
  test('joins with its load balancer, whose own checks count', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    partIn(stack, { loadBalancer: entryIn(stack) });
    const group = only(stack, GROUP);
    expect(group).toMatchObject({
      ListenerArn: LISTENER,
      EndpointGroupRegion: 'eu-west-1',
      TrafficDialPercentage: 100,
    });
    expect(group.EndpointConfigurations[0]).toMatchObject({ ClientIPPreservationEnabled: true });
    expect(group.HealthCheckPath).toBeUndefined();
  });

  test('joins with a network load balancer as well', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
      network: networkIn(stack),
      port: 443,
    });
    partIn(stack, { loadBalancer });
    const [{ EndpointId }] = only(stack, GROUP).EndpointConfigurations;
    expect(EndpointId).toEqual({ Ref: expect.stringMatching(/^EntryLoadBalancer/) });
  });

  const tlsIn = (stack: Stack, internetFacing = true) =>
    new HealthCheckedNetworkLoadBalancer(stack, 'Entry', {
      network: networkIn(stack),
      port: 443,
      certificate: certificateIn(stack),
      internetFacing,
    });

  test('takes the addresses of users from a network load balancer that ends TLS, which AWS asks for', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    partIn(stack, { loadBalancer: tlsIn(stack) });
    const [endpoint] = only(stack, GROUP).EndpointConfigurations;
    expect(endpoint.ClientIPPreservationEnabled).toBe(false);
  });

  test.each([
    [{ preserveClientIp: true }, true, 'leave preserveClientIp out'],
    [{}, false, 'set internetFacing to true'],
  ])('fails when they are to be kept there: %j', (props, internetFacing, fix) => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = tlsIn(stack, internetFacing);
    const error = refusal(() => partIn(stack, { loadBalancer, ...props }));
    expect(error.problem).toMatch(
      /Entry ends TLS, and before such a network load balancer users do not keep/,
    );
    expect(error.fix).toMatch(fix);
  });

  test('leaves the addresses of users out of a foreign endpoint that cannot have them', () => {
    const stack = entranceOf({ foreignEndpoints: [{ ...FOREIGN, preserveClientIp: false }] });
    const [endpoint] = only(stack, GROUP).EndpointConfigurations;
    expect(endpoint.ClientIPPreservationEnabled).toBe(false);
  });

  test.each(TIERS)('at tier %i asks an address at the pace of the tier', (tier) => {
    const stack = shopStack(tier);
    partIn(stack);
    expect(only(stack, GROUP)).toMatchObject({
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: tier === 0 ? 10 : 30,
      ThresholdCount: 3,
      EndpointConfigurations: [{ EndpointId: ADDRESS, ClientIPPreservationEnabled: false }],
    });
  });

  test('lets an accelerator of another account use its load balancer', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const part = partIn(stack, { listenerArn: FOREIGN_LISTENER, loadBalancer: entryIn(stack) });
    expect(part.endpointGroup).toBeUndefined();
    expect(only(stack, 'AWS::GlobalAccelerator::CrossAccountAttachment')).toMatchObject({
      Name: 'shop-global-eu-west-1',
      Principals: ['444455556666'],
      Resources: [{ Region: 'eu-west-1' }],
    });
    expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toHaveLength(2);
  });

  test('takes a listener that is known at deployment only', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const part = partIn(stack, { listenerArn: Token.asString({ Ref: 'Listener' }) });
    expect(part.endpointGroup).toBeDefined();
  });

  test('sends nobody to a standby while another region is well', () => {
    const stacks: RegionStack[] = [];
    const zones = (region: string) => ['a', 'b', 'c'].map((letter) => region + letter);
    new RegionSet(new App(), 'Shop', {
      service: shopOf(Tier.BUSINESS_CRITICAL),
      account: ACCOUNT,
      regions: [
        { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: zones('eu-west-1') },
        { region: 'eu-central-1', role: RegionRole.STANDBY, availabilityZones: zones('eu-central-1') },
        { region: 'eu-north-1', role: RegionRole.WITNESS, availabilityZones: [] },
      ],
      build: (stack) => stacks.push(stack),
    });
    const [primary, standby, witness] = stacks as [RegionStack, RegionStack, RegionStack];
    partIn(standby);
    expect(only(standby, GROUP).TrafficDialPercentage).toBe(0);
    expect(refusal(() => partIn(primary, { trafficDial: 0 })).problem).toBe(
      'eu-west-1 is primary, but a trafficDial of 0 sends nobody there',
    );
    expect(refusal(() => partIn(witness))).toMatchObject({
      problem: 'a witness region serves nobody',
      fix: 'build it in the other regions only',
    });
  });

  test.each([
    [{ listenerArn: '' }, 'listenerArn is missing'],
    [{ listenerArn: 'mine' }, 'listenerArn is "mine"'],
    [{ elasticIp: '192.0.2.10' }, 'elasticIp is "192.0.2.10"'],
    [{ elasticIp: undefined }, 'requests go to nowhere'],
    [{ trafficDial: -1 }, 'the trafficDial of eu-west-1 is -1, but it is a share of 0 to 100 %'],
    [{ preserveClientIp: true }, 'behind an Elastic IP address the addresses of users are not preserved'],
    [
      { listenerArn: FOREIGN_LISTENER },
      'the accelerator of account 444455556666 takes no Elastic IP address of another account here',
    ],
    [
      { healthCheckInterval: Duration.seconds(15) },
      'healthCheckInterval is 15 s, but Global Accelerator checks every 10 s or 30 s',
    ],
    [
      { healthCheckInterval: Duration.seconds(Token.asNumber({ Ref: 'Pace' })) },
      'healthCheckInterval is known at deployment only',
    ],
    [
      { healthCheckFailureThreshold: 11 },
      'healthCheckFailureThreshold is 11, but Global Accelerator takes 1 to 10',
    ],
    [{ healthCheckPath: '/' }, "the health check asks for '/', which says nothing about the application"],
  ])('fails for %j', (props, problem) => {
    expect(refused(props)).toBe(problem);
  });

  test('fails when an address is noticed too late for the tier', () => {
    expect(refused({ healthCheckFailureThreshold: 10 }, Tier.BUSINESS_CRITICAL)).toBe(
      'failover takes 300 s (300 s detection), but tier 1 owes 150 s',
    );
    expect(refused({ healthCheckFailureThreshold: 4 }, Tier.BUSINESS_CRITICAL)).toMatch(
      /^healthCheckFailureThreshold is 4, but the tier owes 3/,
    );
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    partIn(stack, { healthCheckFailureThreshold: 4, healthCheckPort: 8080, weakening: WEAKENING });
    expect(only(stack, GROUP)).toMatchObject({ ThresholdCount: 4, HealthCheckPort: 8080 });
  });

  test('fails when its load balancer is given checks or shuts users out', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const loadBalancer = entryIn(stack, { internetFacing: false });
    const problem = (props: Partial<GlobalEntryRegionProps>) =>
      refusal(
        () =>
          new GlobalEntryRegion(stack, `Part${Object.keys(props)}`, {
            listenerArn: LISTENER,
            loadBalancer,
            ...props,
          }),
      ).problem;
    expect(problem({})).toBe('Shop/Entry admits 10.0.0.0/16, and users keep their own addresses');
    expect(problem({ preserveClientIp: false })).toBe(
      'an internal load balancer always sees the addresses of users',
    );
    expect(problem({ healthCheckPath: '/ready' })).toMatch(
      /Global Accelerator judges a load balancer by its own checks, so healthCheckPath would do nothing/,
    );
    expect(problem({ elasticIp: ADDRESS })).toMatch(/requests go to a load balancer and an address/);
  });
});
