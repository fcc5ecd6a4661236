import { isList, isObject, own, ownObject, ownString } from '../json';
import type { Json, JsonObject } from '../source';
import { compact, type Expansion, getAtt, picked, type SamResource, writtenAtDeploy } from './expansion';
import { apiIdOf, sourceNameOf } from './graphql-sources';

/** A file beside the template is put in its place before deploy. */
export function atDeploy(uri: Json | undefined): Json | undefined {
  return typeof uri === 'string' && !uri.startsWith('s3://') ? writtenAtDeploy(uri) : uri;
}

/** Writes the functions of an API, which its resolvers are made of. */
export function writeFunctions(expansion: Expansion, sam: SamResource): void {
  for (const [name, settings] of Object.entries(ownObject(sam.properties, 'Functions'))) {
    if (!isObject(settings) || own(settings, 'Id') !== undefined) continue;
    expansion.add(sam, `${sam.id}${name}`, 'AWS::AppSync::FunctionConfiguration', {
      ApiId: apiIdOf(sam),
      Name: own(settings, 'Name') ?? name,
      DataSourceName: sourceNameOf(expansion, sam, own(settings, 'DataSource')),
      ...codeOf(settings),
      ...picked(settings, ['Description', 'MaxBatchSize', 'Runtime']),
      SyncConfig: own(settings, 'Sync'),
    });
  }
}

function codeOf(settings: JsonObject): JsonObject {
  return compact({ Code: own(settings, 'InlineCode'), CodeS3Location: atDeploy(own(settings, 'CodeUri')) });
}

/** Writes the resolvers of an API, one for each field. */
export function writeResolvers(expansion: Expansion, sam: SamResource): void {
  for (const [type, fields] of Object.entries(ownObject(sam.properties, 'Resolvers'))) {
    for (const [field, settings] of Object.entries(isObject(fields) ? fields : {}))
      if (isObject(settings)) writeResolver(expansion, sam, { type, field, settings });
  }
}

interface Resolver {
  readonly type: string;
  readonly field: string;
  readonly settings: JsonObject;
}

function writeResolver(expansion: Expansion, sam: SamResource, { type, field, settings }: Resolver): void {
  const pipeline = own(settings, 'Pipeline');
  expansion.add(sam, `${sam.id}${type}${field}`, 'AWS::AppSync::Resolver', {
    ApiId: apiIdOf(sam),
    TypeName: type,
    FieldName: ownString(settings, 'FieldName') ?? field,
    Kind: 'PIPELINE',
    PipelineConfig: isList(pipeline)
      ? { Functions: pipeline.map((name) => functionId(name, sam)) }
      : undefined,
    ...codeOf(settings),
    ...picked(settings, ['MaxBatchSize', 'Runtime']),
  });
}

function functionId(name: Json, { id, properties }: SamResource): Json {
  const settings = typeof name === 'string' ? own(ownObject(properties, 'Functions'), name) : undefined;
  if (!isObject(settings)) return name;
  return own(settings, 'Id') ?? getAtt(`${id}${String(name)}`, 'FunctionId');
}
