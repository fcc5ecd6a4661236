import { AWS_FACTS } from '../../../lib/calculus/aws-facts';
import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import type { TestTemplate } from '../../support/graph';
import { backedUp, ref, resource, words } from '../recovery/parts';

const HOUR = 3600;
const NEVER = Number.POSITIVE_INFINITY;
const SNAPSHOT = AWS_FACTS.backupDurationSeconds.value.worst;

type Properties = Readonly<Record<string, unknown>>;

function design(resources: TestTemplate['Resources']) {
  return assessed({
    stacks: { app: { region: 'eu-west-1', template: { Resources: resources } } },
  });
}

const host = (properties: Properties = {}) => ({
  Host: resource('EC2::Instance', {
    AvailabilityZone: 'eu-west-1a',
    InstanceType: 'm7g.large',
    ...properties,
  }),
});

const attached = (properties: Properties = {}) => ({
  ...host(),
  Data: resource('EC2::Volume', {
    AvailabilityZone: 'eu-west-1a',
    Size: 100,
    Tags: [{ Key: 'snapshots', Value: 'yes' }],
    ...properties,
  }),
  Joined: resource('EC2::VolumeAttachment', {
    InstanceId: ref('Host'),
    VolumeId: ref('Data'),
    Device: '/dev/sdf',
  }),
});

const policy = (rule: Properties, more: Properties = {}) => ({
  Policy: resource('DLM::LifecyclePolicy', {
    State: 'ENABLED',
    PolicyDetails: {
      ResourceTypes: ['VOLUME'],
      TargetTags: [{ Key: 'snapshots', Value: 'yes' }],
      Schedules: [{ Name: 's', CreateRule: rule, RetainRule: { Count: 7 }, ...more }],
    },
  }),
});

describe('a volume that is attached to an instance', () => {
  const bare = design(attached());
  const managed = design({ ...attached(), ...policy({ Interval: 12, IntervalUnit: 'HOURS' }) });

  it('stops its instance with its own failure', () => {
    expect(singlePoints(bare)).toEqual(expect.arrayContaining(['resource:app/Data', 'resource:app/Host']));
    expect(singlePoints(design(host()))).not.toContain('resource:app/Data');
  });

  it('is lost with its zone where nothing snapshots it', () => {
    const { availabilityZone, dataRepair, instance } = bare.recovery;
    expect([availabilityZone.rtoSeconds, availabilityZone.rpoSeconds]).toEqual([NEVER, NEVER]);
    expect(availabilityZone.because).toContain('app/Data');
    expect([dataRepair.rtoSeconds, dataRepair.rpoSeconds]).toEqual([NEVER, NEVER]);
    expect(bare.recovery.region.rpoSeconds).toBe(NEVER);
    // It outlives the host of its instance.
    expect(instance.rpoSeconds).toBe(0);
    expect(instance.rtoSeconds).toBe(
      RECOVERY_FACTS.statusCheckSeconds.value.worst + RECOVERY_FACTS.instanceRecoverySeconds.value.worst,
    );
  });

  it('comes back from a snapshot of a lifecycle policy, as old as that may be', () => {
    const { availabilityZone, dataRepair, region } = managed.recovery;
    expect(availabilityZone.rpoSeconds).toBe(12 * HOUR + HOUR + SNAPSHOT);
    expect(words(availabilityZone.rpoTerms)).toEqual([
      'interval of snapshots',
      'start window',
      'duration of a snapshot',
    ]);
    expect(availabilityZone.rtoSeconds).toBeLessThan(NEVER);
    expect(words(availabilityZone.rtoTerms)).toContain('restore to a new resource');
    expect(dataRepair.rpoSeconds).toBe(12 * HOUR + HOUR + SNAPSHOT);
    expect(region.rpoSeconds).toBe(NEVER);
  });

  it.each([
    ['every two hours', { Interval: 2, IntervalUnit: 'HOURS' }, 2 * HOUR],
    ['by a cron expression', { CronExpression: 'cron(0 3 ? * SUN *)' }, 7 * 24 * HOUR],
    ['by what cannot be read', { CronExpression: 'cron(whenever)' }, 24 * HOUR],
  ])('loses as much as a policy leaves between two snapshots: %s', (_, rule, interval) => {
    const { recovery } = design({ ...attached(), ...policy(rule) });
    expect(recovery.dataRepair.rpoSeconds).toBe(interval + HOUR + SNAPSHOT);
  });

  it('survives its region where snapshots are copied to another one', () => {
    const copied = design({
      ...attached(),
      ...policy({ Interval: 12 }, { CrossRegionCopyRules: [{ Target: 'eu-north-1', Encrypted: true }] }),
    });
    expect(copied.recovery.region.rpoSeconds).toBe(
      12 * HOUR + HOUR + SNAPSHOT + AWS_FACTS.backupCopySeconds.value.worst,
    );
    expect(copied.recovery.region.rtoSeconds).toBeLessThan(NEVER);
  });

  it.each(['Data', 'Host'])('comes back from a backup plan that selects %s', (id) => {
    const { availabilityZone } = design({
      ...attached(),
      ...backedUp(id),
      Selection: resource('Backup::BackupSelection', {
        BackupPlanId: ref('Plan'),
        BackupSelection: {
          SelectionName: 's',
          IamRoleArn: 'arn:aws:iam::123456789012:role/b',
          Resources: [
            {
              'Fn::Sub': `arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:${id === 'Data' ? 'volume' : 'instance'}/\${${id}}`,
            },
          ],
        },
      }),
    }).recovery;
    expect(availabilityZone.rpoSeconds).toBe(24 * HOUR + HOUR + SNAPSHOT);
    expect(availabilityZone.rtoSeconds).toBeLessThan(NEVER);
  });

  it('owes nothing where its data can be made again, and waits for a person only', () => {
    const made = design(attached({ Tags: [{ Key: 'resilience:rebuildable', Value: 'true' }] })).recovery
      .availabilityZone;
    expect(made.rpoSeconds).toBeUndefined();
    expect(made.rtoSeconds).toBeLessThan(NEVER);
  });
});

