import type { Graph } from '../graph';
import { standsFor } from '../iam/iam-resources';
import { jsonIn } from '../json-text';
import { type Place, placesIn, placesOf } from '../places';
import { Resource } from '../resource';
import { everyTruth } from '../truth';
import { isMap, referencesIn, Unknown, type Value } from '../value';
import type { EventEdge, EventEdgeKind, EventMode } from './event-edge';
import { modeOfMethod, modeOfPermission, modeOfPipe } from './event-wiring-modes';
import { taskEdgesOf } from './event-wiring-tasks';

/** Where a property of a type names what gets events. */
interface Wire {
  /** The path of the target; `*` stands for any entry. */
  readonly to: string;
  readonly kind: EventEdgeKind;
  readonly mode: EventMode | ((via: Resource, property: string) => EventMode | Unknown);

  /** The path of the sender. @default - the resource itself */
  readonly from?: string;

  /** The first property of the path may be JSON written as a text. */
  readonly json?: boolean;
}

const failures = (to: string, more: Partial<Wire> = {}): Wire => ({
  to,
  kind: to.includes('OnFailure') ? 'onFailure' : 'deadLetter',
  mode: 'asynchronous',
  ...more,
});
const asynchronous = (kind: EventEdgeKind, ...paths: readonly string[]): readonly Wire[] =>
  paths.map((to) => ({ to, kind, mode: 'asynchronous' }));
const integration = (...paths: readonly string[]): readonly Wire[] =>
  paths.map((to) => ({ to, kind: 'integration', mode: 'synchronous' }));

const WIRES: Readonly<Record<string, readonly Wire[]>> = {
  'AWS::ApiGateway::Method': [
    { to: 'Integration.Uri', kind: 'integration', mode: modeOfMethod, from: 'RestApiId' },
  ],
  'AWS::ApiGatewayV2::Integration': [
    { to: 'IntegrationUri', kind: 'integration', mode: 'synchronous', from: 'ApiId' },
  ],
  'AWS::AppSync::DataSource': [
    { to: 'LambdaConfig.LambdaFunctionArn', kind: 'integration', mode: 'synchronous', from: 'ApiId' },
  ],
  'AWS::Cognito::UserPool': integration('LambdaConfig.*', 'LambdaConfig.*.LambdaArn'),
  'AWS::ElasticLoadBalancingV2::TargetGroup': integration('Targets.*.Id'),
  'AWS::Events::EventBus': [failures('DeadLetterConfig.Arn')],
  'AWS::Events::Rule': [...asynchronous('rule', 'Targets.*.Arn'), failures('Targets.*.DeadLetterConfig.Arn')],
  'AWS::IoT::TopicRule': asynchronous(
    'rule',
    'TopicRulePayload.Actions.*.Lambda.FunctionArn',
    'TopicRulePayload.Actions.*.Sns.TargetArn',
    'TopicRulePayload.Actions.*.Sqs.QueueUrl',
    'TopicRulePayload.Actions.*.Kinesis.StreamName',
    'TopicRulePayload.Actions.*.StepFunctions.StateMachineName',
  ),
  'AWS::Lambda::EventInvokeConfig': [
    failures('DestinationConfig.OnFailure.Destination', { from: 'FunctionName' }),
    {
      to: 'DestinationConfig.OnSuccess.Destination',
      kind: 'onSuccess',
      mode: 'asynchronous',
      from: 'FunctionName',
    },
  ],
  'AWS::Lambda::EventSourceMapping': [
    { to: 'FunctionName', kind: 'eventSourceMapping', mode: 'polled', from: 'EventSourceArn' },
    failures('DestinationConfig.OnFailure.Destination'),
  ],
  'AWS::Lambda::Function': [failures('DeadLetterConfig.TargetArn')],
  'AWS::Lambda::Permission': [
    { to: 'FunctionName', kind: 'permission', mode: modeOfPermission, from: 'SourceArn' },
  ],
  'AWS::Lambda::Url': integration('TargetFunctionArn'),
  'AWS::Logs::SubscriptionFilter': [
    { to: 'DestinationArn', kind: 'logs', mode: 'asynchronous', from: 'LogGroupName' },
  ],
  'AWS::Pipes::Pipe': [
    { to: 'Target', kind: 'pipe', mode: modeOfPipe, from: 'Source' },
    { to: 'Enrichment', kind: 'pipe', mode: 'synchronous', from: 'Source' },
    ...['Kinesis', 'DynamoDB'].map((source) =>
      failures(`SourceParameters.${source}StreamParameters.DeadLetterConfig.Arn`),
    ),
  ],
  'AWS::S3::Bucket': asynchronous(
    'notification',
    'NotificationConfiguration.LambdaConfigurations.*.Function',
    'NotificationConfiguration.QueueConfigurations.*.Queue',
    'NotificationConfiguration.TopicConfigurations.*.Topic',
  ),
  'AWS::SNS::Subscription': [
    { to: 'Endpoint', kind: 'subscription', mode: 'asynchronous', from: 'TopicArn' },
    failures('RedrivePolicy.deadLetterTargetArn', { json: true }),
  ],
  'AWS::SNS::Topic': asynchronous('subscription', 'Subscription.*.Endpoint'),
  'AWS::SQS::Queue': [failures('RedrivePolicy.deadLetterTargetArn', { json: true })],
  'AWS::Scheduler::Schedule': [
    ...asynchronous('schedule', 'Target.Arn'),
    failures('Target.DeadLetterConfig.Arn'),
  ],
  'Custom::S3BucketNotifications': [
    'LambdaFunctionConfigurations.*.LambdaFunctionArn',
    'QueueConfigurations.*.QueueArn',
    'TopicConfigurations.*.TopicArn',
  ].map((path) => ({
    to: `NotificationConfiguration.${path}`,
    kind: 'notification',
    mode: 'asynchronous',
    from: 'BucketName',
  })),
};

