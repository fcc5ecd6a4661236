import type { OpenName } from '../../calculus/alarms/metric-samples';
import { generatedName, quoted } from '../generated-name';
import { identifiersOf, namePropertiesOf } from '../identifiers';
import type { Resource } from '../resource';
import { describe, Reference, Text, Unknown, type Value } from '../value';

/** How a type is named, and where its name stands. */
interface Naming {
  /** What a mention must ask for to get the name, by the text around it. */
  readonly in: Readonly<Record<string, readonly [before: string, after: string]>>;

  /** The most characters of a name that CloudFormation makes of stack and logical id. @default - it makes another */
  readonly longest?: number;

  /** Whether AWS writes it in lower case. @default false */
  readonly lower?: boolean;
}

const ITSELF = ['', ''] as const;
const BALANCER = ['(?:app|net|gwy)/', '/[^/]+'] as const;
const MACHINE = ['arn:[^:]+:states:[^:]*:[^:]*:stateMachine:', ''] as const;

/**
 * Of other types, and other attributes, every text may be the value: ids that AWS makes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const NAMING: Readonly<Record<string, Naming>> = {
  'AWS::AutoScaling::AutoScalingGroup': { in: { Ref: ITSELF }, longest: 255 },
  'AWS::DocDB::DBCluster': { in: { Ref: ITSELF }, lower: true },
  'AWS::DocDB::DBInstance': { in: { Ref: ITSELF }, lower: true },
  'AWS::DynamoDB::GlobalTable': { in: { Ref: ITSELF }, longest: 255 },
  'AWS::DynamoDB::Table': { in: { Ref: ITSELF }, longest: 255 },
  'AWS::ECS::Cluster': { in: { Ref: ITSELF }, longest: 255 },
  'AWS::ECS::Service': { in: { Name: ITSELF }, longest: 255 },
  'AWS::ElastiCache::CacheCluster': { in: { Ref: ITSELF }, lower: true },
  'AWS::ElastiCache::ReplicationGroup': { in: { Ref: ITSELF }, lower: true },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { in: { LoadBalancerFullName: BALANCER }, longest: 32 },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    in: { TargetGroupFullName: ['targetgroup/', '/[^/]+'] },
    longest: 32,
  },
  'AWS::Events::Rule': { in: { Ref: ITSELF } },
  'AWS::Kinesis::Stream': { in: { Ref: ITSELF }, longest: 128 },
  'AWS::KinesisFirehose::DeliveryStream': { in: { Ref: ITSELF }, longest: 64 },
  'AWS::Lambda::Function': { in: { Ref: ITSELF }, longest: 64 },
  'AWS::Neptune::DBCluster': { in: { Ref: ITSELF }, lower: true },
  'AWS::Neptune::DBInstance': { in: { Ref: ITSELF }, lower: true },
  'AWS::OpenSearchService::Domain': { in: { Ref: ITSELF } },
  'AWS::RDS::DBCluster': { in: { Ref: ITSELF }, lower: true },
  'AWS::RDS::DBInstance': { in: { Ref: ITSELF }, lower: true },
  'AWS::Redshift::Cluster': { in: { Ref: ITSELF }, lower: true },
  'AWS::S3::Bucket': { in: { Ref: ITSELF } },
  'AWS::SNS::Topic': { in: { TopicName: ITSELF }, longest: 256 },
  'AWS::SQS::Queue': { in: { QueueName: ITSELF }, longest: 80 },
  'AWS::StepFunctions::StateMachine': { in: { Ref: MACHINE, Arn: MACHINE, Name: ITSELF } },
  'AWS::Synthetics::Canary': { in: { Ref: ITSELF } },
};

const ANY = '.+';

/**
 * The value of a dimension as far as the template tells it: a resource that has a name is meant by that name.
 *
 * @param at what has the dimension
 */
export function dimensionValueOf(value: Value | undefined, at: Resource): string | OpenName {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const parts = value instanceof Text ? value.parts : [value];
  const known = parts.map((part) => (part instanceof Reference ? knownName(part) : part));
  if (known.every((part) => typeof part === 'string')) return known.join('');
  const all = parts.flatMap((part) => (part instanceof Reference ? [part.resource] : []));
  return {
    id: parts.map((part) => idOf(part, at)).join(''),
    words: wordsOf(value),
    like: new RegExp(`^${parts.map((part) => patternOf(part)).join('')}$`),
    others: [...new Set(all)].flatMap((resource) =>
      othersLike(resource).map((other) => ({
        words: other.logicalId,
        ...(other.region !== undefined && { region: other.region }),
        like: new RegExp(`^${parts.map((part) => patternOf(part, { resource, other })).join('')}$`),
      })),
    ),
  };
}

function wordsOf(value: Value | undefined): string {
  return value instanceof Unknown ? value.reason : describe(value);
}

/** Unknown values of one reason are one value within a stack. */
function idOf(part: Value | undefined, at: Resource): string {
  if (part instanceof Reference) return `{${part.resource.id}.${part.attribute}}`;
  return typeof part === 'string' ? part : `{${at.stack.id}: ${wordsOf(part)}}`;
}

function othersLike(resource: Resource): readonly Resource[] {
  return resource.stack.graph.ofType(resource.type).filter((other) => other !== resource);
}

/** The text of a mention, where the template tells it. */
function knownName({ resource, attribute }: Reference): string | undefined {
  const naming = NAMING[resource.type];
  return naming?.in[attribute] === ITSELF ? literalName(resource, naming) : undefined;
}

function literalName(resource: Resource, { lower = false }: Naming): string | undefined {
  // What stands in braces is the region or account of a stack that is bound to none.
  const name = identifiersOf(resource).find((each) => !each.includes('{'));
  return lower ? name?.toLowerCase() : name;
}

function patternOf(
  part: Value | undefined,
  instead?: { readonly resource: Resource; readonly other: Resource },
): string {
  if (typeof part === 'string') return quoted(part);
  if (!(part instanceof Reference)) return ANY;
  const resource = part.resource === instead?.resource ? instead.other : part.resource;
  const naming = NAMING[resource.type];
  const around = naming?.in[part.attribute];
  if (naming === undefined || around === undefined) return ANY;
  const name = literalName(resource, naming);
  return around[0] + (name === undefined ? namesOf(resource, naming) : quoted(name)) + around[1];
}

function namesOf(resource: Resource, { longest }: Naming): string {
  const isGiven = namePropertiesOf(resource.type).some((property) => resource.get(property) !== undefined);
  if (isGiven || longest === undefined) return ANY;
  return `${generatedName(resource, longest)}(?:\\.fifo)?`;
}
