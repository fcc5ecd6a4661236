import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Fn, Token } from 'aws-cdk-lib/core';
import { ReplicatedCache } from '../../../lib/constructs/data/caches/replicated-cache';
import { AuroraCluster } from '../../../lib/constructs/data/relational/aurora-cluster';
import { RdsMultiAzInstance } from '../../../lib/constructs/data/relational/rds-multi-az-instance';
import type { StoreNetworkProps } from '../../../lib/constructs/data/store-network';
import { refusal, shopStack } from '../fixtures';

type Stack = ReturnType<typeof shopStack>;

const STORES = {
  ReplicatedCache: (stack: Stack, props: StoreNetworkProps) => new ReplicatedCache(stack, 'Store', props),
  RdsMultiAzInstance: (stack: Stack, props: StoreNetworkProps) =>
    new RdsMultiAzInstance(stack, 'Store', props),
  AuroraCluster: (stack: Stack, props: StoreNetworkProps) => new AuroraCluster(stack, 'Store', props),
};

const PUBLIC = [{ name: 'Front', subnetType: SubnetType.PUBLIC }];
const CLOSED = [...PUBLIC, { name: 'Back', subnetType: SubnetType.PRIVATE_ISOLATED }];

describe.each(Object.entries(STORES))('a %s is refused', (_, build) => {
  function refused(props: (stack: Stack) => StoreNetworkProps) {
    const stack = shopStack(2);
    const { path, problem, fix } = refusal(() => build(stack, props(stack)));
    expect(path).toBe('Shop/Store');
    return [problem, fix];
  }

  it('in a network of public subnets only', () => {
    expect(
      refused((stack) => ({ vpc: new Vpc(stack, 'Vpc', { subnetConfiguration: PUBLIC, maxAzs: 2 }) })),
    ).toEqual([
      'the network has no private subnet to put it in, only 2 public ones',
      'use a ResilientNetwork, or a network with isolated or private subnets in 2 zones',
    ]);
  });

  it('in a group of subnets that the network has not', () => {
    expect(
      refused((stack) => ({
        vpc: new Vpc(stack, 'Vpc', { subnetConfiguration: CLOSED, maxAzs: 2 }),
        vpcSubnets: { subnetGroupName: 'Data' },
      })),
    ).toEqual([
      "vpcSubnets select nothing: There are no subnet groups with name 'Data' in this VPC. Available names: Front,Back",
      'select isolated or private subnets that the network has, or leave vpcSubnets out',
    ]);
  });

  it('in a zone that the network has not', () => {
    expect(
      refused((stack) => ({
        vpc: new Vpc(stack, 'Vpc', { subnetConfiguration: CLOSED, maxAzs: 2 }),
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED, availabilityZones: ['mars-1a'] },
      })),
    ).toEqual([
      'vpcSubnets select nothing: none of the 4 subnets of the network is one of them',
      'select isolated or private subnets that the network has, or leave vpcSubnets out',
    ]);
  });

  it('in subnets whose number only deployment knows', () => {
    expect(refused((stack) => ({ vpc: imported(stack) }))).toEqual([
      'the subnets of the network are known at deployment only, so nothing can be spread over their zones',
      "import the network with lists of a known length, such as Fn.split(',', ids, 2)",
    ]);
  });
});

it.each(Object.entries(STORES))(
  'a %s stands in subnets whose names only deployment knows, when their number is known',
  (_, build) => {
    const stack = shopStack(2);
    expect(() => build(stack, { vpc: imported(stack, 2) })).not.toThrow();
  },
);

function imported(stack: Stack, length?: number) {
  const list = (Ref: string) => Fn.split(',', Token.asString({ Ref }), length);
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: Token.asString({ Ref: 'Vpc' }),
    availabilityZones: list('Zones'),
    isolatedSubnetIds: list('Subnets'),
  });
}
