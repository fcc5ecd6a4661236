import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { add, type EventWriter, permit, type SamEvent } from './event';
import { queueMapping } from './events-pull';
import { getAtt, idIn, picked, policyDocument, ref, writtenAtDeploy } from './expansion';

/** `S3`: the bucket, which stands in the same template, notifies the function. */
const bucket: EventWriter = (event) => {
  const { expansion, sam, target, properties } = event;
  const id = idIn(own(properties, 'Bucket'));
  const body = id === undefined ? undefined : expansion.bodyOf(id);
  if (id === undefined || body === undefined || !Object.hasOwn(properties, 'Events')) return false;
  permit(event, 's3.amazonaws.com', { account: ref('AWS::AccountId') });
  const condition = ownString(sam.body, 'Condition');
  const kinds = own(properties, 'Events') ?? null;
  const added = (isList(kinds) ? kinds : [kinds]).map((kind) => {
    const entry: JsonObject = { Function: target.arn, ...picked(properties, ['Filter']), Event: kind };
    return condition === undefined ? entry : { 'Fn::If': [condition, entry, ref('AWS::NoValue')] };
  });
  const notified = notifying(ownObject(body, 'Properties'), added);
  const waits = [own(body, 'DependsOn') ?? []].flat() as readonly Json[];
  const after: JsonObject = condition === undefined ? { DependsOn: [...waits, `${event.id}Permission`] } : {};
  expansion.set(id, { ...body, ...after, Properties: notified });
  return true;
};

function notifying(properties: JsonObject, added: readonly Json[]): JsonObject {
  const config = own(properties, 'NotificationConfiguration');
  if (config !== undefined && !isObject(config)) return properties;
  const before = own(config ?? {}, 'LambdaConfigurations') ?? [];
  const all = isList(before) ? [...before, ...added] : [before, ...added];
  return { ...properties, NotificationConfiguration: { ...config, LambdaConfigurations: all } };
}

/** `SNS`: a subscription, by way of a queue where `SqsSubscription` asks for one. */
const topic: EventWriter = (event) => {
  const { properties, target } = event;
  const arn = own(properties, 'Topic') ?? null;
  const sqs = event.expansion.resolve(own(properties, 'SqsSubscription'));
  if (sqs === undefined || sqs === false) {
    subscribe(event, 'lambda', target.arn);
    permit(event, 'sns.amazonaws.com', { source: arn });
    return true;
  }
  if (isObject(sqs)) return throughNamedQueue(event, arn, sqs);
  if (sqs !== true) return false;
  const id = idIn(arn);
  const fifo = event.expansion.resolve(
    id === undefined ? undefined : own(event.expansion.propertiesOf(id), 'FifoTopic'),
  );
  add(event, 'Queue', 'AWS::SQS::Queue', fifo === undefined || fifo === false ? {} : { FifoQueue: fifo });
  const queue = getAtt(`${event.id}Queue`, 'Arn');
  subscribe(event, 'sqs', queue);
  queueMapping(event, queue, 10);
  letTopicSend(event, `${event.id}QueuePolicy`, { topic: arn, queue, url: ref(`${event.id}Queue`) });
  return true;
};

function throughNamedQueue(event: SamEvent, arn: Json, sqs: JsonObject): boolean {
  const queue = own(sqs, 'QueueArn');
  const url = own(sqs, 'QueueUrl');
  if (queue === undefined || url === undefined) return false;
  subscribe(event, 'sqs', queue);
  queueMapping(event, queue, own(sqs, 'BatchSize') ?? 10);
  const id = ownString(sqs, 'QueuePolicyLogicalId') ?? `${event.id}QueuePolicy`;
  letTopicSend(event, id, { topic: arn, queue, url });
  return true;
}

function subscribe(event: SamEvent, protocol: string, endpoint: Json): void {
  add(event, '', 'AWS::SNS::Subscription', {
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: own(event.properties, 'Topic') ?? null,
    ...picked(event.properties, ['Region', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy']),
  });
}

function letTopicSend(
  { expansion, sam }: SamEvent,
  id: string,
  { topic: source, queue, url }: { readonly topic: Json; readonly queue: Json; readonly url: Json },
): void {
  const statement = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: '*',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  };
  expansion.add(sam, id, 'AWS::SQS::QueuePolicy', {
    PolicyDocument: policyDocument(statement),
    Queues: [url],
  });
}

/** `CloudWatchLogs`: a subscription filter of a log group. */
const logs: EventWriter = (event) => {
  const group = own(event.properties, 'LogGroupName') ?? null;
  const arn = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*';
  permit(event, 'logs.amazonaws.com', { source: { 'Fn::Sub': [arn, { __LogGroupName__: group }] } });
  add(event, '', 'AWS::Logs::SubscriptionFilter', {
    ...picked(event.properties, ['LogGroupName', 'FilterPattern']),
    DestinationArn: event.target.arn,
  });
  event.expansion.amend(event.id, { DependsOn: [`${event.id}Permission`] });
  return true;
};

/** `IoTRule`: a rule of IoT Core. */
const iot: EventWriter = (event) => {
  const rule = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}';
  permit(event, 'iot.amazonaws.com', {
    source: { 'Fn::Sub': [rule, { RuleName: ref(event.id) }] },
    account: { 'Fn::Sub': '${AWS::AccountId}' },
  });
  add(event, '', 'AWS::IoT::TopicRule', {
    TopicRulePayload: {
      ...picked(event.properties, ['Sql', 'AwsIotSqlVersion']),
      RuleDisabled: false,
      Actions: [{ Lambda: { FunctionArn: event.target.arn } }],
    },
  });
  return true;
};

/** `AlexaSkill`: a permission only. */
const alexa: EventWriter = (event) => {
  permit(event, 'alexa-appkit.amazon.com', {});
  const token = own(event.properties, 'SkillId');
  const permission = event.expansion.propertiesOf(`${event.id}Permission`);
  if (token !== undefined)
    event.expansion.amend(`${event.id}Permission`, {
      Properties: { ...permission, EventSourceToken: token },
    });
  return true;
};

/** `Cognito`: the pool, which stands in the same template, calls the function. */
const pool: EventWriter = (event) => {
  const { expansion, target, properties } = event;
  const id = idIn(own(properties, 'UserPool'));
  const body = id === undefined ? undefined : expansion.bodyOf(id);
  if (id === undefined || body === undefined) return false;
  const before = ownObject(body, 'Properties');
  const kinds = own(properties, 'Trigger') ?? null;
  const triggers = (isList(kinds) ? kinds : [kinds]).filter((kind) => typeof kind === 'string');
  const config = own(before, 'LambdaConfig') ?? {};
  const calls = Object.fromEntries(triggers.map((kind) => [kind, target.arn]));
  const added = isObject(config) ? { ...config, ...calls } : writtenAtDeploy(config);
  // One permission serves all events of the function.
  const shared = { ...event, id: `${idIn(target.name) ?? event.id}Cognito` };
  permit(shared, 'cognito-idp.amazonaws.com', { source: getAtt(id, 'Arn') });
  expansion.set(id, { ...body, Properties: { ...before, LambdaConfig: added } });
  return true;
};

/** Events that another service brings, by type. */
export const PUSH_EVENTS: Readonly<Record<string, EventWriter>> = {
  S3: bucket,
  SNS: topic,
  CloudWatchLogs: logs,
  IoTRule: iot,
  AlexaSkill: alexa,
  Cognito: pool,
};
