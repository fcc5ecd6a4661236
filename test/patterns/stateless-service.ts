import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import fc from 'fast-check';
import { StatelessService, type StatelessServiceProps } from '../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, seconds } from '../support/pattern-parts';

type Options = Partial<Omit<StatelessServiceProps, 'loadBalancer' | 'image' | 'weakening'>>;

function entryIn(stack: RegionStack): HealthCheckedLoadBalancer {
  const network = new ResilientNetwork(stack, 'Network');
  return new HealthCheckedLoadBalancer(stack, 'Entry', { network, certificate: certificateIn(stack) });
}

function imageIn(stack: RegionStack): ContainerImage {
  return ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop'));
}

export const statelessService: Pattern<Options> = {
  construct: 'StatelessService',
  build: (stack) => {
    const loadBalancer = entryIn(stack);
    const image = imageIn(stack);
    // minimal
    const load = { peakTasks: 4, requestsPerTaskPerMinute: 600 };
    new StatelessService(stack, 'Web', { loadBalancer, image, port: 8080, ...load });
    // end
  },
  options: anyOf<Options>({
    port: fc.constantFrom(80, 8080),
    peakTasks: fc.integer({ min: 0, max: 40 }),
    averageTasks: fc.integer({ min: 1, max: 40 }),
    requestsPerTaskPerMinute: fc.integer({ min: 0, max: 6000 }),
    standbyCapacity: fc.constantFrom(0, 0.25, 0.5, 1, 2),
    minTasks: fc.integer({ min: 0, max: 60 }),
    maxTasks: fc.integer({ min: 1, max: 120 }),
    targetCpuPercent: fc.integer({ min: 0, max: 101 }),
    cpu: fc.constantFrom(512, 1024),
    startupTime: seconds(0, 300),
    readOnlyRootFilesystem: fc.boolean(),
    zonalAutoshift: fc.boolean(),
    fixedName: fc.boolean(),
  }),
  buildWith: (stack, options) => {
    const load = { port: 8080, peakTasks: 4, requestsPerTaskPerMinute: 600 };
    new StatelessService(stack, 'Web', {
      loadBalancer: entryIn(stack),
      image: imageIn(stack),
      ...load,
      ...options,
    });
  },
};
