import { launchTemplateOf } from '../compute/launch-settings';
import { oncePerResource } from '../once-per-resource';
import { Resource } from '../resource';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../value';

/** What an instance writes on, beside the volume that it starts from. */
export interface InstanceDisks {
  /** The volumes of the app that are attached to it. */
  readonly attached: readonly Resource[];

  /** Whether volumes are made with it that are kept for data; unknown where only deploy tells. */
  readonly own: boolean | Unknown;

  /** Why it keeps data on disks of its host, which are gone with it. @default - it is not seen to */
  readonly local?: string;
}

const DEVICES = 'BlockDeviceMappings';

/** The devices that images start from. */
const ROOTS: readonly Value[] = ['/dev/sda1', '/dev/xvda'];

/** Types that are chosen for the disks of their hosts. */
const STORAGE_TYPES = /^(d\d|h\d|i\d|im\d|is\d)[a-z]*\./;

/** What an instance that stands alone writes on. */
export const disksOf = oncePerResource((instance): InstanceDisks => {
  const devices = settingOf(instance, DEVICES);
  const mappings = isList(devices) ? devices.filter(isMap) : [];
  const open = devices instanceof Unknown ? devices : undefined;
  const local = localIn(mappings, settingOf(instance, 'InstanceType'));
  return {
    attached: attachedVolumesOf(instance),
    own: mappings.some(isDataVolume) || (open ?? false),
    ...(local !== undefined && { local }),
  };
});

/** What starts the instances of a group. */
const LAUNCHERS = [
  'LaunchConfigurationName',
  'LaunchTemplate.LaunchTemplateId',
  'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
];

/** Whether each instance of a group gets volumes for data, which the one in its place does not have. */
export function startsDataVolumes(group: Resource): boolean {
  return LAUNCHERS.some((path) => {
    const launcher = group.target(path);
    if (!(launcher instanceof Resource)) return false;
    const devices = launcher.get(DEVICES) ?? launcher.get(`LaunchTemplateData.${DEVICES}`);
    return isList(devices) && devices.filter(isMap).some(isDataVolume);
  });
}

/** The setting of an instance, else of its launch template. */
function settingOf(instance: Resource, name: string): Value | undefined {
  const own = instance.get(name);
  if (own !== undefined) return own;
  const template = launchTemplateOf(instance);
  if (template instanceof Resource) return template.get(`LaunchTemplateData.${name}`);
  return name === DEVICES ? template : undefined;
}

/** A root volume that outlives its instance is kept for what is on it. */
function isDataVolume({ DeviceName: name, Ebs: volume }: ValueMap): boolean {
  if (!isMap(volume)) return false;
  return !ROOTS.includes(name ?? null) || String(volume.DeleteOnTermination) === 'false';
}

function localIn(mappings: readonly ValueMap[], type: Value | undefined): string | undefined {
  const mapped = mappings.find(({ VirtualName: name }) => String(name).startsWith('ephemeral'));
  if (mapped) return `${String(mapped.DeviceName)} is a disk of its host`;
  return typeof type === 'string' && STORAGE_TYPES.test(type)
    ? `${type} is chosen for the disks of its host`
    : undefined;
}

function attachedVolumesOf(instance: Resource): readonly Resource[] {
  const { graph } = instance.stack;
  const listed = instance.references.map(({ reference }) => reference.resource);
  const joined = graph
    .mentionsOf(instance, 'AWS::EC2::VolumeAttachment')
    .map(({ from }) => from.target('VolumeId'))
    .filter((volume) => volume instanceof Resource);
  return [...new Set([...listed, ...joined])].filter(({ type }) => type === 'AWS::EC2::Volume');
}
