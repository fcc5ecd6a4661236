import type { Resource } from '../assembly/resource';
import { holdsArtifacts } from '../assembly/wiring/pipeline-artifacts';
import { isRebuildable } from './rebuildable';
import type { ResolvedService } from './services';

/** Whether what a resource holds cannot surely be made again, so that its key must not be lost. */
export function holdsKeptData(resource: Resource, service: ResolvedService): boolean {
  const artifacts = resource.type === 'AWS::S3::Bucket' && holdsArtifacts(resource);
  return !artifacts && isRebuildable(resource, service) !== true;
}
