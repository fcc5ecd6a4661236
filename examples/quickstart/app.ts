import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { App, Validations } from 'aws-cdk-lib/core';
import {
  HealthCheckedLoadBalancer,
  NinesChecks,
  RegionRole,
  RegionSet,
  ResilientNetwork,
  Service,
  StatelessService,
  Tier,
} from 'cdk-nines';

const app = new App();

// Declare: an important service of one region. The tier decides the rest.
const catalogue = new Service({ name: 'catalogue', tier: Tier.IMPORTANT, owner: 'team-catalogue' });

// Build.
new RegionSet(app, 'Catalogue', {
  service: catalogue,
  account: '123456789012',
  regions: [
    {
      region: 'eu-west-1',
      role: RegionRole.PRIMARY,
      availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    },
  ],
  build: (stack) => {
    const network = new ResilientNetwork(stack, 'Network');
    const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Front', {
      network,
      certificate: Certificate.fromCertificateArn(
        stack,
        'Certificate',
        'arn:aws:acm:eu-west-1:123456789012:certificate/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11',
      ),
    });
    new StatelessService(stack, 'Web', {
      loadBalancer,
      image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      port: 8080,
      peakTasks: 4,
      requestsPerTaskPerMinute: 600,
    });
  },
});

// Prove: what cannot meet its tier does not synthesise.
Validations.of(app).addPlugins(new NinesChecks());
