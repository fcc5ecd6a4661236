import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { KafkaCluster, type KafkaClusterProps } from '../../../../lib/constructs/data/messages/kafka-cluster';
import { KafkaReplication } from '../../../../lib/constructs/data/messages/kafka-replication';
import { ResilientNetwork } from '../../../../lib/constructs/network/resilient-network';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { RegionRole } from '../../../../lib/objectives/region-role';
import { TIERS, type Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, networkIn, only, refusal, shopOf, shopStack } from '../../fixtures';

const SENT_AGAIN = { dataClasses: [{ name: 'in-flight', rebuildable: true }] };
const SOURCE = `arn:aws:kafka:eu-west-1:${ACCOUNT}:cluster/shop-ledger-eu-west-1/0f4c7b52-2`;

function clusterAt(tier: Tier, props: Partial<KafkaClusterProps> = {}) {
  const stack = shopStack(tier, {}, SENT_AGAIN);
  new KafkaCluster(stack, 'Ledger', { vpc: networkIn(stack).vpc, dataClass: 'in-flight', ...props });
  return stack;
}

describe('a Kafka cluster', () => {
  it.each(TIERS)('acknowledges a write of tier %i when two of three brokers have it', (tier) => {
    const stack = clusterAt(tier);
    expect(only(stack, 'AWS::MSK::Configuration').ServerProperties.split('\n')).toEqual(
      expect.arrayContaining([
        'default.replication.factor=3',
        'min.insync.replicas=2',
        'unclean.leader.election.enable=false',
      ]),
    );
    const { NumberOfBrokerNodes, BrokerNodeGroupInfo } = only(stack, 'AWS::MSK::Cluster');
    expect([NumberOfBrokerNodes, BrokerNodeGroupInfo.ClientSubnets.length]).toEqual([3, 3]);
  });

  it('has as many brokers as are asked for in every zone', () => {
    expect(only(clusterAt(1, { brokersPerZone: 2 }), 'AWS::MSK::Cluster').NumberOfBrokerNodes).toBe(6);
  });

  it('lets nobody in without IAM and TLS', () => {
    const { ClientAuthentication, EncryptionInfo } = only(clusterAt(1), 'AWS::MSK::Cluster');
    expect(ClientAuthentication).toEqual({
      Sasl: { Iam: { Enabled: true } },
      Unauthenticated: { Enabled: false },
    });
    expect(EncryptionInfo.EncryptionInTransit).toEqual({ ClientBroker: 'TLS', InCluster: true });
  });
});

describe('a Kafka cluster is refused', () => {
  const refused = (props: Partial<KafkaClusterProps>) => refusal(() => clusterAt(2, props)).message;

  it('without a network of AWS', () => {
    expect(refusal(() => new KafkaCluster(shopStack(2), 'Ledger', {} as never)).message).toMatch(
      /vpc is missing/,
    );
  });

  it('in two zones', () => {
    const stack = shopStack(3);
    const availabilityZones = ['eu-west-1a', 'eu-west-1b'];
    const { vpc } = new ResilientNetwork(stack, 'Network', { availabilityZones });
    expect(refusal(() => new KafkaCluster(stack, 'Ledger', { vpc })).message).toMatch(
      /its subnets are in 2 zones: two of three copies/,
    );
  });

  it('without brokers, or with a volume that MSK does not have', () => {
    expect(refused({ brokersPerZone: 0 })).toMatch(/0 brokers in each zone/);
    expect(refused({ volumeSizeGiB: 20_000 })).toMatch(/store 20000 GiB/);
  });

  it('where its region’s loss may lose nothing, with what would keep it', () => {
    const stack = shopStack(1);
    expect(refusal(() => new KafkaCluster(stack, 'Ledger', { vpc: networkIn(stack).vpc })).message).toMatch(
      /MSK cluster in three zones loses all of data[\s\S]*use MSK cluster with MSK Replicator/,
    );
  });
});

