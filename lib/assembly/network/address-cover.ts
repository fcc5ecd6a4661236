import type { Truth } from '../conditions';
import type { Resource } from '../resource';
import { everyTruth } from '../truth';
import { Reference, Unknown, type Value } from '../value';
import { type Cidr, parseCidr } from './cidr';
import type { Subnets } from './network-place';

/** Whether a block of addresses holds all subnets of a resource. */
export function coversSubnets(cidr: Value, { subnets, unknowns }: Subnets): Truth {
  if (cidr === '0.0.0.0/0') return true;
  if (cidr instanceof Unknown) return cidr;
  const covered = subnets.map((subnet) => coversSubnet(cidr, subnet));
  if (covered.length === 0) return unknowns[0] ?? new Unknown('the addresses are known only at deploy');
  return everyTruth([...covered, ...unknowns]);
}

function coversSubnet(cidr: Value, subnet: Resource): Truth {
  if (cidr instanceof Reference) {
    if (cidr.resource === subnet || cidr.resource === subnet.target('VpcId')) return true;
    return coversSubnet(
      cidr.resource.get('CidrBlock') ?? new Unknown('a block is known only at deploy'),
      subnet,
    );
  }
  const [block, own] = [blockOf(cidr), blockOf(subnet.get('CidrBlock'))];
  if (!block || !own) return new Unknown(`the addresses of ${subnet.logicalId} are known only at deploy`);
  if (contains(block, own)) return true;
  return contains(own, block) ? new Unknown(`only a part of ${subnet.logicalId} is meant`) : false;
}

function blockOf(value: Value | undefined): Cidr | undefined {
  return typeof value === 'string' ? parseCidr(value) : undefined;
}

function contains(block: Cidr, inner: Cidr): boolean {
  const size = 2 ** (32 - block.prefix);
  return inner.prefix >= block.prefix && Math.floor(inner.base / size) === Math.floor(block.base / size);
}
