import {
  CfnFlowLog,
  CfnSecurityGroup,
  CfnSubnet,
  CfnVPC,
  type ISecurityGroup,
  type IVpc,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { keptLogs } from '../governance/log-group';
import { acknowledgeControls, acknowledgeInlinePolicy } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/** Where restored copies live for some hours. @internal */
export interface RestoreNetwork {
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** A network of somebody else's, with a security group that lets nothing in or out. @internal */
export function givenNetwork(scope: Construct, vpc: IVpc, given: ISecurityGroup | undefined): RestoreNetwork {
  const securityGroup =
    given ??
    new SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: 'Restored copies: nothing in, nothing out',
      allowAllOutbound: false,
    });
  const subnetIds = vpc.isolatedSubnets.map(({ subnetId }) => subnetId);
  return { subnetIds, securityGroupId: securityGroup.securityGroupId };
}

/**
 * A network without any way in or out: no gateway, no route but its own, and a security group without rules. A restored
 * copy holds the data of production, and programs in it may start to work where they can reach something.
 *
 * Made of plain resources: a `Vpc` would ask the account for its zones.
 *
 * @internal
 */
export class IsolatedNetwork extends Construct implements RestoreNetwork {
  readonly vpc: CfnVPC;
  readonly subnetIds: string[];
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, choices: TierChoices, zones: readonly string[]) {
    super(scope, id);
    this.vpc = new CfnVPC(this, 'Vpc', { cidrBlock: '10.255.0.0/24' });
    this.subnetIds = zones.slice(0, SUBNETS.length).map((availabilityZone, index) => {
      const cidrBlock = SUBNETS[index] ?? '';
      const vpcId = this.vpc.attrVpcId;
      return new CfnSubnet(this, `Subnet${index + 1}`, { vpcId, availabilityZone, cidrBlock }).attrSubnetId;
    });
    this.securityGroupId = new CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId: this.vpc.attrVpcId,
      groupDescription: 'Restored copies: nothing in, nothing out',
      securityGroupEgress: [NOWHERE],
    }).attrGroupId;
    this.logFlows(choices);
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'The zones are named on purpose: the same in every synth, without asking the account.',
    });
    acknowledgeControls(
      this.vpc,
      ['VPCDefaultSecurityGroupClosed'],
      'CloudFormation cannot change the default group; nothing is put into it, and no route leads out.',
    );
  }

  /** Whoever gets at a copy of the data leaves a trace. */
  private logFlows(choices: TierChoices): void {
    const logs = keptLogs(this, 'FlowLogs', choices);
    const role = new Role(this, 'FlowLogRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [logs.logGroupArn],
      }),
    );
    acknowledgeInlinePolicy(role);
    new CfnFlowLog(this, 'FlowLog', {
      resourceId: this.vpc.attrVpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logGroupName: logs.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    });
  }
}

const SUBNETS = ['10.255.0.0/26', '10.255.0.64/26'];

/** Without a rule CloudFormation leaves the one that lets everything out; this one lets out what does not exist. */
const NOWHERE = {
  cidrIp: '255.255.255.255/32',
  description: 'Nothing',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
};
