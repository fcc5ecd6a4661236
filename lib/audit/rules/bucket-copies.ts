import { replicationServes } from '../../assembly/data/replication-quality';
import { SECOND_REGION } from '../control-families';
import type { Rule } from '../rule';
import { MEDIUM } from '../severity';

export const bucketCopiesServe: Rule = {
  id: 'X-38',
  title: 'Copies of buckets come in time, and are kept as well as their source.',
  kind: 'backup',
  why: 'In the other region the newest objects are missing, or what the source keeps and locks is gone already.',
  fix: 'turn on ReplicationTime and Metrics, and give the destination the versions, the lock and the lifecycle of the source',
  severity: MEDIUM,
  appliesTo: ['AWS::S3::Bucket'],
  controls: SECOND_REGION,
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html'],
  check: (bucket, { service }) => replicationServes(bucket, service.recovery.region.rpoSeconds),
};
