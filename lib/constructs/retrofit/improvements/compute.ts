import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { type Improvement, improvement, isLess, isNot, type ReadProperty } from '../improvement';
import { allHealthyPercent, followsTargets, rebalanced, rollsBack, units } from '../owed';

/** Another controller than that of ECS deploys in its own way. */
const isDeployedByOthers = (_: CfnResource, read: ReadProperty): boolean =>
  ![undefined, 'ECS'].includes(read('deploymentController.type') as string | undefined) ||
  read('schedulingStrategy') === 'DAEMON';

/** A number that is written anew with each deploy undoes what automatic scaling did. */
const isScaled = (service: CfnResource, read: ReadProperty): boolean =>
  isDeployedByOthers(service, read) ||
  Stack.of(service)
    .node.findAll()
    .some(
      (each) =>
        CfnResource.isCfnResource(each) &&
        each.cfnResourceType === 'AWS::ApplicationAutoScaling::ScalableTarget',
    );

const SERVICE = 'AWS::ECS::Service';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** An Auto Scaling group that no load balancer sends anything to has nothing else to go by. */
const hasNoTargets = (_: CfnResource, read: ReadProperty): boolean =>
  (read('targetGroupArns') as readonly unknown[] | undefined)?.length === undefined;

/** What runs. @internal */
export const COMPUTE: readonly Improvement[] = [
  improvement({
    type: SERVICE,
    property: 'desiredCount',
    owed: units,
    isWeaker: isLess,
    unless: isScaled,
  }),
  improvement({
    type: SERVICE,
    property: 'deploymentConfiguration.deploymentCircuitBreaker',
    owed: rollsBack,
    isWeaker: (found) => (found as { enable?: boolean }).enable === false,
    written: () => ({ enable: true, rollback: true }),
    unless: isDeployedByOthers,
  }),
  improvement({
    type: SERVICE,
    property: 'deploymentConfiguration.minimumHealthyPercent',
    owed: allHealthyPercent,
    isWeaker: isLess,
    unless: isDeployedByOthers,
  }),
  improvement({
    type: SERVICE,
    property: 'availabilityZoneRebalancing',
    owed: rebalanced,
    isWeaker: isNot('ENABLED'),
    written: () => 'ENABLED',
    // It starts a task before it stops one.
    unless: (service, read) =>
      isDeployedByOthers(service, read) ||
      Number(read('deploymentConfiguration.maximumPercent') ?? 200) <= 100 ||
      (read('loadBalancers') as readonly { loadBalancerName?: string }[] | undefined)?.some(
        (each) => each.loadBalancerName !== undefined,
      ) === true,
  }),
  improvement({
    type: GROUP,
    property: 'healthCheckGracePeriod',
    owed: () => STARTS,
    isWeaker: () => false,
    unless: (group, read) => hasNoTargets(group, read) || read('healthCheckType') !== undefined,
  }),
  improvement({
    type: GROUP,
    property: 'healthCheckType',
    owed: followsTargets,
    isWeaker: (found) => !String(found).includes('ELB'),
    written: () => 'ELB',
    unless: hasNoTargets,
  }),
];

const STARTS = {
  value: 300,
  because: 'an instance that still starts is not one that does not serve',
  source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html',
};
