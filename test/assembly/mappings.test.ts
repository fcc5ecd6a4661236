import { evaluated } from '../support/values';

const sections = {
  Parameters: { Open: { Type: 'String' }, Tier: { Type: 'String', Default: 'gold' } },
  Mappings: {
    Sizes: { gold: { min: 3, zones: ['a', 'b'] }, bronze: { min: 1 }, tin: { min: 3 } },
    Same: { x: { v: 'one' }, y: { v: 'one' } },
  },
};
const find = (...parts: readonly unknown[]) => evaluated({ 'Fn::FindInMap': parts }, sections);
const open = { Ref: 'Open' };

describe('Fn::FindInMap', () => {
  it('finds numbers, texts and lists', () => {
    expect(find('Sizes', 'gold', 'min')).toBe(3);
    expect(find('Sizes', { Ref: 'Tier' }, 'zones')).toEqual(['a', 'b']);
  });

  it('takes the default where an entry is missing', () => {
    expect(find('Sizes', 'lead', 'min', { DefaultValue: 9 })).toBe(9);
    expect(find('Nowhere', 'a', 'b', { DefaultValue: { Ref: 'Tier' } })).toBe('gold');
    expect(find('Sizes', 'gold', 'min', { DefaultValue: 9 })).toBe(3);
  });

  it('is one of the entries where a key is open', () => {
    expect(find('Sizes', open, 'min')).toEqual({ oneOf: [3, 1, 3] });
    expect(find('Sizes', 'gold', open)).toEqual({ oneOf: [3, ['a', 'b']] });
    expect(find('Sizes', open, 'zones', { DefaultValue: [] })).toEqual({ oneOf: [['a', 'b'], []] });
  });

  it('is known where all entries say the same', () => {
    expect(find('Same', open, 'v')).toBe('one');
    expect(find('Same', open, open)).toBe('one');
  });

  it('is unknown where nothing is found', () => {
    expect(find('Sizes', 'lead', 'min')).toBe('?mapping Sizes has no such entry');
    expect(find('Sizes', 'constructor', 'name')).toBe('?mapping Sizes has no such entry');
    expect(find('Sizes', '__proto__', 'min')).toBe('?mapping Sizes has no such entry');
    expect(find('toString', 'a', 'b')).toBe('?mapping toString is not in the template');
    expect(find(open, 'a', 'b')).toBe('?the mapping of Fn::FindInMap is known only at deploy');
    expect(evaluated({ 'Fn::FindInMap': 'Sizes' }, sections)).toMatch(/^\?/);
  });
});