/** Of APIs that are written as an OpenAPI document, everything that the document refers to. */
const DOCUMENTS: readonly string[] = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** Every edge that the resources of an app define. */
export function definedEdges(graph: Graph): readonly EventEdge[] {
  return [
    ...graph
      .ofType(...Object.keys(WIRES))
      .flatMap((via) => (WIRES[via.type] ?? []).flatMap((wire) => edgesOf(via, wire))),
    ...graph.ofType(...DOCUMENTS).flatMap(documentEdges),
    ...graph.ofType('AWS::StepFunctions::StateMachine').flatMap(taskEdgesOf),
    ...customResources(graph).flatMap(customResourceEdges),
  ];
}

function edgesOf(via: Resource, wire: Wire): readonly EventEdge[] {
  const from = senderOf(via, wire.from);
  return targetsOf(via, wire)
    .filter(({ value }) => !isMap(value))
    .map(({ path, value, presence }) => ({
      kind: wire.kind,
      mode: typeof wire.mode === 'string' ? wire.mode : wire.mode(via, path),
      from,
      to: named(value, via),
      via,
      property: path,
      presence: everyTruth([via.presence, presence]),
    }));
}

function targetsOf(via: Resource, { to, json }: Wire): readonly Place[] {
  if (!json) return placesOf(via, to);
  const [name = '', ...rest] = to.split('.');
  const value = via.get(name);
  return placesIn({ path: name, value: value === undefined ? value : jsonIn(value), presence: true }, rest);
}

function senderOf(via: Resource, path: string | undefined): Resource | Unknown {
  if (path === undefined) return via;
  const value = via.get(path);
  return value === undefined ? new Unknown(`${path} is not set`) : named(value, via);
}

/** The resource that a value names; aliases and versions stand for their function. */
function named(value: Value, from: Resource): Resource | Unknown {
  const found = from.stack.graph.resolve(value, from);
  return found instanceof Resource ? standsFor(found) : found;
}

function documentEdges(api: Resource): readonly EventEdge[] {
  const targets = new Set(referencesIn(api.get('Body')).map(({ resource }) => standsFor(resource)));
  return [...targets]
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((to) => ({
      kind: 'integration',
      mode: 'synchronous',
      from: api,
      to,
      via: api,
      property: 'Body',
      presence: api.presence,
    }));
}

function customResources(graph: Graph): readonly Resource[] {
  return graph.resources.filter(
    ({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource',
  );
}

function customResourceEdges(via: Resource): readonly EventEdge[] {
  const token = via.get('ServiceToken');
  if (token === undefined) return [];
  const to = named(token, via);
  const { presence } = via;
  return [
    { kind: 'customResource', mode: 'asynchronous', from: via, to, via, property: 'ServiceToken', presence },
  ];
}
