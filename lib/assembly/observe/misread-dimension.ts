import { isMap, Reference, type Value } from '../value';

/**
 * What gives the value of a dimension, by type: another attribute of the resource gives another text, and the alarm watches nothing.
 * No attribute of a REST API gives its name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ApiName: { 'AWS::ApiGateway::RestApi': [] },
  GraphQLAPIId: { 'AWS::AppSync::GraphQLApi': ['ApiId'] },
  LoadBalancer: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerFullName'] },
  QueueName: { 'AWS::SQS::Queue': ['QueueName'] },
  ServiceName: { 'AWS::ECS::Service': ['Name'] },
  TargetGroup: { 'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupFullName'] },
  TopicName: { 'AWS::SNS::Topic': ['TopicName'] },
};

/** A dimension that refers to a resource, but not to what its metrics are found by. */
export interface MisreadDimension {
  /** Such as `QueueName is Orders (Ref)`. */
  readonly found: string;

  /** Such as `Orders.QueueName`. */
  readonly needed: string;
}

/** How a dimension misses the metrics of what it refers to; undefined where it does not, or nobody knows. */
export function misreadDimension(dimension: Value): MisreadDimension | undefined {
  const { Name: kind, Value: value } = isMap(dimension) ? dimension : {};
  if (typeof kind !== 'string' || !(value instanceof Reference)) return undefined;
  const { resource, attribute } = value;
  const right = Object.hasOwn(ATTRIBUTES, kind) ? ATTRIBUTES[kind]?.[resource.type] : undefined;
  if (right === undefined || right.includes(attribute)) return undefined;
  const [one] = right;
  return {
    found: `${kind} is ${attribute} of ${resource.logicalId}, by which no metric is found`,
    needed: one === undefined ? `the name of ${resource.logicalId}` : `${one} of ${resource.logicalId}`,
  };
}
