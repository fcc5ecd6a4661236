import type { Resource } from './resource';

/** The properties that name a bucket as the place for logs or reports, by the type that writes them. */
const LOG_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Backup::ReportPlan': 'ReportDeliveryChannel',
  'AWS::EC2::FlowLog': 'LogDestination',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'AccessLoggingPolicy',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerAttributes',
  'AWS::S3::Bucket': 'LoggingConfiguration',
};

/** Types that mention a bucket without using what is in it. */
const BYSTANDERS: readonly string[] = ['AWS::S3::BucketPolicy', 'Custom::S3AutoDeleteObjects'];

/** Whether a bucket is there for access or flow logs only: all that uses it writes logs to it. */
export function takesOnlyLogs(bucket: Resource): boolean {
  const users = bucket.stack.graph
    .mentionsOf(bucket)
    // Who describes itself with the name of the bucket (the CDK's deleter of objects) does not use it by that.
    .filter(({ from, property }) => !BYSTANDERS.includes(from.type) && property !== 'Description');
  return users.length > 0 && users.every(({ from, property }) => LOG_PROPERTIES[from.type] === property);
}
