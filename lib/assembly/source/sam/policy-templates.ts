import { isObject } from '../json';
import type { Json, JsonObject } from '../source';

/** Some actions on some resources. */
interface Grant {
  readonly actions: readonly string[];

  /** ARNs with the parameters of the template as `${Name}`; `*` for all resources. */
  readonly on: readonly string[];
}

/** ARNs of a service in the partition, region and account of the stack. */
const own = (service: string, resource: string): string =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

const grant = (service: string, actions: string, ...on: readonly string[]): Grant => ({
  actions: actions.split(' ').map((action) => `${service}:${action}`),
  on,
});

const ALL = '*';
const TABLE = own('dynamodb', 'table/${TableName}');
const BUCKET = 'arn:${AWS::Partition}:s3:::${BucketName}';
const OBJECTS = `${BUCKET}/*`;
const QUEUE = own('sqs', '${QueueName}');
const STREAM = own('kinesis', 'stream/${StreamName}');
const DELIVERY = own('firehose', 'deliverystream/${DeliveryStreamName}');
const KEY = own('kms', 'key/${KeyId}');
const IDENTITY = own('ses', 'identity/${IdentityName}');
const MACHINE = own('states', 'stateMachine:${StateMachineName}');
const PARAMETERS = 'GetParameters GetParameter GetParametersByPath';

