/** How the ARNs of a type look: `arn:<partition>:<service>:<region>:<account>:<before><name>`. */
export interface ArnShape {
  readonly service: string;

  /** What stands before the name. */
  readonly before: string;

  /** The property that names it. @default - AWS makes up the name */
  readonly name?: string;

  /** Names are unique in the world, so the ARN has neither region nor account. @default false */
  readonly global?: boolean;

  /** Whether the ARN names a region. @default true */
  readonly regional?: boolean;
}

/**
 * Types that the policies of IAM name, beside those that AWS Backup backs up.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const POLICY_ARN_SHAPES: Readonly<Record<string, ArnShape>> = {
  'AWS::CloudFront::Distribution': { service: 'cloudfront', before: 'distribution/', regional: false },
  'AWS::ECR::Repository': { service: 'ecr', before: 'repository/', name: 'RepositoryName' },
  'AWS::Events::EventBus': { service: 'events', before: 'event-bus/', name: 'Name' },
  'AWS::IAM::Role': { service: 'iam', before: 'role/', name: 'RoleName', regional: false },
  'AWS::KMS::Key': { service: 'kms', before: 'key/' },
  'AWS::KMS::ReplicaKey': { service: 'kms', before: 'key/' },
  'AWS::Kinesis::Stream': { service: 'kinesis', before: 'stream/', name: 'Name' },
  'AWS::KinesisFirehose::DeliveryStream': {
    service: 'firehose',
    before: 'deliverystream/',
    name: 'DeliveryStreamName',
  },
  'AWS::Lambda::Function': { service: 'lambda', before: 'function:', name: 'FunctionName' },
  'AWS::Logs::LogGroup': { service: 'logs', before: 'log-group:', name: 'LogGroupName' },
  'AWS::OpenSearchService::Domain': { service: 'es', before: 'domain/', name: 'DomainName' },
  'AWS::Route53::HostedZone': { service: 'route53', before: 'hostedzone/', global: true },
  'AWS::SNS::Topic': { service: 'sns', before: '', name: 'TopicName' },
  'AWS::SQS::Queue': { service: 'sqs', before: '', name: 'QueueName' },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', before: 'secret:' },
  'AWS::StepFunctions::StateMachine': {
    service: 'states',
    before: 'stateMachine:',
    name: 'StateMachineName',
  },
};
