import type { Graph } from '../../assembly/graph';
import { standsFor } from '../../assembly/iam/iam-resources';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isMap, referencesIn, type Value, wordOf } from '../../assembly/value';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { registeredWith } from './discovered-names';
import { hostNameFails } from './dns-names/record-target';

/** What belongs to an API and says what it needs, with the property that names the API. */
const PARTS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Authorizer': 'RestApiId',
  'AWS::ApiGateway::Method': 'RestApiId',
  'AWS::ApiGatewayV2::Authorizer': 'ApiId',
  'AWS::ApiGatewayV2::Integration': 'ApiId',
};

/** What an integration or an authorizer may name and cannot do without. */
const NEEDED: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::VpcLink',
  'AWS::ApiGatewayV2::VpcLink',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECS::Service',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Events::EventBus',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
]);

/** What makes the integrations and the authorizers of an API fail: each serves, or guards, some of its paths. */
export function apiIntegrationsFail(api: Resource, model: Modelling): Failure {
  const parts = partsOf(api.stack.graph).get(api) ?? [];
  return anyOf(
    ...parts.flatMap((part) => [
      ...neededBy(part, api, model).map((needed) => model.of(needed, api)),
      hostFails(part, model),
    ]),
    ...documentNeeds(api).map((needed) => model.of(needed, api)),
  );
}

const partsOf = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const byApi = new Map<Resource, Resource[]>();
  for (const part of graph.ofType(...Object.keys(PARTS))) {
    const api = part.target(PARTS[part.type] ?? '');
    if (!(api instanceof Resource)) continue;
    const known = byApi.get(api);
    if (known) known.push(part);
    else byApi.set(api, [part]);
  }
  return byApi;
});

/** A request that only leaves an event with a function does not wait for it. */
function neededBy(part: Resource, api: Resource, model: Modelling): readonly Resource[] {
  const named = part.references
    .flatMap(({ reference }) => [
      meantBy(reference.resource),
      ...(registeredWith(api.stack.graph).get(reference.resource) ?? []),
    ])
    .filter((resource) => resource !== api && NEEDED.has(resource.type));
  const leaves = isLeft(part);
  if (leaves && named.some(isFunction))
    model.assume(`${nameOf(part)} leaves its requests with a function, and does not wait for it`, part);
  return [...new Set(named)].filter((resource) => !(leaves && isFunction(resource)));
}

/** A listener stands for its load balancer, an alias for its function. */
function meantBy(resource: Resource): Resource {
  if (resource.type !== 'AWS::ElasticLoadBalancingV2::Listener') return standsFor(resource);
  const balancer = resource.target('LoadBalancerArn');
  return balancer instanceof Resource ? balancer : resource;
}

function isFunction({ type }: Resource): boolean {
  return type === 'AWS::Lambda::Function';
}

const INVOCATION = 'integration.request.header.X-Amz-Invocation-Type';

function isLeft(part: Resource): boolean {
  const parameters = part.get('Integration.RequestParameters');
  return isMap(parameters) && wordOf(parameters[INVOCATION]) === "'Event'";
}

/** An integration with a host: a name of the app, or somebody else's. */
function hostFails(part: Resource, model: Modelling): Failure {
  const path = part.type === 'AWS::ApiGateway::Method' ? 'Integration.Uri' : 'IntegrationUri';
  const uri = part.get(path);
  const [, host] = typeof uri === 'string' ? (/^https?:\/\/([^/:?]+)/.exec(uri) ?? []) : [];
  return host === undefined ? anyOf() : hostNameFails(host, part, model);
}

/** Of an API that is written as an OpenAPI document, everything that the document refers to; of a quick one, its target. */
function documentNeeds(api: Resource): readonly Resource[] {
  const named = ['Body', 'Target']
    .flatMap((path) => referencesIn(api.get(path)))
    .map(({ resource }) => meantBy(resource));
  return [...new Set(named)].filter((resource) => resource !== api && NEEDED.has(resource.type));
}

/** All values at a path, lists opened. */
export function allNamedBy(resource: Resource, path: string): readonly Value[] {
  return valuesAt(resource, path).flat() as readonly Value[];
}
