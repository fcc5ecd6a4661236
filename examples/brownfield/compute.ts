import { CfnBroker } from 'aws-cdk-lib/aws-amazonmq';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceClass, InstanceSize, InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnCluster as EksCluster } from 'aws-cdk-lib/aws-eks';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster as MskCluster } from 'aws-cdk-lib/aws-msk';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { BrownfieldNetwork } from './network';

export interface BrownfieldComputeProps extends StackProps {
  readonly network: BrownfieldNetwork;
}

/** Everything runs, and everything of it in one place. */
export class BrownfieldCompute extends Stack {
  constructor(scope: Construct, id: string, props: BrownfieldComputeProps) {
    super(scope, id, props);
    const { vpc, privateSubnets } = props.network;
    const [first] = privateSubnets;
    if (!first) throw new Error('the network has no private subnet');

    // 3: a load balancer in one subnet.
    new CfnLoadBalancer(this, 'LoadBalancer', {
      scheme: 'internal',
      type: 'application',
      subnets: [first.subnetId],
    });

    // 4: an Auto Scaling group in one zone.
    new AutoScalingGroup(this, 'Workers', {
      vpc,
      vpcSubnets: { subnets: [first] },
      instanceType: InstanceType.of(InstanceClass.M6I, InstanceSize.LARGE),
      machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-12c6146b' }),
      minCapacity: 2,
      maxCapacity: 4,
    });

    // 5: a function in one subnet.
    new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => undefined;'),
      vpc,
      vpcSubnets: { subnets: [first] },
    });

    // 6: one task.
    const taskDefinition = new FargateTaskDefinition(this, 'Task');
    taskDefinition.addContainer('Web', {
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
    });
    new FargateService(this, 'Service', {
      cluster: new Cluster(this, 'Cluster', { vpc }),
      taskDefinition,
      desiredCount: 1,
    });

    this.clusters(
      first.subnetId,
      privateSubnets.map(({ subnetId }) => subnetId),
    );
  }

  private clusters(first: string, subnets: readonly string[]): void {
    // 7: a Kubernetes cluster in one subnet.
    const role = new Role(this, 'EksRole', {
      assumedBy: new ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy')],
    });
    new EksCluster(this, 'Kubernetes', { roleArn: role.roleArn, resourcesVpcConfig: { subnetIds: [first] } });

    // 8: Kafka brokers in two zones, which cannot keep a quorum when one is lost.
    new MskCluster(this, 'Kafka', {
      clusterName: 'brownfield',
      kafkaVersion: '3.8.x',
      numberOfBrokerNodes: 2,
      brokerNodeGroupInfo: { instanceType: 'kafka.m5.large', clientSubnets: subnets.slice(0, 2) },
    });

    // 9: a broker of one instance.
    new CfnBroker(this, 'Broker', {
      brokerName: 'brownfield',
      engineType: 'ACTIVEMQ',
      engineVersion: '5.18',
      deploymentMode: 'SINGLE_INSTANCE',
      hostInstanceType: 'mq.m5.large',
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      subnetIds: [first],
      users: [
        { username: 'app', password: '{{resolve:secretsmanager:brownfield-mq:SecretString:password}}' },
      ],
    });
  }
}
