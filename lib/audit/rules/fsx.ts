import { type Judgement, notApplicable, unknown } from '../../assembly/judgement';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

/** Where a kind of file system says how it is deployed. Lustre has no kind with more than one zone. */
const CONFIGURATION: Readonly<Record<string, string>> = {
  ONTAP: 'OntapConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  WINDOWS: 'WindowsConfiguration',
};

export const fileServerSpansZones: Rule = {
  id: 'FSX-02',
  title: 'File servers have a standby in another zone.',
  kind: 'redundancy',
  why: 'A single-zone file server waits for its zone to come back, or for hours of restore.',
  fix: 'create a file system with a deployment type of MULTI_AZ and move the data to it',
  severity: HIGH,
  appliesTo: ['AWS::FSx::FileSystem'],
  replaces: [
    'OntapConfiguration.DeploymentType',
    'OpenZFSConfiguration.DeploymentType',
    'WindowsConfiguration.DeploymentType',
  ],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/fsx/latest/WindowsGuide/high-availability-multiAZ.html'],
  check: (fileSystem) => {
    const kind = fileSystem.text('FileSystemType');
    if (kind instanceof Unknown) return unknown('FileSystemType', kind);
    const configuration = CONFIGURATION[kind?.toUpperCase() ?? ''];
    return configuration === undefined
      ? notApplicable(`${kind ?? 'this kind of file system'} comes in one zone only`)
      : judgeDeployment(fileSystem, `${configuration}.DeploymentType`);
  },
};

function judgeDeployment(fileSystem: Resource, path: string): Judgement {
  // The default of Windows; the other kinds have none and are refused without.
  const options = { default: 'SINGLE_AZ_1' };
  return fileSystem.judge(path, (type) => /^MULTI_AZ_/.test(String(type)), 'a MULTI_AZ type', options);
}
