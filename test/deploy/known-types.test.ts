import { KnownTypes } from './known-types';

const known = () =>
  new KnownTypes({
    types: { 'AWS::EKS::Cluster': 'ignored', 'AWS::RDS::DBInstance': 'crashes' },
    crashesOn: { 'AWS::KMS::Key': ['Tags'] },
    standIns: { 'AWS::EC2::Subnet SubnetId': { Ref: '{id}' } },
    properties: { 'AWS::EC2::Subnet': ['Tags'] },
  });

test('a type that is not listed is one that the emulator should create', () => {
  expect(known().shortcomingOf({ Type: 'AWS::EC2::VPC' })).toBeUndefined();
});

test('a listed property stands for all beneath it, and for no other that begins alike', () => {
  expect(known().loses('AWS::EC2::Subnet', 'Tags.Name')).toBe(true);
  expect(known().loses('AWS::EC2::Subnet', 'TagsOfMine')).toBe(false);
  expect(known().loses('AWS::EC2::VPC', 'Tags.Name')).toBe(false);
});

test('an entry that nothing needed is stale', () => {
  const types = known();
  types.shortcomingOf({ Type: 'AWS::EKS::Cluster' });
  expect(types.stale()).toEqual([
    'AWS::RDS::DBInstance',
    'AWS::EC2::Subnet Tags',
    'AWS::KMS::Key crashes on Tags',
    'stand-in AWS::EC2::Subnet SubnetId',
  ]);
});

test('fails when the word of an entry is unknown', () => {
  expect(
    () =>
      new KnownTypes({ types: { 'AWS::EKS::Cluster': 'skip' }, crashesOn: {}, standIns: {}, properties: {} }),
  ).toThrow('AWS::EKS::Cluster: skip');
});

test('words stand for what is read of a type that the emulator does not create', () => {
  expect(known().standInFor('Cluster', { Type: 'AWS::EKS::Cluster' }, 'Ref')).toBe('Cluster-Ref');
  expect(known().standInFor('Cluster', { Type: 'AWS::EKS::Cluster' }, 'Arn')).toMatch(
    /^arn:aws:none:.*:Cluster$/,
  );
  expect(known().standInFor('Network', { Type: 'AWS::EC2::VPC' }, 'VpcId')).toBeUndefined();
});

test('a stand-in that is written down is taken, with the resource in it', () => {
  expect(known().standInFor('Private', { Type: 'AWS::EC2::Subnet' }, 'SubnetId')).toEqual({ Ref: 'Private' });
});

test('a property on which the emulator crashes is not needed again once it was asked for', () => {
  const types = known();
  expect(types.crashesOn('AWS::KMS::Key')).toEqual(['Tags']);
  expect(types.stale()).not.toContain('AWS::KMS::Key crashes on Tags');
});

test('an entry may be of those alone that have a property', () => {
  const types = new KnownTypes({
    types: { 'AWS::RDS::DBInstance with DBClusterIdentifier': 'crashes' },
    crashesOn: {},
    standIns: {},
    properties: {},
  });
  const instance = { Type: 'AWS::RDS::DBInstance' };
  expect(types.shortcomingOf(instance)).toBeUndefined();
  expect(types.shortcomingOf({ ...instance, Properties: { DBClusterIdentifier: 'orders' } })).toBe('crashes');
});
