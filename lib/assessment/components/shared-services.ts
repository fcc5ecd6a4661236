import type { Resource } from '../../assembly/resource';
import { anyOf, type Failure } from '../failure';
import type { Modelling, SharedService } from '../modelling';
import { agreement, type SlaName } from './agreement';

interface Row {
  readonly name: string;

  /** @default - none was read */
  readonly sla?: SlaName;
}

/**
 * What is one service of AWS in a region, however many resources a user has of it. Their agreements count the requests of an
 * account in a region, all functions or all queues together, and owe no single one anything:
 *
 * | Counts once in a region | Each resource by itself |
 * |---|---|
 * | requests of the account there: Lambda, API Gateway, Step Functions, SQS, SNS, EventBridge, Kinesis, DynamoDB, Keyspaces, Timestream, S3, KMS, Secrets Manager, Cognito, AppSync | "each" load balancer, DB instance, cluster, cache, file system, firewall, endpoint, gateway or VPN connection is owed its own time |
 * | the world over: CloudFront counts all requests of the account | "each" accelerator |
 *
 * Schedules and pipes of EventBridge have endpoints of their own. Of what no agreement was read, only what has no servers of a
 * single user counts once: Firehose and the queues of Batch. The rest (App Runner, brokers, Kafka, VPC Lattice) is counted
 * one by one, which errs on the safe side.
 *
 * @see https://aws.amazon.com/legal/service-level-agreements/
 */
const SERVICES = {
  'api-gateway': { name: 'Amazon API Gateway', sla: 'apiGateway' },
  appsync: { name: 'AWS AppSync' },
  batch: { name: 'AWS Batch' },
  cloudfront: { name: 'Amazon CloudFront', sla: 'cloudFront' },
  cognito: { name: 'Amazon Cognito', sla: 'cognito' },
  dynamodb: { name: 'Amazon DynamoDB', sla: 'dynamoDb' },
  eventbridge: { name: 'Amazon EventBridge', sla: 'eventBridge' },
  'eventbridge-pipes': { name: 'EventBridge Pipes', sla: 'eventBridge' },
  'eventbridge-scheduler': { name: 'EventBridge Scheduler', sla: 'eventBridge' },
  firehose: { name: 'Amazon Data Firehose' },
  keyspaces: { name: 'Amazon Keyspaces', sla: 'keyspaces' },
  kinesis: { name: 'Amazon Kinesis Data Streams', sla: 'kinesisDataStreams' },
  kms: { name: 'AWS KMS', sla: 'kms' },
  lambda: { name: 'AWS Lambda', sla: 'lambda' },
  'lambda-edge': { name: 'Lambda@Edge', sla: 'lambda' },
  s3: { name: 'Amazon S3', sla: 's3Standard' },
  'secrets-manager': { name: 'AWS Secrets Manager', sla: 'secretsManager' },
  sns: { name: 'Amazon SNS', sla: 'sns' },
  sqs: { name: 'Amazon SQS', sla: 'sqs' },
  'step-functions': { name: 'AWS Step Functions', sla: 'stepFunctions' },
  timestream: { name: 'Amazon Timestream', sla: 'timestream' },
} as const satisfies Readonly<Record<string, Row>>;

/** The services that count once, by the word in the ids of their events. */
export type SharedServiceId = keyof typeof SERVICES;

/** The failure of a service by which a resource stands, or of the region of that. */
export function sharedFails(
  id: SharedServiceId,
  resource: Resource,
  model: Modelling,
  region?: string,
): Failure {
  return model.shared(sharedService(id, model), resource, region);
}

/** The same of a service that AWS runs for the whole world. */
export function sharedByAllFails(id: SharedServiceId, resource: Resource, model: Modelling): Failure {
  return model.sharedIn(sharedService(id, model), undefined, [resource]);
}

/** The service behind something that the app does not hold, in a region or, where none is named, the world over. */
export function sharedElsewhereFails(
  id: SharedServiceId,
  region: string | undefined,
  model: Modelling,
): Failure {
  const own = model.sharedIn(sharedService(id, model), region, []);
  return region === undefined ? own : anyOf(own, model.regionNamed(region));
}

function sharedService(id: SharedServiceId, model: Modelling): SharedService {
  const { name, sla }: Row = SERVICES[id];
  return {
    id,
    name,
    likelihood: sla === undefined ? model.assumption('withoutAgreement') : agreement(sla, name),
  };
}
