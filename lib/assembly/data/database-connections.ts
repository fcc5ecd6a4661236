import type { Resource } from '../resource';
import { Unknown } from '../value';

const GROUPS: readonly string[] = ['DBParameterGroupName', 'DBClusterParameterGroupName'];
const SETTINGS: readonly string[] = ['Parameters.max_connections', 'Parameters.MaxConnections'];

/** How many connections a database takes, as far as its parameter group sets a number. */
export function maximumConnections(database: Resource): number | Unknown {
  for (const property of GROUPS) {
    const group = database.target(property);
    if (group instanceof Unknown) return group;
    const path = SETTINGS.find((candidate) => group?.get(candidate) !== undefined);
    const most = path === undefined ? undefined : group?.number(path);
    if (most !== undefined) return most;
  }
  return new Unknown(
    `no parameter group sets max_connections of ${database.logicalId}: it follows from its memory`,
  );
}
