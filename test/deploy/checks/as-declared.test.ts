import type { Template } from '../example';
import { KnownTypes } from '../known-types';
import { creationFindings, propertyFindings } from './as-declared';
import type { DeployedStack, ReadResource } from './deployed';

const template: Template = {
  Resources: { Vpc: { Type: 'AWS::EC2::VPC' }, Kubernetes: { Type: 'AWS::EKS::Cluster' } },
};
const known = () =>
  new KnownTypes({
    types: { 'AWS::EKS::Cluster': 'ignored' },
    crashesOn: {},
    standIns: {},
    longNames: {},
    properties: { 'AWS::EC2::Subnet': ['Tags'] },
  });
const stack = (created: Record<string, string>, read: ReadResource[] = []): DeployedStack => ({
  name: 'Stack',
  account: '123456789012',
  region: 'eu-west-1',
  description: undefined,
  created: new Map(Object.entries(created)),
  read,
});
const subnet = (live: ReadResource['live']): ReadResource => ({
  logicalId: 'Subnet',
  physicalId: 'subnet-1',
  type: 'AWS::EC2::Subnet',
  declared: { AvailabilityZone: 'eu-west-1a', Tags: [{ Key: 'Name', Value: 'x' }] },
  live,
});

test('what is created, or listed and not created, is as it should be', () => {
  expect(creationFindings(template, stack({ Vpc: 'AWS::EC2::VPC' }), known())).toEqual([]);
});

test('fails when a resource is neither created nor listed', () => {
  expect(creationFindings(template, stack({}), known())).toMatchObject([{ found: 'neither' }]);
});

test('fails when a listed type is created', () => {
  const created = stack({ Vpc: 'AWS::EC2::VPC', Kubernetes: 'AWS::EKS::Cluster' });
  expect(creationFindings(template, created, known())).toMatchObject([
    { what: 'Kubernetes (AWS::EKS::Cluster)', found: 'created: the entry is stale' },
  ]);
});

test('only what the emulator is known to lose may differ', () => {
  const right = stack({}, [subnet({ AvailabilityZone: 'eu-west-1a' })]);
  const wrong = stack({}, [subnet({ AvailabilityZone: 'eu-west-1b' })]);
  expect(propertyFindings(right, known())).toEqual([]);
  expect(propertyFindings(wrong, known())).toEqual([
    { what: 'Subnet (AWS::EC2::Subnet) AvailabilityZone', expected: 'eu-west-1a', found: 'eu-west-1b' },
  ]);
});

test('fails when a service does not have what CloudFormation says is there', () => {
  expect(propertyFindings(stack({}, [subnet(undefined)]), known())).toHaveLength(1);
});
