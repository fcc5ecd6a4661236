import { type PlanRule, planRulesOf } from '../../assembly/backup/backup-plan';
import { placeOfCopy } from '../../assembly/backup/backup-vaults';
import type { Truth } from '../../assembly/conditions';
import { placeInArn } from '../../assembly/iam/arn-fields';
import { fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { inSameRegion, isAccountOf, isRegionOf } from '../../assembly/same-place';
import { negated } from '../../assembly/truth';
import { isList, isMap, Unknown, type Value } from '../../assembly/value';
import * as families from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

/** A copy that data is sent to, seen from its source. */
interface Copy {
  /** The property that says where it goes. */
  readonly property: string;

  /** Whether it stays in the region of the source. */
  readonly sameRegion: Truth;

  /** Whether it guards against something else than the loss of the region, such as the loss of the account. */
  readonly otherPurpose?: Truth;
}

/** The copies of one thing: one of them in another region is enough. */
type Copies = readonly Copy[];

const BUCKET = 'AWS::S3::Bucket';

const COPIES: Readonly<Record<string, (resource: Resource) => readonly Copies[] | Unknown>> = {
  'AWS::Backup::BackupPlan': planCopies,
  'AWS::DLM::LifecyclePolicy': (policy) => [
    regionsAt(policy, 'PolicyDetails.Schedules.*.CrossRegionCopyRules.*.Target'),
    regionsAt(policy, 'PolicyDetails.Schedules.*.CrossRegionCopyRules.*.TargetRegion'),
    regionsAt(policy, 'PolicyDetails.CrossRegionCopyTargets.*.TargetRegion'),
    regionsAt(policy, 'CrossRegionCopyTargets.*.TargetRegion'),
  ],
  'AWS::DynamoDB::GlobalTable': replicas,
  'AWS::ECR::ReplicationConfiguration': registryCopies,
  'AWS::RDS::DBInstance': (instance) => [regionsAt(instance, 'AutomaticBackupReplicationRegion')],
  'AWS::Redshift::Cluster': (cluster) => [regionsAt(cluster, 'DestinationRegion')],
  [BUCKET]: bucketCopies,
  'AWS::SecretsManager::Secret': (secret) => [regionsAt(secret, 'ReplicaRegions.*.Region')],
};

export const copiesLeaveTheRegion: Rule = {
  id: 'X-32',
  title: 'Copies that guard against the loss of a region are in another region.',
  kind: 'backup',
  why: 'A copy in the region of its source is lost with it.',
  fix: 'send the copy to another region',
  severity: HIGH,
  appliesTo: Object.keys(COPIES),
  controls: [...families.SECOND_REGION, ...families.RESIDENCY],
  check: (resource, { service }) => {
    const copies = COPIES[resource.type]?.(resource) ?? [];
    if (copies instanceof Unknown) return unknown(undefined, copies);
    const judged = copies.map((group) => judgeCopies(group, resource));
    // Buckets are copied within their region for many reasons: logs are gathered, accounts are kept apart.
    const anyPurpose = resource.type === BUCKET && service.name === undefined;
    return [
      notApplicable('nothing is copied'),
      ...judged.map((each) =>
        anyPurpose && each.outcome === 'fail'
          ? notApplicable('no service declares that the copy guards against the loss of the region')
          : each,
      ),
    ];
  },
};

function judgeCopies(copies: Copies, { region }: Resource): Judgement {
  const away = copies.find(({ sameRegion }) => sameRegion === false);
  if (away) return pass({ property: away.property, found: 'a copy in another region' });
  const relevant = copies.filter(({ otherPurpose }) => otherPurpose !== true);
  const [first] = relevant;
  if (!first) return notApplicable('no copy guards against the loss of the region');
  for (const { property, sameRegion, otherPurpose } of relevant) {
    const open = [sameRegion, otherPurpose].find((truth) => truth instanceof Unknown);
    if (open instanceof Unknown) return unknown(property, open);
  }
  return fail({
    property: first.property,
    found: `a copy in ${region ?? 'the region of the source'}, where the source is`,
    needed: 'a copy in another region',
  });
}

function planCopies(plan: Resource): readonly Copies[] | Unknown {
  const { rules, unknown: others } = planRulesOf(plan);
  const hidden =
    others ?? rules.map(({ copyActions }) => copyActions).find((actions) => actions instanceof Unknown);
  return hidden instanceof Unknown ? hidden : rules.map(ruleCopies);
}

function ruleCopies({ plan, copyActions }: PlanRule): Copies {
  if (copyActions instanceof Unknown) return [];
  return copyActions.map((action) => ({
    property: `${action.path}.DestinationBackupVaultArn`,
    ...placeOfCopy(action, plan),
  }));
}

/** A table lists its own region too: alone it is no copy. */
function replicas(table: Resource): readonly Copies[] {
  const copies = regionsAt(table, 'Replicas.*.Region');
  return copies.length > 1 || table.get('Replicas') instanceof Unknown ? [copies] : [];
}

function registryCopies(registry: Resource): readonly Copies[] {
  const property = 'ReplicationConfiguration.Rules.*.Destinations';
  const destinations = valuesAt(registry, property).flatMap((value) => (isList(value) ? value : [value]));
  return [destinations.map((destination) => ({ property, ...registryPlace(destination, registry) }))];
}

function registryPlace(destination: Value, registry: Resource): Omit<Copy, 'property'> {
  if (!isMap(destination)) return { sameRegion: new Unknown('a destination is known only at deploy') };
  return {
    sameRegion: isRegionOf(destination.Region, registry),
    otherPurpose: negated(isAccountOf(destination.RegistryId, registry)),
  };
}

/** Buckets are named without their region: only a bucket of the app shows where it is. */
function bucketCopies(bucket: Resource): readonly Copies[] | Unknown {
  const rules = bucket.list('ReplicationConfiguration.Rules');
  if (rules instanceof Unknown) return rules;
  const enabled = rules.flatMap((rule, index) => (isMap(rule) && rule.Status === 'Disabled' ? [] : [index]));
  return [enabled.map((index) => bucketCopy(bucket, `ReplicationConfiguration.Rules.${index}.Destination`))];
}

function bucketCopy(bucket: Resource, path: string): Copy {
  const target = bucket.target(`${path}.Bucket`) ?? new Unknown('no destination is named');
  const account = bucket.get(`${path}.Account`);
  return {
    property: `${path}.Bucket`,
    sameRegion: target instanceof Resource ? inSameRegion(target, bucket) : target,
    otherPurpose: account === undefined ? false : negated(isAccountOf(account, bucket)),
  };
}

/** Copies that a property sends to regions. */
function regionsAt(resource: Resource, path: string): Copies {
  return valuesAt(resource, path).map((value) => ({ property: path, ...regionOrOutpost(value, resource) }));
}

/** Snapshots may also go to an Outpost, named by ARN, which stands outside the region's zones. */
function regionOrOutpost(value: Value, resource: Resource): Omit<Copy, 'property'> {
  if (typeof value !== 'string' || !value.startsWith('arn:'))
    return { sameRegion: isRegionOf(value, resource) };
  const place = placeInArn(value);
  return {
    sameRegion: place instanceof Unknown ? place : isRegionOf(place.region, resource),
    otherPurpose: true,
  };
}
