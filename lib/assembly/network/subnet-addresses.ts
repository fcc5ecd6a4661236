import { atLeast, exactly, oneOf, type Range, sum } from '../range';
import { Resource } from '../resource';
import { isList, isMap, Unknown, type Value } from '../value';
import { parseCidr } from './cidr';

/**
 * AWS keeps the first four addresses of a subnet and the last.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
const RESERVED_ADDRESSES = 5;

/** A prefix that is delegated to an interface is a block of 16 addresses. */
const ADDRESSES_PER_PREFIX = 16;

/** How many IPv4 addresses the subnets of an Auto Scaling group can hand out when nothing else stands in them. */
export function addressesOf(group: Resource): Range {
  const subnets = group.list('VPCZoneIdentifier');
  if (subnets instanceof Unknown) return atLeast(0, subnets);
  if (subnets.length === 0) return atLeast(0, new Unknown('the group stands in the default network'));
  const ranges = subnets.map((value) => {
    const subnet = group.stack.graph.resolve(value, group);
    return subnet instanceof Resource ? usableAddresses(subnet) : atLeast(0, subnet);
  });
  return sum(ranges);
}

/** The IPv4 addresses of a subnet that can be handed out. */
export function usableAddresses(subnet: Resource): Range {
  if (subnet.is('Ipv6Native', true).outcome === 'pass') return exactly(Number.POSITIVE_INFINITY);
  const prefix = prefixOf(subnet);
  return prefix instanceof Unknown ? atLeast(0, prefix) : exactly(2 ** (32 - prefix) - RESERVED_ADDRESSES);
}

function prefixOf(subnet: Resource): number | Unknown {
  const block = subnet.text('CidrBlock') ?? subnet.number('Ipv4NetmaskLength');
  if (block instanceof Unknown || typeof block === 'number') return block;
  const cidr = block === undefined ? undefined : parseCidr(block);
  return cidr?.prefix ?? new Unknown(`${subnet.logicalId} has no IPv4 block that is known here`);
}

/** How many addresses of its subnet an instance of a group takes. */
export function addressesPerInstance(group: Resource): Range {
  if (group.get('LaunchConfigurationName') !== undefined) return exactly(1);
  const templates = launchTemplatesOf(group);
  return templates.length === 0
    ? atLeast(1, new Unknown('the group names no launch template'))
    : oneOf(templates.map(addressesPerLaunch));
}

function launchTemplatesOf(group: Resource): readonly (Resource | Unknown)[] {
  const policy = 'MixedInstancesPolicy.LaunchTemplate';
  const overrides = group.list(`${policy}.Overrides`);
  const specifications = [
    group.get('LaunchTemplate'),
    group.get(`${policy}.LaunchTemplateSpecification`),
    ...(overrides instanceof Unknown ? [overrides] : overrides.map(ownTemplate)),
  ];
  return specifications
    .filter((value) => value !== undefined)
    .map((value) => {
      const named = isMap(value) ? (value.LaunchTemplateId ?? value.LaunchTemplateName) : value;
      return group.stack.graph.resolve(named ?? null, group);
    });
}

function ownTemplate(override: Value): Value | undefined {
  return isMap(override) ? override.LaunchTemplateSpecification : undefined;
}

function addressesPerLaunch(template: Resource | Unknown): Range {
  if (template instanceof Unknown) return atLeast(1, template);
  const interfaces = template.get('LaunchTemplateData.NetworkInterfaces');
  if (interfaces === undefined) return exactly(1);
  if (!isList(interfaces))
    return atLeast(1, new Unknown(`the interfaces of ${template.logicalId} are known only at deploy`));
  return sum(interfaces.map(addressesPerInterface));
}

function addressesPerInterface(entry: Value): Range {
  if (!isMap(entry)) return atLeast(1, new Unknown('a network interface is known only at deploy'));
  const { SecondaryPrivateIpAddressCount: secondary = 0, Ipv4PrefixCount: prefixes = 0 } = entry;
  const count = 1 + Number(secondary) + ADDRESSES_PER_PREFIX * Number(prefixes);
  return Number.isNaN(count)
    ? atLeast(1, new Unknown('the addresses of a network interface are known only at deploy'))
    : exactly(count);
}
