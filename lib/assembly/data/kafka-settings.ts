import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { Unknown } from '../value';

/** What Kafka must keep at the least, and what MSK takes where nothing is said, by the zones of the cluster. */
export const KAFKA_DEFAULTS: Readonly<
  Record<string, { readonly least: number; readonly inThreeZones: number; readonly inTwoZones: number }>
> = {
  'default.replication.factor': { least: 3, inThreeZones: 3, inTwoZones: 2 },
  'min.insync.replicas': { least: 2, inThreeZones: 2, inTwoZones: 1 },
};

/** A number in a configuration of MSK; where it is left out, what its clusters take. */
export function kafkaSetting(configuration: Resource, name: string): number | Unknown {
  const text = configuration.text('ServerProperties');
  if (text instanceof Unknown) return text;
  const line = (text ?? '').split('\n').find((one) => one.split('=')[0]?.trim() === name);
  const value = line?.slice(line.indexOf('=') + 1).trim();
  if (value === undefined) return usual(configuration, name);
  return /^\d+$/.test(value) ? Number(value) : new Unknown(`${name} is ${value}`);
}

function usual(configuration: Resource, name: string): number | Unknown {
  const clusters = users(configuration.stack.graph).get(configuration) ?? [];
  const { inThreeZones, inTwoZones } = KAFKA_DEFAULTS[name] ?? { inThreeZones: 1, inTwoZones: 1 };
  if (clusters.length === 0)
    return new Unknown(`${name} follows the zones of a cluster, and the app has none`);
  if (clusters.some(({ zones }) => zones.most < 3)) return inTwoZones;
  const open = clusters.find(({ zones }) => zones.least < 3);
  return open ? (open.zones.unknowns[0] ?? new Unknown(`where ${open.logicalId} stands`)) : inThreeZones;
}

/** The clusters of each configuration. */
const users = oncePerGraph((graph) => {
  const found = new Map<Resource, Resource[]>();
  for (const cluster of graph.ofType('AWS::MSK::Cluster')) {
    const configuration = cluster.target('ConfigurationInfo.Arn');
    if (configuration instanceof Resource)
      found.set(configuration, [...(found.get(configuration) ?? []), cluster]);
  }
  return found;
});
