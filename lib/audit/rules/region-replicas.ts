import { engineOf, membersOf } from '../../assembly/data/database-members';
import { type Original, originalElsewhere } from '../../assembly/data/database-regions';
import { all, fail, type Judgement, notApplicable, pass, unknown } from '../../assembly/judgement';
import { isSet } from '../../assembly/property-truth';
import { Resource } from '../../assembly/resource';
import { sameToken } from '../../assembly/same-token';
import { describe, isScalar, sameValue, Unknown } from '../../assembly/value';
import { AWS_FACTS } from '../../calculus/aws-facts';
import { formatSeconds } from '../../calculus/time-span';
import { SECOND_REGION } from '../control-families';
import type { Rule, RuleContext } from '../rule';
import { HIGH } from '../severity';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';
const RETENTION = 'BackupRetentionPeriod';
const VERSION = 'EngineVersion';
const PARAMETERS: Readonly<Record<string, string>> = {
  [INSTANCE]: 'DBParameterGroupName',
  [CLUSTER]: 'DBClusterParameterGroupName',
};

/** A group that is named says how it differs from the engine's own: both parts are compared. */
const GROUP_PARTS = ['Family', 'Parameters'];

export const replicasElsewhereCanTakeOver: Rule = {
  id: 'X-43',
  title:
    'Replicas in another region are ready to be the primary: with backups, a reader, and the settings of the primary.',
  kind: 'redundancy',
  why: 'After the promotion the replica stands without backups or standby, or behaves unlike the primary, just when nobody can look into it.',
  fix: 'give the replica backups, an instance to fail over to, and the engine version and parameters of the primary',
  severity: HIGH,
  appliesTo: [INSTANCE, CLUSTER],
  controls: SECOND_REGION,
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html',
  ],
  check: (database, context) => {
    const original = originalElsewhere(database);
    if (original === undefined) return notApplicable('it follows none in another region');
    if (original instanceof Unknown) return unknown(undefined, original);
    return [keepsBackups(database), ...instancesOf(database, context), ...sameAs(database, original)];
  },
};

/** AWS makes no backups of a read replica unless asked for; a cluster cannot be without. */
function keepsBackups(database: Resource): Judgement {
  return database.atLeast(RETENTION, 1, { default: database.type === INSTANCE ? 0 : 1, unit: 'days' });
}

function instancesOf(cluster: Resource, { service }: RuleContext): readonly Judgement[] {
  if (cluster.type === INSTANCE) return [];
  const engine = engineOf(cluster);
  if (typeof engine === 'string' && !engine.startsWith('aurora')) return [];
  const { sure, maybe, unknown: others } = membersOf(cluster);
  if (sure.length >= 2) return [pass({ found: `${sure.length} instances` })];
  const open =
    others ?? maybe.map(({ presence }) => presence).find((presence) => presence instanceof Unknown);
  if (open instanceof Unknown) return [unknown(undefined, open)];
  if (sure.length + maybe.length > 0)
    return [fail({ found: '1 instance', needed: 'a reader to fail over to once it is promoted' })];
  return [headless(service.recovery.region.rtoSeconds)];
}

function headless(rtoSeconds: number): Judgement {
  const { worst } = AWS_FACTS.auroraRecreateSeconds.value;
  const found = `no instance, and making one takes ${formatSeconds(worst)}`;
  return rtoSeconds < worst
    ? fail({ found, needed: `an instance, for ${formatSeconds(rtoSeconds)} are owed` })
    : pass({ found });
}

function sameAs(database: Resource, { property, database: original }: Original): readonly Judgement[] {
  if (original instanceof Unknown) return [unknown(property, original)];
  return [sameVersion(database, original), sameParameters(database, original)];
}

/** A replica that names no version has the one of its source. */
function sameVersion(database: Resource, original: Resource): Judgement {
  const [own, theirs] = [database.get(VERSION), original.get(VERSION)];
  if (own === undefined) return pass({ property: VERSION, found: 'that of the primary' });
  if (theirs === undefined) return unknown(VERSION, `AWS chooses the version of ${original.logicalId}`);
  const same = sameToken(own, theirs);
  if (same === undefined)
    return unknown(VERSION, 'whether the versions are the same is known only at deploy');
  return same
    ? pass({ property: VERSION, found: describe(own) })
    : fail({
        property: VERSION,
        found: `${describe(own)}, and ${describe(theirs)} on ${original.logicalId}`,
        needed: 'the same version',
      });
}

/** Groups are of one region, so two regions have two: what stands in them decides. */
function sameParameters(database: Resource, original: Resource): Judgement {
  const path = PARAMETERS[database.type] ?? '';
  const [own, theirs] = [isSet(database, path), isSet(original, path)];
  if (own instanceof Unknown) return unknown(path, own);
  if (theirs instanceof Unknown) return unknown(path, theirs);
  if (!own && !theirs) return pass({ property: path, found: 'the default group' });
  if (own !== theirs)
    return fail({
      property: path,
      found: `${own ? 'a group' : 'the default group'}, and ${theirs ? 'a group' : 'the default group'} on ${original.logicalId}`,
      needed: 'the same parameters',
    });
  return sameGroups(path, database, original);
}

function sameGroups(path: string, database: Resource, original: Resource): Judgement {
  const [name, other] = [database.get(path), original.get(path)];
  const [group, theirs] = [database.target(path), original.target(path)];
  if (!(group instanceof Resource) || !(theirs instanceof Resource))
    return isScalar(name) && name === other
      ? pass({ property: path, found: describe(name) })
      : unknown(path, 'a parameter group is not in the app');
  return all(...GROUP_PARTS.map((part) => samePart(path, part, [group, theirs])));
}

function samePart(path: string, part: string, [own, theirs]: readonly [Resource, Resource]): Judgement {
  const same = sameValue(own.get(part) ?? null, theirs.get(part) ?? null);
  if (same === undefined) return unknown(path, `whether ${part} is the same is known only at deploy`);
  return same
    ? pass({ property: path })
    : fail({
        property: path,
        found: `another ${part} than ${theirs.logicalId}`,
        needed: 'the same parameters',
      });
}
