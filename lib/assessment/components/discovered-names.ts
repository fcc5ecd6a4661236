import type { Graph } from '../../assembly/graph';
import { valuesAt } from '../../assembly/network/zones';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { isMap } from '../../assembly/value';

/** The services of ECS by the names under which others find them: of Cloud Map, and of Service Connect. */
export const discoveredNames = oncePerGraph((graph: Graph): ReadonlyMap<string, readonly Resource[]> => {
  const byName = new Map<string, Resource[]>();
  for (const service of graph.ofType('AWS::ECS::Service'))
    for (const name of new Set([...registeredNames(service), ...connectedNames(service)])) {
      const known = byName.get(name);
      if (known) known.push(service);
      else byName.set(name, [service]);
    }
  return byName;
});

/** The services of ECS that register with a service of Cloud Map. */
export const registeredWith = oncePerGraph((graph: Graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const byRegistry = new Map<Resource, Resource[]>();
  for (const service of graph.ofType('AWS::ECS::Service'))
    for (const registry of registriesOf(service))
      byRegistry.set(registry, [...(byRegistry.get(registry) ?? []), service]);
  return byRegistry;
});

function registriesOf(service: Resource): readonly Resource[] {
  return valuesAt(service, 'ServiceRegistries.*.RegistryArn')
    .map((value) => service.stack.graph.resolve(value, service))
    .filter((found) => found instanceof Resource);
}

/** `orders.shop.local`: the name of the service in its namespace. */
function registeredNames(service: Resource): readonly string[] {
  return registriesOf(service).flatMap((registry) => {
    const namespace = registry.target('DnsConfig.NamespaceId') ?? registry.target('NamespaceId');
    const [own, zone] = [
      registry.text('Name'),
      namespace instanceof Resource ? namespace.text('Name') : undefined,
    ];
    return typeof own === 'string' && typeof zone === 'string' ? [`${own}.${zone}`.toLowerCase()] : [];
  });
}

function connectedNames(service: Resource): readonly string[] {
  const aliases = valuesAt(service, 'ServiceConnectConfiguration.Services')
    .flat()
    .filter(isMap)
    .flatMap(({ ClientAliases: list }) => (Array.isArray(list) ? list : []));
  return aliases
    .filter(isMap)
    .map(({ DnsName: name }) => name)
    .filter((name) => typeof name === 'string')
    .map((name) => name.toLowerCase());
}
