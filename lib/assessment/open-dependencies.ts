import type { Resource } from '../assembly/resource';
import type { Modelling } from './modelling';

/** Something that leads out of the app, and of which it cannot be told whether the service needs it: it is not counted. */
export interface OpenDependency {
  readonly resource: Resource;

  /** The name of the variable or the property that leads there. */
  readonly by: string;

  /** What it leads to, as far as it is known. */
  readonly leadsTo: string;
}

const lists = new WeakMap<Modelling, Map<string, OpenDependency>>();

/** Says that something leads out of the app, and is not counted. */
export function leaveOpen(model: Modelling, dependency: OpenDependency): void {
  const list = lists.get(model) ?? new Map<string, OpenDependency>();
  lists.set(model, list);
  const { resource, by, leadsTo } = dependency;
  list.set(`${resource.id} ${by} ${leadsTo}`, dependency);
}

/** All that was left open, in the order of resources and names. */
export function openDependenciesOf(model: Modelling): readonly OpenDependency[] {
  return [...(lists.get(model) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
