import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import {
  FailoverDns,
  HealthCheckedLoadBalancer,
  RegionStack,
  type RegionStackProps,
  ResilientNetwork,
  StatelessService,
} from 'cdk-nines';
import type { Construct } from 'constructs';

/** A certificate of a region by its id. It exists before the stack does: issuing one must not be part of a failover. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'eu-west-1': '0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11',
  'eu-central-1': '5d1b3c9e-7c55-4f0e-8a41-3c2f8f7f6b22',
};

/** The shop in one region. It serves, or waits for the other to fail, as its place says. */
export class ShopRegion extends RegionStack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const { region } = this.place;

    const network = new ResilientNetwork(this, 'Network', {
      cidr: region === 'eu-west-1' ? '10.0.0.0/16' : '10.1.0.0/16',
    });
    const loadBalancer = new HealthCheckedLoadBalancer(this, 'Front', {
      network,
      healthCheckPath: '/health/ready',
      certificate: Certificate.fromCertificateArn(
        this,
        'Certificate',
        `arn:aws:acm:${region}:${this.account}:certificate/${CERTIFICATES[region]}`,
      ),
    });
    new StatelessService(this, 'Web', {
      loadBalancer,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      port: 8080,
      peakTasks: 8,
      requestsPerTaskPerMinute: 600,
    });
    new FailoverDns(this, 'Dns', {
      loadBalancer,
      hostedZoneId: 'Z1D633PJN98FT9',
      zoneName: 'example.com',
      recordName: 'shop',
      // Until the standby runs as many tasks as the primary did.
      promotion: Duration.minutes(5),
    });
  }
}
