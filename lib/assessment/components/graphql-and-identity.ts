import type { Graph } from '../../assembly/graph';
import { standsFor } from '../../assembly/iam/iam-resources';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf } from '../failure';
import { nameOf } from '../modelling';
import { needsOf } from '../needs';
import { sharedFails } from './shared-services';

/** A GraphQL API cannot answer in full when one of its data sources, or who says who is asking, is down. */
const GRAPHQL: Component = {
  types: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'],
  part: 'entry',
  fails: (api, model) =>
    anyOf(
      sharedFails('appsync', api, model),
      needsOf(api, model),
      ...[...(sourcesOf(api.stack.graph).get(api) ?? []), api]
        .flatMap((part) => part.references.map(({ reference }) => standsFor(reference.resource)))
        .filter((needed) => needed !== api && SOURCES.has(needed.type))
        .map((needed) => model.of(needed, api)),
    ),
};

/** A name of a GraphQL API. */
const GRAPHQL_NAME: Component = {
  types: ['AWS::AppSync::DomainName'],
  part: 'entry',
  fails: (domain, model) => {
    const associations = domain.stack.graph.mentionsOf(domain, 'AWS::AppSync::DomainNameApiAssociation');
    const apis = associations
      .map(({ from }) => from.target('ApiId'))
      .filter((api) => api instanceof Resource);
    return anyOf(...[...new Set(apis)].map((api) => model.of(api, domain)));
  },
};

const USERS: Component = {
  types: ['AWS::Cognito::UserPool'],
  part: 'support',
  fails: (pool, model) => anyOf(sharedFails('cognito', pool, model), needsOf(pool, model)),
};

/** Where users sign in. */
const SIGN_IN: Component = {
  types: ['AWS::Cognito::UserPoolDomain'],
  part: 'entry',
  fails: (domain, model) => {
    const pool = domain.target('UserPoolId');
    if (pool instanceof Resource) return model.of(pool, domain);
    model.assume(`the user pool of ${nameOf(domain)} is not in the app`, domain);
    return sharedFails('cognito', domain, model);
  },
};

export const GRAPHQL_AND_IDENTITY: readonly Component[] = [GRAPHQL, GRAPHQL_NAME, USERS, SIGN_IN];

/** What a data source may name: tables, functions, databases and the like. */
const SOURCES: ReadonlySet<string> = new Set([
  'AWS::AppSync::GraphQLApi',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Lambda::Function',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::StepFunctions::StateMachine',
]);

/** Data sources, and the APIs that are merged into one. */
const sourcesOf = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const byApi = new Map<Resource, Resource[]>();
  const add = (holder: Resource, property: string) => {
    const api = holder.target(property);
    if (api instanceof Resource) byApi.set(api, [...(byApi.get(api) ?? []), holder]);
  };
  for (const source of graph.ofType('AWS::AppSync::DataSource')) add(source, 'ApiId');
  for (const source of graph.ofType('AWS::AppSync::SourceApiAssociation')) add(source, 'MergedApiIdentifier');
  return byApi;
});
