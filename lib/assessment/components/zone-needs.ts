import type { Resource } from '../../assembly/resource';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { wayOutFails } from '../ways-out';
import { mountsFail } from './mounted-files';

/** What takes away what runs in one zone besides the zone itself: its way out, and the mount targets of its files. */
export function zoneNeedsFail(resource: Resource, model: Modelling, zone: string): Failure {
  return anyOf(wayOutFails(resource, model, zone), mountsFail(resource, model, zone));
}
