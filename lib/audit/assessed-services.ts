import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import type { AssessedService } from '../assessment/assessed-service';
import { encloses } from '../assessment/stages';
import type { CatalogueService } from '../objectives/catalogue';
import { thirdPartyIn } from '../objectives/catalogue-third-party';
import type { RegionRole } from '../objectives/region-role';
import type { ThirdParty } from '../objectives/third-party';
import type { Config, ConfiguredService } from '../records/config';
import { partsByStage, type StagePart } from './parts-by-stage';
import type { ResolvedService, ServiceIndex } from './services';

/**
 * The services of an app with all their resources; what belongs to none is one service with the name of the app. Stages
 * that cannot be regions of one service are a service each.
 */
export function assessedServices(
  graph: Graph,
  services: ServiceIndex,
  config?: Pick<Config, 'services'>,
): readonly AssessedService[] {
  const configured = new Map(config?.services.map((service) => [service.name, service]));
  const declared = declaredByName(graph, services);
  return [...resourcesByName(graph, services)].flatMap(([name, resources]) => {
    const written = (name === undefined ? undefined : declared.get(name)) ?? [];
    return partsOf(resources, written).map((part) =>
      assessedService({ graph, services, name, configured: configured.get(name ?? '') }, part),
    );
  });
}

/** What a stack declares of a service. */
interface Declared {
  readonly stack: Stack;
  readonly service: ResolvedService;
  readonly catalogue: CatalogueService;
}

/** A part of a service with what is its own. */
interface Part extends StagePart {
  readonly resources: readonly Resource[];
  readonly declared: readonly Declared[];
}

interface Known {
  readonly graph: Graph;
  readonly services: ServiceIndex;
  readonly name: string | undefined;
  readonly configured: ConfiguredService | undefined;
}

function resourcesByName(
  graph: Graph,
  services: ServiceIndex,
): ReadonlyMap<string | undefined, readonly Resource[]> {
  const byName = new Map<string | undefined, Resource[]>();
  for (const resource of graph.resources) {
    const { name } = services.of(resource);
    const known = byName.get(name);
    if (known) known.push(resource);
    else byName.set(name, [resource]);
  }
  return byName;
}

function declaredByName(graph: Graph, services: ServiceIndex): ReadonlyMap<string, readonly Declared[]> {
  const byName = new Map<string, Declared[]>();
  for (const stack of graph.stacks)
    for (const service of services.inStack(stack)) {
      const { catalogue } = service;
      if (!catalogue) continue;
      const known = byName.get(catalogue.name);
      if (known) known.push({ stack, service, catalogue });
      else byName.set(catalogue.name, [{ stack, service, catalogue }]);
    }
  return byName;
}

function partsOf(resources: readonly Resource[], declared: readonly Declared[]): readonly Part[] {
  const stacks = [...new Set(resources.map(({ stack }) => stack))];
  const parts = partsByStage(stacks, (stage) => {
    const said = declared.filter(({ stack }) => stack.stage === stage);
    return said.length === 0 ? undefined : said.some(({ catalogue }) => catalogue.nonProduction === true);
  });
  if (parts.length === 1) return parts.map((part) => ({ ...part, resources, declared }));
  return parts.map((part) => ({
    ...part,
    resources: resources.filter(({ stack }) => part.stacks.has(stack)),
    declared: declared.filter(({ stack }) => isSaidOf(part, stack)),
  }));
}

/** What a stack around a stage says holds in it. */
function isSaidOf({ stage }: StagePart, stack: Stack): boolean {
  if (stage === undefined) return stack.stage === undefined;
  return encloses(stack.stage, stage) || encloses(stage, stack.stage);
}

function assessedService({ graph, services, name, configured }: Known, part: Part): AssessedService {
  const first = resolvedIn(part, services);
  const { stage, stages, resources, declared } = part;
  const roles = [...rolesOf(declared), ...configuredRoles(services, name, part)];
  return {
    name: name ?? graph.name,
    ...(stage !== undefined && { stage }),
    ...(stages.length > 0 && { stages }),
    declared: name !== undefined,
    tier: first.tier,
    // As of the tier, what the code says counts.
    slo: Number(first.catalogue?.objectives.slo ?? configured?.slo ?? first.policy.availabilitySlo.value),
    recovery: first.recovery,
    resources,
    dependsOn: [
      ...merged(
        declared,
        ({ dependsOn }) => dependsOn,
        ({ service }) => service,
      ),
      ...(configured?.dependsOn ?? []),
    ],
    thirdParties: thirdPartiesOf(declared, configured?.thirdParties),
    dataClasses: merged(
      declared,
      ({ dataClasses }) => dataClasses,
      (each) => each.name,
    ),
    serviceLevels: merged(
      declared,
      ({ serviceLevels = [] }) => serviceLevels,
      ({ name, windowSeconds, objective }) => `${name} ${windowSeconds} ${objective}`,
    ),
    weakenings: merged(
      declared,
      ({ weakenings }) => weakenings,
      ({ what, reason, expires }) => `${what} ${reason} ${expires}`,
    ),
    ...(configured?.costOfDowntime && { costOfDowntime: configured.costOfDowntime }),
    ...(configured?.peakUnits && { peakUnits: configured.peakUnits }),
    roles: new Map(roles),
    ...(declared.some(({ catalogue }) => catalogue.onlyRegion === true) && { onlyRegion: true }),
  };
}

/** What the stacks of a service watch; of what the configuration names as well it has the last word. */
function thirdPartiesOf(
  declared: readonly Declared[],
  configured: readonly ThirdParty[] = [],
): readonly ThirdParty[] {
  const watched = merged(
    declared,
    ({ thirdParties = [] }) => thirdParties,
    ({ name }) => name,
  );
  const byName = new Map(watched.map((party) => [party.name, thirdPartyIn(party)]));
  for (const party of configured) {
    const known = byName.get(party.name);
    // Of a contract each says what it knows.
    const contract = { ...known?.contract, ...party.contract };
    const says = known?.contract ?? party.contract;
    byName.set(party.name, { ...known, ...party, ...(says && { contract }) });
  }
  return [...byName.values()];
}

/** What is owed in a stage is what the stage declares, though a tag of its resources may find another one. */
function resolvedIn({ stage, declared, resources }: Part, services: ServiceIndex): ResolvedService {
  const own = stage === undefined ? undefined : declared.find(({ stack }) => encloses(stage, stack.stage));
  return own?.service ?? services.of(resources[0] as Resource);
}

/** What the stacks of a service say of it, each thing once. */
function merged<T>(
  declared: readonly Declared[],
  listOf: (service: CatalogueService) => readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  const byKey = new Map<string, T>();
  for (const { catalogue } of declared) for (const item of listOf(catalogue)) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

function rolesOf(declared: readonly Declared[]): readonly (readonly [string, RegionRole])[] {
  return declared.flatMap(({ catalogue: { role }, stack: { region } }) =>
    role === undefined || region === undefined ? [] : [[region, role] as const],
  );
}

function configuredRoles(
  services: ServiceIndex,
  name: string | undefined,
  part: Part,
): readonly (readonly [string, RegionRole])[] {
  return services
    .placesOf(name)
    .filter(({ stack }) => part.stage === undefined || isSaidOf(part, stack))
    .flatMap(({ stack, role }) => (stack.region === undefined ? [] : [[stack.region, role] as const]));
}
