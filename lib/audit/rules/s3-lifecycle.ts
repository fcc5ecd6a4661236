import type { Truth } from '../../assembly/conditions';
import { type LifecycleRule, lifecycleRulesOf } from '../../assembly/data/bucket-lifecycle';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { everyTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { CAPACITY } from '../control-families';
import type { Rule } from '../rule';
import { INFO, LOW } from '../severity';

const BUCKET = ['AWS::S3::Bucket'];
const GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const RULES = 'LifecycleConfiguration.Rules';

export const oldVersionsGo: Rule = {
  id: 'S3-06',
  title: 'Buckets with versions say what becomes of old ones.',
  kind: 'capacity',
  why: 'Old versions pile up for ever: listings slow down, and a clean-up by hand is one mistake away from the data.',
  fix: 'add a lifecycle rule for noncurrent versions',
  severity: LOW,
  appliesTo: BUCKET,
  controls: CAPACITY,
  sources: [`${GUIDE}/intro-lifecycle-rules.html`],
  check: (bucket) => {
    const versions = bucket.is('VersioningConfiguration.Status', 'Enabled');
    if (versions.outcome === 'fail') return notApplicable('the bucket keeps no versions');
    const judged = someRule(bucket, ({ namesNoncurrent }) => namesNoncurrent, 'for noncurrent versions');
    return versions.outcome === 'unknown' && judged.outcome === 'fail' ? versions : judged;
  },
};

export const objectsHaveLifecycle: Rule = {
  id: 'S3-07',
  title: 'Buckets have a lifecycle rule.',
  kind: 'capacity',
  why: 'What nobody needs is kept for ever, next to what must be restored when it matters.',
  fix: 'add a lifecycle rule and enable it',
  severity: LOW,
  appliesTo: BUCKET,
  controls: CAPACITY,
  sources: [`${GUIDE}/object-lifecycle-mgmt.html`],
  check: (bucket) => someRule(bucket, () => true, 'that is enabled'),
};

export const unfinishedUploadsGo: Rule = {
  id: 'S3-13',
  title: 'Buckets drop uploads that are never finished.',
  kind: 'capacity',
  why: 'The parts of broken uploads stay for ever where no listing shows them.',
  fix: 'add AbortIncompleteMultipartUpload to a lifecycle rule',
  severity: INFO,
  appliesTo: BUCKET,
  controls: CAPACITY,
  sources: [`${GUIDE}/mpu-abort-incomplete-mpu-lifecycle-config.html`],
  check: (bucket) =>
    someRule(bucket, ({ abortsUploads }) => abortsUploads, 'with AbortIncompleteMultipartUpload'),
};

function someRule(bucket: Resource, holds: (rule: LifecycleRule) => Truth, which: string): Judgement {
  const { rules, unknown: others } = lifecycleRulesOf(bucket);
  const truths = rules.map((rule) => ({ rule, truth: everyTruth([rule.enabled, holds(rule)]) }));
  const sure = truths.find(({ truth }) => truth === true);
  if (sure) return pass({ property: sure.rule.path });
  const open = truths.find(({ truth }) => truth instanceof Unknown)?.truth ?? others;
  if (open instanceof Unknown) return unknown(RULES, open);
  return fail({ property: RULES, found: `no rule ${which}`, needed: `a rule ${which}` });
}
