import { isObject, own, ownString } from '../json';
import type { JsonObject } from '../source';
import { bodyOf, OPENAPI, woven } from './api-body';
import { permitAuthorizers } from './authorizers';
import { writeHttpDomain } from './custom-domain';
import { isFlat } from './event';
import { type Expansion, picked, ref, type SamResource, writtenAtDeploy } from './expansion';
import { stageId } from './rest-api';

const STAGE = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'];

/** What `AWS::Serverless::HttpApi` becomes: an HTTP API and its one stage. */
export function expandHttpApi(expansion: Expansion, sam: SamResource): boolean {
  const { id, properties } = sam;
  expansion.add(sam, id, 'AWS::ApiGatewayV2::Api', {
    ...definitionOf(expansion, sam),
    ...picked(properties, ['FailOnWarnings']),
  });
  const name = own(properties, 'StageName') ?? '$default';
  const stage = name === '$default' ? `${id}ApiGatewayDefaultStage` : stageId(id, name);
  expansion.add(sam, stage, 'AWS::ApiGatewayV2::Stage', {
    ApiId: ref(id),
    StageName: name,
    ...picked(properties, STAGE),
    Tags: tagsOf(properties),
    AutoDeploy: true,
  });
  expansion.names.set(`${id}.Stage`, stage);
  permitAuthorizers(
    expansion,
    sam,
    (authorizer) => own(authorizer, 'EnableFunctionDefaultPermissions') === true,
  );
  return writeHttpDomain(expansion, sam, { stage, tags: tagsOf(properties) });
}

/** The transform marks what it understands: a definition that is not hidden in a macro. */
function tagsOf(properties: JsonObject): JsonObject | undefined {
  const tags = own(properties, 'Tags') ?? {};
  if (!isObject(tags)) return writtenAtDeploy(tags);
  const body = own(properties, 'DefinitionBody');
  const read = body === undefined ? own(properties, 'DefinitionUri') === undefined : isFlat(body);
  if (read) return { 'httpapi:createdBy': 'SAM', ...tags };
  return Object.keys(tags).length > 0 ? tags : undefined;
}

function definitionOf(expansion: Expansion, sam: SamResource): JsonObject {
  const body = own(sam.properties, 'DefinitionBody');
  const uri = own(sam.properties, 'DefinitionUri');
  if (body !== undefined) return { Body: woven(body, sam.properties) };
  if (uri === undefined) return { Body: bodyOf(expansion, sam, OPENAPI) };
  return {
    BodyS3Location:
      isObject(uri) || ownString(sam.properties, 'DefinitionUri') === undefined ? uri : writtenAtDeploy(uri),
  };
}
