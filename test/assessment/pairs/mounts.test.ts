import { RECOVERY_FACTS } from '../../../lib/calculus/recovery-facts';
import { assessed, assumptionsOf, singlePoints } from '../../support/assess';
import { network, ref, subnets, tasks } from '../../support/designs';
import type { TestTemplate } from '../../support/graph';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

function targets(letters: string, of: unknown = ref('Files')): TestTemplate['Resources'] {
  return Object.fromEntries(
    [...letters].map((letter) => [
      `Mount${letter}`,
      {
        Type: 'AWS::EFS::MountTarget',
        Properties: { FileSystemId: of, SubnetId: ref(`Subnet${letter}`), SecurityGroups: [] },
      },
    ]),
  );
}

const mounting = {
  Definition: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Volumes: [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: ref('Files') } }] },
  },
};

const files = (properties: object = {}): TestTemplate['Resources'] => ({
  Files: { Type: 'AWS::EFS::FileSystem', Properties: properties },
});

function service(mounts: string, properties: object = {}) {
  return assessed({
    stacks: {
      app: {
        region: 'eu-west-1',
        template: {
          Resources: {
            ...network(ZONES),
            ...files(properties),
            ...targets(mounts),
            ...mounting,
            ...tasks(3, 'ABC', { TaskDefinition: ref('Definition') }),
          },
        },
      },
    },
  });
}

describe('a file system that tasks in three zones mount', () => {
  const whole = service('ABC');
  const two = service('AB');
  const one = service('A');

  it('with a mount target in each zone stops with none of them', () => {
    expect(singlePoints(whole).filter((id) => id.startsWith('zone:'))).toEqual([]);
    expect(whole.recovery.availabilityZone.rtoSeconds).toBe(0);
  });

  it('with one mount target stops with the zone of that one', () => {
    expect(singlePoints(one)).toContain('zone:eu-west-1a');
    expect(singlePoints(one)).not.toContain('zone:eu-west-1b');
    expect(one.availability.unavailability).toBeGreaterThan(whole.availability.unavailability);
  });

  it('with one mount target waits for a person who makes another, and loses nothing', () => {
    const { availabilityZone } = one.recovery;
    expect(availabilityZone.rtoSeconds).toBeGreaterThan(RECOVERY_FACTS.mountTargetSeconds.value.worst);
    expect(availabilityZone.rtoTerms.map(({ what }) => what)).toContain(
      'a mount target is made in another zone',
    );
    expect(availabilityZone.rpoSeconds).toBe(0);
    expect(availabilityZone.because).toContain('app/Files');
  });

  it('with two mount targets takes the tasks of the third zone away with another one', () => {
    // Without the first zone only the task of the second is left, which may fail by itself.
    const pair = ['resource:app/Tasks#task 2', 'zone:eu-west-1a'];
    expect(two.availability.cutSets.listed.map((set) => [...set].sort())).toContainEqual(pair);
    expect(whole.availability.cutSets.listed.map((set) => [...set].sort())).not.toContainEqual(pair);
    expect(two.availability.unavailability).toBeGreaterThan(whole.availability.unavailability);
    expect(two.availability.unavailability).toBeLessThan(one.availability.unavailability);
    expect(assumptionsOf(two)).toContain(
      'app/Tasks in eu-west-1c reaches app/Files only through its mount target in eu-west-1a',
    );
  });

  it('that stands in one zone stops with it, however many mount targets there are', () => {
    expect(singlePoints(service('A', { AvailabilityZoneName: 'eu-west-1a' }))).toContain('zone:eu-west-1a');
  });
});

describe('a file system', () => {
  const alone = (more: TestTemplate['Resources']) => assessed({ Resources: { ...files(), ...more } });

  it('whose mount targets are not in the app is taken to be mounted in all zones, and that is said', () => {
    const open = alone({});
    expect(singlePoints(open).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(assumptionsOf(open)).toMatch(/no mount target of app\/Files is in the app/);
  });

  it('with several mount targets in subnets that are not in the app stands in as many zones', () => {
    const parameters = (count: number) =>
      assessed({
        Parameters: { S0: { Type: 'String' }, S1: { Type: 'String' } },
        Resources: {
          ...files(),
          ...Object.fromEntries(
            Array.from({ length: count }, (_, index) => [
              `Mount${index}`,
              {
                Type: 'AWS::EFS::MountTarget',
                Properties: { FileSystemId: ref('Files'), SubnetId: ref(`S${index}`) },
              },
            ]),
          ),
        },
      });
    expect(singlePoints(parameters(2)).some((id) => id.startsWith('zone:'))).toBe(false);
    expect(singlePoints(parameters(1)).some((id) => id.startsWith('zone:'))).toBe(true);
  });

  it.each([
    ['an instance', 'AWS::EC2::Instance', { SubnetId: ref('SubnetB') }],
    ['a group', 'AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: subnets('B'), MinSize: '1' }],
  ])('whose id is in the user data of %s is mounted by it', (_, type, properties) => {
    const data = { UserData: { 'Fn::Base64': { 'Fn::Sub': 'mount -t efs ${Files}:/ /data' } } };
    const launch = { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: data };
    const own = type.includes('Group') ? { LaunchConfigurationName: ref('Launch') } : data;
    const worker = { Worker: { Type: type, Properties: { ...properties, ...own } } };
    const design = assessed({
      stacks: {
        app: {
          region: 'eu-west-1',
          template: {
            Resources: { ...network(ZONES), ...files(), ...targets('A'), Launch: launch, ...worker },
          },
        },
      },
    });
    expect(design.entryPoints.map(({ logicalId }) => logicalId)).toEqual(['Worker']);
    expect(singlePoints(design)).toEqual(expect.arrayContaining(['zone:eu-west-1a', 'zone:eu-west-1b']));
  });
});
