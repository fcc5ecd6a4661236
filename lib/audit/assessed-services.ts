import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import type { AssessedService } from '../assessment/assessed-service';
import type { CatalogueService } from '../objectives/catalogue';
import type { RegionRole } from '../objectives/region-role';
import type { Config } from '../records/config';
import type { ResolvedService, ServiceIndex } from './services';

/** The services of an app with all their resources; what belongs to none is one service with the name of the app. */
export function assessedServices(
  graph: Graph,
  services: ServiceIndex,
  config?: Pick<Config, 'services'>,
): readonly AssessedService[] {
  const configured = new Map(config?.services.map((service) => [service.name, service]));
  const byName = new Map<
    string | undefined,
    { readonly first: ResolvedService; readonly resources: Resource[] }
  >();
  for (const resource of graph.resources) {
    const service = services.of(resource);
    const known = byName.get(service.name) ?? { first: service, resources: [] };
    byName.set(service.name, known);
    known.resources.push(resource);
  }
  const catalogues = graph.stacks.flatMap((stack) =>
    services.inStack(stack).map(({ catalogue }) => ({ catalogue, region: stack.region })),
  );
  return [...byName].map(([name, { first, resources }]) => ({
    name: name ?? graph.name,
    declared: name !== undefined,
    tier: first.tier,
    slo: Number(
      configured.get(name ?? '')?.slo ??
        first.catalogue?.objectives.slo ??
        first.policy.availabilitySlo.value,
    ),
    recovery: first.recovery,
    resources,
    dependsOn: [
      ...merged(
        catalogues,
        name,
        ({ dependsOn }) => dependsOn,
        ({ service }) => service,
      ),
      ...(configured.get(name ?? '')?.dependsOn ?? []),
    ],
    thirdParties: configured.get(name ?? '')?.thirdParties ?? [],
    dataClasses: merged(
      catalogues,
      name,
      ({ dataClasses }) => dataClasses,
      (each) => each.name,
    ),
    roles: new Map([...rolesOf(catalogues, name), ...configuredRoles(services, name)]),
  }));
}

interface Declared {
  readonly catalogue: CatalogueService | undefined;
  readonly region: string | undefined;
}

/** What the stacks of a service say of it, each thing once. */
function merged<T>(
  declared: readonly Declared[],
  name: string | undefined,
  listOf: (service: CatalogueService) => readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  const byKey = new Map<string, T>();
  for (const { catalogue } of declared)
    if (catalogue && catalogue.name === name)
      for (const item of listOf(catalogue)) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

function rolesOf(declared: readonly Declared[], name: string | undefined): ReadonlyMap<string, RegionRole> {
  const roles = new Map<string, RegionRole>();
  for (const { catalogue, region } of declared)
    if (catalogue?.name === name && catalogue?.role !== undefined && region !== undefined)
      roles.set(region, catalogue.role);
  return roles;
}

function configuredRoles(
  services: ServiceIndex,
  name: string | undefined,
): readonly (readonly [string, RegionRole])[] {
  return services
    .placesOf(name)
    .flatMap(({ stack, role }) => (stack.region === undefined ? [] : [[stack.region, role] as const]));
}