/** A pair of regions with a replication into the standby. */
function replicated(props: { sourceClusterArn?: string; sourceSubnetIds?: string[] } = {}): readonly Stack[] {
  const zones = (region: string) => ['a', 'b', 'c'].map((letter) => region + letter);
  return new RegionSet(new App(), 'Shop', {
    service: shopOf(1),
    account: ACCOUNT,
    regions: [
      { region: 'eu-west-1', role: RegionRole.PRIMARY, availabilityZones: zones('eu-west-1') },
      { region: 'eu-central-1', role: RegionRole.STANDBY, availabilityZones: zones('eu-central-1') },
    ],
    build: (stack, { role }) => {
      const { vpc } = new ResilientNetwork(stack, 'Network');
      const target = new KafkaCluster(stack, 'Ledger', { vpc, replicated: true });
      if (role !== RegionRole.STANDBY) return;
      new KafkaReplication(stack, 'Mirror', {
        target,
        sourceClusterArn: SOURCE,
        sourceSubnetIds: ['subnet-0f4c7b52', 'subnet-1f4c7b52'],
        sourceSecurityGroupIds: ['sg-0f4c7b52'],
        ...props,
      });
    },
  }).stacks;
}

describe('a Kafka replication', () => {
  it('carries all topics and offsets under their own names into this region’s cluster', () => {
    const [, standby] = replicated();
    const [info] = only(standby as never, 'AWS::MSK::Replicator').ReplicationInfoList;
    expect(info).toMatchObject({
      SourceKafkaClusterArn: SOURCE,
      TopicReplication: { TopicsToReplicate: ['.*'], TopicNameConfiguration: { Type: 'IDENTICAL' } },
      ConsumerGroupReplication: { SynchroniseConsumerGroupOffsets: true },
    });
  });

  it('may reach the cluster of this region, over IAM only', () => {
    const [, standby] = replicated();
    const rule = { IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098 };
    for (const type of ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'])
      expect(only(standby as never, type)).toMatchObject(rule);
  });

  it('replicates for its own account only', () => {
    const [, standby] = replicated();
    const roles = Object.values(Template.fromStack(standby as Stack).findResources('AWS::IAM::Role'));
    const [statement] = roles
      .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
      .filter(({ Principal }) => Principal.Service === 'kafka.amazonaws.com');
    expect(statement.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': ACCOUNT } });
  });

  it('is let in by the cluster that sends', () => {
    const [primary] = replicated();
    const { Statement } = only(primary as never, 'AWS::MSK::ClusterPolicy').Policy;
    expect(Statement).toEqual([
      {
        Sid: 'LetReplicatorsConnect',
        Effect: 'Allow',
        Principal: { Service: 'kafka.amazonaws.com' },
        Action: ['kafka:CreateVpcConnection', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
        Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
      },
    ]);
  });

  it('is refused for a cluster of its own region, or of none', () => {
    const own = SOURCE.replace('eu-west-1:', 'eu-central-1:');
    expect(refusal(() => replicated({ sourceClusterArn: own })).message).toMatch(
      /names no cluster of another region \(this is eu-central-1, others are eu-west-1\)/,
    );
    expect(refusal(() => replicated({ sourceClusterArn: 'ledger' })).message).toMatch(
      /"ledger" names no cluster/,
    );
  });

  it('is refused without subnets of the other cluster, or outside a set of regions', () => {
    expect(refusal(() => replicated({ sourceSubnetIds: ['subnet-0f4c7b52'] })).message).toMatch(
      /sourceSubnetIds names 1 subnets, but a replicator stands in 2 or 3/,
    );
    const stack = shopStack(2);
    const target = new KafkaCluster(stack, 'Ledger', { vpc: networkIn(stack).vpc });
    const props = { target, sourceClusterArn: SOURCE, sourceSubnetIds: ['a'], sourceSecurityGroupIds: ['b'] };
    expect(refusal(() => new KafkaReplication(stack, 'Mirror', props)).message).toMatch(
      /belongs to no set of regions/,
    );
    expect(refusal(() => new KafkaReplication(stack, 'Other', {} as never)).message).toMatch(
      /target is missing/,
    );
  });
});
