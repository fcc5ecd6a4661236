import { KnownTypes } from './known-types';

const known = () =>
  new KnownTypes({
    types: { 'AWS::EKS::Cluster': 'ignored', 'AWS::RDS::DBInstance': 'crashes' },
    crashesOn: { 'AWS::KMS::Key': ['Tags'] },
    standIns: { 'AWS::EC2::Subnet SubnetId': { Ref: '{id}' } },
    longNames: { 'AWS::Events::Archive': 'ArchiveName' },
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
    'long names of AWS::Events::Archive',
  ]);
});

test('fails when the word of an entry is unknown', () => {
  expect(
    () =>
      new KnownTypes({
        types: { 'AWS::EKS::Cluster': 'skip' },
        crashesOn: {},
        standIns: {},
        longNames: {},
        properties: {},
      }),
  ).toThrow('AWS::EKS::Cluster: skip');
});

test('one that is refused fails the stack as one that crashes does, and one that is ignored does not', () => {
  const types = new KnownTypes({
    types: { 'AWS::SSM::Document': 'refuses: Invalid', 'AWS::EKS::Cluster': 'ignored' },
    crashesOn: {},
    standIns: {},
    longNames: {},
    properties: {},
  });
  expect(types.failsOn({ Type: 'AWS::SSM::Document' })).toBe(true);
  expect(types.failsOn({ Type: 'AWS::EKS::Cluster' })).toBe(false);
  expect(types.failsOn({ Type: 'AWS::EC2::VPC' })).toBe(false);
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
    longNames: {},
    properties: {},
  });
  const instance = { Type: 'AWS::RDS::DBInstance' };
  expect(types.shortcomingOf(instance)).toBeUndefined();
  expect(types.shortcomingOf({ ...instance, Properties: { DBClusterIdentifier: 'orders' } })).toBe('crashes');
});

test('a resource is named where the emulator would make up a name that it refuses, unless it has one', () => {
  const types = known();
  expect(types.nameOf({ Type: 'AWS::Events::EventBus' })).toBeUndefined();
  expect(types.nameOf({ Type: 'AWS::Events::Archive', Properties: { ArchiveName: 'mine' } })).toBeUndefined();
  expect(types.stale()).toContain('long names of AWS::Events::Archive');
  expect(types.nameOf({ Type: 'AWS::Events::Archive' })).toBe('ArchiveName');
  expect(types.stale()).not.toContain('long names of AWS::Events::Archive');
});
