import { type ISubnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnHealthCheck, CfnRecordSet, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Three zones, but one way out of them; a failover record that takes an hour to act. */
export class BrownfieldNetwork extends Stack {
  readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    // 1: one NAT gateway for three zones.
    this.vpc = new Vpc(this, 'Vpc', {
      availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      natGateways: 1,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    this.failoverRecords();
  }

  /** The private subnets, one in each zone. */
  get privateSubnets(): readonly ISubnet[] {
    return this.vpc.privateSubnets;
  }

  /** 2: a SECONDARY without a health check, and an hour until resolvers notice. */
  private failoverRecords(): void {
    const zone = new PublicHostedZone(this, 'Zone', { zoneName: 'brownfield.example' });
    const check = new CfnHealthCheck(this, 'PrimaryCheck', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: 'one.brownfield.example',
        resourcePath: '/health',
      },
    });
    const shared = {
      hostedZoneId: zone.hostedZoneId,
      name: 'www.brownfield.example',
      type: 'A',
      ttl: '3600',
    };
    new CfnRecordSet(this, 'Primary', {
      ...shared,
      failover: 'PRIMARY',
      setIdentifier: 'primary',
      healthCheckId: check.ref,
      resourceRecords: ['192.0.2.10'],
    });
    new CfnRecordSet(this, 'Secondary', {
      ...shared,
      failover: 'SECONDARY',
      setIdentifier: 'secondary',
      resourceRecords: ['192.0.2.20'],
    });
  }
}
