import type { Resource } from '../assembly/resource';
import type { AssessedService } from './assessed-service';
import type { Part } from './component';
import { COMPONENTS } from './components';
import type { Failure } from './failure';
import { isOperational, operationalBecause } from './operations';

/** The part that a resource plays in its service. */
export function partOf(resource: Resource): Part {
  const part = COMPONENTS.get(resource.type)?.part ?? 'support';
  const own = typeof part === 'function' ? part(resource) : part;
  return own === 'work' && isOperational(resource) ? 'support' : own;
}

/**
 * What must work for a service to be available: everything of its own that serves and that nothing else of its own
 * needs. A load balancer behind a DNS name is reached through the name; a database that nothing is seen to call is
 * counted by itself.
 */
export function entryPointsOf(
  service: AssessedService,
  failureOf: (resource: Resource) => Failure,
): readonly Resource[] {
  const unmarked = serving(service.resources.filter((each) => operationalBecause(each) === undefined));
  // A service that only helps to run others is owed to them.
  const candidates = unmarked.length > 0 ? unmarked : serving(service.resources);
  const reached = new Set<Resource>();
  const roots: Resource[] = [];
  // Entries first, names before all: what they lead to is no way in of its own, whichever circle it stands in.
  const ranked = candidates.sort((a, b) => a.rank - b.rank || outermost(a.resource) - outermost(b.resource));
  for (const { resource } of ranked) {
    if (reached.has(resource)) continue;
    roots.push(resource);
    for (const each of reachedFrom(resource, failureOf)) if (each !== resource) reached.add(each);
  }
  return roots.filter((root) => !reached.has(root));
}

/** What serves at all, with its rank. */
function serving(resources: readonly Resource[]) {
  return resources
    .map((resource) => ({ resource, rank: RANKS[partOf(resource)] }))
    .filter(({ rank }) => rank >= 0);
}

/** Users ask for a name, which leads to what answers. */
function outermost({ type }: Resource): number {
  return type.startsWith('AWS::Route53::') ? 0 : 1;
}

const RANKS: Readonly<Record<Part, number>> = { entry: 0, work: 1, data: 2, support: -1 };

/** Everything that a resource needs, at any distance. */
export function reachedFrom(
  start: Resource,
  failureOf: (resource: Resource) => Failure,
): ReadonlySet<Resource> {
  const seen = new Set([start]);
  const open = [start];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const needed of resourcesIn(failureOf(next))) {
      if (seen.has(needed)) continue;
      seen.add(needed);
      open.push(needed);
    }
  }
  return seen;
}

/** The resources whose failure an expression is made of. */
function resourcesIn(failure: Failure): readonly Resource[] {
  const found = new Set<Resource>();
  const open: Failure[] = [failure];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'resource') found.add(next.resource);
    else if ('of' in next) open.push(...next.of);
  }
  return [...found];
}
