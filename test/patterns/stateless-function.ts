import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import fc from 'fast-check';
import {
  StatelessFunction,
  type StatelessFunctionProps,
} from '../../lib/constructs/compute/stateless-function';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, seconds } from '../support/pattern-parts';

type Options = Partial<
  Omit<StatelessFunctionProps, 'loadBalancer' | 'network' | 'code' | 'runtime' | 'weakening'>
> & {
  readonly balanced?: boolean;
  readonly inNetwork?: boolean;
};

const code = Code.fromInline('exports.handler = async () => ({ statusCode: 200 });');
const runtime = Runtime.NODEJS_24_X;

function entryIn(stack: RegionStack, network: ResilientNetwork): HealthCheckedLoadBalancer {
  const certificate = certificateIn(stack);
  return new HealthCheckedLoadBalancer(stack, 'Entry', {
    network,
    certificate,
    targetType: TargetType.LAMBDA,
  });
}

export const statelessFunction: Pattern<Options> = {
  construct: 'StatelessFunction',
  build: (stack) => {
    const loadBalancer = entryIn(stack, new ResilientNetwork(stack, 'Network'));
    // minimal
    const app = { code, runtime, handler: 'index.handler' };
    new StatelessFunction(stack, 'Web', { loadBalancer, ...app, peakConcurrency: 40 });
    // end
  },
  options: anyOf<Options>({
    balanced: fc.boolean(),
    inNetwork: fc.boolean(),
    peakConcurrency: fc.integer({ min: 0, max: 200 }),
    averageConcurrency: fc.integer({ min: 0, max: 100 }),
    standbyCapacity: fc.constantFrom(0, 0.25, 0.5, 1, 2),
    provisionedConcurrency: fc.integer({ min: 0, max: 400 }),
    reservedConcurrency: fc.integer({ min: 0, max: 400 }),
    timeout: seconds(1, 120),
    retryAttempts: fc.integer({ min: 0, max: 3 }),
    maxEventAge: seconds(30, 30_000),
    zonalAutoshift: fc.boolean(),
  }),
  buildWith: (stack, { balanced, inNetwork, ...options }) => {
    const network = new ResilientNetwork(stack, 'Network');
    new StatelessFunction(stack, 'Web', {
      code,
      runtime,
      handler: 'index.handler',
      peakConcurrency: 40,
      ...options,
      ...(balanced && { loadBalancer: entryIn(stack, network) }),
      ...(inNetwork && { network }),
    });
  },
};
