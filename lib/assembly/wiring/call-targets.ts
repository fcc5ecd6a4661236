/** What a call leads to. */
export type CallKind =
  | 'function'
  | 'http'
  | 'database'
  | 'table'
  | 'bucket'
  | 'search'
  | 'cache'
  | 'workflow'
  | 'queue'
  | 'topic'
  | 'stream'
  | 'event bus';

/** How one sees that something calls a resource of a type. */
export interface CallTarget {
  readonly kind: CallKind;

  /** Attributes that are of use only to whoever calls it: an endpoint, but not a name. */
  readonly addresses?: RegExp;

  /** What stands in the address around its name, where the name alone is none. */
  readonly host?: string;

  /** Actions of which the caller waits for the answer. */
  readonly synchronous?: readonly string[];

  /** Actions that only hand something over. */
  readonly asynchronous?: readonly string[];

  /** Actions that fetch what others have handed over. */
  readonly polled?: readonly string[];
}

const ENDPOINT = /endpoint|address|MasterUserSecret/i;

const database: CallTarget = {
  kind: 'database',
  addresses: ENDPOINT,
  synchronous: [
    'rds-db:connect',
    'rds-data:ExecuteStatement',
    'neptune-db:connect',
    'redshift:GetClusterCredentials',
  ],
};
const cache: CallTarget = {
  kind: 'cache',
  addresses: ENDPOINT,
  synchronous: ['elasticache:Connect', 'dax:GetItem'],
};
const table: CallTarget = {
  kind: 'table',
  synchronous: [
    'dynamodb:GetItem',
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
  ],
};

/** Types that something may call, and how one sees it. */
export const CALL_TARGETS: Readonly<Record<string, CallTarget>> = {
  'AWS::ApiGateway::RestApi': { kind: 'http', host: '.execute-api.' },
  'AWS::ApiGatewayV2::Api': { kind: 'http', addresses: /^ApiEndpoint$/, host: '.execute-api.' },
  'AWS::AppRunner::Service': { kind: 'http', addresses: /^ServiceUrl$/ },
  'AWS::AppSync::GraphQLApi': { kind: 'http', addresses: /^GraphQLUrl$/, synchronous: ['appsync:GraphQL'] },
  'AWS::DAX::Cluster': cache,
  'AWS::DocDB::DBCluster': database,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::ElastiCache::CacheCluster': cache,
  'AWS::ElastiCache::ReplicationGroup': cache,
  'AWS::ElastiCache::ServerlessCache': cache,
  'AWS::ElasticLoadBalancing::LoadBalancer': { kind: 'http', addresses: /^DNSName$/ },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { kind: 'http', addresses: /^DNSName$/ },
  'AWS::Events::EventBus': { kind: 'event bus', asynchronous: ['events:PutEvents'] },
  'AWS::Kinesis::Stream': {
    kind: 'stream',
    asynchronous: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    polled: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    kind: 'stream',
    asynchronous: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
  },
  'AWS::Lambda::Function': {
    kind: 'function',
    addresses: /^FunctionUrl$/,
    synchronous: ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'],
  },
  'AWS::MemoryDB::Cluster': cache,
  'AWS::Neptune::DBCluster': database,
  'AWS::OpenSearchService::Domain': {
    kind: 'search',
    addresses: /endpoint/i,
    synchronous: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
  },
  'AWS::RDS::DBCluster': database,
  'AWS::RDS::DBInstance': database,
  'AWS::RDS::DBProxy': database,
  'AWS::RDS::DBProxyEndpoint': database,
  'AWS::Redshift::Cluster': database,
  'AWS::S3::Bucket': { kind: 'bucket', synchronous: ['s3:GetObject'] },
  'AWS::SNS::Topic': { kind: 'topic', asynchronous: ['sns:Publish'] },
  'AWS::SQS::Queue': { kind: 'queue', asynchronous: ['sqs:SendMessage'], polled: ['sqs:ReceiveMessage'] },
  'AWS::StepFunctions::StateMachine': {
    kind: 'workflow',
    synchronous: ['states:StartSyncExecution'],
    asynchronous: ['states:StartExecution'],
  },
};
