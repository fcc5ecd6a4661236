import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import fc from 'fast-check';
import {
  StatelessInstances,
  type StatelessInstancesProps,
} from '../../lib/constructs/compute/stateless-instances';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, seconds } from '../support/pattern-parts';

type Options = Partial<
  Omit<StatelessInstancesProps, 'loadBalancer' | 'machineImage' | 'instanceTypes' | 'weakening'>
> & {
  readonly types?: string[];
};

function entryIn(stack: RegionStack): HealthCheckedLoadBalancer {
  return new HealthCheckedLoadBalancer(stack, 'Entry', {
    network: new ResilientNetwork(stack, 'Network'),
    certificate: certificateIn(stack),
    targetType: TargetType.INSTANCE,
  });
}

export const statelessInstances: Pattern<Options> = {
  construct: 'StatelessInstances',
  build: (stack) => {
    const loadBalancer = entryIn(stack);
    // minimal
    const machineImage = MachineImage.latestAmazonLinux2023();
    const instanceTypes = [new InstanceType('m7i.large'), new InstanceType('m6i.large')];
    const load = { peakInstances: 4, requestsPerInstancePerMinute: 6000 };
    new StatelessInstances(stack, 'Web', { loadBalancer, machineImage, instanceTypes, ...load });
    // end
  },
  options: anyOf<Options>({
    peakInstances: fc.integer({ min: 0, max: 40 }),
    averageInstances: fc.integer({ min: 1, max: 40 }),
    requestsPerInstancePerMinute: fc.integer({ min: 0, max: 6000 }),
    standbyCapacity: fc.constantFrom(0, 0.25, 0.5, 1, 2),
    minInstances: fc.integer({ min: 0, max: 60 }),
    maxInstances: fc.integer({ min: 1, max: 120 }),
    targetCpuPercent: fc.integer({ min: 0, max: 101 }),
    startupTime: seconds(0, 300),
    rootVolumeGiB: fc.integer({ min: 8, max: 100 }),
    zonalAutoshift: fc.boolean(),
    types: fc.constantFrom([], ['m7i.large'], ['m7i.large', 'm7g.large'], ['c7i.large', 'm7i.large']),
  }),
  buildWith: (stack, { types = ['m7i.large', 'm6i.large'], ...options }) => {
    new StatelessInstances(stack, 'Web', {
      loadBalancer: entryIn(stack),
      machineImage: MachineImage.latestAmazonLinux2023(),
      instanceTypes: types.map((each) => new InstanceType(each)),
      peakInstances: 4,
      requestsPerInstancePerMinute: 6000,
      ...options,
    });
  },
};
