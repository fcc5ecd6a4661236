import type { Truth } from '../conditions';
import { lifecycleRulesOf } from '../data/bucket-lifecycle';
import { Grouped } from '../grouped';
import { all, any, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { oncePerGraph } from '../once-per-graph';
import { inDays } from '../question';
import { Resource } from '../resource';
import { inSameAccount } from '../same-place';
import { everyTruth, negated } from '../truth';
import { Unknown } from '../value';
import { deletionDenied } from './deletion-denied';
import { logFlowsTo } from './log-flows';

/** What is asked of buckets for logs. */
export interface LogIntegrity {
  /** For how many days logs must be kept. */
  readonly minimumDays: number;

  /** Whether trails and flow logs must go to another account, also where the bucket cannot be changed. */
  readonly otherAccount: boolean;
}

/** Judges whether nobody who acts where logs are written can change or shorten them. */
export function logsAreSafe(bucket: Resource, asked: LogIntegrity): Judgement {
  const flows = logFlowsTo(bucket);
  const groups = groupsExportedTo(bucket);
  if (flows.length === 0 && groups.length === 0) return notApplicable('it takes no logs that the app shows');
  const chain = flows.length === 0 ? [] : [outOfReach(bucket, asked)];
  // What a log group keeps for less time is not owed longer in its export.
  const owed = flows.length > 0 || groups.some((group) => mayKeep(group, asked.minimumDays));
  return all(...chain, ...(owed ? [keptLong(bucket, asked.minimumDays)] : [pass()]));
}

function outOfReach(bucket: Resource, { otherAccount }: LogIntegrity): Judgement {
  const away = isAway(bucket);
  const integrity = any(immutable(bucket), judgeTruth(away, 'a bucket in another account'));
  if (!otherAccount) return integrity;
  const writers = logFlowsTo(bucket).filter(({ kind }) => kind === 'trail' || kind === 'flowLog');
  const apart = everyTruth(writers.map(({ writer }) => negated(inSameAccount(writer, bucket))));
  return all(judgeTruth(apart, 'a bucket in another account'), integrity);
}

function isAway(bucket: Resource): Truth {
  return everyTruth(logFlowsTo(bucket).map(({ writer }) => negated(inSameAccount(writer, bucket))));
}

function judgeTruth(truth: Truth, needed: string): Judgement {
  if (truth instanceof Unknown) return unknown(undefined, truth);
  return truth ? pass({ found: needed }) : fail({ found: 'a bucket that can be emptied', needed });
}

/** Versions, and a lock or a policy that lets nobody delete them. */
function immutable(bucket: Resource): Judgement {
  const judged = all(
    bucket.is('VersioningConfiguration.Status', 'Enabled'),
    any(bucket.is('ObjectLockEnabled', true), deletionDenied(bucket)),
  );
  return judged.outcome === 'fail'
    ? fail({
        found: 'a bucket in the account of who writes the logs, whose versions can be deleted',
        needed: 'another account, or versions with ObjectLockEnabled or a policy that denies deletion',
      })
    : judged;
}

/** Rules for a part of the logs only leave the question open for the rest. */
function keptLong(bucket: Resource, minimumDays: number): Judgement {
  const { rules, unknown: others } = lifecycleRulesOf(bucket);
  const judged = rules.map(({ path, enabled, whole, expirationDays: days }) => {
    const property = `${path}.ExpirationInDays`;
    if (days === undefined || whole === false) return pass();
    const open = [enabled, whole, days].find((part) => part instanceof Unknown);
    if (typeof days === 'number' && days >= minimumDays) return pass({ property, found: inDays(days) });
    if (open instanceof Unknown) return unknown(property, open);
    return fail({ property, found: inDays(String(days)), needed: `at least ${inDays(minimumDays)}` });
  });
  return all(pass(), ...judged, ...(others ? [unknown('LifecycleConfiguration.Rules', others)] : []));
}

function mayKeep(group: Resource, minimumDays: number): boolean {
  const days = group.number('RetentionInDays') ?? Number.POSITIVE_INFINITY;
  return days instanceof Unknown || days >= minimumDays;
}

/** The log groups whose entries a delivery stream writes to a bucket. */
function groupsExportedTo(bucket: Resource): readonly Resource[] {
  return exportsIn(bucket.stack.graph).of(bucket);
}

const exportsIn = oncePerGraph((graph) => {
  const groups = new Grouped<Resource, Resource>();
  for (const filter of graph.ofType('AWS::Logs::SubscriptionFilter')) {
    const group = filter.target('LogGroupName');
    const stream = filter.target('DestinationArn');
    if (!(group instanceof Resource) || group.type !== 'AWS::Logs::LogGroup' || !(stream instanceof Resource))
      continue;
    for (const bucket of bucketsOf(stream)) groups.add(bucket, group);
  }
  return groups;
});

function bucketsOf(stream: Resource): readonly Resource[] {
  return ['S3DestinationConfiguration', 'ExtendedS3DestinationConfiguration'].flatMap((path) => {
    const bucket = stream.target(`${path}.BucketARN`);
    return bucket instanceof Resource && bucket.type === 'AWS::S3::Bucket' ? [bucket] : [];
  });
}
