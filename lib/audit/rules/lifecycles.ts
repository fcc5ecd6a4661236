import {
  type CopyAction,
  type OptionalNumber,
  type PlanRule,
  planRulesOf,
} from '../../assembly/backup/backup-plan';
import { vaultOf } from '../../assembly/backup/backup-vaults';
import { lockAllows } from '../../assembly/backup/vault-lock';
import { type LifecycleRule, lifecycleRulesOf } from '../../assembly/data/bucket-lifecycle';
import { withoutOwnData } from '../../assembly/data/stateful';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { inDays } from '../../assembly/question';
import type { Resource } from '../../assembly/resource';
import { everyTruth } from '../../assembly/truth';
import { Unknown } from '../../assembly/value';
import { formatSeconds } from '../../calculus/time-span';
import { IMMUTABILITY } from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule, RuleContext } from '../rule';
import { MEDIUM } from '../severity';

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_HOUR = 3600;
const PLAN = 'AWS::Backup::BackupPlan';
const BUCKET = 'AWS::S3::Bucket';
const QUEUE = 'AWS::SQS::Queue';
const STREAM = 'AWS::Kinesis::Stream';

export const lifecyclesAgree: Rule = {
  id: 'X-36',
  title: 'What is kept is kept as long as the vault, the source and the repair demand.',
  kind: 'backup',
  why: 'A backup that the vault refuses is never made, and what goes before the damage is repaired cannot repair it.',
  fix: 'bring the retention into agreement with what is asked of it',
  severity: MEDIUM,
  appliesTo: [PLAN, STREAM, BUCKET, QUEUE],
  controls: IMMUTABILITY,
  sources: ['https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html'],
  check: (resource, context) => {
    if (resource.type === PLAN) return judgePlan(resource);
    if (resource.type === BUCKET) return judgeBucket(resource, context);
    const repair = context.service.recovery.dataRepair.rtoSeconds;
    return resource.type === QUEUE ? judgeQueue(resource, repair) : judgeStream(resource, repair);
  },
};

function judgePlan(plan: Resource): Judgement {
  const { rules, unknown: others } = planRulesOf(plan);
  const judged = rules.flatMap((rule) => [
    withinLock(plan, rule, rule.targetVault),
    ...copiesOf(rule).flatMap((copy) => [
      withinLock(
        plan,
        { ...copy, deleteAfterDays: copy.deleteAfterDays ?? rule.deleteAfterDays },
        copy.destination,
      ),
      keptAsLong(copy, rule),
    ]),
  ]);
  const one = all(...judged, ...(others ? [unknown(undefined, others)] : []));
  return one.outcome === 'notApplicable' ? notApplicable('no lock and no copy asks for a retention') : one;
}

function copiesOf({ copyActions }: PlanRule): readonly CopyAction[] {
  return copyActions instanceof Unknown ? [] : copyActions;
}

function withinLock(
  plan: Resource,
  { path, deleteAfterDays }: Pick<PlanRule, 'path' | 'deleteAfterDays'>,
  vault: PlanRule['targetVault'],
): Judgement {
  const found = vaultOf(vault, plan);
  // What an imported vault allows is told by its own app.
  if (found instanceof Unknown) return notApplicable('the vault is not in the app');
  return lockAllows(found, deleteAfterDays, `${path}.Lifecycle.DeleteAfterDays`);
}

function keptAsLong(
  { path, deleteAfterDays: copy }: CopyAction,
  { deleteAfterDays: source }: PlanRule,
): Judgement {
  const property = `${path}.Lifecycle.DeleteAfterDays`;
  if (copy === undefined) return pass({ property, found: 'as long as the source' });
  if (copy instanceof Unknown) return unknown(property, copy);
  if (source instanceof Unknown) return unknown(property, source);
  return copy >= (source ?? Number.POSITIVE_INFINITY)
    ? pass({ property, found: inDays(copy) })
    : fail({
        property,
        found: inDays(copy),
        needed:
          source === undefined ? 'for ever, as the source' : `at least ${inDays(source)}, as the source`,
      });
}

function judgeBucket(bucket: Resource, { service }: RuleContext): Judgement | readonly Judgement[] {
  const least = service.policy.minimumBackupRetention.value.toSeconds() / SECONDS_PER_DAY;
  return (
    withoutOwnData(bucket) ??
    unlessRebuildable(bucket, service, (data) => {
      // What objects are kept for is said by the service: without one, their expiry is what somebody wanted.
      const current = service.name === undefined ? [] : wholeRules(data, least, 'expirationDays');
      const judged = all(...current, ...oldVersions(data, least));
      return judged.outcome === 'notApplicable' ? notApplicable('no rule ends what must be kept') : judged;
    })
  );
}

function oldVersions(bucket: Resource, least: number): readonly Judgement[] {
  const versions = bucket.is('VersioningConfiguration.Status', 'Enabled');
  if (versions.outcome === 'fail') return [];
  const judged = wholeRules(bucket, least, 'noncurrentDays');
  return versions.outcome === 'unknown' && judged.some(({ outcome }) => outcome === 'fail')
    ? [versions]
    : judged;
}

const PROPERTY = {
  expirationDays: 'ExpirationInDays',
  noncurrentDays: 'NoncurrentVersionExpiration',
} as const;

/** Rules for a part of the objects only are made for that part on purpose. */
function wholeRules(bucket: Resource, least: number, which: keyof typeof PROPERTY): readonly Judgement[] {
  return lifecycleRulesOf(bucket).rules.map((rule) => {
    const property = `${rule.path}.${PROPERTY[which]}`;
    const concerns = everyTruth([rule.enabled, rule.whole]);
    if (concerns === false) return notApplicable('the rule is for a part of the objects');
    const judged = keptDays(rule, which, { least, property });
    return concerns instanceof Unknown && judged.outcome === 'fail' ? unknown(property, concerns) : judged;
  });
}

function keptDays(
  rule: LifecycleRule,
  which: keyof typeof PROPERTY,
  { least, property }: { readonly least: number; readonly property: string },
): Judgement {
  const days: OptionalNumber = rule[which];
  if (days === undefined) return notApplicable('the rule ends nothing');
  if (days instanceof Unknown) return unknown(property, days);
  return days >= least
    ? pass({ property, found: inDays(days) })
    : fail({ property, found: inDays(days), needed: `at least ${inDays(least)}` });
}

function judgeQueue(queue: Resource, repair: number): Judgement {
  const senders = queue.stack.graph
    .mentionsOf(queue)
    .filter(
      ({ from, property }) =>
        /^(RedrivePolicy|DeadLetter(Config|Queue|TargetArn)?)$/.test(property) && from !== queue,
    );
  if (senders.length === 0) return notApplicable('it is no queue for messages that failed');
  return queue.atLeast('MessageRetentionPeriod', repair, { default: 345_600, unit: 's' });
}

/** Streams keep what they hold for a day unless told otherwise. */
function judgeStream(stream: Resource, repair: number): Judgement {
  const judged = stream.atLeast('RetentionPeriodHours', repair / SECONDS_PER_HOUR, {
    default: 24,
    unit: 'hours',
  });
  return judged.outcome === 'fail'
    ? { ...judged, needed: `at least ${formatSeconds(repair)}, which repairing data may take` }
    : judged;
}
