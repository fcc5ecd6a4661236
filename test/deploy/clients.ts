import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { elementIn, RawApi } from './raw-api';

/** The services of one region, as the AWS SDK reaches them. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
  readonly route53: Route53Client;

  /** The services of which little is asked. */
  readonly raw: RawApi;
}

/** Who somebody is to the emulator, and so in which account. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Of the account that the emulator takes everybody to be in. */
export const CREDENTIALS: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export function clientsOf(endpoint: string, region: string, credentials: Credentials): Clients {
  const config = { endpoint, region, credentials };
  return {
    // A template on which the emulator crashes does so at each attempt.
    cloudFormation: new CloudFormationClient({ ...config, maxAttempts: 1 }),
    ec2: new EC2Client(config),
    ecs: new ECSClient(config),
    loadBalancing: new ElasticLoadBalancingV2Client(config),
    route53: new Route53Client(config),
    raw: new RawApi(endpoint, region, credentials),
  };
}

/** Becomes somebody in another account. */
export async function credentialsOf(endpoint: string, account: string): Promise<Credentials> {
  const raw = new RawApi(endpoint, 'us-east-1', CREDENTIALS);
  const asked = {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${account}:role/tester`,
    RoleSessionName: 'tester',
  };
  const answer = await raw.query('sts', asked);
  const [accessKeyId = '', secretAccessKey = '', sessionToken = ''] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
  ].map((name) => elementIn(answer, name));
  return { accessKeyId, secretAccessKey, sessionToken };
}
