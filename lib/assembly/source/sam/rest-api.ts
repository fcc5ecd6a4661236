import { isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { bodyOf, SWAGGER, woven } from './api-body';
import { permitAuthorizers } from './authorizers';
import { writeRestDomain } from './custom-domain';
import {
  compact,
  type Expansion,
  picked,
  ref,
  type SamResource,
  tagList,
  writtenAtDeploy,
} from './expansion';

const SAME = [
  'Name',
  'Description',
  'BinaryMediaTypes',
  'MinimumCompressionSize',
  'FailOnWarnings',
  'Mode',
  'ApiKeySourceType',
  'Policy',
  'SecurityPolicy',
  'EndpointAccessMode',
];
const STAGE = [
  'StageName',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'MethodSettings',
  'AccessLogSetting',
  'CanarySetting',
  'TracingEnabled',
];

/** What `AWS::Serverless::Api` becomes: a REST API, its deployment and its one stage. */
export function expandRestApi(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  const stageName = own(properties, 'StageName');
  if (stageName === undefined) return false;
  const stage = stageId(id, stageName);
  const deployment = expansion.freeId(`${id}Deployment`);
  expansion.add(sam, id, 'AWS::ApiGateway::RestApi', {
    ...picked(properties, SAME),
    ...endpointOf(own(properties, 'EndpointConfiguration')),
    ...definitionOf(expansion, sam),
  });
  expansion.add(sam, deployment, 'AWS::ApiGateway::Deployment', {
    RestApiId: ref(id),
    StageName: ownString(properties, 'OpenApiVersion') === undefined ? 'Stage' : undefined,
  });
  expansion.add(sam, stage, 'AWS::ApiGateway::Stage', {
    ...picked(properties, STAGE),
    RestApiId: ref(id),
    DeploymentId: ref(deployment),
    Tags: own(properties, 'Tags') === undefined ? undefined : tagList(own(properties, 'Tags'), {}),
  });
  expansion.names.set(`${id}.Stage`, stage).set(`${id}.Deployment`, deployment);
  writeUsagePlan(expansion, sam, stage);
  permitAuthorizers(
    expansion,
    sam,
    (authorizer) => own(authorizer, 'DisableFunctionDefaultPermissions') !== true,
  );
  return writeRestDomain(expansion, sam, stage);
}

/** A name that is no plain word becomes a hash, which cannot be foretold. */
export function stageId(api: string, name: Json): string {
  return `${api}${typeof name === 'string' && /^[A-Za-z0-9]+$/.test(name) ? name : ''}Stage`;
}

function endpointOf(configuration: Json | undefined): JsonObject {
  if (configuration === undefined) return {};
  if (!isObject(configuration)) {
    return {
      Parameters: { endpointConfigurationTypes: configuration },
      EndpointConfiguration: { Types: [configuration] },
    };
  }
  const type = own(configuration, 'Type');
  if (type === undefined) {
    return {
      Parameters: { endpointConfigurationTypes: configuration },
      EndpointConfiguration: { Types: [configuration] },
    };
  }
  const endpoints = own(configuration, 'VPCEndpointIds') ?? own(configuration, 'VpcEndpointIds');
  return {
    Parameters: { endpointConfigurationTypes: type },
    EndpointConfiguration: compact({
      Types: [type],
      VpcEndpointIds: endpoints,
      IpAddressType: own(configuration, 'IpAddressType'),
    }),
  };
}

/** A definition that is written down, one in a file, or one of the routes that events declare. */
function definitionOf(expansion: Expansion, sam: SamResource): JsonObject {
  const body = own(sam.properties, 'DefinitionBody');
  const uri = own(sam.properties, 'DefinitionUri');
  if (body !== undefined) return { Body: woven(body, sam.properties) };
  if (uri === undefined) return { Body: bodyOf(expansion, sam, SWAGGER) };
  return { BodyS3Location: isObject(uri) ? uri : writtenAtDeploy(uri) };
}

/** `Auth.UsagePlan`: who may call how often, with a key. */
function writeUsagePlan(expansion: Expansion, sam: SamResource, stage: string): void {
  const plan = ownObject(ownObject(sam.properties, 'Auth'), 'UsagePlan');
  const kind = ownString(plan, 'CreateUsagePlan');
  if (kind !== 'PER_API' && kind !== 'SHARED') return;
  const prefix = kind === 'SHARED' ? 'Serverless' : sam.id;
  const stages = { ApiId: ref(sam.id), Stage: ref(stage) };
  const before = own(expansion.propertiesOf(`${prefix}UsagePlan`), 'ApiStages') ?? [];
  const settings = picked(plan, ['UsagePlanName', 'Description', 'Quota', 'Throttle', 'Tags']);
  expansion.add(sam, `${prefix}UsagePlan`, 'AWS::ApiGateway::UsagePlan', {
    ...settings,
    ApiStages: [...(before as readonly Json[]), stages],
  });
  expansion.add(sam, `${prefix}ApiKey`, 'AWS::ApiGateway::ApiKey', {
    Enabled: true,
    StageKeys: [{ RestApiId: ref(sam.id), StageName: ref(stage) }],
  });
  expansion.add(sam, `${prefix}UsagePlanKey`, 'AWS::ApiGateway::UsagePlanKey', {
    KeyId: ref(`${prefix}ApiKey`),
    KeyType: 'API_KEY',
    UsagePlanId: ref(`${prefix}UsagePlan`),
  });
}
