import type { ServiceDefault, ServiceDefaults } from '../service-default';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

const of =
  (page: string) =>
  (value: ServiceDefault['value']): ServiceDefault => ({ value, source: `${CFN}/${page}.html` });

const lambda = of('aws-resource-lambda-function');
const mapping = of('aws-resource-lambda-eventsourcemapping');
const ecs = of('aws-resource-ecs-service');
const stage = of('aws-resource-apigateway-stage');

/** What the services of this area take where a property is left out. @internal */
export const COMPUTE_DEFAULTS: ServiceDefaults = {
  'AWS::ApiGateway::Stage': { CacheClusterEnabled: stage(false), TracingEnabled: stage(false) },
  'AWS::AppRunner::Service': {
    'HealthCheckConfiguration.UnhealthyThreshold': of(
      'aws-properties-apprunner-service-healthcheckconfiguration',
    )(5),
  },
  'AWS::AppSync::GraphQLApi': { XrayEnabled: of('aws-resource-appsync-graphqlapi')(false) },
  'AWS::ECS::CapacityProvider': {
    'AutoScalingGroupProvider.ManagedTerminationProtection': of(
      'aws-properties-ecs-capacityprovider-autoscalinggroupprovider',
    )('DISABLED'),
  },
  'AWS::ECS::Service': {
    AvailabilityZoneRebalancing: ecs('ENABLED'),
    'DeploymentConfiguration.DeploymentCircuitBreaker.Enable': ecs(false),
    'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback': ecs(false),
    PlatformVersion: ecs('LATEST'),
  },
  'AWS::EKS::Cluster': { DeletionProtection: of('aws-resource-eks-cluster')(false) },
  'AWS::Lambda::EventSourceMapping': {
    BisectBatchOnFunctionError: mapping(false),
    MaximumRetryAttempts: mapping(-1),
  },
  'AWS::Lambda::Function': {
    MemorySize: lambda(128),
    Timeout: lambda(3),
    'TracingConfig.Mode': lambda('PassThrough'),
  },
  'AWS::MWAA::Environment': Object.fromEntries(
    ['Scheduler', 'Worker', 'Webserver'].map((component) => [
      `LoggingConfiguration.${component}Logs.Enabled`,
      of('aws-properties-mwaa-environment-moduleloggingconfiguration')(false),
    ]),
  ),
  'AWS::StepFunctions::StateMachine': {
    'LoggingConfiguration.Level': of('aws-properties-stepfunctions-statemachine-loggingconfiguration')('OFF'),
    'TracingConfiguration.Enabled': of('aws-properties-stepfunctions-statemachine-tracingconfiguration')(
      false,
    ),
  },
};
