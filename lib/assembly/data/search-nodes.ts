import { minimumUnitsOf } from '../compute/minimum-units';
import type { Resource } from '../resource';

/** The settings of the nodes of a search domain; the older type calls them otherwise. */
export function searchNodesPath({ type }: Resource): string {
  return type === 'AWS::Elasticsearch::Domain' ? 'ElasticsearchClusterConfig' : 'ClusterConfig';
}

/** Whether a search domain surely has several data nodes, or how many is not told. */
export function hasSeveralDataNodes(domain: Resource): boolean {
  if (domain.type === 'AWS::Elasticsearch::Domain')
    return Number(domain.number(`${searchNodesPath(domain)}.InstanceCount`) ?? 1) > 1;
  const minimum = minimumUnitsOf(domain);
  return typeof minimum === 'string' || minimum.units.least > 1;
}