/**
 * What the policy templates of the serverless transform that are often used allow.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
const TEMPLATES: Readonly<Record<string, readonly Grant[]>> = {
  AMIDescribePolicy: [grant('ec2', 'DescribeImages', own('ec2', 'image/*'))],
  AWSSecretsManagerGetSecretValuePolicy: [grant('secretsmanager', 'GetSecretValue', '${SecretArn}')],
  CloudFormationDescribeStacksPolicy: [
    grant('cloudformation', 'DescribeStacks', own('cloudformation', 'stack/*')),
  ],
  CloudWatchDescribeAlarmHistoryPolicy: [grant('cloudwatch', 'DescribeAlarmHistory', ALL)],
  CloudWatchPutMetricPolicy: [grant('cloudwatch', 'PutMetricData', ALL)],
  CodePipelineLambdaExecutionPolicy: [grant('codepipeline', 'PutJobSuccessResult PutJobFailureResult', ALL)],
  ComprehendBasicAccessPolicy: [
    grant(
      'comprehend',
      'BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment',
      ALL,
    ),
  ],
  DynamoDBBackupFullAccessPolicy: [
    grant('dynamodb', 'CreateBackup DescribeContinuousBackups', TABLE),
    grant('dynamodb', 'DeleteBackup DescribeBackup ListBackups', `${TABLE}/backup/*`),
  ],
  DynamoDBCrudPolicy: [
    grant(
      'dynamodb',
      'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem',
      TABLE,
      `${TABLE}/index/*`,
    ),
  ],
  DynamoDBReadPolicy: [
    grant('dynamodb', 'GetItem Scan Query BatchGetItem DescribeTable', TABLE, `${TABLE}/index/*`),
  ],
  DynamoDBReconfigurePolicy: [grant('dynamodb', 'UpdateTable', TABLE)],
  DynamoDBRestoreFromBackupPolicy: [
    grant('dynamodb', 'RestoreTableFromBackup', `${TABLE}/backup/*`),
    grant('dynamodb', 'PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem', TABLE),
  ],
  DynamoDBStreamReadPolicy: [
    grant('dynamodb', 'DescribeStream GetRecords GetShardIterator', `${TABLE}/stream/\${StreamName}`),
    grant('dynamodb', 'ListStreams', `${TABLE}/stream/*`),
  ],
  DynamoDBWritePolicy: [grant('dynamodb', 'PutItem UpdateItem BatchWriteItem', TABLE, `${TABLE}/index/*`)],
  EC2DescribePolicy: [grant('ec2', 'DescribeRegions DescribeInstances', ALL)],
  EventBridgePutEventsPolicy: [grant('events', 'PutEvents', own('events', 'event-bus/${EventBusName}'))],
  FilterLogEventsPolicy: [
    grant('logs', 'FilterLogEvents', own('logs', 'log-group:${LogGroupName}:log-stream:*')),
  ],
  FirehoseCrudPolicy: [
    grant(
      'firehose',
      'CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination',
      DELIVERY,
    ),
  ],
  FirehoseWritePolicy: [grant('firehose', 'PutRecord PutRecordBatch', DELIVERY)],
  KinesisCrudPolicy: [
    grant(
      'kinesis',
      'AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream',
      STREAM,
    ),
  ],
  KinesisStreamReadPolicy: [
    grant('kinesis', 'ListStreams DescribeLimits', own('kinesis', 'stream/*')),
    grant('kinesis', 'DescribeStream DescribeStreamSummary GetRecords GetShardIterator', STREAM),
  ],
  KMSDecryptPolicy: [grant('kms', 'Decrypt', KEY)],
  KMSEncryptPolicy: [grant('kms', 'Encrypt', KEY)],
  LambdaInvokePolicy: [grant('lambda', 'InvokeFunction', own('lambda', 'function:${FunctionName}*'))],
  RekognitionDetectOnlyPolicy: [
    grant('rekognition', 'DetectFaces DetectLabels DetectModerationLabels DetectText', ALL),
  ],
  RekognitionLabelsPolicy: [grant('rekognition', 'DetectLabels DetectModerationLabels', ALL)],
  S3CrudPolicy: [
    grant(
      's3',
      'GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject',
      BUCKET,
      OBJECTS,
    ),
  ],
  S3FullAccessPolicy: [
    grant(
      's3',
      'GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      OBJECTS,
    ),
    grant('s3', 'ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration', BUCKET),
  ],
  S3ReadPolicy: [
    grant(
      's3',
      'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration',
      BUCKET,
      OBJECTS,
    ),
  ],
  S3WritePolicy: [grant('s3', 'PutObject PutObjectAcl PutLifecycleConfiguration', BUCKET, OBJECTS)],
  SESCrudPolicy: [
    grant('ses', 'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity', IDENTITY),
  ],
  SESSendBouncePolicy: [grant('ses', 'SendBounce', IDENTITY)],
  SNSCrudPolicy: [
    grant(
      'sns',
      'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish',
      own('sns', '${TopicName}*'),
    ),
  ],
  SNSPublishMessagePolicy: [grant('sns', 'Publish', own('sns', '${TopicName}'))],
  SQSPollerPolicy: [
    grant(
      'sqs',
      'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      QUEUE,
    ),
  ],
  SQSSendMessagePolicy: [grant('sqs', 'SendMessage*', QUEUE)],
  SSMParameterReadPolicy: [
    grant('ssm', 'DescribeParameters', ALL),
    grant('ssm', PARAMETERS, own('ssm', 'parameter/${ParameterName}')),
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    grant('ssm', 'DescribeParameters', ALL),
    grant('ssm', PARAMETERS, own('ssm', 'parameter${ParameterName}')),
  ],
  StepFunctionsExecutionPolicy: [grant('states', 'StartExecution', MACHINE)],
  TextractDetectAnalyzePolicy: [
    grant(
      'textract',
      'DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument',
      ALL,
    ),
  ],
  TextractGetResultPolicy: [grant('textract', 'GetDocumentTextDetection GetDocumentAnalysis', ALL)],
  TextractPolicy: [grant('textract', '*', ALL)],
  VPCAccessPolicy: [
    grant(
      'ec2',
      'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface',
      ALL,
    ),
  ],
};

/** The statements of a policy template with its parameters; undefined where it is none of those, or a parameter is missing. */
export function statementsOfTemplate(entry: JsonObject): readonly JsonObject[] | undefined {
  const [[name = '', given] = [], another] = Object.entries(entry);
  const grants = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (grants === undefined || another !== undefined) return undefined;
  const values = isObject(given) ? given : {};
  const missing = grants
    .flatMap(({ on }) => on.flatMap(parametersIn))
    .some((each) => values[each] === undefined);
  return missing ? undefined : grants.map((each) => statementOf(each, values));
}

function statementOf({ actions, on }: Grant, values: JsonObject): JsonObject {
  return { Effect: 'Allow', Action: [...actions], Resource: on.map((arn) => filledIn(arn, values)) };
}

function filledIn(arn: string, values: JsonObject): Json {
  if (arn === ALL) return arn;
  const names = parametersIn(arn);
  const given = Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { 'Fn::Sub': names.length > 0 ? [arn, given] : arn };
}

function parametersIn(arn: string): readonly string[] {
  return [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
}
