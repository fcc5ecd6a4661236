import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ManagedKafkaEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnClusterPolicy, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { STORE_FACTS } from '../../../calculus/store-facts';
import { type Mistake, missing, refuse } from '../../../objectives/mistakes';
import type { DeadLetterProps } from '../../governance/dead-letter-alarm';
import { keptLogs } from '../../governance/log-group';
import { TierChoices } from '../../governance/tier-choices';
import { regionalName } from '../../region/membership';
import { type DataProps, holdStore } from '../data-choice';
import { DeadLettersOnDemand } from '../dead-letters';
import { SetsAside } from '../sets-aside';
import { placeStore, type StoreNetwork, type StoreNetworkProps } from '../store-network';
import { consumerMistakes, consumeTopic, type KafkaConsumerOptions } from './kafka-consumer';

/** Properties of a {@link KafkaCluster}. */
export interface KafkaClusterProps extends DataProps, StoreNetworkProps, DeadLetterProps {
  /**
   * Brokers in each zone.
   *
   * @default 1
   */
  readonly brokersPerZone?: number;

  /**
   * The class of the brokers.
   *
   * @default 'kafka.m7g.large'
   */
  readonly instanceType?: string;

  /**
   * The version of Kafka.
   *
   * @default '3.8.x'
   */
  readonly kafkaVersion?: string;

  /**
   * Storage of each broker, in GiB, 1 to 16384.
   *
   * @default 100
   */
  readonly volumeSizeGiB?: number;

  /**
   * Whether a {@link KafkaReplication} carries the topics to another region, so that the cluster is held against what is
   * owed when a region is lost. Its policy lets MSK Replicator connect; multi-VPC connectivity for IAM is turned on by hand
   * once it is there, which MSK does not do at creation.
   *
   * @default false
   */
  readonly replicated?: boolean;

  /**
   * How long it is remembered which records a function gave up, up to 14 days. The records themselves are in their topic
   * for as long as that keeps them.
   *
   * @default - 14 days at tiers 0 and 1, 5 days below
   */
  readonly deadLetterRetention?: Duration;
}

/**
 * A Kafka cluster whose writes survive the loss of a zone: brokers in three zones, three copies of every topic, two of
 * which have a write before it is acknowledged, and no leader that misses writes. One bad record does not stop a function
 * that reads a topic: it splits the batch, gives up after some attempts and notes where the record is.
 *
 * @throws ConfigurationError when there are fewer than three zones, or the data is owed more than a cluster can keep
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
 */
export class KafkaCluster extends SetsAside implements IConnectable {
  readonly cluster: CfnCluster;
  readonly configuration: CfnConfiguration;
  readonly securityGroup: SecurityGroup;
  readonly connections: Connections;

  /** Where the brokers log. */
  readonly logs: LogGroup;

  /** @internal */
  protected readonly setAside: DeadLettersOnDemand;

  constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    refuse(this.node.path, missing(props, 'vpc'));
    refuse(this.node.path, mistakesIn(props));
    const choices = new TierChoices(this, props);
    const { kafkaVersion = '3.8.x', replicated = false } = props;
    holdStore(
      this,
      choices,
      props,
      replicated ? STORE_FACTS.kafkaClusterWithReplicator : STORE_FACTS.kafkaCluster,
    );
    const network = placeStore(this, choices, props, IAM_PORT);
    refuse(this.node.path, zoneMistakes(network));
    this.securityGroup = network.securityGroup;
    this.connections = network.connections;
    this.logs = keptLogs(this, 'Logs', choices);
    this.configuration = new CfnConfiguration(this, 'Configuration', {
      name: this.physicalName(),
      kafkaVersionsList: [kafkaVersion],
      serverProperties: SERVER_PROPERTIES,
    });
    this.cluster = this.createCluster(props, kafkaVersion, network);
    this.cluster.applyRemovalPolicy(choices.nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    if (replicated) this.letReplicatorsConnect();
    this.setAside = new DeadLettersOnDemand(this, choices, props);
  }

