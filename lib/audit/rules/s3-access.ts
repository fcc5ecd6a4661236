import { withoutOwnData } from '../../assembly/data/stateful';
import { any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { takesOnlyLogs } from '../../assembly/observe/log-destinations';
import { type LogFlow, logFlowsTo } from '../../assembly/observe/log-flows';
import { isSet } from '../../assembly/property-truth';
import type { Resource } from '../../assembly/resource';
import { isMap, Unknown, type Value } from '../../assembly/value';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { INFO, LOW, MEDIUM } from '../severity';

const BUCKET = ['AWS::S3::Bucket'];
const GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const LOGGING = 'LoggingConfiguration';
const ALGORITHM =
  'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';

export const bucketNotifies: Rule = {
  id: 'S3-09',
  title: 'Buckets tell others of events.',
  kind: 'monitoring',
  why: 'Without events nobody learns that objects were deleted or that their replication failed.',
  fix: 'turn on notifications to EventBridge, a queue, a topic or a function',
  severity: INFO,
  appliesTo: BUCKET,
  controls: families.MONITORING,
  sources: [`${GUIDE}/EventNotifications.html`],
  check: (bucket) =>
    withoutOwnData(bucket) ?? any(...NOTIFIED.map((kind) => notifies(bucket, kind)), byCdk(bucket)),
};

const NOTIFIED = [
  'EventBridgeConfiguration',
  'LambdaConfigurations',
  'QueueConfigurations',
  'TopicConfigurations',
] as const;

export const accessIsLogged: Rule = {
  id: 'S3-10',
  title: 'Buckets log who reads and writes them.',
  kind: 'compliance',
  why: 'After an incident nobody can tell what was read, changed or deleted, and by whom.',
  fix: 'set LoggingConfiguration to a bucket for logs',
  severity: LOW,
  appliesTo: BUCKET,
  controls: families.LOG_RETENTION,
  sources: [
    `${GUIDE}/ServerLogs.html`,
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-9',
  ],
  check: (bucket) => {
    const judged = logging(bucket);
    const takesLogs = logFlowsTo(bucket).some(({ kind }) => kind === 'bucketAccess') || takesOnlyLogs(bucket);
    // A bucket that logs the access to its own log bucket logs without end.
    return takesLogs && judged.outcome !== 'pass'
      ? notApplicable('the bucket takes the logs of others')
      : judged;
  },
};

export const bucketIsEncrypted: Rule = {
  id: 'S3-11',
  title: 'Buckets encrypt new objects by default.',
  kind: 'compliance',
  why: 'Objects that lie in the clear are in the clear in every copy and backup too.',
  fix: 'set SSEAlgorithm to aws:kms or AES256, or leave BucketEncryption out',
  severity: MEDIUM,
  appliesTo: BUCKET,
  controls: families.ENCRYPTION_KEYS,
  sources: [`${GUIDE}/default-encryption-faq.html`],
  check: (bucket) => bucket.is(ALGORITHM, ['AES256', 'aws:kms', 'aws:kms:dsse']),
};

export const bucketIsEncryptedWithKms: Rule = {
  id: 'S3-12',
  title: 'Buckets encrypt new objects with KMS by default.',
  kind: 'compliance',
  why: "Under S3's own key nobody can close the data off by a key, and no use of the key is logged.",
  fix: 'set SSEAlgorithm to aws:kms, with a key of yours',
  severity: LOW,
  appliesTo: BUCKET,
  controls: families.ENCRYPTION_KEYS,
  sources: [`${GUIDE}/UsingKMSEncryption.html`],
  check: (bucket) => {
    const flow = logFlowsTo(bucket).find(needsOwnKeyOfS3);
    return flow
      ? notApplicable(`${flow.writer.logicalId} delivers its logs only to buckets under the key of S3`)
      : bucket.is(ALGORITHM, ['aws:kms', 'aws:kms:dsse']);
  },
};

/** An empty configuration turns nothing on. */
function logging(bucket: Resource): Judgement {
  const needed = 'a bucket for logs';
  return isEmpty(bucket.get(LOGGING))
    ? fail({ property: LOGGING, found: 'nothing in it', needed })
    : bucket.isSet(LOGGING, needed);
}

function isEmpty(value: Value | undefined): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

/**
 * Logs that are not delivered to buckets whose default is a KMS key.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
function needsOwnKeyOfS3({ kind, writer }: LogFlow): boolean {
  return kind === 'bucketAccess' || (kind === 'balancerAccess' && writer.get('Type') !== 'network');
}

/** The configuration of EventBridge turns it on unless it says otherwise. */
function notifies(bucket: Resource, kind: (typeof NOTIFIED)[number]): Judgement {
  const path = `NotificationConfiguration.${kind}`;
  if (kind !== 'EventBridgeConfiguration') return bucket.isSet(path, 'a notification');
  const set = isSet(bucket, path);
  if (set instanceof Unknown) return unknown(path, set);
  return set
    ? bucket.is(`${path}.EventBridgeEnabled`, true, { default: true })
    : bucket.isSet(path, 'a notification');
}

/** The CDK sets notifications by a custom resource. */
function byCdk(bucket: Resource): Judgement {
  const [mention] = bucket.stack.graph
    .mentionsOf(bucket, 'Custom::S3BucketNotifications')
    .filter(({ property }) => property === 'BucketName');
  if (!mention) return notApplicable('no custom resource sets notifications');
  const { presence } = mention.from;
  return presence instanceof Unknown ? unknown(undefined, presence) : pass({ found: mention.from.logicalId });
}
