import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  FailoverDns,
  HealthCheckedLoadBalancer,
  RegionStack,
  type RegionStackProps,
  ResilientNetwork,
  StatelessService,
} from 'cdk-nines';
import type { Construct } from 'constructs';
import { watchTickets } from './watched';

/** A certificate of a region by its id. It exists before the stack does: issuing one must not be part of a failover. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'eu-west-1': '7c1f2f0e-3a1b-4b8e-9f5d-2b1c5a4d6e01',
  'eu-central-1': '2d9e8b7a-6c5d-4e3f-8a1b-0c9d8e7f6a02',
};

const ZONE = { hostedZoneId: 'Z2D633PJN98FT9', zoneName: 'example.org', recordName: 'tickets' };

/** The sale of tickets in one region, and all that watches it there. */
export class TicketsRegion extends RegionStack {
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
    const web = new StatelessService(this, 'Web', {
      loadBalancer,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      port: 8080,
      peakTasks: 4,
      requestsPerTaskPerMinute: 600,
    });
    new FailoverDns(this, 'Dns', { ...ZONE, loadBalancer });
    watchTickets(this, network, web);
  }
}
