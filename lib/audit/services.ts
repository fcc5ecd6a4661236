import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { tagOf } from '../assembly/resource-tags';
import { printable } from '../assembly/source/printable';
import type { Stack } from '../assembly/stack';
import { encloses } from '../assessment/stages';
import { ConfigurationError } from '../errors';
import { CATALOGUE_KEY, type CatalogueService } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import { DISRUPTIONS, type Disruption } from '../objectives/disruption';
import { RecoveryApproach } from '../objectives/policy/regions';
import { RegionRole } from '../objectives/region-role';
import { TIERS, Tier } from '../objectives/tier';
import { type TierPolicy, tierPolicy } from '../objectives/tier-policy';
import type { Config, ConfiguredService } from '../records/config';
import { matchesPath, matchesStack, matchesTags } from './service-patterns';
import { declaredPlaces, type ServicePlace } from './service-places';

/** What is owed after one kind of disruption, in seconds. */
export interface RecoveryObjective {
  readonly rtoSeconds: number;

  /** @default - none: code moves, data does not, so a rollback loses none */
  readonly rpoSeconds?: number;
}

/** The service that a resource is judged for. */
export interface ResolvedService {
  /** Its name; undefined where none is declared for the resource. */
  readonly name: string | undefined;

  readonly tier: Tier;

  /** What is owed, the service's own objectives before its tier's. */
  readonly recovery: Readonly<Record<Disruption, RecoveryObjective>>;

  /** All that the tier decides. */
  readonly policy: TierPolicy;

  /** The team, where the configuration names one. @default - the catalogue's, if there is one */
  readonly owner?: string;

  /** What the region of the resource does for it. @default - nobody says */
  readonly role?: RegionRole;

  /** How it comes back when a region is lost. @default - nobody says */
  readonly approach?: RecoveryApproach;

  /** What the constructs wrote of it into the template of the resource's stack. @default - nothing */
  readonly catalogue?: CatalogueService;
}

/** How services are found. */
export interface ResolveOptions {
  /**
   * The tier of resources that belong to no declared service.
   *
   * @default - as the configuration says, else Tier.BUSINESS_CRITICAL
   */
  readonly assumedTier?: Tier;

  /** What `nines.config.yaml` says. @default - nothing */
  readonly config?: Config;
}

/** Which service each resource belongs to. */
export interface ServiceIndex {
  of(resource: Resource): ResolvedService;

  /** The stacks of a service that are each other's recovery: those in regions of which the role is declared. */
  placesOf(name: string | undefined): readonly ServicePlace[];

  /** The services that the constructs of a stack declare. */
  inStack(stack: Stack): readonly ResolvedService[];
}

/** The tag that names the service of a resource. */
const SERVICE_TAG = 'resilience:service';

/** The tag that gives the tier of a resource. */
const TIER_TAG = 'resilience:tier';

/** A service of the configuration, and what it comes to in a region. */
interface Configured {
  readonly service: ConfiguredService;
  readonly resolvedIn: (region: string | undefined) => ResolvedService;
}

/** Finds the service of every resource of an app: by logical id in the catalogue, else tag, else path, else stack. */
export function resolveServices(graph: Graph, options: ResolveOptions = {}): ServiceIndex {
  const undeclared = undeclaredService(assumedTierOf(options));
  const catalogues = new Map(graph.stacks.map((stack) => [stack, servicesOfStack(stack)]));
  const configured = (options.config?.services ?? []).map(
    (service): Configured => ({
      service,
      resolvedIn: inRegions(service),
    }),
  );
  const listed = new Map([...catalogues].map(([stack, services]) => [stack, byLogicalId(services)]));
  const named = declaredByName(catalogues);
  const find = (resource: Resource): ResolvedService =>
    listed.get(resource.stack)?.get(resource.logicalId) ??
    byTag(resource, named, configured) ??
    configured.find(({ service }) => matchesTags(resource, service))?.resolvedIn(resource.region) ??
    configured.find(({ service }) => matchesPath(resource, service))?.resolvedIn(resource.region) ??
    configured.find(({ service }) => matchesStack(resource.stack, service))?.resolvedIn(resource.region) ??
    wholeStack(resource.stack, catalogues) ??
    undeclared;
  const found = new Map<Resource, ResolvedService>();
  const of = (resource: Resource): ResolvedService => {
    const service = found.get(resource) ?? find(resource);
    found.set(resource, service);
    return service;
  };
  let places: Places | undefined;
  return {
    of,
    placesOf: (name) => {
      if (name === undefined) return [];
      places ??= allPlaces(graph, of);
      return places.get(name) ?? [];
    },
    inStack: (stack) => catalogues.get(stack) ?? [],
  };
}

