/** Some actions on the other side of a connector. */
export interface ConnectorGrant {
  readonly actions: readonly string[];

  /** `${Arn}` and `${Name}` stand for those of what the grant is on. */
  readonly on: readonly string[];
}

/** A grant to the role of one side, on the other. */
export interface RoleProfile {
  readonly kind: 'role';

  /** The side whose role may do something. */
  readonly role: 'source' | 'destination';
  readonly Read?: readonly ConnectorGrant[];
  readonly Write?: readonly ConnectorGrant[];
}

/** The destination lets a service in, on behalf of the source. */
export interface ResourceProfile {
  readonly kind: 'function' | 'queue' | 'topic';
  readonly principal: string;

  /** `${Arn}`, `${ResourceId}` and `${Qualifier}` stand for those of the source. */
  readonly sourceArn: string;
}

/** What a connector allows between two types. */
export type ConnectorProfile = RoleProfile | ResourceProfile;

const grant = (service: string, actions: string, ...on: readonly string[]): ConnectorGrant => ({
  actions: actions.split(' ').map((action) => `${service}:${action}`),
  on: on.length > 0 ? on : ['${Arn}'],
});
const sourceMay = (may: Pick<RoleProfile, 'Read' | 'Write'>): RoleProfile => ({
  kind: 'role',
  role: 'source',
  ...may,
});
const lets = (kind: ResourceProfile['kind'], service: string, sourceArn = '${Arn}'): ResourceProfile => ({
  kind,
  principal: `${service}.amazonaws.com`,
  sourceArn,
});
const own = (service: string, resource: string): string =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

const EXECUTIONS = own('states', 'execution:${Name}:*');
const SYNC_RULE = own('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');
const TABLE = ['${Arn}', '${Arn}/index/*'] as const;
const BUCKET = ['${Arn}', '${Arn}/*'] as const;
const OF_STAGE = own('execute-api', '${ResourceId}/${Qualifier}');

const TO_TABLE = sourceMay({
  Read: [grant('dynamodb', 'GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect', ...TABLE)],
  Write: [
    grant(
      'dynamodb',
      'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
      ...TABLE,
    ),
  ],
});
const TO_BUCKET = sourceMay({
  Read: [
    grant(
      's3',
      'GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
      ...BUCKET,
    ),
  ],
  Write: [
    grant(
      's3',
      'AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
      ...BUCKET,
    ),
  ],
});
const TO_FUNCTION = sourceMay({ Write: [grant('lambda', 'InvokeAsync InvokeFunction')] });
const TO_TOPIC = sourceMay({ Write: [grant('sns', 'Publish')] });
const TO_BUS = sourceMay({ Write: [grant('events', 'PutEvents')] });

/**
 * What a connector allows, by the types of its source and destination.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export const CONNECTOR_PROFILES: Readonly<Record<string, Readonly<Record<string, ConnectorProfile>>>> = {
  'AWS::ApiGateway::RestApi': { 'AWS::Lambda::Function': lets('function', 'apigateway', OF_STAGE) },
  'AWS::ApiGatewayV2::Api': { 'AWS::Lambda::Function': lets('function', 'apigateway', OF_STAGE) },
  'AWS::AppSync::DataSource': {
    'AWS::DynamoDB::Table': TO_TABLE,
    'AWS::Lambda::Function': sourceMay({
      Write: [grant('lambda', 'InvokeAsync InvokeFunction', '${Arn}', '${Arn}:*')],
    }),
  },
  'AWS::AppSync::GraphQLApi': {
    'AWS::Lambda::Function': lets('function', 'appsync', own('appsync', 'apis/${ResourceId}')),
  },
  'AWS::DynamoDB::Table': {
    'AWS::Lambda::Function': {
      kind: 'role',
      role: 'destination',
      Read: [grant('dynamodb', 'DescribeStream GetRecords GetShardIterator ListStreams', '${Arn}/stream/*')],
    },
  },
  'AWS::Events::Rule': {
    'AWS::Events::EventBus': TO_BUS,
    'AWS::Lambda::Function': lets('function', 'events'),
    'AWS::SNS::Topic': lets('topic', 'events'),
    'AWS::SQS::Queue': lets('queue', 'events'),
    'AWS::StepFunctions::StateMachine': sourceMay({ Write: [grant('states', 'StartExecution')] }),
  },
  'AWS::Lambda::Function': {
    'AWS::DynamoDB::Table': TO_TABLE,
    'AWS::Events::EventBus': TO_BUS,
    'AWS::Lambda::Function': TO_FUNCTION,
    'AWS::S3::Bucket': TO_BUCKET,
    'AWS::SNS::Topic': TO_TOPIC,
    'AWS::SQS::Queue': sourceMay({
      Read: [grant('sqs', 'ReceiveMessage GetQueueAttributes')],
      Write: [grant('sqs', 'DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue')],
    }),
    'AWS::StepFunctions::StateMachine': sourceMay({
      Read: [
        grant('states', 'DescribeStateMachine ListExecutions'),
        grant('states', 'DescribeExecution DescribeStateMachineForExecution GetExecutionHistory', EXECUTIONS),
      ],
      Write: [
        grant('states', 'StartExecution StartSyncExecution'),
        grant('states', 'StopExecution', EXECUTIONS),
      ],
    }),
  },
  'AWS::S3::Bucket': { 'AWS::Lambda::Function': lets('function', 's3') },
  'AWS::SNS::Topic': {
    'AWS::Lambda::Function': lets('function', 'sns'),
    'AWS::SQS::Queue': lets('queue', 'sns'),
  },
  'AWS::SQS::Queue': {
    'AWS::Lambda::Function': {
      kind: 'role',
      role: 'destination',
      Read: [grant('sqs', 'ReceiveMessage GetQueueAttributes')],
      Write: [grant('sqs', 'DeleteMessage')],
    },
  },
  'AWS::StepFunctions::StateMachine': {
    'AWS::DynamoDB::Table': TO_TABLE,
    'AWS::Events::EventBus': TO_BUS,
    'AWS::Lambda::Function': TO_FUNCTION,
    'AWS::S3::Bucket': TO_BUCKET,
    'AWS::SNS::Topic': TO_TOPIC,
    'AWS::SQS::Queue': sourceMay({ Write: [grant('sqs', 'SendMessage')] }),
    'AWS::StepFunctions::StateMachine': sourceMay({
      Read: [grant('states', 'DescribeExecution', EXECUTIONS), grant('events', 'DescribeRule', SYNC_RULE)],
      Write: [
        grant('states', 'StartExecution'),
        grant('states', 'StopExecution', EXECUTIONS),
        grant('events', 'PutTargets PutRule', SYNC_RULE),
      ],
    }),
  },
};
