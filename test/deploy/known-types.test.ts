import { KnownTypes } from './known-types';

const known = () =>
  new KnownTypes({
    types: { 'AWS::EKS::Cluster': 'ignored', 'AWS::RDS::DBInstance': 'crashes' },
    properties: { 'AWS::EC2::Subnet': ['Tags'] },
  });

test('a type that is not listed is one that the emulator should create', () => {
  expect(known().shortcomingOf('AWS::EC2::VPC')).toBeUndefined();
});

test('a listed property stands for all beneath it, and for no other that begins alike', () => {
  expect(known().loses('AWS::EC2::Subnet', 'Tags.Name')).toBe(true);
  expect(known().loses('AWS::EC2::Subnet', 'TagsOfMine')).toBe(false);
  expect(known().loses('AWS::EC2::VPC', 'Tags.Name')).toBe(false);
});

test('an entry that nothing needed is stale', () => {
  const types = known();
  types.shortcomingOf('AWS::EKS::Cluster');
  expect(types.stale()).toEqual(['AWS::RDS::DBInstance', 'AWS::EC2::Subnet Tags']);
});

test('fails when the word of an entry is unknown', () => {
  expect(() => new KnownTypes({ types: { 'AWS::EKS::Cluster': 'skip' }, properties: {} })).toThrow(
    'AWS::EKS::Cluster: skip',
  );
});
