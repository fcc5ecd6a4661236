import { classMemoryBytes, mostDefaultConnections } from '../../calculus/database-connections';
import type { Resource } from '../resource';
import { Unknown } from '../value';
import { engineOf, membersOf } from './database-members';

const GROUPS: readonly string[] = ['DBParameterGroupName', 'DBClusterParameterGroupName'];
const SETTINGS: readonly string[] = ['Parameters.max_connections', 'Parameters.MaxConnections'];

/** How many connections a database takes. */
export interface Connections {
  readonly most: number;

  /** Whether it is less: the memory of the class, of which RDS takes a part, gives no more. */
  readonly bound: boolean;
}

/** How many connections a database takes: what its parameter group sets, else at most what its memory gives. */
export function maximumConnections(database: Resource): Connections | Unknown {
  for (const holder of [database, ...instancesOf(database)]) {
    const set = settingOf(holder);
    if (set instanceof Unknown) return set;
    if (set !== undefined) return { most: set, bound: false };
  }
  const most = mostByMemory(database);
  return most === undefined
    ? new Unknown(
        `no parameter group sets max_connections of ${database.logicalId}: it follows from its memory`,
      )
    : { most, bound: true };
}

/** The instances of a cluster, which may set what the cluster does not; none of an instance itself. */
function instancesOf(database: Resource): readonly Resource[] {
  return database.type.endsWith('DBCluster') ? membersOf(database).sure : [];
}

function settingOf(database: Resource): number | Unknown | undefined {
  for (const property of GROUPS) {
    const group = database.target(property);
    if (group instanceof Unknown) return group;
    const path = SETTINGS.find((candidate) => group?.get(candidate) !== undefined);
    const most = path === undefined ? undefined : group?.number(path);
    if (most !== undefined) return most;
  }
  return undefined;
}

/** Of a cluster, what its largest instance takes. */
function mostByMemory(database: Resource): number | undefined {
  const engine = engineOf(database);
  if (typeof engine !== 'string') return undefined;
  const cluster = database.type.endsWith('DBCluster');
  const { sure, maybe, unknown } = cluster
    ? membersOf(database)
    : { sure: [database], maybe: [], unknown: undefined };
  if (unknown !== undefined || maybe.length > 0 || sure.length === 0) return undefined;
  const bounds = sure.map((instance) => {
    const name = instance.text('DBInstanceClass');
    const bytes = typeof name === 'string' ? classMemoryBytes(name) : undefined;
    return bytes === undefined ? undefined : mostDefaultConnections(engine, bytes);
  });
  return bounds.includes(undefined) ? undefined : Math.max(...bounds.map(Number));
}
