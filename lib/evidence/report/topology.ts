import { el, type Html } from '../html/element';
import type { ServicePart } from './report-evidence';

/** The picture of a service, and what each loss leaves of it. */
export function topologySection({ id }: ServicePart): Html {
  return el('h3', { id: `${id}-picture` }, 'Topology');
}
