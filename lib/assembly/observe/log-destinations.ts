import { oncePerResource } from '../once-per-resource';
import type { Resource } from '../resource';
import { isList, isMap, Unknown, type Value } from '../value';

/** The properties that name a bucket as the place for logs or reports, by the type that writes them. */
const LOG_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::ARCRegionSwitch::Plan': 'ReportConfiguration',
  'AWS::Backup::ReportPlan': 'ReportDeliveryChannel',
  'AWS::CloudFormation::GuardHook': 'LogBucket',
  'AWS::EC2::FlowLog': 'LogDestination',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'AccessLoggingPolicy',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'LoadBalancerAttributes',
  'AWS::S3::Bucket': 'LoggingConfiguration',
  'AWS::Synthetics::Canary': 'ArtifactS3Location',
};

/** Types that mention a bucket without using what is in it. */
const BYSTANDERS: readonly string[] = ['AWS::S3::BucketPolicy', 'Custom::S3AutoDeleteObjects'];

/** Whether a bucket is there for logs or reports only: all that uses it writes such to it. */
export const takesOnlyLogs = oncePerResource((bucket: Resource): boolean => {
  const users = bucket.stack.graph
    .mentionsOf(bucket)
    // Who describes itself with the name of the bucket (the CDK's deleter of objects) does not use it by that.
    .filter(({ from, property }) => !BYSTANDERS.includes(from.type) && property !== 'Description')
    .filter(({ from }) => !letsOnlyWrite(from));
  return (
    users.length > 0 &&
    users.every(({ from, property }) => LOG_PROPERTIES[from.type] === property || logsTo(from, bucket))
  );
});

/** A distribution names all its buckets in one property; those of its origins hold what it serves. */
function logsTo(distribution: Resource, bucket: Resource): boolean {
  if (distribution.type !== 'AWS::CloudFront::Distribution') return false;
  const leadsToBucket = (property: string): boolean => {
    const value = distribution.get(`DistributionConfig.${property}`);
    return value !== undefined && distribution.stack.graph.resolve(value, distribution) === bucket;
  };
  const origins = distribution.list('DistributionConfig.Origins');
  if (origins instanceof Unknown || !leadsToBucket('Logging.Bucket')) return false;
  return origins.every((_, index) => !leadsToBucket(`Origins.${index}.DomainName`));
}

/** What reads no object: a canary must ask where its bucket is. */
const READS_NOTHING = ['s3:PutObject', 's3:GetBucketLocation', 's3:ListAllMyBuckets'];

/** A role may hand over what a service reports, so long as it can read nothing of any bucket. */
const letsOnlyWrite = oncePerResource((policy: Resource): boolean => {
  if (policy.type !== 'AWS::IAM::Policy' && policy.type !== 'AWS::IAM::ManagedPolicy') return false;
  const statements = policy.list('PolicyDocument.Statement');
  return !(statements instanceof Unknown) && statements.every(onlyWritesObjects);
});

function onlyWritesObjects(statement: Value): boolean {
  if (!isMap(statement) || statement.Action === undefined) return false;
  const actions = isList(statement.Action) ? statement.Action : [statement.Action];
  return actions.every(
    (action) =>
      typeof action === 'string' && (READS_NOTHING.includes(action) || !/^(s3:.*|[^:]*\*.*)$/i.test(action)),
  );
}
