import { replicationRulesOf } from '../../../assembly/data/bucket-replication';
import { efsBackupPolicy, fsxBackups, when } from '../../../assembly/data/stateful-protections';
import { valuesAt } from '../../../assembly/network/zones';
import type { Resource } from '../../../assembly/resource';
import { Unknown } from '../../../assembly/value';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../calculus/recovery-facts';
import type { RecoveryTerm } from '../../assessment';
import { zonesOfMounts } from '../../components/mount-zones';
import type { Modelling } from '../../modelling';
import { lagTerms } from '../copies';
import { AT_ONCE, inSequence, type Path, taking } from '../path';
import { byHand } from '../people';
import { copiedBack, ownSnapshots, plannedPoints, pointsWhere, whyOpen } from '../points';
import { type Copy, NOTHING_LOST, type Store, storeOf } from '../store';

const DAY = 24 * 3600;
const EFS_BACKUPS = 'https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html';
const FSX_BACKUPS = 'https://docs.aws.amazon.com/fsx/latest/WindowsGuide/using-backups.html';

/** Objects stand in three zones at least; a bucket with versions loses none to damage. */
export function bucket(resource: Resource): Store {
  const versions = when('VersioningConfiguration.Status', 'Enabled')(resource);
  const planned = plannedPoints(resource, { lag: AWS_FACTS.s3PointInTimeLagSeconds });
  const open = whyOpen(versions) ?? planned.open;
  return storeOf({
    resource,
    noun: 'the bucket',
    instance: AT_ONCE,
    zone: AT_ONCE,
    points: [
      ...pointsWhere(versions, () => [
        { what: 'kept versions', loss: [], restore: copiedBack(resource), elsewhere: false },
      ]),
      ...planned.points,
    ],
    copies: bucketCopies(resource),
    protect: 'set VersioningConfiguration.Status to Enabled',
    spread: 'replicate it to a bucket in another region',
    ...(open !== undefined && { open }),
  });
}

/** A bucket of S3 Express has neither versions, nor backups, nor another zone. */
export function directoryBucket(resource: Resource): Store {
  const anotherKind = 'keep what cannot be made again in a bucket that stands in several zones';
  return storeOf({
    resource,
    noun: 'the bucket',
    instance: AT_ONCE,
    zone: undefined,
    lost: { instance: [], availabilityZone: undefined },
    protect: anotherKind,
    spread: anotherKind,
  });
}

function bucketCopies(resource: Resource): readonly Copy[] {
  return replicationRulesOf(resource)
    .rules.filter(({ enabled }) => enabled === true)
    .map(({ path, destination }) => ({
      path,
      // A bucket that the app does not hold may be anywhere; people replicate to another region.
      region: destination instanceof Unknown ? undefined : destination.region,
      near: !(destination instanceof Unknown) && destination.region === resource.region,
    }))
    .filter(({ near }) => !near)
    .map(({ path, region }) => ({ region, lag: objectLag(resource, path) }));
}

function objectLag(resource: Resource, path: string): readonly RecoveryTerm[] {
  const timed = resource.text(`${path}.Destination.ReplicationTime.Status`) === 'Enabled';
  if (!timed) return lagTerms(resource, AWS_FACTS.s3ReplicationLagSeconds);
  const { value, source } = AWS_FACTS.s3ReplicationTimeControlLagSeconds;
  return [{ what: 'replication lag', seconds: value, source, resource }];
}

/** Files of EFS stand in all zones, or in one. */
export function fileSystem(resource: Resource, model: Modelling): Store {
  const oneZone = resource.get('AvailabilityZoneName') !== undefined;
  const onceMounted = mountedElsewhere(resource);
  const daily = efsBackupPolicy(resource);
  const planned = plannedPoints(resource);
  const { value: lag, source } = AWS_FACTS.efsReplicationLagSeconds;
  const destinations = valuesAt(resource, 'ReplicationConfiguration.Destinations.*.Region');
  const open = whyOpen(daily) ?? planned.open;
  return storeOf({
    resource,
    noun: 'the file system',
    instance: AT_ONCE,
    zone: oneZone ? undefined : isMountedInOneZone(resource, model) ? onceMounted : AT_ONCE,
    ...(!oneZone && { anew: onceMounted }),
    lost: oneZone ? { instance: [], availabilityZone: undefined } : NOTHING_LOST,
    points: [
      ...pointsWhere(daily, () => [ownSnapshots(resource, DAY + startWindow(), EFS_BACKUPS)]),
      ...planned.points,
    ],
    copies: destinations
      .filter((region) => region !== resource.region)
      .map((region) => ({
        region: typeof region === 'string' ? region : undefined,
        lag: [{ what: 'replication lag', seconds: lag, source, resource }],
      })),
    protect: 'set BackupPolicy.Status to ENABLED, or select it in a backup plan',
    spread: 'set ReplicationConfiguration to another region',
    copied: 'copy its backups there',
    ...(open !== undefined && { open }),
  });
}

/** Files that stand in all zones can be used where a mount target is. */
function mountedElsewhere(resource: Resource): Path {
  const made = taking(RECOVERY_FACTS.mountTargetSeconds, {
    what: 'a mount target is made in another zone',
    resource,
    controlPlane: 'makes a mount target',
  });
  return byHand(resource, made, 'make a mount target in each zone of its users');
}

function isMountedInOneZone(resource: Resource, model: Modelling): boolean {
  return zonesOfMounts(resource, model)?.length === 1;
}

function startWindow(): number {
  return AWS_FACTS.backupDefaultStartWindowSeconds.value;
}

const FSX_TYPES = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];

/** What Lustre keeps as scratch has no second copy, which is the default. */
function isScratch(files: Resource): boolean {
  if (files.text('FileSystemType') !== 'LUSTRE') return false;
  const type = files.text('LustreConfiguration.DeploymentType');
  return typeof type !== 'string' || type.startsWith('SCRATCH');
}

export function windowsAndOthers(resource: Resource): Store {
  const spread = FSX_TYPES.map((kind) => resource.text(`${kind}.DeploymentType`)).some(
    (type) => typeof type === 'string' && type.startsWith('MULTI_AZ'),
  );
  const backups = fsxBackups(resource);
  const planned = plannedPoints(resource);
  const open = whyOpen(backups) ?? planned.open;
  const again = taking(RECOVERY_FACTS.instanceRecoverySeconds, {
    what: spread ? 'failover to the standby file server' : 'the file server is replaced',
    resource,
  });
  return storeOf({
    resource,
    noun: 'the file system',
    instance: inSequence(again),
    zone: spread ? inSequence(again) : undefined,
    lost: spread
      ? NOTHING_LOST
      : { instance: isScratch(resource) ? undefined : [], availabilityZone: undefined },
    points: [...pointsWhere(backups, () => [ownSnapshots(resource, DAY, FSX_BACKUPS)]), ...planned.points],
    protect: 'set AutomaticBackupRetentionDays',
    ...(open !== undefined && { open }),
  });
}
