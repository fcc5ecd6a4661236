import type { Graph } from '../graph';
import { oncePerGraph } from '../once-per-graph';
import { existsWith } from '../presence';
import type { Resource } from '../resource';
import { sameToken } from '../same-token';
import { textFrom } from '../strings';
import { describe, Reference, Text, Unknown, type Value } from '../value';

/** What of a table is scaled. */
export interface TableCapacity {
  readonly use: 'Read' | 'Write';

  /** The name of one of its global secondary indexes. @default - the table itself */
  readonly index?: Value;
}

/** The scalable targets of an app: by the table that they refer to, and those that name one in another way. */
interface TableTargets {
  readonly byTable: ReadonlyMap<Resource, readonly Resource[]>;
  readonly others: readonly Resource[];
}

const targetsOf = oncePerGraph((graph: Graph): TableTargets => {
  const byTable = new Map<Resource, Resource[]>();
  const others: Resource[] = [];
  for (const target of graph.ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    const table = tableIn(target);
    if (table) byTable.set(table, [...(byTable.get(table) ?? []), target]);
    else others.push(target);
  }
  return { byTable, others };
});

/** Whether an `AWS::ApplicationAutoScaling::ScalableTarget` of the app scales a table or one of its indexes. */
export function isScaled(table: Resource, capacity: TableCapacity): boolean | Unknown {
  const { graph } = table.stack;
  const { byTable, others } = targetsOf(graph);
  const answers = [...(byTable.get(table) ?? []), ...others].map((target) => scales(target, table, capacity));
  if (answers.includes(true)) return true;
  const [hidden] = graph.unreadable;
  const open = answers.find((answer) => answer instanceof Unknown);
  return open ?? (hidden === undefined ? false : new Unknown(hidden));
}

function scales(target: Resource, table: Resource, { use, index }: TableCapacity): boolean | Unknown {
  const wanted = `dynamodb:${index === undefined ? 'table' : 'index'}:${use}CapacityUnits`;
  const dimension = target.text('ScalableDimension');
  if (typeof dimension === 'string' && dimension !== wanted) return false;
  const named = names(target.get('ResourceId'), table, index);
  if (named !== true) return named;
  if (dimension === undefined) return false;
  return dimension instanceof Unknown ? dimension : existsWith(target, table);
}

/** Whether a resource id, `table/NAME` or `table/NAME/index/INDEX`, is that of a table or its index. */
function names(id: Value | undefined, table: Resource, index: Value | undefined): boolean | Unknown {
  if (id === undefined) return false;
  const ends = index === undefined ? [] : ['/index/', index];
  const ways = [new Reference(table, 'Ref'), table.get('TableName')].filter((name) => name !== undefined);
  const same = ways.map((name) => sameToken(id, textFrom(['table/', name, ...ends])));
  if (same.includes(true)) return true;
  // A name written out is one that a table of the app bears, or the name of a table elsewhere.
  if (typeof id === 'string' && ways.length === 1) return false;
  return same.includes(false)
    ? false
    : new Unknown(`whether ${describe(id)} is ${table.logicalId} is known only at deploy`);
}

/** The table that a resource id refers to. */
function tableIn(target: Resource): Resource | undefined {
  const id = target.get('ResourceId');
  const parts = id instanceof Text ? id.parts : [id];
  const reference = parts.find((part) => part instanceof Reference);
  return reference?.resource;
}
