import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';

/** The services of one region, as the AWS SDK reaches them. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
  readonly route53: Route53Client;
}

export function clientsOf(endpoint: string, region: string): Clients {
  const config = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  return {
    // A template on which the emulator crashes does so at each attempt.
    cloudFormation: new CloudFormationClient({ ...config, maxAttempts: 1 }),
    ec2: new EC2Client(config),
    ecs: new ECSClient(config),
    loadBalancing: new ElasticLoadBalancingV2Client(config),
    route53: new Route53Client(config),
  };
}
