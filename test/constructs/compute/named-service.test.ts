import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Stack } from 'aws-cdk-lib/core';
import {
  StatelessService,
  type StatelessServiceProps,
} from '../../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { Tier } from '../../../lib/objectives/tier';
import { ACCOUNT, certificateIn, only, refusal, shopStack } from '../fixtures';
import { inTwoRegions } from '../recovery/region-fixtures';

const SERVICE = 'AWS::ECS::Service';
const CLUSTER = 'AWS::ECS::Cluster';

type Props = Partial<StatelessServiceProps>;

function entryIn(stack: Stack): HealthCheckedLoadBalancer {
  const availabilityZones = ['a', 'b', 'c'].map((letter) => stack.region + letter);
  const network = new ResilientNetwork(stack, 'Network', { availabilityZones });
  return new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate: certificateIn(stack) });
}

function webIn(stack: Stack, props: Props | ((stack: Stack) => Props) = {}): StatelessService {
  const { loadBalancer = entryIn(stack), ...rest } = typeof props === 'function' ? props(stack) : props;
  return new StatelessService(stack, 'Web', {
    loadBalancer,
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
    port: 8080,
    peakTasks: 4,
    requestsPerTaskPerMinute: 600,
    ...rest,
  });
}

function inBoth(props: Props | ((stack: Stack) => Props)) {
  const services: StatelessService[] = [];
  const stacks = inTwoRegions({ tier: Tier.BUSINESS_CRITICAL }, (stack: RegionStack) => {
    services.push(webIn(stack, props));
  });
  return { services, stacks: [stacks.primary, stacks.standby] };
}

/** ARNs with the partition written out. */
const written = (service: StatelessService) =>
  Object.fromEntries(
    Object.entries(service.serviceArns).map(([region, arn]) => [
      region,
      arn.replace(/\$\{Token.*?\}/, 'aws'),
    ]),
  );

describe('a StatelessService of a fixed name', () => {
  test('is called alike in both regions, with its cluster, and says both ARNs in words', () => {
    const { services, stacks } = inBoth({ fixedName: true });
    for (const stack of stacks) {
      expect(only(stack, SERVICE).ServiceName).toBe('shop-web');
      expect(only(stack, CLUSTER).ClusterName).toBe('shop-web');
    }
    for (const service of services) {
      expect(written(service)).toEqual({
        'eu-central-1': `arn:aws:ecs:eu-central-1:${ACCOUNT}:service/shop-web/shop-web`,
        'eu-west-1': `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/shop-web/shop-web`,
      });
    }
  });

  test('runs in a cluster of a name of your own', () => {
    const { services } = inBoth((stack) => ({
      fixedName: true,
      cluster: new Cluster(stack, 'Shared', { clusterName: 'main' }),
    }));
    expect(written(services[0] as StatelessService)['eu-west-1']).toMatch(/:service\/main\/shop-web$/);
  });

  test('runs in a cluster of another app that is known by name', () => {
    const { services } = inBoth((stack) => {
      const loadBalancer = entryIn(stack);
      const { vpc } = loadBalancer.network;
      const cluster = Cluster.fromClusterAttributes(stack, 'Shared', { clusterName: 'main', vpc });
      return { fixedName: true, loadBalancer, cluster };
    });
    expect(written(services[1] as StatelessService)['eu-west-1']).toMatch(/:service\/main\/shop-web$/);
  });

  test('fails when the name of its cluster is made at deployment', () => {
    const stack = shopStack(Tier.BUSINESS_CRITICAL);
    const cluster = new Cluster(stack, 'Shared');
    expect(refusal(() => webIn(stack, { fixedName: true, cluster }))).toMatchObject({
      problem:
        'fixedName is set, but the name of Shop/Shared is made at deployment, so no other region knows it',
      fix: 'give the cluster a clusterName, the same in both regions, or leave cluster out',
    });
  });

  test('fails to say ARNs outside a set of regions', () => {
    const web = webIn(shopStack(Tier.BUSINESS_CRITICAL), { fixedName: true });
    expect(refusal(() => web.serviceArns).problem).toMatch(/belongs to no set of regions/);
  });
});

describe('a StatelessService without a fixed name', () => {
  test('has the names of CloudFormation, so that it can be replaced', () => {
    const [stack] = inBoth({}).stacks;
    expect(only(stack as Stack, SERVICE).ServiceName).toBeUndefined();
    expect(only(stack as Stack, CLUSTER).ClusterName).toBeUndefined();
  });

  test('fails to say its ARNs', () => {
    const [web] = inBoth({}).services;
    expect(refusal(() => web?.serviceArns)).toMatchObject({
      problem:
        'its service has a name that CloudFormation makes at deployment, so no other region knows its ARN',
      fix: 'set fixedName: true',
    });
  });
});
