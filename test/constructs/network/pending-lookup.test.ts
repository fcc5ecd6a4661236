import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Duration, type Stack } from 'aws-cdk-lib/core';
import { DurableCache } from '../../../lib/constructs/data/caches/durable-cache';
import { ReplicatedCache } from '../../../lib/constructs/data/caches/replicated-cache';
import { DocumentDatabase } from '../../../lib/constructs/data/documents-and-graphs/document-database';
import { GraphDatabase } from '../../../lib/constructs/data/documents-and-graphs/graph-database';
import { KafkaCluster } from '../../../lib/constructs/data/messages/kafka-cluster';
import { ReplicatedFileSystem } from '../../../lib/constructs/data/objects-and-files/replicated-file-system';
import { GlobalAurora } from '../../../lib/constructs/data/relational/global-aurora';
import { RdsMultiAzCluster } from '../../../lib/constructs/data/relational/rds-multi-az-cluster';
import { ReplicatedDatabase } from '../../../lib/constructs/data/relational/replicated-database';
import { SearchDomain } from '../../../lib/constructs/data/search/search-domain';
import type { StoreNetworkProps } from '../../../lib/constructs/data/store-network';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { ActivePassive } from '../../../lib/constructs/region/active-passive';
import { ACCOUNT, refusal, shopOf, shopStack } from '../fixtures';

type Build = (stack: Stack, props: StoreNetworkProps) => unknown;

const STORES: Readonly<Record<string, Build>> = {
  ReplicatedDatabase: (stack, props) => new ReplicatedDatabase(stack, 'Store', props),
  RdsMultiAzCluster: (stack, props) =>
    new RdsMultiAzCluster(stack, 'Store', { ...props, dataClass: 'cache' }),
  GlobalAurora: (stack, props) => new GlobalAurora(stack, 'Store', props),
  DocumentDatabase: (stack, props) => new DocumentDatabase(stack, 'Store', props),
  GraphDatabase: (stack, props) => new GraphDatabase(stack, 'Store', props),
  ReplicatedCache: (stack, props) => new ReplicatedCache(stack, 'Store', { ...props, dataClass: 'cache' }),
  DurableCache: (stack, props) => new DurableCache(stack, 'Store', { ...props, dataClass: 'cache' }),
  ReplicatedFileSystem: (stack, props) =>
    new ReplicatedFileSystem(stack, 'Store', { ...props, dataClass: 'documents' }),
  KafkaCluster: (stack, props) => new KafkaCluster(stack, 'Store', { ...props, dataClass: 'cache' }),
  SearchDomain: (stack, props) => new SearchDomain(stack, 'Store', { ...props, dataClass: 'cache' }),
};

describe.each(Object.entries(STORES))('a %s in a network that the CDK looks up', (_, build) => {
  it('is built at the first synth, before the network is known', () => {
    expect(lookups(build).map(({ provider }) => provider)).toEqual(['vpc-provider', 'vpc-provider']);
  });

  it('is refused in two zones once it is known', () => {
    const context = found(build, 2);
    expect(refusal(() => synth(build, context)).problem).toMatch(/zones is 2|2 zones/);
  });

  it('is built in three zones once it is known', () => {
    const assembly = synth(build, found(build, 3));
    expect(assembly.manifest.missing).toBeUndefined();
    for (const { template } of assembly.stacks) expect(JSON.stringify(template)).not.toContain('dummy');
  });
});

it('selects nothing of a group of subnets before it is known which there are', () => {
  const inGroup: Build = (stack, props) =>
    new ReplicatedDatabase(stack, 'Store', {
      ...props,
      vpcSubnets: { subnetGroupName: 'Data' },
      rotationSubnets: { subnetGroupName: 'Egress' },
    });
  expect(lookups(inGroup)).toHaveLength(2);
  expect(refusal(() => synth(inGroup, found(inGroup, 3))).problem).toContain(
    "no subnet groups with name 'Data'",
  );
});

it('takes the zones of a stack for a network of its own before they are looked up', () => {
  const stack = shopStack(1);
  const availabilityZones = stack.availabilityZones;
  expect(new ResilientNetwork(stack, 'Network', { availabilityZones }).availabilityZones).toHaveLength(3);
});

function synth(build: Build, context: Record<string, unknown> = {}) {
  const app = new App({ context, analyticsReporting: false });
  new ActivePassive(app, 'Shop', {
    service: shopOf(1, {
      dataClasses: [
        { name: 'cache', rebuildable: true },
        { name: 'documents', rpo: { region: Duration.minutes(15), dataRepair: Duration.hours(4) } },
      ],
    }),
    account: ACCOUNT,
    primary: 'eu-west-1',
    standby: 'eu-central-1',
    build: (stack) => {
      build(stack, { vpc: Vpc.fromLookup(stack, 'Vpc', { vpcName: 'landing-zone' }) });
    },
  });
  return app.synth();
}

/** What the toolkit is asked for after the first synth. */
function lookups(build: Build) {
  return synth(build).manifest.missing ?? [];
}

/** What it finds: a network of so many zones in each region. */
function found(build: Build, zones: number): Record<string, unknown> {
  return Object.fromEntries(
    lookups(build).map(({ key, props }) => {
      const { region } = props as unknown as { region: string };
      const group = (type: string, digit: number) => ({
        name: type,
        type,
        subnets: ['a', 'b', 'c'].slice(0, zones).map((letter, index) => ({
          subnetId: `subnet-${digit}${index}`,
          cidr: `10.0.${digit}${index}.0/24`,
          availabilityZone: region + letter,
          routeTableId: `rtb-${digit}${index}`,
        })),
      });
      const subnetGroups = [group('Public', 1), group('Private', 2), group('Isolated', 3)];
      return [key, { vpcId: 'vpc-0abc', vpcCidrBlock: '10.0.0.0/16', availabilityZones: [], subnetGroups }];
    }),
  );
}
