import type { Resource } from '../../../assembly/resource';
import { nameOf } from '../../modelling';
import { backSometime } from '../path';
import { type Store, storeOf } from '../store';

/** Of what is not modelled nobody can say how it comes back, and what is lost: it is not known, and never nothing. */
export function unmodelled(resource: Resource): Store {
  const unknown = `the recovery of ${nameOf(resource)} is not known: ${resource.type} is not modelled`;
  const path = backSometime({ what: unknown, source: 'not modelled', resource });
  return storeOf({ resource, noun: 'the resource', instance: path, zone: path, unknown });
}