/** The services of a stack, by what they list as theirs; the first has it where several do. */
function byLogicalId(services: readonly ResolvedService[]): ReadonlyMap<string, ResolvedService> {
  const listed = new Map<string, ResolvedService>();
  for (const service of services)
    for (const id of service.catalogue?.resources ?? []) if (!listed.has(id)) listed.set(id, service);
  return listed;
}

/** The tier of resources that belong to no declared service. */
export function assumedTierOf({ assumedTier, config }: ResolveOptions): Tier {
  return assumedTier ?? config?.tier ?? Tier.BUSINESS_CRITICAL;
}

/** The service that stands in where none is declared. */
function undeclaredService(tier: Tier): ResolvedService {
  const policy = tierPolicy(tier);
  return { name: undefined, tier, policy, recovery: recoveryOf(policy) };
}

function fromConfig({ name, tier, owner, approach }: ConfiguredService): ResolvedService {
  return {
    ...undeclaredService(tier),
    name,
    ...(owner !== undefined && { owner }),
    ...(approach !== undefined && { approach }),
  };
}

/** A service of the configuration, as it is in each region; elsewhere nobody says what the region is for. */
function inRegions(service: ConfiguredService): (region: string | undefined) => ResolvedService {
  const elsewhere = fromConfig(service);
  const byRegion = new Map(
    Object.entries(service.regions ?? {}).map(([region, role]) => [region, { ...elsewhere, role }]),
  );
  return (region) => (region === undefined ? undefined : byRegion.get(region)) ?? elsewhere;
}

type Places = ReadonlyMap<string, readonly ServicePlace[]>;

/** The places that the catalogue declares, and those in which the configuration finds a resource of a service. */
function allPlaces(graph: Graph, of: ServiceIndex['of']): Places {
  const places = new Map([...declaredPlaces(graph)].map(([name, list]) => [name, [...list]]));
  const keyOf = (name: string, stack: Stack) => JSON.stringify([name, stack.id]);
  const seen = new Set([...places].flatMap(([name, list]) => list.map(({ stack }) => keyOf(name, stack))));
  for (const resource of graph.resources) {
    const { name, role, catalogue } = of(resource);
    if (name === undefined || role === undefined || role === RegionRole.WITNESS || catalogue) continue;
    const key = keyOf(name, resource.stack);
    if (seen.has(key)) continue;
    seen.add(key);
    places.set(name, [...(places.get(name) ?? []), { stack: resource.stack, role }]);
  }
  return places;
}

function recoveryOf(policy: TierPolicy): Readonly<Record<Disruption, RecoveryObjective>> {
  const objective = (disruption: Disruption): RecoveryObjective => {
    if (disruption === 'rollback') return { rtoSeconds: policy.recovery.rollback.rto.value.toSeconds() };
    const { rto, rpo } = policy.recovery[disruption];
    return { rtoSeconds: rto.value.toSeconds(), rpoSeconds: rpo.value.toSeconds() };
  };
  return Object.fromEntries(DISRUPTIONS.map((disruption) => [disruption, objective(disruption)])) as Record<
    Disruption,
    RecoveryObjective
  >;
}

