import { unknownFrom } from '../path';
import { numberOf } from '../question';
import type { Json } from '../source/source';
import type { Stack } from '../stack';
import { isScalar, Reference, Unknown, type Value } from '../value';

/** An IPv4 block. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  return { base: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

function formatCidr({ base, prefix }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join('.')}/${prefix}`;
}

/** `Fn::Cidr`: the first `count` blocks of `bits` host bits in a block. IPv4 only; the rest is unknown. */
export function evaluateCidr(argument: Json, stack: Stack): Value {
  if (!Array.isArray(argument)) return new Unknown('Fn::Cidr has no block');
  const [block, count, bits = 8] = (argument as readonly Json[]).map((part) => stack.evaluate(part));
  const text = block instanceof Reference && block.attribute === 'CidrBlock' ? ownBlock(block) : block;
  const cidr = typeof text === 'string' ? parseCidr(text) : undefined;
  const blocks = cidr && blocksIn(cidr, numberFrom(count), numberFrom(bits));
  return blocks ?? unknownFrom('the block of Fn::Cidr is known only at deploy', block);
}

function numberFrom(value: Value | undefined): number {
  return (isScalar(value) ? numberOf(value) : undefined) ?? Number.NaN;
}

function ownBlock({ resource }: Reference): Value | undefined {
  return resource.get('CidrBlock');
}

function blocksIn({ base, prefix }: Cidr, count: number, hostBits: number): readonly string[] | undefined {
  const [size, step] = [2 ** (32 - prefix), 2 ** hostBits];
  const asked = Number.isInteger(count) && count >= 1 && count <= 256;
  if (!asked || !Number.isInteger(hostBits) || hostBits < 1 || count * step > size) return undefined;
  const start = base - (base % size);
  return Array.from({ length: count }, (_, index) =>
    formatCidr({ base: start + index * step, prefix: 32 - hostBits }),
  );
}
