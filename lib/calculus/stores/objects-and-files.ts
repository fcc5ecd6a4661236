import { AWS_FACTS } from '../aws-facts';
import { BY_SNAPSHOTS } from './snapshots';
import { LOST, type StoreFact, UNHARMED } from './store';

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const EFS = 'https://docs.aws.amazon.com/efs/latest/ug';
const HOUR = 3600;

/** Objects stand in three zones at least. Earlier versions are kept; to find and copy back many of them takes hours. */
const BUCKET = {
  family: 'object',
  instance: UNHARMED,
  availabilityZone: UNHARMED,
  dataRepair: { rpoSeconds: 0, rtoSeconds: 4 * HOUR },
  asOf: '2026-11',
  confidence: 'assumed',
} as const;

/** Files stand in all zones. They have neither versions nor continuous backups: only snapshots bring them back. */
const FILE_SYSTEM = {
  family: 'file',
  instance: UNHARMED,
  availabilityZone: UNHARMED,
  dataRepair: BY_SNAPSHOTS,
  asOf: '2026-11',
} as const;

/** Stores of this family, each in every way of replicating. @internal */
export const OBJECTS_AND_FILES = {
  s3Bucket: {
    ...BUCKET,
    store: 'S3 bucket with versions in one region',
    region: LOST,
    source: `${S3}/DataDurability.html`,
  },
  s3BucketReplicated: {
    ...BUCKET,
    store: 'S3 bucket with replication',
    region: { rpoSeconds: AWS_FACTS.s3ReplicationLagSeconds.value.worst, rtoSeconds: 0 },
    source: `${S3}/replication.html`,
  },
  /** The 15 min are documented and cover 99.9 % of the objects by agreement; the hours of repair are ours. */
  s3BucketReplicatedInTime: {
    ...BUCKET,
    store: 'S3 bucket with replication and time control',
    region: { rpoSeconds: AWS_FACTS.s3ReplicationTimeControlLagSeconds.value, rtoSeconds: 0 },
    source: AWS_FACTS.s3ReplicationTimeControlLagSeconds.source,
  },
  efsFileSystem: {
    ...FILE_SYSTEM,
    store: 'EFS file system in one region',
    region: LOST,
    source: `${EFS}/how-it-works.html`,
    confidence: 'assumed',
  },
  /** The 15 min are documented, "for most file systems"; until its replication is deleted, which takes minutes, the copy is read-only. */
  efsFileSystemReplicated: {
    ...FILE_SYSTEM,
    store: 'EFS file system with replication',
    region: { rpoSeconds: AWS_FACTS.efsReplicationLagSeconds.value, rtoSeconds: 600 },
    source: AWS_FACTS.efsReplicationLagSeconds.source,
    confidence: 'assumed',
  },
} as const satisfies Record<string, StoreFact>;
