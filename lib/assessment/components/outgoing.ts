import type { Resource } from '../../assembly/resource';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { needsOf } from '../needs';
import { endpointsFail } from '../network-endpoints';
import { namesCalledFail } from './called-names';
import { fileSystemsFail } from './mounted-files';

/** All that what runs somebody's code cannot do without: what it calls, by which names and endpoints, and its files. */
export function outgoingFail(resource: Resource, model: Modelling): Failure {
  return anyOf(
    needsOf(resource, model),
    namesCalledFail(resource, model),
    endpointsFail(resource, model),
    fileSystemsFail(resource, model),
  );
}
