import { Grouped } from '../grouped';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { describe, isMap, Unknown, type Value } from '../value';

/** What kind of log flows to a bucket. */
export type LogKind = 'trail' | 'flowLog' | 'bucketAccess' | 'balancerAccess' | 'distributionAccess';

/** A resource that writes logs to a bucket. */
export interface LogFlow {
  readonly writer: Resource;
  readonly kind: LogKind;

  /** The property that names the bucket. */
  readonly property: string;

  /** The bucket, or why it cannot be told. */
  readonly bucket: Resource | Unknown;
}

/** The properties that name a bucket for logs, by the type that writes them. */
const WRITERS: Readonly<Record<string, { readonly kind: LogKind; readonly property: string }>> = {
  'AWS::CloudFront::Distribution': {
    kind: 'distributionAccess',
    property: 'DistributionConfig.Logging.Bucket',
  },
  'AWS::CloudTrail::Trail': { kind: 'trail', property: 'S3BucketName' },
  'AWS::EC2::FlowLog': { kind: 'flowLog', property: 'LogDestination' },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    kind: 'balancerAccess',
    property: 'AccessLoggingPolicy.S3BucketName',
  },
  'AWS::S3::Bucket': { kind: 'bucketAccess', property: 'LoggingConfiguration.DestinationBucketName' },
};

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Everything of an app that writes logs to buckets. */
export const logFlowsIn = oncePerGraph((graph): readonly LogFlow[] => [
  ...graph.ofType(...Object.keys(WRITERS)).flatMap(flowsFrom),
  ...graph.ofType(BALANCER).flatMap(balancerFlows),
]);

const flowsByBucket = oncePerGraph((graph) => {
  const flows = new Grouped<Resource, LogFlow>();
  for (const flow of logFlowsIn(graph)) {
    if (flow.bucket instanceof Resource) flows.add(flow.bucket, flow);
  }
  return flows;
});

/** What writes logs to a bucket. */
export function logFlowsTo(bucket: Resource): readonly LogFlow[] {
  return flowsByBucket(bucket.stack.graph).of(bucket);
}

/** The types that write logs to buckets. */
export const LOG_WRITER_TYPES: readonly string[] = [...Object.keys(WRITERS), BALANCER];

function flowsFrom(writer: Resource): readonly LogFlow[] {
  const way = WRITERS[writer.type];
  const value = way && writer.get(way.property);
  if (!way || isNothing(value) || value === undefined) return [];
  // Flow logs and trails may go to log groups, which are named by ARN too.
  if (writer.type === 'AWS::EC2::FlowLog' && writer.get('LogDestinationType') !== 's3') return [];
  return [{ writer, ...way, bucket: bucketNamed(value, writer) }];
}

function balancerFlows(writer: Resource): readonly LogFlow[] {
  const attributes = writer.list('LoadBalancerAttributes');
  if (attributes instanceof Unknown) return [];
  return attributes.flatMap((attribute, index): readonly LogFlow[] => {
    if (!isMap(attribute) || !/^(access|connection)_logs\.s3\.bucket$/.test(describe(attribute.Key)))
      return [];
    const { Value: value } = attribute;
    const property = `LoadBalancerAttributes.${index}.Value`;
    return value === undefined || isNothing(value)
      ? []
      : [{ writer, kind: 'balancerAccess', property, bucket: bucketNamed(value, writer) }];
  });
}

function bucketNamed(value: Value, writer: Resource): Resource | Unknown {
  const { graph } = writer.stack;
  // A distribution names the domain of the bucket.
  const name = typeof value === 'string' ? value.replace(/\.s3[.-][\w.-]*amazonaws\.com$/, '') : value;
  const found = graph.resolve(name, writer);
  return found instanceof Unknown || found.type === 'AWS::S3::Bucket'
    ? found
    : new Unknown('the bucket for logs is known only at deploy');
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '';
}
