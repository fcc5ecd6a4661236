import {
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListExportsCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from '../clients';
import type { SynthesisedStack, Template } from '../example';
import { COMPUTE_READERS } from './readers/compute';
import { DNS_READERS } from './readers/dns';
import { MESSAGE_READERS } from './readers/messages';
import { NETWORK_READERS } from './readers/network';
import { PROTECTION_READERS } from './readers/protection';
import type { Live, Reader } from './readers/reader';
import { TRAFFIC_READERS } from './readers/traffic';
import { type Known, resolve } from './resolve';

const READERS: Readonly<Record<string, Reader>> = {
  ...NETWORK_READERS,
  ...TRAFFIC_READERS,
  ...DNS_READERS,
  ...COMPUTE_READERS,
  ...MESSAGE_READERS,
  ...PROTECTION_READERS,
};

/** A resource whose service was asked. */
export interface ReadResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;

  /** Its properties as declared, with every reference replaced by what was deployed. */
  readonly declared: Readonly<Record<string, unknown>>;

  /** Its properties as its service says them, `undefined` when the service does not have it. */
  readonly live: Live | undefined;
}

/** A stack as it stands in the emulator. */
export interface DeployedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;

  /** What CloudFormation says about it. */
  readonly description: Stack | undefined;

  /** The type of every resource that was created, by its logical id. */
  readonly created: ReadonlyMap<string, string>;

  /** The resources on which availability turns. */
  readonly read: readonly ReadResource[];
}

/** Asks CloudFormation what it created, and each service what it then has. */
export async function readDeployed(
  stack: SynthesisedStack,
  template: Template,
  clients: Clients,
): Promise<DeployedStack> {
  const { Stacks: [description] = [] } = await clients.cloudFormation.send(
    new DescribeStacksCommand({ StackName: stack.name }),
  );
  const { created, physicalIds } = await createdIn(stack, clients);
  const known = await whatIsKnown(stack, template, { clients, physicalIds });
  return {
    name: stack.name,
    account: stack.account,
    region: stack.region,
    description,
    created,
    read: await readAll(template, known, clients),
  };
}

/** What references in a template of a stack mean, now that it stands. */
export async function knownOf(stack: SynthesisedStack, template: Template, clients: Clients): Promise<Known> {
  const { physicalIds } = await createdIn(stack, clients);
  return whatIsKnown(stack, template, { clients, physicalIds });
}

async function createdIn({ name }: SynthesisedStack, { cloudFormation }: Clients) {
  const { StackResources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: name }),
  );
  const created = new Map<string, string>();
  const physicalIds = new Map<string, string>();
  for (const {
    LogicalResourceId: id,
    PhysicalResourceId: physicalId,
    ResourceType: type,
  } of StackResources) {
    // For a type that it does not know, moto says that there is a resource, and nothing about it.
    if (!id || !type) continue;
    created.set(id, type);
    if (physicalId) physicalIds.set(id, physicalId);
  }
  return { created, physicalIds };
}

async function readAll(template: Template, known: Known, clients: Clients): Promise<ReadResource[]> {
  const read = Object.entries(template.Resources).map(
    async ([logicalId, { Type: type, Properties = {} }]) => {
      const reader = READERS[type];
      const physicalId = known.physicalIds.get(logicalId);
      if (!reader || physicalId === undefined) return [];
      const declared = (await resolve(Properties, known)) as Record<string, unknown>;
      return [
        { logicalId, physicalId, type, declared, live: await reader({ physicalId, declared }, clients) },
      ];
    },
  );
  return (await Promise.all(read)).flat();
}

async function whatIsKnown(
  { account, region, name }: SynthesisedStack,
  template: Template,
  { clients, ...told }: { clients: Clients; physicalIds: ReadonlyMap<string, string> },
): Promise<Known> {
  const physicalIds = new Map([...busNames(template), ...told.physicalIds]);
  const { Exports = [] } = await clients.cloudFormation.send(new ListExportsCommand({}));
  return {
    physicalIds,
    exports: new Map(Exports.map(({ Name = '', Value = '' }) => [Name, Value])),
    pseudo: new Map([
      ...Object.entries(template.Parameters ?? {}).map(([id, { Default }]) => [id, String(Default)] as const),
      ['AWS::AccountId', account],
      ['AWS::Region', region],
      ['AWS::StackName', name],
      ['AWS::Partition', 'aws'],
      ['AWS::URLSuffix', 'amazonaws.com'],
    ]),
    attribute: async (logicalId, attribute) => {
      const physicalId = physicalIds.get(logicalId);
      const read = ATTRIBUTES[`${template.Resources[logicalId]?.Type} ${attribute}`];
      return physicalId === undefined ? undefined : read?.(physicalId, clients);
    },
  };
}

/** The emulator does not tell the names of buses, but takes them over from the template. */
function busNames({ Resources }: Template): [string, string][] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::Events::EventBus' && typeof Properties?.Name === 'string' ? [[id, Properties.Name]] : [],
  );
}

/** The attributes that the properties which are read refer to. */
const ATTRIBUTES: Readonly<
  Record<string, (physicalId: string, clients: Clients) => Promise<string | undefined>>
> = {
  'AWS::EC2::SecurityGroup GroupId': async (id) => id,

  'AWS::EC2::VPC VpcId': async (id) => id,

  'AWS::SQS::Queue Arn': async (url, { raw }) => {
    const asked = { QueueUrl: url, AttributeNames: ['QueueArn'] };
    const { Attributes } = await raw.json('sqs', 'AmazonSQS.GetQueueAttributes', asked);
    return (Attributes as Record<string, string>).QueueArn;
  },

  'AWS::KMS::Key Arn': async (id, { raw }) => {
    const { Keys } = await raw.json('kms', 'TrentService.ListKeys', {});
    return (Keys as Record<string, string>[]).find(({ KeyId }) => KeyId === id)?.KeyArn;
  },

  'AWS::IAM::Role Arn': async (name, { raw }) =>
    raw.element('iam', { Action: 'GetRole', RoleName: name }, 'Arn'),

  'AWS::Kinesis::Stream Arn': async (name, { raw }) => {
    const asked = { StreamName: name };
    const { StreamDescriptionSummary } = await raw.json(
      'kinesis',
      'Kinesis_20131202.DescribeStreamSummary',
      asked,
    );
    return String((StreamDescriptionSummary as Record<string, unknown>).StreamARN);
  },

  'AWS::Events::EventBus Arn': async (name, { raw }) =>
    String((await raw.json('events', 'AWSEvents.DescribeEventBus', { Name: name })).Arn),

  'AWS::Events::EventBus Name': async (name) => name,

  'AWS::EC2::EIP AllocationId': async (ip, { ec2 }) => {
    const { Addresses: [address] = [] } = await ec2.send(new DescribeAddressesCommand({ PublicIps: [ip] }));
    return address?.AllocationId;
  },

  'AWS::ElasticLoadBalancingV2::LoadBalancer DNSName': async (arn, { loadBalancing }) =>
    (await describeLoadBalancer(arn, loadBalancing))?.DNSName,

  'AWS::ElasticLoadBalancingV2::LoadBalancer CanonicalHostedZoneID': async (arn, { loadBalancing }) =>
    (await describeLoadBalancer(arn, loadBalancing))?.CanonicalHostedZoneId,
};

async function describeLoadBalancer(arn: string, loadBalancing: Clients['loadBalancing']) {
  const { LoadBalancers: [found] = [] } = await loadBalancing.send(
    new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }),
  );
  return found;
}
