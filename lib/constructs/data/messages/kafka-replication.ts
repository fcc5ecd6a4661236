import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnReplicator } from 'aws-cdk-lib/aws-msk';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Mistake, missing, quoted, refuse } from '../../../objectives/mistakes';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import { regionalName, requireMembership } from '../../region/membership';
import type { KafkaCluster } from './kafka-cluster';

/** Properties of a {@link KafkaReplication}. */
export interface KafkaReplicationProps {
  /** The cluster of this region, which receives. */
  readonly target: KafkaCluster;

  /** The ARN of the cluster of the other region, which MSK makes: known once that cluster is deployed. */
  readonly sourceClusterArn: string;

  /** The subnets of the other cluster, by id. */
  readonly sourceSubnetIds: readonly string[];

  /** Security groups of the other region that may reach the other cluster, by id. */
  readonly sourceSecurityGroupIds: readonly string[];

  /**
   * The topics, as regular expressions.
   *
   * @default - all
   */
  readonly topics?: readonly string[];
}

/**
 * Carries the topics, their settings and the offsets of their readers from the cluster of another region to that of this
 * one, under the same names. It stands where the data arrives, so that it works on while the other region is lost.
 *
 * The identifiers of the other cluster are made by AWS, so it is added in a second deploy, with what the first one made
 * written down as text. The cluster that sends must have multi-VPC connectivity for IAM, and both must be in one account.
 *
 * @throws ConfigurationError when the source is no cluster of another region of the service
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator.html
 */
export class KafkaReplication extends Construct {
  readonly replicator: CfnReplicator;

  /** What MSK replicates as. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: KafkaReplicationProps) {
    super(scope, id);
    refuse(
      this.node.path,
      missing(props, 'target', 'sourceClusterArn', 'sourceSubnetIds', 'sourceSecurityGroupIds'),
    );
    refuse(this.node.path, this.mistakesIn(props));
    const { target, sourceClusterArn, sourceSubnetIds, sourceSecurityGroupIds, topics = ['.*'] } = props;
    const targetClusterArn = target.cluster.attrArn;
    // The replicator stands in this region's network with the security group of the cluster.
    target.connections.allowDefaultPortInternally('MSK Replicator');
    this.role = this.createRole(sourceClusterArn, target);
    const { clientSubnets } = target.cluster.brokerNodeGroupInfo as { clientSubnets: string[] };
    this.replicator = new CfnReplicator(this, 'Replicator', {
      replicatorName: regionalName(this, Stack.of(this).region, LONGEST_NAME),
      serviceExecutionRoleArn: this.role.roleArn,
      kafkaClusters: [
        cluster(sourceClusterArn, sourceSubnetIds, sourceSecurityGroupIds),
        cluster(targetClusterArn, clientSubnets, [target.securityGroup.securityGroupId]),
      ],
      replicationInfoList: [
        {
          sourceKafkaClusterArn: sourceClusterArn,
          targetKafkaClusterArn: targetClusterArn,
          targetCompressionType: 'NONE',
          topicReplication: {
            topicsToReplicate: [...topics],
            copyTopicConfigurations: true,
            copyAccessControlListsForTopics: true,
            detectAndCopyNewTopics: true,
            startingPosition: { type: 'EARLIEST' },
            topicNameConfiguration: { type: 'IDENTICAL' },
          },
          consumerGroupReplication: {
            consumerGroupsToReplicate: ['.*'],
            detectAndCopyNewConsumerGroups: true,
            synchroniseConsumerGroupOffsets: true,
          },
        },
      ],
    });
    this.replicator.node.addDependency(this.role);
  }

  private mistakesIn({ sourceClusterArn, sourceSubnetIds }: KafkaReplicationProps): Mistake[] {
    const { place, peers } = requireMembership(this);
    if (Token.isUnresolved(sourceClusterArn)) return [];
    const region = CLUSTER_ARN.exec(sourceClusterArn)?.[1];
    const mistakes: Mistake[] = [];
    if (!peers.some((peer) => peer.region === region)) {
      const others = peers.map((peer) => peer.region).join(', ');
      mistakes.push({
        problem: `sourceClusterArn ${quoted(sourceClusterArn)} names no cluster of another region (this is ${place.region}, others are ${others})`,
        fix: 'write the ARN of the cluster that sends: arn:aws:kafka:<region>:<account>:cluster/<name>/<id>',
      });
    }
    const subnets = sourceSubnetIds.length;
    if (!Token.isUnresolved(sourceSubnetIds) && (subnets < LEAST_SUBNETS || subnets > MOST_SUBNETS)) {
      mistakes.push({
        problem: `sourceSubnetIds names ${subnets} subnets, but a replicator stands in ${LEAST_SUBNETS} or ${MOST_SUBNETS}`,
        fix: 'name the subnets of the cluster that sends, one in each of its zones',
      });
    }
    return mistakes;
  }

  /** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-ser.html */
  private createRole(sourceArn: string, target: KafkaCluster): Role {
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('kafka.amazonaws.com', { conditions }),
    });
    const within = (kind: string): string[] => [
      `${sourceArn.replace(':cluster/', `:${kind}/`)}/*`,
      Stack.of(this).formatArn({
        service: 'kafka',
        resource: kind,
        resourceName: `${target.cluster.clusterName}/*`,
      }),
    ];
    const topicsAndGroups = [...within('topic'), ...within('group')];
    const grants: [actions: string[], resources: string[]][] = [
      [
        ['Connect', 'DescribeCluster', 'AlterCluster', 'WriteDataIdempotently'],
        [sourceArn, target.cluster.attrArn],
      ],
      [
        [
          'DescribeTopic',
          'CreateTopic',
          'AlterTopic',
          'WriteData',
          'ReadData',
          'DescribeTopicDynamicConfiguration',
          'AlterTopicDynamicConfiguration',
        ],
        within('topic'),
      ],
      [['AlterGroup', 'DescribeGroup'], within('group')],
    ];
    for (const [actions, resources] of grants) {
      role.addToPolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: actions.map((action) => `kafka-cluster:${action}`),
          resources,
        }),
      );
    }
    acknowledgeInlinePolicy(role);
    for (const each of topicsAndGroups) {
      acknowledgeWildcard(role, each, 'All topics and groups of these two clusters are what it replicates.');
    }
    return role;
  }
}

const LONGEST_NAME = 64;
const LEAST_SUBNETS = 2;
const MOST_SUBNETS = 3;

const CLUSTER_ARN = /^arn:aws[a-z-]*:kafka:([a-z0-9-]+):\d{12}:cluster\/[^/]+\/[A-Za-z0-9-]+$/;

function cluster(
  mskClusterArn: string,
  subnetIds: readonly string[],
  securityGroupIds: readonly string[],
): CfnReplicator.KafkaClusterProperty {
  return {
    amazonMskCluster: { mskClusterArn },
    vpcConfig: { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] },
  };
}
