import { fail, type Judgement, unknown } from '../../assembly/judgement';
import { mountZonesOf } from '../../assembly/network/mount-targets';
import type { Resource } from '../../assembly/resource';
import { describe, Unknown } from '../../assembly/value';
import { REDUNDANCY } from '../control-families';
import type { Rule } from '../rule';
import { HIGH } from '../severity';

const ONE_ZONE = 'AvailabilityZoneName';

export const fileSystemSpansZones: Rule = {
  id: 'EFS-02',
  title: 'File systems keep their data in several zones, and can be mounted in at least two.',
  kind: 'redundancy',
  why: 'A One Zone file system is gone while its zone is, and a mount target serves its own zone only: without one elsewhere, nobody reaches the data.',
  fix: 'create a file system without AvailabilityZoneName, with mount targets in two zones, and move the data',
  severity: HIGH,
  appliesTo: ['AWS::EFS::FileSystem'],
  replaces: ['AvailabilityZoneName'],
  controls: REDUNDANCY,
  sources: ['https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html'],
  check: (fileSystem) => {
    const zone = fileSystem.get(ONE_ZONE);
    if (zone instanceof Unknown) return unknown(ONE_ZONE, zone);
    return zone === undefined || zone === '' ? judgeMounts(fileSystem) : oneZone(describe(zone));
  },
};

function oneZone(found: string): Judgement {
  return fail({ property: ONE_ZONE, found, needed: 'no zone, for data in all zones of the region' });
}

function judgeMounts(fileSystem: Resource): Judgement {
  const zones = mountZonesOf(fileSystem);
  // Whoever uses it mounts it somehow: where the app has no mount target, another one does.
  if (zones.isEmpty) return unknown(undefined, `the app has no mount target of ${fileSystem.logicalId}`);
  const judged = zones.atLeast(2);
  return judged.found === undefined ? judged : { ...judged, found: `mount targets in ${judged.found}` };
}
