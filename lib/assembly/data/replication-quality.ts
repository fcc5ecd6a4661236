import { all, fail, type Judgement, notApplicable, pass, unknown } from '../judgement';
import { inDays } from '../question';
import { Resource } from '../resource';
import { Unknown } from '../value';
import { lifecycleRulesOf } from './bucket-lifecycle';
import { type ReplicationRule, replicationRulesOf } from './bucket-replication';

/** Within so many seconds S3 promises to replicate where it is asked to. */
const PROMISED_SECONDS = 900;

/** Judges whether the copies of a bucket come in time, and are kept as well as their source. */
export function replicationServes(bucket: Resource, rpoSeconds: number | undefined): Judgement {
  const { rules, unknown: others } = replicationRulesOf(bucket);
  if (rules.length === 0)
    return others
      ? unknown('ReplicationConfiguration.Rules', others)
      : notApplicable('it replicates nothing');
  const timed = rpoSeconds !== undefined && rpoSeconds <= PROMISED_SECONDS;
  return all(
    ...rules.flatMap((rule) => [
      ...(timed ? [comesInTime(bucket, rule)] : []),
      ...(rule.destination instanceof Resource ? keptAsWell(bucket, rule, rule.destination) : []),
    ]),
    deletionsAgree(bucket, rules),
    ...(others ? [unknown('ReplicationConfiguration.Rules', others)] : []),
    ...rules.map(({ path, destination }) =>
      destination instanceof Unknown ? unknown(`${path}.Destination.Bucket`, destination) : pass(),
    ),
  );
}

function comesInTime(bucket: Resource, { path }: ReplicationRule): Judgement {
  return all(
    bucket.is(`${path}.Destination.ReplicationTime.Status`, 'Enabled'),
    bucket.is(`${path}.Destination.Metrics.Status`, 'Enabled'),
  );
}

/** All rules of a bucket agree, and with those by which a copy replicates back to it. */
function deletionsAgree(bucket: Resource, rules: readonly ReplicationRule[]): Judgement {
  const property = 'ReplicationConfiguration.Rules';
  const own = rules.map(({ path }) => deletionsOf(bucket, path));
  const back = rules.flatMap(({ destination }) =>
    destination instanceof Resource && destination !== bucket ? deletionsBack(destination, bucket) : [],
  );
  const policies = [...own, ...back];
  const open = policies.find((policy) => policy instanceof Unknown);
  if (open instanceof Unknown) return unknown(property, open);
  if (new Set(policies).size <= 1) return pass({ property });
  return new Set(own).size > 1
    ? fail({
        property,
        found: 'rules of which some copy deletions and some do not',
        needed: 'one policy for all rules',
      })
    : fail({
        property,
        found: 'deletions that are copied one way and not the other',
        needed: 'one policy for both ways',
      });
}

/** Rules of the older form, which have no filter, always copy deletions. */
function deletionsOf(bucket: Resource, path: string): string | Unknown {
  const older =
    bucket.get(`${path}.Filter`) === undefined && bucket.get(`${path}.DeleteMarkerReplication`) === undefined;
  return older ? 'Enabled' : (bucket.text(`${path}.DeleteMarkerReplication.Status`) ?? 'Disabled');
}

function deletionsBack(copy: Resource, source: Resource): readonly (string | Unknown)[] {
  return replicationRulesOf(copy)
    .rules.filter(({ destination, enabled }) => destination === source && enabled === true)
    .map(({ path }) => deletionsOf(copy, path));
}

function keptAsWell(source: Resource, rule: ReplicationRule, copy: Resource): readonly Judgement[] {
  const at = (judged: Judgement): Judgement =>
    judged.outcome === 'fail'
      ? fail({
          property: `${rule.path}.Destination.Bucket`,
          found: `${copy.logicalId}, whose ${judged.property ?? 'retention'} is ${judged.found ?? 'nothing'}`,
          needed: judged.needed ?? 'as the source',
        })
      : judged;
  return [
    at(copy.is('VersioningConfiguration.Status', 'Enabled')),
    at(lockedAsWell(source, copy)),
    at(livesAsLong(source, copy)),
  ];
}

function lockedAsWell(source: Resource, copy: Resource): Judgement {
  const locked = source.is('ObjectLockEnabled', true);
  if (locked.outcome === 'fail') return notApplicable('the source locks nothing');
  const judged = copy.is('ObjectLockEnabled', true);
  return locked.outcome === 'unknown' && judged.outcome === 'fail' ? locked : judged;
}

function livesAsLong(source: Resource, copy: Resource): Judgement {
  return all(
    ...(['expirationDays', 'noncurrentDays'] as const).map((which) => {
      const [here, there] = [shortest(source, which), shortest(copy, which)];
      const open = [here, there].find((days) => days instanceof Unknown);
      const property = 'LifecycleConfiguration.Rules';
      if (there === Number.POSITIVE_INFINITY) return pass({ property });
      if (open instanceof Unknown) return unknown(property, open);
      return there < here
        ? fail({
            property,
            found: inDays(String(there)),
            needed: `at least ${inDays(String(here))}, as the source`,
          })
        : pass({ property });
    }),
  );
}

/** The least time after which a rule for all objects ends them. */
function shortest(bucket: Resource, which: 'expirationDays' | 'noncurrentDays'): number | Unknown {
  const { rules, unknown: others } = lifecycleRulesOf(bucket);
  if (others) return others;
  const days = rules
    .filter((rule) => rule[which] !== undefined && rule.whole !== false)
    .map(
      (rule) =>
        [rule.enabled, rule.whole, rule[which]].find((part) => part instanceof Unknown) ?? rule[which],
    );
  const open = days.find((each) => each instanceof Unknown);
  if (open instanceof Unknown) return open;
  return Math.min(Number.POSITIVE_INFINITY, ...days.filter((each) => typeof each === 'number'));
}