/** The services of the catalogue that constructs wrote into a stack's metadata. */
function servicesOfStack(stack: Stack): readonly ResolvedService[] {
  const { Metadata: metadata } = stack.source.template;
  const written = metadata && Object.hasOwn(metadata, CATALOGUE_KEY) ? metadata[CATALOGUE_KEY] : undefined;
  if (written === undefined) return [];
  const reading = readCatalogue(written);
  if ('problem' in reading) {
    throw new ConfigurationError({
      path: `${printable(stack.source.file)}: Metadata.${CATALOGUE_KEY}`,
      problem: printable(reading.problem),
      fix: 'synthesise again with the release of cdk-nines that you audit with',
    });
  }
  return reading.catalogue.services.map((catalogue) => ({
    name: catalogue.name,
    tier: catalogue.tier,
    policy: tierPolicy(catalogue.tier),
    recovery: catalogue.objectives.recovery,
    ...(catalogue.role !== undefined && { role: catalogue.role }),
    ...approachOf(catalogue),
    catalogue,
  }));
}

/** Constructs write the approach as a decision. */
function approachOf({ decisions }: CatalogueService): Pick<ResolvedService, 'approach'> {
  const value = decisions.find(({ what }) => what === 'approach')?.value;
  const approach = Object.values(RecoveryApproach).find((known) => known === value);
  return approach === undefined ? {} : { approach };
}

/** A service as the catalogue of one stack has it. */
interface Declared {
  readonly stack: Stack;
  readonly service: ResolvedService;
}

function declaredByName(
  catalogues: ReadonlyMap<Stack, readonly ResolvedService[]>,
): ReadonlyMap<string | undefined, readonly Declared[]> {
  const byName = new Map<string | undefined, Declared[]>();
  for (const [stack, services] of catalogues) {
    for (const service of services) {
      const declared = byName.get(service.name);
      if (declared) declared.push({ stack, service });
      else byName.set(service.name, [{ stack, service }]);
    }
  }
  return byName;
}

/** A service that stacks of several regions declare has a role of its own in each: that of the nearest stack counts. */
function byTag(
  resource: Resource,
  named: ReadonlyMap<string | undefined, readonly Declared[]>,
  configured: readonly Configured[],
): ResolvedService | undefined {
  const name = tagOf(resource, SERVICE_TAG);
  if (typeof name !== 'string') return undefined;
  const nearest = nearestOf(resource, named.get(name) ?? []);
  if (nearest) return nearest;
  const tier = TIERS.find((candidate) => String(candidate) === tagOf(resource, TIER_TAG));
  const known = configured.find(({ service }) => service.name === name);
  if (known) return known.resolvedIn(resource.region);
  return tier === undefined ? undefined : { ...undeclaredService(tier), name };
}

/** Of stacks that declare one service: its own, one of its stage, one of its region. */
function nearestOf(resource: Resource, declared: readonly Declared[]): ResolvedService | undefined {
  const { region, account, stack: own } = resource;
  const isHere = ({ stack }: Declared) => stack.region === region && stack.account === account;
  const inStage = declared.filter(({ stack }) => stack.stage === own.stage);
  const around = declared.filter(
    ({ stack }) => encloses(stack.stage, own.stage) || encloses(own.stage, stack.stage),
  );
  const near = [declared.filter(({ stack }) => stack === own), inStage, around, declared];
  const all = near.find(({ length }) => length > 0) ?? [];
  const here = all.find(isHere);
  const [elsewhere] = all;
  return here?.service ?? (elsewhere && withoutRole(elsewhere.service));
}

/** What a service is in one region says nothing of another. */
function withoutRole({ role: _, ...service }: ResolvedService): ResolvedService {
  if (!service.catalogue) return service;
  const { role: __, ...catalogue } = service.catalogue;
  return { ...service, catalogue };
}

/** A stack that declares one service, and no resources of its own for it, is all that service's. */
function wholeStack(
  stack: Stack,
  catalogues: ReadonlyMap<Stack, readonly ResolvedService[]>,
): ResolvedService | undefined {
  const own = catalogues.get(stack) ?? [];
  if (own.length === 0) return stack.parent ? wholeStack(stack.parent, catalogues) : undefined;
  return own.length === 1 ? own[0] : undefined;
}
