import type { Graph } from '../../assembly/graph';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isList, type Value } from '../../assembly/value';

/** What answers under a host by its own configuration, whether the app holds a record of that name or not. */
export function servedUnder(host: string, graph: Graph): readonly Resource[] {
  return byHost(graph).get(host) ?? [];
}

const byHost = oncePerGraph((graph: Graph): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  const add = (host: Value, resource: Resource) => {
    if (typeof host !== 'string') return;
    const key = host.toLowerCase().replace(/\.$/, '');
    found.set(key, [...(found.get(key) ?? []), resource]);
  };
  for (const distribution of graph.ofType('AWS::CloudFront::Distribution')) {
    const aliases = distribution.get('DistributionConfig.Aliases');
    for (const alias of isList(aliases) ? aliases : []) add(alias, distribution);
  }
  for (const domain of graph.ofType(...Object.keys(MAPPINGS)))
    for (const api of apisOf(domain)) add(domain.get('DomainName') ?? null, api);
  return found;
});

/** What maps a domain of an API to it, and the property that names the API. */
const MAPPINGS: Readonly<Record<string, readonly (readonly [type: string, api: string])[]>> = {
  'AWS::ApiGateway::DomainName': [
    ['AWS::ApiGateway::BasePathMapping', 'RestApiId'],
    ['AWS::ApiGatewayV2::ApiMapping', 'ApiId'],
  ],
  'AWS::ApiGatewayV2::DomainName': [['AWS::ApiGatewayV2::ApiMapping', 'ApiId']],
};

function apisOf(domain: Resource): readonly Resource[] {
  const { graph } = domain.stack;
  return (MAPPINGS[domain.type] ?? []).flatMap(([type, api]) =>
    graph
      .mentionsOf(domain, type)
      .map(({ from }) => from.target(api))
      .filter((target) => target instanceof Resource),
  );
}
