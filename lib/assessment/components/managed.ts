import type { Resource } from '../../assembly/resource';
import { AWS_SLAS } from '../../calculus/aws-slas';
import { type Likelihood, likelihoodBySla } from '../../calculus/likelihood';
import type { Component, Part } from '../component';
import { anyOf } from '../failure';
import { needsOf } from '../needs';

type SlaName = keyof typeof AWS_SLAS;

/** Services that AWS runs over the zones of a region, each with the agreement that it comes under. */
const REGIONAL: readonly (readonly [type: string, part: Part, sla: SlaName])[] = [
  ['AWS::DynamoDB::Table', 'data', 'dynamoDb'],
  ['AWS::DynamoDB::GlobalTable', 'data', 'dynamoDb'],
  ['AWS::S3::Bucket', 'support', 's3Standard'],
  ['AWS::SQS::Queue', 'support', 'sqs'],
  ['AWS::SNS::Topic', 'support', 'sns'],
  ['AWS::Events::EventBus', 'support', 'eventBridge'],
  ['AWS::Kinesis::Stream', 'support', 'kinesisDataStreams'],
  ['AWS::KMS::Key', 'support', 'kms'],
  ['AWS::SecretsManager::Secret', 'support', 'secretsManager'],
  ['AWS::StepFunctions::StateMachine', 'work', 'stepFunctions'],
];

/** The services that need nothing but what AWS runs, and what they call. */
export const MANAGED: readonly Component[] = REGIONAL.map(([type, part, sla]) => ({
  types: [type],
  part,
  fails: (resource: Resource, model) =>
    anyOf(model.regional(resource, agreement(sla)), needsOf(resource, model)),
}));

function agreement(sla: SlaName): Likelihood {
  return likelihoodBySla(AWS_SLAS[sla], `${sla}, by its agreement`);
}
