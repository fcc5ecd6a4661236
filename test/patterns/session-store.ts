import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import fc from 'fast-check';
import { SessionStore, type SessionStoreProps } from '../../lib/constructs/compute/session-store';
import type { StatelessFunction } from '../../lib/constructs/compute/stateless-function';
import { StatelessInstances } from '../../lib/constructs/compute/stateless-instances';
import { StatelessService } from '../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import type { Pattern } from '../support/pattern';
import { anyOf, certificateIn, functionIn } from '../support/pattern-parts';

type Options = Partial<Omit<SessionStoreProps, 'weakening'>> & { readonly usedBy?: string };

function entryIn(stack: RegionStack, targetType: TargetType): HealthCheckedLoadBalancer {
  const network = new ResilientNetwork(stack, 'Network');
  return new HealthCheckedLoadBalancer(stack, 'Entry', {
    network,
    certificate: certificateIn(stack),
    targetType,
  });
}

const BUILDERS: Record<
  string,
  (stack: RegionStack) => StatelessFunction | StatelessInstances | StatelessService
> = {
  function: functionIn,
  instances: (stack) =>
    new StatelessInstances(stack, 'Web', {
      loadBalancer: entryIn(stack, TargetType.INSTANCE),
      machineImage: MachineImage.latestAmazonLinux2023(),
      instanceTypes: ['m7i.large', 'm6i.large'].map((each) => new InstanceType(each)),
      peakInstances: 4,
      requestsPerInstancePerMinute: 6000,
    }),
  tasks: (stack) =>
    new StatelessService(stack, 'Web', {
      loadBalancer: entryIn(stack, TargetType.IP),
      image: ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop')),
      port: 8080,
      peakTasks: 4,
      requestsPerTaskPerMinute: 600,
    }),
};

export const sessionStore: Pattern<Options> = {
  construct: 'SessionStore',
  service: { dataClasses: [{ name: 'sessions', rebuildable: true }] },
  build: (stack, { regions: [homeRegion] }) => {
    const web = functionIn(stack);
    // minimal
    const sessions = new SessionStore(stack, 'Sessions', { homeRegion, dataClass: 'sessions' });
    sessions.grantSessions(web);
    // end
  },
  options: anyOf<Options>({
    homeRegion: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-1'),
    expiresAttribute: fc.constantFrom('', 'id', 'until'),
    dataClass: fc.constantFrom('sessions', 'orders'),
    deletionProtection: fc.boolean(),
    usedBy: fc.constantFrom(...Object.keys(BUILDERS)),
  }),
  buildWith: (stack, { usedBy = 'function', ...options }, { regions: [homeRegion] }) => {
    const sessions = new SessionStore(stack, 'Sessions', { homeRegion, ...options });
    const web = BUILDERS[usedBy]?.(stack);
    if (web) sessions.grantSessions(web);
  },
};
