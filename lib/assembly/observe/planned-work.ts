import type { BegunResource } from '../../calculus/windows/planned/lengths';
import type { PlainProperty, PlannedWork } from '../../calculus/windows/planned/planned-work';
import { PLANNING_TYPES, plannedWork } from '../../calculus/windows/planned/work-of';
import type { Graph } from '../graph';
import type { Resource } from '../resource';
import { isList, isMap, isScalar, referencesIn, Text, Unknown, type Value } from '../value';

/** What a resource of an app does at times of its own. */
export interface ResourceWork {
  readonly resource: Resource;
  readonly work: PlannedWork;
}

/** What the resources of an app do at times of their own: drills, deployments, changes, and what AWS maintains. */
export function plannedWorkIn(graph: Graph): readonly ResourceWork[] {
  return graph.ofType(...PLANNING_TYPES).flatMap((resource) => {
    const { type, property, begins } = plainOf(resource);
    return plannedWork(type, property, begins).map((work) => ({ resource, work }));
  });
}

function plainOf(resource: Resource): BegunResource {
  const begins = (path: string) =>
    referencesIn(resource.get(path)).map(({ resource: named }) => plainOf(named));
  return { type: resource.type, property: propertyOf(resource), begins };
}

function propertyOf(resource: Resource): PlainProperty {
  return (path) => plain(resource.get(path));
}

function plain(value: Value | undefined): unknown {
  if (value instanceof Unknown)
    return value.alternatives?.every((each) => each === undefined) ? undefined : {};
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : '{}')).join('');
  return value === undefined || isScalar(value) || isList(value) || isMap(value) ? (value ?? undefined) : {};
}
