import type { Graph } from '../../assembly/graph';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { allNamedBy, apiIntegrationsFail } from './api-integrations';
import { sharedByAllFails, sharedFails } from './shared-services';

/** APIs of API Gateway: REST, HTTP and WebSocket. */
const API: Component = {
  types: ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'],
  part: 'entry',
  fails: (api, model) =>
    anyOf(
      sharedFails('api-gateway', api, model),
      edgeFails(api, endpointTypesOf(api), model),
      privateFails(api, model),
      apiIntegrationsFail(api, model),
    ),
};

/** A name of APIs: it needs those that are mapped to it. */
const DOMAIN: Component = {
  types: ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName'],
  part: 'entry',
  fails: (domain, model) => {
    const apis = mappedTo(domain);
    if (apis.length === 0) {
      model.assume(`no API of the app is mapped to ${nameOf(domain)}`, domain);
      return sharedFails('api-gateway', domain, model);
    }
    return anyOf(
      edgeFails(domain, endpointTypesOf(domain), model),
      ...apis.map((api) => model.of(api, domain)),
    );
  },
};

/** A link of an API into a network: to load balancers, or through subnets. */
const LINK: Component = {
  types: ['AWS::ApiGateway::VpcLink', 'AWS::ApiGatewayV2::VpcLink'],
  part: 'support',
  fails: (link, model) => {
    const { resources } = link.targets('TargetArns');
    const zones = [...link.targets('SubnetIds').resources].flatMap((subnet) => [...subnet.zones.names]);
    return anyOf(
      ...resources.map((balancer) => model.of(balancer, link)),
      zones.length > 0 ? model.allZones(link, [...new Set(zones)]) : anyOf(),
      model.region(link),
    );
  },
};

export const APIS: readonly Component[] = [API, DOMAIN, LINK];

function endpointTypesOf(resource: Resource): readonly string[] {
  const given = ['EndpointConfiguration.Types', 'EndpointConfiguration.Type']
    .flatMap((path) => allNamedBy(resource, path))
    .filter((type) => typeof type === 'string');
  // REST APIs and their names are optimised for the edge where nothing is said.
  return given.length === 0 && resource.type.startsWith('AWS::ApiGateway::') ? ['EDGE'] : given;
}

/** An API that is optimised for the edge is reached through a distribution that AWS runs. */
function edgeFails(api: Resource, types: readonly string[], model: Modelling): Failure {
  return types.includes('EDGE') ? sharedByAllFails('cloudfront', api, model) : anyOf();
}

/** A private API is reached through endpoints of networks. */
function privateFails(api: Resource, model: Modelling): Failure {
  if (!endpointTypesOf(api).includes('PRIVATE')) return anyOf();
  const { resources } = api.targets('EndpointConfiguration.VpcEndpointIds');
  if (resources.length === 0)
    model.assume(
      `${nameOf(api)} is private: the endpoints through which it is reached are not in the app`,
      api,
    );
  return anyOf(...resources.map((endpoint) => model.of(endpoint, api)));
}

const MAPPINGS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::BasePathMapping': 'RestApiId',
  'AWS::ApiGateway::BasePathMappingV2': 'RestApiId',
  'AWS::ApiGatewayV2::ApiMapping': 'ApiId',
};

/** The APIs that are mapped to a name: by reference, or by the same words for the name. */
function mappedTo(domain: Resource): readonly Resource[] {
  const found = mappings(domain.stack.graph);
  return [...new Set([domain, ...wordsFor(domain)].flatMap((key) => found.get(key) ?? []))];
}

const mappings = oncePerGraph((graph: Graph) => {
  const found = new Map<Resource | string, Resource[]>();
  for (const mapping of graph.ofType(...Object.keys(MAPPINGS))) {
    const api = mapping.target(MAPPINGS[mapping.type] ?? '');
    if (!(api instanceof Resource)) continue;
    const domain = mapping.target('DomainName') ?? mapping.target('DomainNameArn');
    for (const key of domain instanceof Resource ? [domain] : wordsFor(mapping))
      found.set(key, [...(found.get(key) ?? []), api]);
  }
  return found;
});

/** A name as it comes out, and as its stack writes it: what one stack writes twice comes to the same. */
function wordsFor(resource: Resource): readonly string[] {
  const name = resource.get('DomainName');
  const written = resource.body.Properties?.DomainName;
  return [
    ...(typeof name === 'string' ? [name] : []),
    ...(written === undefined ? [] : [`${resource.stack.id} ${JSON.stringify(written)}`]),
  ];
}
