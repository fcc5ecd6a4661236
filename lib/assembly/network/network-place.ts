import { Resource } from '../resource';
import { Unknown } from '../value';
import { SUBNET_GROUP_PROPERTIES, SUBNET_PROPERTIES } from './placement-properties';
import { valuesAt } from './zones';

/** The subnets that something stands in, and what could not be followed. */
export interface Subnets {
  readonly subnets: readonly Resource[];
  readonly unknowns: readonly Unknown[];
}

/** The subnets of a resource, by itself or through a group of subnets. */
export function subnetsOf(resource: Resource): Subnets {
  const group = SUBNET_GROUP_PROPERTIES[resource.type];
  const named = group === undefined ? undefined : resource.target(group);
  if (named instanceof Resource) return subnetsOf(named);
  const values = (SUBNET_PROPERTIES[resource.type] ?? []).flatMap((path) => valuesAt(resource, path)).flat();
  const found = values.map((value) => resource.stack.graph.resolve(value, resource));
  return {
    subnets: found.filter(
      (item) => item instanceof Resource && item.type === 'AWS::EC2::Subnet',
    ) as Resource[],
    unknowns: [...(named ? [named] : []), ...found.filter((item) => item instanceof Unknown)],
  };
}

/** The networks that something stands in: each by its resource, or by the id that the template writes. */
export function networksOf(resource: Resource): readonly (Resource | string | Unknown)[] {
  const { subnets, unknowns } = subnetsOf(resource);
  const networks = subnets.map((subnet) => {
    const id = subnet.get('VpcId');
    return typeof id === 'string' ? id : (subnet.target('VpcId') ?? new Unknown('a subnet names no network'));
  });
  return [...new Set([...networks, ...unknowns])];
}
