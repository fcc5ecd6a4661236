import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import { tagOf } from '../assembly/resource-tags';
import type { Stack } from '../assembly/stack';
import { ownerMistakes, serviceNameFrom } from '../objectives/service-identity';
import { TIERS, Tier } from '../objectives/tier';
import { resolveServices } from './services';

/** A service that an app seems to have. */
export interface FoundService {
  readonly name: string;
  readonly tier: Tier;

  /** Whether a tag gives the tier. */
  readonly tierIsKnown: boolean;

  /** @default - no tag names one */
  readonly owner?: string;

  /** The stacks that are its own. @default - it is found by its tag */
  readonly stacks?: readonly string[];

  /** The tag that all of it carries. @default - it is found by its stacks */
  readonly tag?: { readonly key: string; readonly value: string };
}

/** Tags that name a service, the surest first. */
const SERVICE_TAGS = [
  'resilience:service',
  'service',
  'Service',
  'service-name',
  'ServiceName',
  'application',
  'Application',
  'app',
  'App',
  'project',
  'Project',
];
/** So much of a name leaves room for what tells it apart. */
const LONGEST_START = 48;

const OWNER_TAGS = ['resilience:owner', 'owner', 'Owner', 'team', 'Team'];

/** Finds services by tag, and where there is none by stack; what declares its service already is left out. */
export function findServices(graphs: readonly Graph[]): readonly FoundService[] {
  const open = graphs.flatMap((graph) => {
    const services = resolveServices(graph);
    return graph.resources.filter((resource) => services.of(resource).name === undefined);
  });
  const byTag = new Map<string, Resource[]>();
  const rest: Resource[] = [];
  for (const resource of open) {
    const tag = serviceTagOf(resource);
    if (tag) add(byTag, JSON.stringify([tag.key, tag.value]), resource);
    else rest.push(resource);
  }
  const tagged = [...byTag].map(([key, resources]) => {
    const [tagKey = '', value = ''] = JSON.parse(key) as string[];
    return { name: value, tag: { key: tagKey, value }, ...factsOf(resources) };
  });
  return named([...onePerValue(tagged), ...byStack(rest)]);
}

/** What has no tag of a service belongs to that of its stack. */
function byStack(resources: readonly Resource[]): readonly FoundService[] {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) add(groups, serviceNameOf(outermost(resource.stack)), resource);
  return [...groups].map(([name, group]) => ({
    name,
    stacks: [...new Set(group.map(({ stack }) => stack.id))].sort(),
    ...factsOf(group),
  }));
}

function add(groups: Map<string, Resource[]>, key: string, resource: Resource): void {
  const group = groups.get(key);
  if (group) group.push(resource);
  else groups.set(key, [resource]);
}

/** Two tags may have one value: a service has one entry. */
function onePerValue(services: readonly FoundService[]): readonly FoundService[] {
  const values = new Set<string>();
  return services.filter(({ name }) => !values.has(name) && values.add(name));
}

/** Each with a name that a service may have, and that no other has: a tag and a stack may have one. */
function named(services: readonly FoundService[]): readonly FoundService[] {
  const taken = new Set<string>();
  const distinct = services.map((service) => {
    const name = freeName(serviceNameFrom(service.name), service.tag ? '' : '-by-stack', taken);
    taken.add(name);
    return { ...service, name };
  });
  return distinct.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A name as it is, else with what tells it apart, else with a number. */
function freeName(name: string, apart: string, taken: ReadonlySet<string>): string {
  const other = (ending: string): string => `${name.slice(0, LONGEST_START)}${ending}`;
  const names = [name, ...(apart === '' ? [] : [other(apart)])];
  for (let count = 2; names.every((each) => taken.has(each)); count += 1)
    names.push(other(`${apart}-${count}`));
  return names.find((each) => !taken.has(each)) ?? name;
}

function serviceTagOf(resource: Resource): { key: string; value: string } | undefined {
  for (const key of SERVICE_TAGS) {
    const value = tagOf(resource, key);
    if (typeof value === 'string' && value.trim() !== '') return { key, value };
  }
  return undefined;
}

function factsOf(resources: readonly Resource[]): Pick<FoundService, 'tier' | 'tierIsKnown' | 'owner'> {
  const tiers = TIERS.filter((tier) =>
    resources.some((resource) => tagOf(resource, 'resilience:tier') === String(tier)),
  );
  const owners = new Set(resources.flatMap((resource) => ownerOf(resource) ?? []));
  const [owner] = owners;
  return {
    tier: tiers[0] ?? Tier.BUSINESS_CRITICAL,
    tierIsKnown: tiers.length > 0,
    ...(owners.size === 1 && owner !== undefined && { owner }),
  };
}

function ownerOf(resource: Resource): string | undefined {
  const values = OWNER_TAGS.map((key) => tagOf(resource, key));
  return values.find((value) => typeof value === 'string' && ownerMistakes(value).length === 0) as
    | string
    | undefined;
}

function outermost(stack: Stack): Stack {
  return stack.parent ? outermost(stack.parent) : stack;
}

const STAGES =
  /^(?:dev|development|test|testing|qa|uat|int|staging|stage|stg|preprod|prod|production|prd|live)$/i;
const REGION = /(?:^|-)(?:us|eu|ap|sa|ca|me|af|il|mx)-(?:gov-)?[a-z]+-\d(?=-|$)/g;

/** Stacks that stand in layers are one service: `Shop-Network` and `Shop-Data` are both `shop`. */
const LAYERS =
  /^(?:network|networking|vpc|data|database|storage|compute|monitoring|observability|dns|security)$/;

/** What is left of a stack's name without its stage, region and layer and the word stack: `Shop-eu-west-1` is `shop`. */
function serviceNameOf({ id }: Stack): string {
  const last = id.split('/').at(-1) ?? id;
  const words = last.replace(REGION, '').split('-');
  const kept = words.filter((word) => word !== '' && !STAGES.test(word)).join('-');
  const name = kept.replace(/-?stack$/i, '') || kept || last;
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split('-');
  while (parts.length > 1 && LAYERS.test(parts.at(-1) ?? '')) parts.pop();
  return parts.join('-');
}