describe('a group of instances', () => {
  it('with volumes for data is taken to keep it elsewhere, and that is said', () => {
    const group = (...devices: readonly string[]) =>
      design({
        Group: resource('AutoScaling::AutoScalingGroup', {
          MinSize: '2',
          LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: '1' },
        }),
        Launch: resource('EC2::LaunchTemplate', {
          LaunchTemplateData: {
            BlockDeviceMappings: devices.map((name) => ({ DeviceName: name, Ebs: { VolumeSize: 8 } })),
          },
        }),
      });
    const said = 'what instances of app/Group write on their volumes is taken to be kept elsewhere';
    expect(assumptionsOf(group('/dev/xvda', '/dev/sdf'))).toContain(said);
    expect(assumptionsOf(group('/dev/xvda'))).not.toContain(said);
  });
});

describe('an instance that stands alone', () => {
  const data = { BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 100 } }] };

  it('keeps data on a volume that is made with it, but not on the one that it starts from', () => {
    const root = host({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }] });
    expect(design(root).recovery.availabilityZone.rtoSeconds).toBeLessThan(NEVER);
    expect(assumptionsOf(design(root))).toContain('app/Host is taken to keep no data');
    const kept = design(host(data));
    expect(kept.recovery.availabilityZone.rtoSeconds).toBe(NEVER);
    expect(kept.recovery.availabilityZone.rpoSeconds).toBe(NEVER);
    expect(kept.recovery.instance.rpoSeconds).toBe(0);
    expect(assumptionsOf(kept)).not.toContain('is taken to keep no data');
  });

  it('keeps data on a root volume that outlives it', () => {
    const outlives = [{ DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false } }];
    expect(design(host({ BlockDeviceMappings: outlives })).recovery.dataRepair.rtoSeconds).toBe(NEVER);
  });

  it('has the volumes of its launch template', () => {
    const launched = design({
      ...host({ LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: '1' } }),
      Launch: resource('EC2::LaunchTemplate', { LaunchTemplateData: data }),
    });
    expect(launched.recovery.availabilityZone.rpoSeconds).toBe(NEVER);
  });

  it.each([
    ['a mapping', { BlockDeviceMappings: [{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }] }],
    ['its type', { InstanceType: 'i4i.large' }],
  ])('loses what is on disks of its host with the host, as %s shows', (_, properties) => {
    const { instance } = design(host(properties)).recovery;
    expect(instance.rpoSeconds).toBe(NEVER);
    expect(words(instance.rtoTerms)).toContain('a person decides');
  });

  it('waits for a person where AWS is told not to recover it', () => {
    const off = design(host({ MaintenanceOptions: { AutoRecovery: 'disabled' } })).recovery.instance;
    expect(off.rtoSeconds).toBeGreaterThan(design(host()).recovery.instance.rtoSeconds);
    expect(words(off.rtoTerms)).toContain('another instance is deployed: AutoRecovery is disabled');
  });

  it('whose volumes deploy decides counts as keeping data, and says what is open', () => {
    const { availabilityZone } = assessed({
      Parameters: { Disks: { Type: 'String' } },
      Resources: host({ BlockDeviceMappings: { 'Fn::Split': [',', ref('Disks')] } }),
    }).recovery;
    expect(availabilityZone.meets).toBeUndefined();
    expect(availabilityZone.open).toContain('Disks');
  });
});
