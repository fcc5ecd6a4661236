import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import type { Truth } from '../../assembly/conditions';
import {
  type ReplicationRule,
  replicatedFrom,
  replicationRulesOf,
} from '../../assembly/data/bucket-replication';
import { withoutOwnData } from '../../assembly/data/stateful';
import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { deletionDenied } from '../../assembly/observe/deletion-denied';
import { takesOnlyLogs } from '../../assembly/observe/log-destinations';
import { logFlowsTo } from '../../assembly/observe/log-flows';
import type { Resource } from '../../assembly/resource';
import { inSameRegion } from '../../assembly/same-place';
import { everyTruth, negated } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { ReplicationMode } from '../../objectives/policy/regions';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { LOW, MEDIUM } from '../severity';

const BUCKET = ['AWS::S3::Bucket'];
const GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const RULES = 'ReplicationConfiguration.Rules';

export const bucketKeepsVersions: Rule = {
  id: 'S3-01',
  title: 'Buckets keep the versions of their objects.',
  kind: 'backup',
  why: 'What a bad deploy or a person overwrites or deletes is gone at once, and nothing can be replicated or locked.',
  fix: 'set VersioningConfiguration.Status to Enabled',
  severity: MEDIUM,
  appliesTo: BUCKET,
  controls: families.BACKUP,
  sources: [`${GUIDE}/Versioning.html`],
  check: (bucket, { service }) =>
    unlessRebuildable(bucket, service, () => bucket.is('VersioningConfiguration.Status', 'Enabled')),
};

export const bucketIsReplicated: Rule = {
  id: 'S3-02',
  title: 'Buckets are replicated to another bucket.',
  kind: 'redundancy',
  why: 'When the bucket, its account or its region is lost, no second copy is there to go on with.',
  fix: 'add a replication rule and enable it',
  severity: LOW,
  appliesTo: BUCKET,
  controls: families.SECOND_REGION,
  sources: [`${GUIDE}/replication.html`],
  check: (bucket, context) => judgeReplication(bucket, context, ({ enabled }) => enabled),
};

export const bucketIsReplicatedToOtherRegion: Rule = {
  id: 'S3-03',
  title: 'Buckets are replicated to another region.',
  kind: 'redundancy',
  why: 'While the region is lost its objects cannot be read, however many copies it holds.',
  fix: 'add a replication rule to a bucket in another region and enable it',
  severity: LOW,
  appliesTo: BUCKET,
  controls: families.SECOND_REGION,
  subsumes: ['S3-02'],
  sources: [`${CONFIG}/s3-bucket-cross-region-replication-enabled.html`],
  check: (bucket, context) =>
    judgeReplication(bucket, context, ({ enabled, destination }) =>
      everyTruth([
        enabled,
        destination instanceof Unknown ? destination : negated(inSameRegion(destination, bucket)),
      ]),
    ),
};

export const bucketLocksObjects: Rule = {
  id: 'S3-04',
  title: 'Buckets lock new objects for a time by default.',
  kind: 'compliance',
  why: 'Whoever takes over the account, or makes a mistake there, deletes every version of every object.',
  fix: 'set ObjectLockEnabled to true and a default retention in ObjectLockConfiguration',
  severity: LOW,
  appliesTo: BUCKET,
  replaces: ['ObjectLockEnabled'],
  controls: families.IMMUTABILITY,
  sources: [
    `${GUIDE}/object-lock.html`,
    `${GUIDE}/enable-server-access-logging.html`,
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
  ],
  check: (bucket) => {
    // S3 delivers access logs to no bucket with a default retention.
    const writer = logFlowsTo(bucket).find(({ kind }) => kind === 'bucketAccess')?.writer;
    if (writer)
      return notApplicable(`it takes the access logs of ${writer.logicalId}, which no lock lets in`);
    const retention = ['Days', 'Years'].map((unit) => bucket.atLeast(`${RETENTION}.${unit}`, 1));
    const locked = all(
      bucket.is('ObjectLockEnabled', true),
      bucket.is(`${RETENTION}.Mode`, ['GOVERNANCE', 'COMPLIANCE']),
      any(...retention),
    );
    return locked.outcome === 'fail' && takesOnlyLogs(bucket) ? unlessDenied(bucket, locked) : locked;
  },
};

/**
 * Under a default lock S3 takes only objects that come with a checksum, and no page says of a delivery of logs or reports
 * that it sends one: they would be lost. There a policy that denies everybody to delete stands for the lock.
 */
function unlessDenied(bucket: Resource, unlocked: Judgement): Judgement {
  const denied = deletionDenied(bucket);
  if (denied.outcome === 'fail') return unlocked;
  return denied.outcome === 'unknown'
    ? denied
    : notApplicable('AWS says of no delivery of logs that a lock lets it in, and a policy denies deletion');
}

const RETENTION = 'ObjectLockConfiguration.Rule.DefaultRetention';

export const bucketIsBackedUp: Rule = {
  id: 'S3-08',
  title: 'Buckets are in a backup plan.',
  kind: 'backup',
  why: 'Versions and replicas go with whoever owns the account: only a backup in a vault outlives that.',
  fix: 'let a backup selection of the app select the bucket, by ARN or by tag',
  severity: LOW,
  appliesTo: BUCKET,
  controls: families.BACKUP_COVERAGE,
  sources: [`${CONFIG}/s3-resources-protected-by-backup-plan.html`],
  check: (bucket, { service }) =>
    withoutOwnData(bucket) ?? unlessRebuildable(bucket, service, coveredByBackup),
};

const REPLICATES: readonly ReplicationMode[] = [ReplicationMode.SYNCHRONOUS, ReplicationMode.ASYNCHRONOUS];

function judgeReplication(
  bucket: Resource,
  { service }: Pick<RuleContext, 'service'>,
  holds: (rule: ReplicationRule) => Truth,
): Judgement | readonly Judgement[] {
  if (!REPLICATES.includes(service.policy.regionReplication.value))
    return notApplicable(`tier ${service.tier} owes copies of backups in another region, and no replication`);
  const [source] = replicatedFrom(bucket);
  return (
    withoutOwnData(bucket) ??
    unlessRebuildable(bucket, service, () => {
      const judged = someRule(bucket, holds);
      return judged.outcome === 'fail' && source
        ? notApplicable(`it is the replica of ${source.logicalId}`)
        : judged;
    })
  );
}

function someRule(bucket: Resource, holds: (rule: ReplicationRule) => Truth): Judgement {
  const { rules, unknown: others } = replicationRulesOf(bucket);
  const truths = rules.map((rule) => ({ rule, truth: holds(rule) }));
  const sure = truths.find(({ truth }) => truth === true);
  if (sure) return pass({ property: sure.rule.path });
  const open = truths.find(({ truth }) => truth instanceof Unknown)?.truth ?? others;
  if (open instanceof Unknown) return unknown(RULES, open);
  return fail({
    property: RULES,
    found: rules.length === 0 ? 'no rule that is enabled' : 'rules to its own region only',
    needed: 'an enabled rule to another bucket',
  });
}
