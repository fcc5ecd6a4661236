import type { ServiceDefaults } from '../service-default';

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** What the services of this area take where a property is left out. @internal */
export const GOVERNANCE_DEFAULTS: ServiceDefaults = {
  'AWS::AppConfig::DeploymentStrategy': {
    FinalBakeTimeInMinutes: {
      value: 0,
      source:
        'https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateDeploymentStrategy.html',
    },
  },
  'AWS::CloudTrail::Trail': {
    EnableLogFileValidation: {
      value: false,
      source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html',
    },
    IsMultiRegionTrail: {
      value: false,
      source: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html',
    },
  },
  'AWS::CloudWatch::Alarm': {
    ActionsEnabled: { value: true, source: `${REFERENCE}/aws-resource-cloudwatch-alarm.html` },
  },
  'AWS::CodeDeploy::DeploymentConfig': {
    ComputePlatform: {
      value: 'Server',
      source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentConfig.html',
    },
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    'AutoRollbackConfiguration.Enabled': {
      value: false,
      source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html',
    },
  },
};
