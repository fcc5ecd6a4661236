import type { Resource } from '../../assembly/resource';
import type { Component } from '../component';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';
import { agreement, inOneZone } from './agreement';
import { keysNeededBy } from './encryption';
import { zonesOfMounts } from './mount-zones';
import { sharedFails } from './shared-services';

/** A bucket counts where something is seen to use it: many only take logs and reports. */
const BUCKET: Component = {
  types: ['AWS::S3::Bucket'],
  part: 'support',
  fails: bucketFails,
};

/** S3 is down in its region, or the key that it needs there. */
export function bucketFails(bucket: Resource, model: Modelling): Failure {
  return anyOf(sharedFails('s3', bucket, model), keysNeededBy(bucket, model));
}

const FILE_SYSTEM: Component = {
  types: ['AWS::EFS::FileSystem'],
  part: 'data',
  fails: (files, model) => {
    if (files.get('AvailabilityZoneName') !== undefined)
      return inOneZone(files, model, agreement('efsOneZone', 'a file system in one zone'));
    const zones = zonesOfMounts(files, model) ?? [];
    return anyOf(
      model.regional(files, agreement('efsRegional', 'a regional file system')),
      zones.length > 0 ? model.allZones(files, zones) : anyOf(),
    );
  },
};

const WINDOWS_AND_OTHERS: Component = {
  types: ['AWS::FSx::FileSystem'],
  part: 'data',
  fails: (files, model) => {
    const types = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'].map((kind) =>
      files.text(`${kind}.DeploymentType`),
    );
    return types.some((type) => typeof type === 'string' && type.startsWith('MULTI_AZ'))
      ? model.regional(files, agreement('fsxMultiAz', 'a file system in two zones'))
      : inOneZone(files, model, model.assumption('withoutAgreement'));
  },
};

/** A bucket of S3 Express stands in one zone; no agreement on it was read. */
const DIRECTORY_BUCKET: Component = {
  types: ['AWS::S3Express::DirectoryBucket'],
  part: 'data',
  fails: (bucket, model) => inOneZone(bucket, model, model.assumption('withoutAgreement')),
};

export const FILES: readonly Component[] = [BUCKET, FILE_SYSTEM, WINDOWS_AND_OTHERS, DIRECTORY_BUCKET];
