import { identifiersOf } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import type { Resource } from '../resource';
import { isList, isMap, Unknown, type Value } from '../value';
import { type MisreadDimension, misreadDimension } from './misread-dimension';

/** The types whose names stand in a dimension. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  ApiName: ['AWS::ApiGateway::RestApi'],
  AutoScalingGroupName: ['AWS::AutoScaling::AutoScalingGroup'],
  BucketName: ['AWS::S3::Bucket'],
  DBClusterIdentifier: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  DBInstanceIdentifier: ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'],
  FunctionName: ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
  QueueName: ['AWS::SQS::Queue'],
  StreamName: ['AWS::Kinesis::Stream'],
  TableName: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Serverless::SimpleTable'],
  TopicName: ['AWS::SNS::Topic'],
};

/** A name that a dimension writes out. */
export interface WrittenName {
  readonly name: string;

  /** Whether a resource of the app has it. */
  readonly known: boolean;
}

/**
 * A name that a dimension of an alarm writes out: one that no resource of the app has, where there is one.
 *
 * Unknown where the app has no resource of that kind at all: then it stands elsewhere. A name outside AWS's own namespaces
 * may be of anything.
 */
export function danglingDimensionOf(alarm: Resource): WrittenName | Unknown | undefined {
  const found = dimensionsOf(alarm).flatMap((entry) => writtenName(entry, alarm));
  return (
    found.find((name) => !(name instanceof Unknown) && !name.known) ??
    found.find((name) => name instanceof Unknown) ??
    found[0]
  );
}

/** A dimension of an alarm that refers to a resource, but not to what its metrics are found by. */
export function misreadDimensionOf(alarm: Resource): MisreadDimension | undefined {
  return dimensionsOf(alarm)
    .map(misreadDimension)
    .find((misread) => misread !== undefined);
}

function dimensionsOf(alarm: Resource): readonly Value[] {
  const metrics = [
    { Namespace: alarm.get('Namespace'), Dimensions: alarm.get('Dimensions') },
    ...asList(alarm.get('Metrics')).map((query) => {
      const stat = isMap(query) ? query.MetricStat : undefined;
      const metric = isMap(stat) ? stat.Metric : undefined;
      return isMap(metric) ? { Namespace: metric.Namespace, Dimensions: metric.Dimensions } : {};
    }),
  ];
  return metrics.flatMap(({ Namespace: namespace, Dimensions: dimensions }) =>
    typeof namespace === 'string' && namespace.startsWith('AWS/') ? asList(dimensions) : [],
  );
}

function asList(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

function writtenName(dimension: Value, alarm: Resource): readonly (WrittenName | Unknown)[] {
  const { Name: kind, Value: name } = isMap(dimension) ? dimension : {};
  const types = typeof kind === 'string' && Object.hasOwn(NAMED, kind) ? NAMED[kind] : undefined;
  if (types === undefined || typeof name !== 'string' || name === '') return [];
  const { graph } = alarm.stack;
  const names = types.map((type) => namesOf(graph).get(type)).filter((known) => known !== undefined);
  if (names.some(({ known }) => known.has(name.toLowerCase()))) return [{ name, known: true }];
  const [macro] = graph.unreadable;
  if (macro !== undefined) return [new Unknown(macro)];
  const open = names.find((known) => known.open !== undefined)?.open;
  if (open) return [open];
  return names.length > 0 ? [{ name, known: false }] : [new Unknown(`${name} is not in the app`)];
}

interface KnownNames {
  /** In lower case. */
  readonly known: ReadonlySet<string>;

  /** Why one may have another name. @default - all are known */
  readonly open?: Unknown;
}

/** The names of each type. */
const namesOf = oncePerGraph((graph) => {
  const byType = new Map<string, KnownNames>();
  for (const type of Object.values(NAMED).flat()) {
    const resources = graph.ofType(type);
    if (resources.length === 0) continue;
    const open = resources.find(isNamedAtDeploy);
    byType.set(type, {
      known: new Set(resources.flatMap(identifiersOf).map((name) => name.toLowerCase())),
      ...(open && { open: new Unknown(`the name of ${open.logicalId} is known only at deploy`) }),
    });
  }
  return byType;
});

/** Whether a name is set that the template does not tell. What has no name gets one that nobody can guess. */
function isNamedAtDeploy(resource: Resource): boolean {
  const names = resource.propertyNames.filter((property) => /(Name|Identifier)$/.test(property));
  return names.some((property) => typeof resource.get(property) !== 'string');
}
