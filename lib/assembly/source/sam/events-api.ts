import { own, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { add, type EventWriter, permit, type SamEvent } from './event';
import { assumedBy, getAtt, idIn, type Route, ref } from './expansion';
import { RoleDraft } from './role';

/** The APIs that the transform makes for events that name none. */
export const IMPLICIT_APIS = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** `Api`: a route of a REST API. */
export const restRoute: EventWriter = (event) => {
  const path = ownString(event.properties, 'Path');
  const method = ownString(event.properties, 'Method')?.toLowerCase();
  const api = own(event.properties, 'RestApiId') ?? ref(IMPLICIT_APIS.Api);
  const stage = stageSuffix(event, api);
  if (path === undefined || method === undefined || stage === undefined) return false;
  const verb = method === 'any' ? '*' : method.toUpperCase();
  permit(event, 'apigateway.amazonaws.com', {
    source: executeArn(`/${verb}${path.replaceAll(/\{[^}]*\}/g, '*').replace(/(.)\/$/, '$1')}`, api),
    suffix: stage,
  });
  addRoute(event, api, { path, method, integration: lambdaIntegration(event.target.arn) });
  return true;
};

/** What the transform ends the permission's id with: the stage, where a text names it. */
function stageSuffix({ expansion }: SamEvent, api: Json): string | undefined {
  const id = idIn(api);
  if (id === undefined) return 'AllStages';
  if (id === IMPLICIT_APIS.Api) return 'Prod';
  const body = expansion.bodyOf(id);
  if (body === undefined) return undefined;
  const stage = own(expansion.propertiesOf(id), 'StageName');
  return typeof stage === 'string' ? stage.replaceAll(/[^A-Za-z0-9]/g, '') : 'Stage';
}

/** `HttpApi`: a route of an HTTP API, of all paths and methods where it names none. */
export const httpRoute: EventWriter = (event) => {
  const path = ownString(event.properties, 'Path') ?? '$default';
  const method = (ownString(event.properties, 'Method') ?? 'x-amazon-apigateway-any-method').toLowerCase();
  const api = own(event.properties, 'ApiId') ?? ref(IMPLICIT_APIS.HttpApi);
  if (!(Object.hasOwn(event.properties, 'Path') || !Object.hasOwn(event.properties, 'Method'))) return false;
  const any = method === 'any' || method === 'x-amazon-apigateway-any-method';
  const place = path === '$default' ? '' : path.replaceAll(/\{[^}]*\}/g, '*').replace(/(.)\/$/, '$1');
  const resource =
    method === 'any' && path === '/$default' ? place : `/${any ? '*' : method.toUpperCase()}${place}`;
  permit(event, 'apigateway.amazonaws.com', { source: executeArn(resource, api) });
  const integration = { ...lambdaIntegration(event.target.arn), payloadFormatVersion: '2.0' };
  addRoute(event, api, { path, method: any ? 'x-amazon-apigateway-any-method' : method, integration });
  return true;
};

/** `Api` of a state machine: the API starts it by a role of its own. */
export const stateMachineRoute: EventWriter = (event) => {
  const path = ownString(event.properties, 'Path');
  const method = ownString(event.properties, 'Method')?.toLowerCase();
  if (path === undefined || method === undefined) return false;
  const api = own(event.properties, 'RestApiId') ?? ref(IMPLICIT_APIS.Api);
  const draft = new RoleDraft(`${event.id}Role`);
  draft.allow(`${event.id}RoleStartExecutionPolicy`, 'states:StartExecution', event.target.arn);
  add(event, 'Role', 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: assumedBy('apigateway.amazonaws.com'),
    Policies: draft.policies,
  });
  const integration = {
    type: 'aws',
    httpMethod: 'POST',
    uri: { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution' },
    credentials: getAtt(`${event.id}Role`, 'Arn'),
    requestTemplates: { 'application/json': stateMachineRequest(event.target.arn) },
  };
  addRoute(event, api, { path, method, integration });
  return true;
};

function stateMachineRequest(arn: Json): Json {
  const text =
    '{"input": "$util.escapeJavaScript($input.json(\'$\'))", "stateMachineArn": "${StateMachine}"}';
  return { 'Fn::Sub': [text, { StateMachine: arn }] };
}

function lambdaIntegration(arn: Json): JsonObject {
  const uri =
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations';
  return { type: 'aws_proxy', httpMethod: 'POST', uri: { 'Fn::Sub': [uri, { Target: arn }] } };
}

function executeArn(resource: string, api: Json): Json {
  const arn = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}';
  return { 'Fn::Sub': [`${arn}${resource}`, { __ApiId__: api, __Stage__: '*' }] };
}

function addRoute({ expansion, sam }: SamEvent, api: Json, route: Route): void {
  const id = idIn(api);
  if (id === undefined) return;
  const condition = ownString(sam.body, 'Condition');
  const known = expansion.routes.get(id) ?? [];
  expansion.routes.set(id, [...known, condition === undefined ? route : { ...route, condition }]);
}
