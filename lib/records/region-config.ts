import type { Node } from 'yaml';
import { printable } from '../assembly/source/printable';
import { RecoveryApproach } from '../objectives/policy/regions';
import { unknownRegionMistakes } from '../objectives/region-code';
import { RegionRole } from '../objectives/region-role';
import { oneOf } from './one-of';
import type { YamlReader } from './yaml-reader';

/** The regions of a service, and how it comes back when one is lost. */
export interface RegionConfig {
  /** What each region does for it. @default - nobody says */
  readonly regions?: Readonly<Record<string, RegionRole>>;

  /** @default - nobody says */
  readonly approach?: RecoveryApproach;
}

/** The keys of a service that this reads. */
export const REGION_KEYS: readonly string[] = ['regions', 'approach'];

const ROLES: readonly RegionRole[] = Object.values(RegionRole);

/** As people write them: `warm-standby`. */
const APPROACHES: ReadonlyMap<string, RecoveryApproach> = new Map(
  Object.values(RecoveryApproach).map((approach) => [approach.toLowerCase().replaceAll('_', '-'), approach]),
);

/** Reads `regions` and `approach` of a service. */
export function regionConfigIn(fields: ReadonlyMap<string, Node>, reader: YamlReader): RegionConfig {
  const node = fields.get('regions');
  const regions = node && regionsIn(node, reader);
  const approach = approachIn(fields.get('approach'), reader);
  if (approach !== undefined) checkApproach(approach, regions, { node: fields.get('approach'), reader });
  return { ...(regions && { regions }), ...(approach !== undefined && { approach }) };
}

function regionsIn(node: Node, reader: YamlReader): Readonly<Record<string, RegionRole>> {
  const entries = reader.entries(node, 'regions').map(({ key, name, value }) => {
    const [mistake] = unknownRegionMistakes([name]);
    if (mistake) reader.refuse(key, printable(mistake.problem), printable(mistake.fix));
    return { name, role: oneOf(value, ROLES, { what: 'role', reader }) };
  });
  const roles = entries.map(({ role }) => role);
  if (roles.filter((role) => role === RegionRole.PRIMARY).length > 1)
    reader.refuse(node, 'there are two primaries', 'write active where several regions serve');
  if (roles.includes(RegionRole.STANDBY) && !roles.some(serves))
    reader.refuse(node, 'a standby stands by for no region', 'give a region the role primary');
  if (!roles.some(serves))
    reader.refuse(node, 'no region serves', 'give a region the role primary or active');
  return Object.fromEntries(entries.map(({ name, role }) => [name, role]));
}

function serves(role: RegionRole): boolean {
  return role === RegionRole.PRIMARY || role === RegionRole.ACTIVE;
}

function approachIn(node: Node | undefined, reader: YamlReader): RecoveryApproach | undefined {
  return node && APPROACHES.get(oneOf(node, [...APPROACHES.keys()], { what: 'approach', reader }));
}

/** Regions that wait, and an approach in which all serve, contradict each other. */
function checkApproach(
  approach: RecoveryApproach,
  regions: RegionConfig['regions'],
  { node, reader }: { readonly node: Node | undefined; readonly reader: YamlReader },
): void {
  if (regions === undefined) reader.refuse(node, 'an approach says nothing without regions', 'add regions');
  const waits = Object.values(regions ?? {}).includes(RegionRole.STANDBY);
  if (waits && approach === RecoveryApproach.ACTIVE_ACTIVE)
    reader.refuse(
      node,
      'a region stands by, but in active-active all serve',
      'write hot-standby, or the role active',
    );
  if (
    !waits &&
    approach !== RecoveryApproach.ACTIVE_ACTIVE &&
    approach !== RecoveryApproach.BACKUP_AND_RESTORE
  )
    reader.refuse(node, 'no region stands by', 'give a region the role standby, or write active-active');
}
