import fc from 'fast-check';
import { parseCidr } from '../../../lib/assembly/network/cidr';
import { evaluated } from '../../support/values';

const cidr = (...parts: readonly unknown[]) => evaluated({ 'Fn::Cidr': parts });

describe('Fn::Cidr', () => {
  it('cuts blocks of so many host bits', () => {
    expect(cidr('192.168.0.0/24', 3, 5)).toEqual(['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']);
    expect(cidr('10.0.0.0/16', '2')).toEqual(['10.0.0.0/24', '10.0.1.0/24']);
  });

  it('follows the block of a network of the app', () => {
    const sections = {
      Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } } },
    };
    const block = { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] };
    expect(evaluated({ 'Fn::Select': [1, { 'Fn::Cidr': [block, 2, 8] }] }, sections)).toBe('10.1.1.0/24');
  });

  it('is unknown where a network takes its block from itself', () => {
    const block = { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 8] }] };
    const sections = { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: block } } } };
    expect(evaluated({ 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 8] }, sections)).toMatch(
      /^\?/,
    );
  });

  it.each([
    [['10.0.0.0/30', 5, 2]],
    [['10.0.0.0/16', 257, 4]],
    [['10.0.0.0/16', 2, 0]],
    [['10.0.0.0/16', 1.5, 8]],
    [['10.0.0.256/16', 2, 8]],
    [['10.0.0.0/33', 2, 8]],
    [['2001:db8::/56', 2, 64]],
    [[{ Ref: 'Nobody' }, 2, 8]],
    [['10.0.0.0/16']],
    ['10.0.0.0/16'],
  ])('does not know %j', (argument) => {
    expect(evaluated({ 'Fn::Cidr': argument })).toMatch(/^\?/);
  });

  it('gives blocks that lie inside, one after the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 24 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 256 }),
        (prefix, bits, count) => {
          const found = cidr(`10.0.0.0/${prefix}`, count, bits);
          if (typeof found === 'string') {
            expect(count * 2 ** bits).toBeGreaterThan(2 ** (32 - prefix));
            return;
          }
          const bases = (found as string[]).map((block) => parseCidr(block)!.base - 10 * 2 ** 24);
          expect(bases).toEqual(Array.from({ length: count }, (_, index) => index * 2 ** bits));
          expect(bases.at(-1)! + 2 ** bits).toBeLessThanOrEqual(2 ** (32 - prefix));
        },
      ),
    );
  });
});
