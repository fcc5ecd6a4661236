import { coveredByBackup } from '../../assembly/backup/backup-coverage';
import { attachedTo, volumeSnapshots } from '../../assembly/data/stateful-protections';
import { BLOCK_DEVICE_TYPES, copyEncrypted, volumesEncrypted } from '../../assembly/data/volume-encryption';
import { all, any, fail, type Judgement, notApplicable } from '../../assembly/judgement';
import { eachEntry } from '../../assembly/list-entries';
import type { Resource } from '../../assembly/resource';
import * as families from '../control-families';
import { unlessRebuildable } from '../rebuildable';
import type { Rule } from '../rule';
import { HIGH, MEDIUM } from '../severity';

const VOLUME = 'AWS::EC2::Volume';
const CONFIG = 'https://docs.aws.amazon.com/config/latest/developerguide';
const DLM = 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html';

export const volumeIsBackedUp: Rule = {
  id: 'EBS-01',
  title: 'Volumes are in a backup plan.',
  kind: 'backup',
  why: 'A volume stands in one zone: when it is lost or overwritten, only a backup brings the data back.',
  fix: 'let a backup selection of the app select the volume or its instance, by ARN or by tag',
  severity: MEDIUM,
  appliesTo: [VOLUME, 'AWS::EC2::Instance'],
  controls: families.BACKUP_COVERAGE,
  sources: [`${CONFIG}/ebs-resources-protected-by-backup-plan.html`],
  check: (resource, { service }) => unlessRebuildable(resource, service, inBackupPlan),
};

export const volumeHasSnapshots: Rule = {
  id: 'EBS-02',
  title: 'Volumes are snapshotted by a lifecycle policy or a backup plan.',
  kind: 'backup',
  why: 'A volume that nothing snapshots is gone for good when its zone loses it, or when somebody empties it.',
  fix: 'tag the volume for a policy of Data Lifecycle Manager or for a backup plan',
  severity: MEDIUM,
  appliesTo: [VOLUME],
  controls: families.BACKUP_COVERAGE,
  sources: ['https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html', DLM],
  check: (resource, { service }) =>
    unlessRebuildable(resource, service, (volume) => {
      const judged = any(inBackupPlan(volume), volumeSnapshots(volume));
      return judged.outcome === 'fail'
        ? fail({ found: 'no lifecycle policy and no backup plan', needed: 'one that covers it' })
        : judged;
    }),
};

/** Instances are made anew from these: nothing has to be moved. */
const LIST_DEVICES = 'list the devices of the image in BlockDeviceMappings, with Ebs.Encrypted true';

export const volumesAreEncrypted: Rule = {
  id: 'EBS-03',
  title: 'Volumes are encrypted.',
  kind: 'compliance',
  why: 'Snapshots and backups of a volume are no more encrypted than it is, and a volume is encrypted only by copying it.',
  fix: 'make new volumes with Encrypted from encrypted copies of their snapshots',
  fixes: {
    'AWS::AutoScaling::LaunchConfiguration BlockDeviceMappings': LIST_DEVICES,
    'AWS::AutoScaling::LaunchConfiguration BlockDeviceMappings.Ebs.Encrypted': 'set Ebs.Encrypted to true',
    'LaunchTemplateData.BlockDeviceMappings': LIST_DEVICES,
    'LaunchTemplateData.BlockDeviceMappings.Ebs.Encrypted': 'set Ebs.Encrypted to true',
  },
  severity: HIGH,
  appliesTo: [VOLUME, ...BLOCK_DEVICE_TYPES],
  replaces: [`${VOLUME} Encrypted`, 'AWS::EC2::Instance BlockDeviceMappings.Ebs.Encrypted'],
  controls: families.IMMUTABILITY,
  sources: [`${CONFIG}/encrypted-volumes.html`],
  check: volumesEncrypted,
};

export const snapshotCopiesHaveKeys: Rule = {
  id: 'EBS-05',
  title: 'Snapshots that go to another region are encrypted there with a key of yours.',
  kind: 'compliance',
  why: 'A copy that is not encrypted, or is under a key of AWS, cannot be kept from people, and cannot be shared with a recovery account.',
  fix: 'set Encrypted to true and CmkArn to a key of the destination region',
  severity: HIGH,
  appliesTo: ['AWS::DLM::LifecyclePolicy'],
  controls: families.IMMUTABILITY,
  sources: [DLM],
  check: (policy) => {
    const judged = all(...copyRules(policy), ...eventCopies(policy), ...defaultTargets(policy));
    return judged.outcome === 'notApplicable' ? notApplicable('no snapshot goes to another region') : judged;
  },
};

/** A backup of an instance holds the volumes that are attached to it. */
function inBackupPlan(resource: Resource): Judgement {
  const instances = resource.type === VOLUME ? attachedTo(resource) : [];
  return any(coveredByBackup(resource), ...instances.map(coveredByBackup));
}

function copyRules(policy: Resource): readonly Judgement[] {
  return eachEntry(policy, 'PolicyDetails.Schedules', (schedule) =>
    all(
      ...eachEntry(policy, `${schedule}.CrossRegionCopyRules`, (rule) =>
        leavesRegion(policy, rule)
          ? copyEncrypted(policy, rule)
          : notApplicable('the copy stays on an Outpost'),
      ),
    ),
  );
}

/** A rule may also copy to an Outpost, which is named by ARN. */
function leavesRegion(policy: Resource, rule: string): boolean {
  const target = policy.get(`${rule}.Target`);
  return !(typeof target === 'string' && target.startsWith('arn:'));
}

function eventCopies(policy: Resource): readonly Judgement[] {
  return eachEntry(policy, 'PolicyDetails.Actions', (action) =>
    all(
      ...eachEntry(policy, `${action}.CrossRegionCopy`, (copy) =>
        copyEncrypted(policy, `${copy}.EncryptionConfiguration`),
      ),
    ),
  );
}

/** A default policy has no place to name a key. */
function defaultTargets(policy: Resource): readonly Judgement[] {
  return ['CrossRegionCopyTargets', 'PolicyDetails.CrossRegionCopyTargets'].flatMap((path) =>
    eachEntry(policy, path, () =>
      fail({
        property: path,
        found: 'a default policy, whose copies have no key of yours',
        needed: 'a policy with copy rules that name one',
        fix: 'copy snapshots by a policy with schedules, whose copy rules name a key',
      }),
    ),
  );
}
