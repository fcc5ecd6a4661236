import { concurrencyOf } from '../../assembly/compute/function-concurrency';
import { minimumUnitsOf, mostTasksOf } from '../../assembly/compute/minimum-units';
import { maximumConnections } from '../../assembly/data/database-connections';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { callsOf } from '../../assembly/wiring/calls';
import { ACCOUNT_CONCURRENCY } from '../../calculus/account-limits';
import type { CapacityFinding } from '../assessment';
import { nameOf } from '../modelling';

const DATABASES: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);
const LIMITS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html';

/**
 * Whether a database takes the connections of all that uses it at its largest, one for each function and task; how many a
 * pool in a task opens, the app does not show.
 */
export function connectionCapacity(
  database: Resource,
  users: readonly Resource[],
): readonly CapacityFinding[] {
  if (!DATABASES.has(database.type)) return [];
  const callers = users.filter((user) =>
    callsOf(user).some(({ to, certain }) => to === database && certain === true),
  );
  if (callers.length === 0) return [];
  const limit = maximumConnections(database);
  const counts = callers.map((caller) => ({ caller, most: largest(caller) }));
  const open = counts.find(({ most }) => most instanceof Unknown)?.most;
  const sum = counts.reduce((total, { most }) => total + (typeof most === 'number' ? most : 0), 0);
  const finding = { resource: database, what: 'connections', source: LIMITS };
  const needed = `${sum} at the least: one is assumed for each unit of ${callers.map(nameOf).join(', ')} at its largest; a pool in it that opens more is not seen, and not counted`;
  if (limit instanceof Unknown) return [{ ...finding, found: limit.reason, needed, meets: undefined }];
  const fits = sum <= limit.most;
  const found = `${limit.bound ? 'at most ' : ''}${limit.most}`;
  return [
    { ...finding, found, needed, meets: fits && (open !== undefined || limit.bound) ? undefined : fits },
  ];
}

function largest(caller: Resource): number | Unknown {
  if (caller.type === 'AWS::Lambda::Function') return concurrencyOf(caller, ACCOUNT_CONCURRENCY.value);
  if (caller.type === 'AWS::ECS::Service') {
    const { most, why } = mostTasksOf(caller);
    return Number.isFinite(most)
      ? most
      : (why ?? new Unknown(`how many tasks ${nameOf(caller)} runs is open`));
  }
  const units = minimumUnitsOf(caller);
  return typeof units === 'string' ? new Unknown(units) : units.units.least;
}
