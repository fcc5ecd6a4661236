import { valuesAt } from '../../assembly/network/zones';
import { oncePerResource } from '../../assembly/once-per-resource';
import { Resource } from '../../assembly/resource';
import { anyOf, type Failure } from '../failure';
import { type Modelling, nameOf } from '../modelling';
import { zonesOfMounts } from './mount-zones';

const FILE_SYSTEM = 'AWS::EFS::FileSystem';

/** Where compute names the file systems that it mounts. `of` names what holds the list. */
const MOUNTS: Readonly<Record<string, { readonly path: string; readonly of?: string }>> = {
  'AWS::ECS::Service': { path: 'Volumes.*.EFSVolumeConfiguration.FilesystemId', of: 'TaskDefinition' },
  'AWS::Lambda::Function': { path: 'FileSystemConfigs.*.Arn' },
};

/** What starts instances, whose user data mounts file systems. */
const LAUNCHED_BY: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [
    'LaunchConfigurationName',
    'LaunchTemplate.LaunchTemplateId',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
  ],
  'AWS::EC2::Instance': ['LaunchTemplate.LaunchTemplateId'],
};

/** The file systems that something mounts: without them its reads and writes hang. */
export function fileSystemsFail(resource: Resource, model: Modelling): Failure {
  return anyOf(...fileSystemsOf(resource).map((system) => model.of(system, resource)));
}

/** What cuts what runs in one zone off from its files: without a mount target there it uses that of another zone. */
export function mountsFail(resource: Resource, model: Modelling, zone: string): Failure {
  const others = fileSystemsOf(resource).flatMap((system) => {
    if (system.get('AvailabilityZoneName') !== undefined) return [];
    const zones = zonesOfMounts(system, model) ?? [];
    const [first] = zones;
    if (first === undefined || zones.includes(zone) || !areComparable(zone, zones)) return [];
    model.assume(
      `${nameOf(resource)} in ${zone} reaches ${nameOf(system)} only through its mount target in ${first}`,
      resource,
    );
    return [model.zone(system, first)];
  });
  return anyOf(...others);
}

/** A name and a symbol may mean one zone. */
function areComparable(zone: string, zones: readonly string[]): boolean {
  return zones.every((other) => other.includes('#') === zone.includes('#'));
}

const fileSystemsOf = oncePerResource((resource): readonly Resource[] => {
  const found = [...listedBy(resource), ...inUserDataOf(resource)].map(mountedThrough);
  return [...new Set(found)].filter((system) => system?.type === FILE_SYSTEM) as Resource[];
});

function listedBy(resource: Resource): readonly Resource[] {
  const { path = '', of } = MOUNTS[resource.type] ?? {};
  const holder = of === undefined ? resource : resource.target(of);
  if (!(holder instanceof Resource) || path === '') return [];
  return valuesAt(holder, path)
    .map((value) => holder.stack.graph.resolve(value, holder))
    .filter((found) => found instanceof Resource);
}

function inUserDataOf(resource: Resource): readonly Resource[] {
  const paths = LAUNCHED_BY[resource.type];
  if (!paths) return [];
  const launchers = paths.map((path) => resource.target(path)).filter((one) => one instanceof Resource);
  return [resource, ...launchers].flatMap(({ references }) =>
    references.map(({ reference }) => reference.resource),
  );
}

/** The file system behind an access point or a mount target. */
function mountedThrough(found: Resource): Resource | undefined {
  if (found.type !== 'AWS::EFS::AccessPoint' && found.type !== 'AWS::EFS::MountTarget') return found;
  const system = found.target('FileSystemId');
  return system instanceof Resource ? system : undefined;
}