  /**
   * Has a function read a topic from its oldest record, or on from where its group has read.
   *
   * @throws ConfigurationError when Kafka has no such topic, or Lambda no such number of attempts or group
   */
  consumeWith(target: IFunction, options: KafkaConsumerOptions): ManagedKafkaEventSource {
    refuse(this.node.path, consumerMistakes(options));
    // The pollers stand in the network of the brokers with their security group.
    this.connections.allowDefaultPortInternally('clients with the security group of the brokers');
    return consumeTopic(this.cluster, target, options, this.deadLetters);
  }

  /**
   * A replicator of another region comes through connections that MSK makes for it.
   *
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-prepare-clusters.html
   */
  private letReplicatorsConnect(): void {
    const clusterArn = this.cluster.attrArn;
    const statement = new PolicyStatement({
      sid: 'LetReplicatorsConnect',
      principals: [new ServicePrincipal('kafka.amazonaws.com')],
      actions: ['kafka:CreateVpcConnection', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
      resources: [clusterArn],
    });
    const policy = new PolicyDocument({ statements: [statement] });
    new CfnClusterPolicy(this, 'Policy', { clusterArn, policy });
  }

  private createCluster(
    props: KafkaClusterProps,
    kafkaVersion: string,
    { subnets }: StoreNetwork,
  ): CfnCluster {
    const { brokersPerZone = 1, instanceType = 'kafka.m7g.large', volumeSizeGiB = 100 } = props;
    return new CfnCluster(this, 'Cluster', {
      clusterName: this.physicalName(),
      kafkaVersion,
      numberOfBrokerNodes: brokersPerZone * subnets.length,
      brokerNodeGroupInfo: {
        brokerAzDistribution: 'DEFAULT',
        clientSubnets: subnets.map(({ subnetId }) => subnetId),
        instanceType,
        securityGroups: [this.securityGroup.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: volumeSizeGiB } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      configurationInfo: {
        arn: this.configuration.attrArn,
        revision: this.configuration.attrLatestRevisionRevision,
      },
      encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
      enhancedMonitoring: 'PER_TOPIC_PER_BROKER',
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: this.logs.logGroupName } } },
    });
  }

  /** MSK asks for names. */
  private physicalName(): string {
    return regionalName(this, this.securityGroup.stack.region, LONGEST_NAME);
  }
}

const LONGEST_NAME = 64;

/** Clients with IAM inside the network. */
const IAM_PORT = 9098;

/** Three copies, two of which must have a write; a copy that misses writes never becomes the leader. */
const SERVER_PROPERTIES = [
  'default.replication.factor=3',
  'min.insync.replicas=2',
  'unclean.leader.election.enable=false',
  'auto.create.topics.enable=false',
].join('\n');

const LEAST_ZONES = 3;
const LARGEST_VOLUME_GIB = 16_384;

function mistakesIn({ brokersPerZone = 1, volumeSizeGiB = 100 }: KafkaClusterProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!(Number.isInteger(brokersPerZone) && brokersPerZone >= 1)) {
    mistakes.push({
      problem: `there are to be ${brokersPerZone} brokers in each zone`,
      fix: 'use a whole number of 1 or more',
    });
  }
  if (!(volumeSizeGiB >= 1 && volumeSizeGiB <= LARGEST_VOLUME_GIB)) {
    mistakes.push({
      problem: `a broker is to store ${volumeSizeGiB} GiB`,
      fix: `use 1 to ${LARGEST_VOLUME_GIB} GiB`,
    });
  }
  return mistakes;
}

/** At every tier: of three copies in two zones, one zone has two. */
function zoneMistakes({ zones }: StoreNetwork): Mistake[] {
  if (zones.length >= LEAST_ZONES) return [];
  return [
    {
      problem: `its subnets are in ${zones.length} zones: two of three copies of a write would be lost with one of them`,
      fix: `give it subnets in ${LEAST_ZONES} zones`,
    },
  ];
}
