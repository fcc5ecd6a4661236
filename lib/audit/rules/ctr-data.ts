import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { selectsAllBuckets } from '../../assembly/observe/trail-selectors';
import { oncePerGraph } from '../../assembly/once-per-graph';
import { Resource } from '../../assembly/resource';
import { inSamePlace } from '../../assembly/same-place';
import { AUDIT_TRAIL } from '../control-families';
import type { Rule } from '../rule';
import { LOW } from '../severity';

const TRAIL = 'AWS::CloudTrail::Trail';
const BUCKET = 'AWS::S3::Bucket';

export const objectsAreTracked: Rule = {
  id: 'CTR-06',
  title: 'A trail records what is done to the objects of all buckets.',
  kind: 'compliance',
  why: 'Nobody can say who read, overwrote or deleted the objects that are missing.',
  fix: 'select the data events of AWS::S3::Object for all buckets',
  severity: LOW,
  appliesTo: [TRAIL],
  controls: AUDIT_TRAIL,
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
  ],
  check: (trail) => any(selectsAllBuckets(trail), judgeOthers(trail)),
};

export const trailBucketIsGuarded: Rule = {
  id: 'CTR-07',
  title: 'The bucket of a trail logs who reads it, and nobody deletes from it early.',
  kind: 'compliance',
  why: 'Whoever can delete the trail of what he did has done nothing.',
  fix: 'set LoggingConfiguration and ObjectLockEnabled on the bucket of the trail',
  fixes: {
    LoggingConfiguration: 'set LoggingConfiguration on the bucket of the trail',
    ObjectLockEnabled: 'set ObjectLockEnabled on the bucket of the trail',
  },
  severity: LOW,
  appliesTo: [BUCKET, TRAIL],
  replaces: ['ObjectLockEnabled'],
  controls: AUDIT_TRAIL,
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-7'],
  check: (resource) => (resource.type === TRAIL ? judgeElsewhere(resource) : judgeBucket(resource)),
};

const recordingTrails = oncePerGraph((graph) =>
  graph
    .ofType(TRAIL)
    .filter((trail) => trail.presence === true && selectsAllBuckets(trail).outcome === 'pass'),
);

/** One trail that records them is enough: the others need not. */
function judgeOthers(trail: Resource): Judgement {
  const other = recordingTrails(trail.stack.graph).find((one) => inSamePlace(one, trail) === true);
  return other ? pass({ found: `${other.logicalId} records them` }) : notApplicable('no other trail does');
}

const bucketsOfTrails = oncePerGraph((graph) => {
  const targets = graph.ofType(TRAIL).map((trail) => trail.target('S3BucketName'));
  return new Set(targets.filter((target) => target instanceof Resource));
});

function judgeElsewhere(trail: Resource): Judgement {
  const bucket = trail.target('S3BucketName');
  if (bucket instanceof Resource) return notApplicable(`${bucket.logicalId} is judged itself`);
  return unknown('S3BucketName', bucket ?? 'the trail names no bucket');
}

function judgeBucket(bucket: Resource): Judgement {
  if (!bucketsOfTrails(bucket.stack.graph).has(bucket)) return notApplicable('no trail writes to the bucket');
  return all(judgeLogging(bucket), judgeLock(bucket));
}

function judgeLogging(bucket: Resource): Judgement {
  const judged = bucket.isSet('LoggingConfiguration', 'access logging');
  return judged.outcome === 'pass'
    ? pass({ property: 'LoggingConfiguration', found: 'access logging' })
    : judged;
}

/** A template can ask for Object Lock; MFA delete is set by the root user, and seen by nobody before. */
function judgeLock(bucket: Resource): Judgement {
  const lock = bucket.is('ObjectLockEnabled', true);
  if (lock.outcome !== 'fail') return lock;
  const versioned = bucket.is('VersioningConfiguration.Status', 'Enabled');
  return versioned.outcome === 'fail'
    ? fail({
        property: 'ObjectLockEnabled',
        found: 'neither Object Lock nor versions',
        needed: 'Object Lock',
      })
    : unknown(
        'ObjectLockEnabled',
        'without Object Lock, only MFA delete keeps objects; it is set outside the template',
      );
}
