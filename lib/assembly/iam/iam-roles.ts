import { valuesAt } from '../network/zones';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { standsFor } from './iam-resources';

/** The roles under which something runs, and why there may be others. */
export interface Roles {
  readonly roles: readonly Resource[];
  readonly unknowns: readonly Unknown[];
}

/** Where a type names the role it runs under. The roles with which AWS starts it are left out. */
const ROLE_PATHS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ARCRegionSwitch::Plan': ['ExecutionRole'],
  'AWS::AppRunner::Service': ['InstanceConfiguration.InstanceRoleArn'],
  'AWS::AppSync::DataSource': ['ServiceRoleArn'],
  'AWS::ApiGateway::Method': ['Integration.Credentials'],
  'AWS::ApiGatewayV2::Integration': ['CredentialsArn'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.JobRoleArn'],
  'AWS::CodeBuild::Project': ['ServiceRole'],
  'AWS::CodePipeline::Pipeline': ['RoleArn'],
  'AWS::ECS::TaskDefinition': ['TaskRoleArn'],
  'AWS::EKS::Nodegroup': ['NodeRole'],
  'AWS::Events::Rule': ['RoleArn', 'Targets.*.RoleArn'],
  'AWS::Glue::Job': ['Role'],
  'AWS::IAM::InstanceProfile': ['Roles'],
  'AWS::KinesisFirehose::DeliveryStream': [
    'S3DestinationConfiguration.RoleARN',
    'ExtendedS3DestinationConfiguration.RoleARN',
  ],
  'AWS::Lambda::Function': ['Role'],
  'AWS::Pipes::Pipe': ['RoleArn'],
  'AWS::S3::Bucket': ['ReplicationConfiguration.Role'],
  'AWS::SSM::Automation': ['RoleArn'],
  'AWS::Scheduler::Schedule': ['Target.RoleArn'],
  'AWS::Serverless::Function': ['Role'],
  'AWS::Serverless::StateMachine': ['Role'],
  'AWS::StepFunctions::StateMachine': ['RoleArn'],
  'AWS::Synthetics::Canary': ['ExecutionRoleArn'],
};

/** What something runs as, where it takes the role of another resource. */
const THROUGH: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [
    'LaunchConfigurationName',
    'LaunchTemplate.LaunchTemplateId',
    'LaunchTemplate.LaunchTemplateName',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName',
  ],
  'AWS::AutoScaling::LaunchConfiguration': ['IamInstanceProfile'],
  'AWS::EC2::Instance': [
    'IamInstanceProfile',
    'LaunchTemplate.LaunchTemplateId',
    'LaunchTemplate.LaunchTemplateName',
  ],
  'AWS::EC2::LaunchTemplate': [
    'LaunchTemplateData.IamInstanceProfile.Arn',
    'LaunchTemplateData.IamInstanceProfile.Name',
  ],
  'AWS::ECS::Service': ['TaskDefinition'],
};

/** The roles under which a resource runs: its own, or those of its task definition, launch template or profile. */
export function rolesOf(resource: Resource, depth = 0): Roles {
  const subject = standsFor(resource);
  if (subject.type === 'AWS::IAM::Role') return { roles: [subject], unknowns: [] };
  const own = namedAt(subject, ROLE_PATHS[subject.type] ?? []);
  const through = namedAt(subject, THROUGH[subject.type] ?? []);
  // A launch template behind a group behind a profile: no chain is longer.
  const further = depth > 3 ? [] : through.roles.map((other) => rolesOf(other, depth + 1));
  return {
    roles: [...new Set([...own.roles, ...further.flatMap(({ roles }) => roles)])],
    unknowns: [
      ...own.unknowns,
      ...through.unknowns,
      ...further.flatMap(({ unknowns }) => unknowns),
      ...generatedFor(subject),
    ],
  };
}

/** The Serverless Application Model makes a role of its own where none is named. */
function generatedFor(subject: Resource): readonly Unknown[] {
  const generated = subject.type.startsWith('AWS::Serverless::') && subject.get('Role') === undefined;
  return generated ? [new Unknown(`the role of ${subject.logicalId} is made at deploy`)] : [];
}

function namedAt(resource: Resource, paths: readonly string[]): Roles {
  const roles: Resource[] = [];
  const unknowns: Unknown[] = [];
  for (const path of paths) {
    for (const value of valuesAt(resource, path).flat()) {
      const role = resource.stack.graph.resolve(value, resource);
      if (role instanceof Resource) roles.push(role);
      else unknowns.push(role);
    }
  }
  return { roles, unknowns };
}
