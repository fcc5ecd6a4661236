import { OBJECTS_AND_FILES } from '../../../lib/calculus/stores/objects-and-files';
import { BY_SNAPSHOTS } from '../../../lib/calculus/stores/snapshots';
import { LOST } from '../../../lib/calculus/stores/store';

const lostWithRegion = (store: keyof typeof OBJECTS_AND_FILES) => OBJECTS_AND_FILES[store].region.rpoSeconds;

describe('objects and files', () => {
  test('are lost with their only region', () => {
    expect(OBJECTS_AND_FILES.s3Bucket.region).toEqual(LOST);
    expect(OBJECTS_AND_FILES.efsFileSystem.region).toEqual(LOST);
  });

  test('are 15 minutes behind where AWS says so, and hours where it says nothing', () => {
    expect(lostWithRegion('s3BucketReplicatedInTime')).toBe(900);
    expect(lostWithRegion('efsFileSystemReplicated')).toBe(900);
    expect(lostWithRegion('s3BucketReplicated')).toBe(6 * 3600);
  });

  test('come back from versions only where there are some, else from snapshots', () => {
    expect(OBJECTS_AND_FILES.s3BucketReplicated.dataRepair.rpoSeconds).toBe(0);
    expect(OBJECTS_AND_FILES.efsFileSystemReplicated.dataRepair).toEqual(BY_SNAPSHOTS);
  });

  test('can be written to at once in the other bucket, and in minutes in the other file system', () => {
    expect(OBJECTS_AND_FILES.s3BucketReplicatedInTime.region.rtoSeconds).toBe(0);
    expect(OBJECTS_AND_FILES.efsFileSystemReplicated.region.rtoSeconds).toBe(600);
  });
});
