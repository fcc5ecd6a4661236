import {
  absent,
  type Clause,
  entry,
  filled,
  type GuardRule,
  guard,
  guardParts,
  guardWhen,
  has,
  is,
  isNot,
  matches,
  there,
} from './clause';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';
const FUNCTION = ['AWS::Lambda::Function'];
const TASK = ['AWS::ECS::TaskDefinition'];
const FIREWALL = ['AWS::NetworkFirewall::Firewall'];

const attribute = (key: string): Clause => entry('LoadBalancerAttributes', is('Key', key), is('Value', true));

const GROUP = ['AWS::AutoScaling::AutoScalingGroup'];
const ASKS_BALANCER = matches('HealthCheckType', '(^|,) *ELB *(,|$)');
const LAUNCH_TEMPLATE = ['LaunchTemplateId', 'LaunchTemplateName'];
const MIXED = 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification';

/** Load balancers, functions, containers, instances and networks. */
export const COMPUTE: readonly GuardRule[] = [
  guardWhen('ASG-02', GROUP, [[there('TargetGroupARNs[0]'), there('LoadBalancerNames[0]')]], ASKS_BALANCER),
  guardWhen('ASG-04', GROUP, [ASKS_BALANCER], there('HealthCheckGracePeriod')),
  guard(
    'ASG-06',
    GROUP,
    ...['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map((event) =>
      ['NotificationConfigurations[*]', 'NotificationConfiguration'].map((path) =>
        has(`${path}.NotificationTypes`, `autoscaling:EC2_INSTANCE_${event}`),
      ),
    ),
  ),
  guardWhen('ASG-07', GROUP, [there('MixedInstancesPolicy')], is('CapacityRebalance', true)),
  guard('ASG-09', GROUP, absent('LaunchConfigurationName'), [
    ...LAUNCH_TEMPLATE.map((name) => filled(`LaunchTemplate.${name}`)),
    ...LAUNCH_TEMPLATE.map((name) => filled(`${MIXED}.${name}`)),
  ]),
  guard('ELB-03', [CLASSIC], is('CrossZone', true)),
  guard('ELB-05', [CLASSIC], is('ConnectionDrainingPolicy.Enabled', true)),
  guard('ELB-06', [LOAD_BALANCER], attribute('deletion_protection.enabled')),
  guardParts(
    'ELB-09',
    {
      types: [LOAD_BALANCER],
      when: [isNot('Type', 'gateway')],
      needs: [attribute('access_logs.s3.enabled')],
    },
    { types: [CLASSIC], needs: [is('AccessLoggingPolicy.Enabled', true)] },
  ),
  guard('LAM-02', ['AWS::Lambda::EventInvokeConfig'], filled('DestinationConfig.OnFailure.Destination')),
  guard('LAM-04', FUNCTION, there('ReservedConcurrentExecutions'), {
    is: 'not in',
    path: 'ReservedConcurrentExecutions',
    values: [''],
  }),
  guard('LAM-07', FUNCTION, is('TracingConfig.Mode', 'Active')),
  guard('LAM-08', FUNCTION, there('Timeout'), there('MemorySize')),
  guardWhen('ECS-05', TASK, [there('ContainerDefinitions[0]')], there('ContainerDefinitions[*].Memory')),
  guardWhen(
    'ECS-06',
    TASK,
    [there('ContainerDefinitions[0]')],
    filled('ContainerDefinitions[*].LogConfiguration.LogDriver'),
  ),
  guardWhen(
    'ECS-08',
    ['AWS::ECS::CapacityProvider'],
    [filled('AutoScalingGroupProvider')],
    is('AutoScalingGroupProvider.ManagedTerminationProtection', 'ENABLED'),
  ),
  guardParts(
    'EKS-01',
    { types: ['AWS::EKS::Cluster'], needs: [is('DeletionProtection', true)] },
    { types: ['Custom::AWSCDK-EKS-Cluster'], needs: [is('Config.deletionProtection', true)] },
  ),
  guardWhen(
    'EC2-01',
    ['AWS::EC2::Instance'],
    [[absent('LaunchTemplate'), there('DisableApiTermination')]],
    is('DisableApiTermination', true),
  ),
  guardParts(
    'EC2-02',
    { types: ['AWS::EC2::Instance'], when: [absent('LaunchTemplate')], needs: [is('Monitoring', true)] },
    { types: ['AWS::EC2::LaunchTemplate'], needs: [is('LaunchTemplateData.Monitoring.Enabled', true)] },
  ),
  guard('NFW-02', FIREWALL, is('DeleteProtection', true)),
  guardWhen('NFW-03', FIREWALL, [absent('AvailabilityZoneMappings')], is('SubnetChangeProtection', true)),
  guard('API-02', ['AWS::ApiGateway::Stage'], is('TracingEnabled', true)),
  guard('API-04', ['AWS::ApiGateway::Stage'], is('CacheClusterEnabled', true)),
  guard('TRC-01', ['AWS::AppSync::GraphQLApi'], is('XrayEnabled', true)),
  guard('CGN-01', ['AWS::Cognito::UserPool'], is('DeletionProtection', 'ACTIVE')),
];
