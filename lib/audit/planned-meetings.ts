import type { Graph } from '../assembly/graph';
import { plannedWorkIn, type ResourceWork } from '../assembly/observe/planned-work';
import { meetingsOf, type PlannedMeeting } from '../calculus/windows/planned/meetings';
import type { CatalogueWindow } from '../objectives/catalogue-window';
import { resolveServices } from './services';

/** Work of a resource that comes while a window of its service forbids it. */
export interface ResourceMeeting extends ResourceWork, PlannedMeeting<CatalogueWindow> {}

/** Work of a resource of which it is not known when it comes, or how long it lasts, so that less is said about it. */
export interface UntimedWork extends ResourceWork {
  readonly reason: string;
}

/** What the resources of an app do at times of their own, beside the windows that are declared. */
export interface PlannedMeetings {
  readonly meetings: readonly ResourceMeeting[];
  readonly untimed: readonly UntimedWork[];
}

const OPEN_END = 'how long it lasts is not all in the template: what is there counts, else its beginning';

/**
 * Compares what resources do at times of their own with the windows of their services: experiments, practice runs, scheduled
 * deployments, patching, and what AWS maintains. A resource of no service is compared with all windows. In order of time.
 */
export function plannedMeetings(
  graphs: readonly Graph[],
  windows: readonly CatalogueWindow[],
  { from, until }: { readonly from: number; readonly until: number },
): PlannedMeetings {
  if (windows.length === 0) return { meetings: [], untimed: [] };
  const meetings: ResourceMeeting[] = [];
  const untimed: UntimedWork[] = [];
  for (const graph of graphs) {
    const services = resolveServices(graph);
    for (const each of plannedWorkIn(graph)) {
      const { times } = each.work;
      if (typeof times !== 'function') untimed.push({ ...each, reason: times.unknown });
      else if (each.work.openEnd) untimed.push({ ...each, reason: OPEN_END });
      const { name } = services.of(each.resource);
      const own = windows.filter(({ appliesTo }) => !name || !appliesTo || appliesTo.includes(name));
      meetings.push(...meetingsOf(each.work, own, from, until).map((meeting) => ({ ...each, ...meeting })));
    }
  }
  return { meetings: meetings.sort((one, other) => one.first.start - other.first.start), untimed };
}
