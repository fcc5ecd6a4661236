import {
  alarmValuesAccepted,
  dnsValuesAccepted,
  storeValuesAccepted,
  switchValuesAccepted,
  zoneValuesAccepted,
} from '../../../lib/audit/rules/accepted-values';
import { checks } from '../../support/rule-cases';

const IMPORT = { 'Fn::ImportValue': 'given' };
const one = (Type: string, Properties: object) => ({ Resources: { Subject: { Type, Properties } } });
const either = (Type: string, property: string, value: string) => ({
  Parameters: { Given: { Type: 'String' } },
  Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Given' }, 'yes'] } },
  Resources: {
    Subject: { Type, Properties: { [property]: { 'Fn::If': ['IsGiven', value, { Ref: 'AWS::NoValue' }] } } },
  },
});
const step = (ExecutionBlockType: string) => ({ Workflows: [{ Steps: [{ ExecutionBlockType }] }] });

checks(switchValuesAccepted, {
  passes: {
    'the approach is one': { RecoveryApproach: 'activePassive' },
    'the steps and triggers are': {
      Workflows: [
        {
          WorkflowTargetAction: 'activate',
          Steps: [
            {
              ExecutionBlockType: 'Parallel',
              ExecutionBlockConfiguration: {
                ParallelConfig: { Steps: [{ ExecutionBlockType: 'AuroraGlobalDatabase' }] },
              },
            },
          ],
        },
      ],
      Triggers: [{ Action: 'activate', Conditions: [{ Condition: 'red' }] }],
      AssociatedAlarms: { Health: { AlarmType: 'applicationHealth' } },
    },
  },
  fails: {
    'the approach is in capitals': { RecoveryApproach: 'ACTIVE_PASSIVE' },
    'a block is none': step('Aurora'),
    'a condition is a state of an alarm': { Triggers: [{ Conditions: [{ Condition: 'ALARM' }] }] },
  },
  unknown: { 'the approach is an import': { RecoveryApproach: IMPORT } },
  notApplicable: { 'nothing is set': {} },
});

checks(dnsValuesAccepted, {
  passes: {
    'the check is asked every ten seconds': {
      HealthCheckConfig: {
        Type: 'HTTPS',
        RequestInterval: 10,
        InsufficientDataHealthStatus: 'Unhealthy',
        Regions: ['eu-west-1', 'us-east-1', 'us-west-2'],
      },
    },
    'the record is the primary': one('AWS::Route53::RecordSet', { Failover: 'PRIMARY' }),
    'a record of a group is': one('AWS::Route53::RecordSetGroup', {
      RecordSets: [{ Failover: 'SECONDARY' }],
    }),
  },
  fails: {
    'the check is asked every fifteen seconds': { HealthCheckConfig: { RequestInterval: 15 } },
    'no checker is in a region': { HealthCheckConfig: { Regions: ['eu-central-1'] } },
    'the record is the first': one('AWS::Route53::RecordSet', { Failover: 'FIRST' }),
  },
  unknown: { 'a condition may set it wrong': either('AWS::Route53::RecordSet', 'Failover', 'FIRST') },
  notApplicable: { 'the record does not fail over': one('AWS::Route53::RecordSet', { TTL: 60 }) },
});

checks(alarmValuesAccepted, {
  passes: {
    'missing data is trouble': { TreatMissingData: 'breaching', ComparisonOperator: 'GreaterThanThreshold' },
    'few samples are ignored': { EvaluateLowSampleCountPercentile: 'ignore' },
  },
  fails: {
    'missing data is written otherwise': { TreatMissingData: 'Breaching' },
    'the comparison is a sign': { ComparisonOperator: '>' },
  },
  unknown: { 'an import says': { TreatMissingData: IMPORT } },
  notApplicable: { 'nothing is set': {} },
});

checks(storeValuesAccepted, {
  passes: {
    'a broker has a standby': { DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ' },
    'a table is strong': one('AWS::DynamoDB::GlobalTable', { MultiRegionConsistency: 'STRONG' }),
    'a table is on demand': one('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }),
    'a bucket keeps versions': one('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] },
    }),
  },
  fails: {
    'a broker is in two zones': { DeploymentMode: 'MULTI_AZ' },
    'a bucket keeps versions, in capitals': one('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'ENABLED' },
    }),
  },
  unknown: { 'an import says': { DeploymentMode: IMPORT } },
  notApplicable: { 'nothing is set': {} },
});

checks(zoneValuesAccepted, {
  passes: {
    'it shifts by itself': { ZonalAutoshiftStatus: 'ENABLED' },
    'a group is balanced': one('AWS::AutoScaling::AutoScalingGroup', {
      AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-only' },
      AvailabilityZoneImpairmentPolicy: { ImpairedZoneHealthCheckBehavior: 'IgnoreUnhealthy' },
    }),
    'a service is balanced': one('AWS::ECS::Service', {
      AvailabilityZoneRebalancing: 'ENABLED',
      SchedulingStrategy: 'REPLICA',
    }),
  },
  fails: {
    'it shifts, in words': { ZonalAutoshiftStatus: 'yes' },
    'a service is balanced, in words': one('AWS::ECS::Service', { AvailabilityZoneRebalancing: 'true' }),
  },
  unknown: { 'an import says': { ZonalAutoshiftStatus: IMPORT } },
  notApplicable: { 'nothing is set': one('AWS::ECS::Service', {}) },
});
