import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import fc from 'fast-check';
import { StatelessService } from '../../lib/constructs/compute/stateless-service';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { MandatoryAlarms } from '../../lib/constructs/observe/mandatory/mandatory-alarms';
import type { RegionStack } from '../../lib/constructs/region/region-stack';
import { HealthCheckedLoadBalancer } from '../../lib/constructs/traffic/health-checked-load-balancer';
import type { Pattern } from '../support/pattern';
import { certificateIn } from '../support/pattern-parts';

interface Options {
  readonly inNonProduction: boolean;
  readonly given: boolean;
}

export const mandatoryAlarms: Pattern<Options> = {
  construct: 'MandatoryAlarms',
  build: (stack) => {
    webIn(stack);
    // minimal
    MandatoryAlarms.of(stack);
    // end
  },
  options: fc.record({ inNonProduction: fc.boolean(), given: fc.boolean() }),
  buildWith: (stack, { inNonProduction, given }) => {
    webIn(stack);
    const arn = `arn:aws:sns:${stack.region}:${stack.account}:on-call`;
    const notifications = Topic.fromTopicArn(stack, 'OnCall', arn);
    MandatoryAlarms.of(stack, { inNonProduction, ...(given && { notifications }) });
  },
};

/** Something to watch: a network, a load balancer and a service behind it. */
function webIn(stack: RegionStack): void {
  const network = new ResilientNetwork(stack, 'Network');
  const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Entry', {
    network,
    certificate: certificateIn(stack),
  });
  new StatelessService(stack, 'Web', {
    loadBalancer,
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
    port: 8080,
    peakTasks: 4,
    requestsPerTaskPerMinute: 600,
  });
}
