import type { Truth } from '../conditions';
import { Grouped } from '../grouped';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { isList, isMap, Unknown } from '../value';

/** A rule by which a bucket copies its objects to another. */
export interface ReplicationRule {
  /** Where it stands, such as `ReplicationConfiguration.Rules.0`. */
  readonly path: string;
  readonly enabled: Truth;

  /** The bucket that takes the copies, or why it cannot be told. */
  readonly destination: Resource | Unknown;
}

/** The rules of a bucket that can be read, or why there may be others. */
export interface ReplicationRules {
  readonly rules: readonly ReplicationRule[];
  readonly unknown?: Unknown;
}

const RULES = 'ReplicationConfiguration.Rules';

/** The rules by which a bucket replicates; those that are surely off are left out. */
export function replicationRulesOf(bucket: Resource): ReplicationRules {
  const list = bucket.list(RULES);
  if (list instanceof Unknown) return { rules: [], unknown: list };
  const single = !isList(bucket.get(RULES));
  const open = list.find((entry) => entry instanceof Unknown);
  const rules = list
    .map((entry, index) => ({ entry, path: single ? RULES : `${RULES}.${index}` }))
    .filter(({ entry }) => isMap(entry))
    .map(({ path }) => replicationRule(bucket, path))
    .filter(({ enabled }) => enabled !== false);
  return { rules, ...(open instanceof Unknown && { unknown: open }) };
}

function replicationRule(bucket: Resource, path: string): ReplicationRule {
  const status = bucket.text(`${path}.Status`);
  return {
    path,
    enabled: status instanceof Unknown ? status : status === 'Enabled',
    destination: bucket.target(`${path}.Destination.Bucket`) ?? new Unknown('no destination is named'),
  };
}

/** The buckets of the app that replicate to a bucket by a rule that is not off. */
export function replicatedFrom(bucket: Resource): readonly Resource[] {
  return sourcesIn(bucket.stack.graph).of(bucket);
}

const sourcesIn = oncePerGraph((graph) => {
  const found = new Grouped<Resource, Resource>();
  for (const bucket of graph.ofType('AWS::S3::Bucket')) {
    for (const { destination } of replicationRulesOf(bucket).rules) {
      if (!(destination instanceof Unknown)) found.add(destination, bucket);
    }
  }
  return found;
});
