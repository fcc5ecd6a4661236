import { placeInArn } from '../iam/arn-fields';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isScalar, Unknown, wordOf } from '../value';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const SOURCE = 'GlobalTableSourceArn';

/** Tables of other accounts by the table that they are replicas of. */
const followers = oncePerGraph((graph) => {
  const found = new Map<Resource, Resource[]>();
  for (const table of graph.ofType(TABLE)) {
    const source = table.target(SOURCE);
    if (source instanceof Resource && source !== table)
      found.set(source, [...(found.get(source) ?? []), table]);
  }
  return found;
});

/**
 * The regions in which tables of other accounts are replicas of the same data: a table that is made from another one, and
 * those that are made from it. Undefined stands for a region that the app does not show.
 */
export function regionsOfAccountReplicas(table: Resource): readonly (string | undefined)[] {
  const source = table.target(SOURCE);
  const all = followers(table.stack.graph);
  const root = source instanceof Resource ? source : table;
  const others = (all.get(root) ?? []).filter((each) => each !== table).map(({ region }) => region);
  if (source === undefined) return others;
  return [source instanceof Resource ? source.region : regionInArn(table), ...others];
}

function regionInArn(table: Resource): string | undefined {
  const place = placeInArn(table.get(SOURCE));
  return place instanceof Unknown || !isScalar(place.region) ? undefined : wordOf(place.region);
}
