import { valuesAt } from '../../assembly/network/zones';
import { Resource } from '../../assembly/resource';
import { anyOf, type Failure } from '../failure';
import type { Modelling } from '../modelling';

const FILE_SYSTEM = 'AWS::EFS::FileSystem';

/** Where compute names the file systems that it mounts. `of` names what holds the list. */
const MOUNTS: Readonly<Record<string, { readonly path: string; readonly of?: string }>> = {
  'AWS::ECS::Service': { path: 'Volumes.*.EFSVolumeConfiguration.FilesystemId', of: 'TaskDefinition' },
  'AWS::Lambda::Function': { path: 'FileSystemConfigs.*.Arn' },
};

/** The file systems that something mounts: without them its reads and writes hang. */
export function fileSystemsFail(resource: Resource, model: Modelling): Failure {
  const { path = '', of } = MOUNTS[resource.type] ?? {};
  const holder = of === undefined ? resource : resource.target(of);
  if (!(holder instanceof Resource) || path === '') return anyOf();
  const named = valuesAt(holder, path).map((value) => holder.stack.graph.resolve(value, holder));
  const systems = named
    .map((found) =>
      found instanceof Resource && found.type === 'AWS::EFS::AccessPoint'
        ? found.target('FileSystemId')
        : found,
    )
    .filter((found) => found instanceof Resource && found.type === FILE_SYSTEM) as Resource[];
  return anyOf(...[...new Set(systems)].map((system) => model.of(system, resource)));
}
