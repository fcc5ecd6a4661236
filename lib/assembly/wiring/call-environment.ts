import { valuesAt } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isMap, Reference, referencesIn, Unknown, type Value } from '../value';

/** A value that something has in its environment, and the property in which it stands. */
export interface EnvironmentValue {
  readonly property: string;
  readonly value: Value;
}

/** Types that run code of the user, and where its environment is written. */
const ENVIRONMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::AppRunner::Service': [
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.*.Value',
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentSecrets.*.Value',
  ],
  'AWS::AutoScaling::LaunchConfiguration': ['UserData'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.Environment.*.Value'],
  'AWS::EC2::Instance': ['UserData'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.UserData'],
  'AWS::ECS::TaskDefinition': [
    'ContainerDefinitions.*.Environment.*.Value',
    'ContainerDefinitions.*.Secrets.*.ValueFrom',
  ],
  'AWS::Lambda::Function': ['Environment.Variables'],
  'AWS::Serverless::Function': ['Environment.Variables'],
};

/** What carries the environment of something that has none of its own. */
const THROUGH: Readonly<Record<string, readonly string[]>> = {
  'AWS::AutoScaling::AutoScalingGroup': [
    'LaunchConfigurationName',
    'LaunchTemplate.LaunchTemplateId',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
  ],
  'AWS::EC2::Instance': ['LaunchTemplate.LaunchTemplateId'],
  'AWS::ECS::Service': ['TaskDefinition'],
};

/** The types that run code of the user. */
export const COMPUTE_TYPES: readonly string[] = [
  'AWS::AppRunner::Service',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::Batch::JobDefinition',
  'AWS::EC2::Instance',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
];

const known = new WeakMap<Resource, readonly EnvironmentValue[]>();

/** All values that what a resource runs has in its environment or in its user data. */
export function environmentOf(resource: Resource): readonly EnvironmentValue[] {
  const values = known.get(resource) ?? read(resource);
  known.set(resource, values);
  return values;
}

function read(resource: Resource): readonly EnvironmentValue[] {
  const carriers = (THROUGH[resource.type] ?? [])
    .map((path) => resource.target(path))
    .filter((carrier) => carrier instanceof Resource);
  return [resource, ...carriers].flatMap((carrier) =>
    (ENVIRONMENTS[carrier.type] ?? []).flatMap((path) =>
      valuesAt(carrier, path).flatMap((value) => entriesOf(path, value)),
    ),
  );
}

function entriesOf(property: string, value: Value): readonly EnvironmentValue[] {
  if (isMap(value))
    return Object.entries(value).map(([name, one]) => ({ property: `${property}.${name}`, value: one }));
  return [value].flat().map((one) => ({ property, value: one as Value }));
}

/** What a value of an environment names: resources with the attribute by which it does, also by name or ARN. */
export function namedIn({ value }: EnvironmentValue, from: Resource): readonly Reference[] {
  const references = referencesIn(value);
  if (references.length > 0) return references;
  if (typeof value !== 'string' || value === '') return [];
  const found = from.stack.graph.named(value, from);
  return found ? [new Reference(found, value.startsWith('arn:') ? 'Arn' : 'Ref')] : [];
}

/** The databases whose credentials a secret holds. */
export function databasesOf(secret: Resource): readonly Resource[] {
  return attachments(secret.stack.graph).get(secret) ?? [];
}

const attachments = oncePerGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const bySecret = new Map<Resource, Resource[]>();
  for (const attachment of graph.ofType('AWS::SecretsManager::SecretTargetAttachment')) {
    const [secret, target] = [attachment.target('SecretId'), attachment.target('TargetId')];
    if (secret instanceof Unknown || target instanceof Unknown || !secret || !target) continue;
    bySecret.set(secret, [...(bySecret.get(secret) ?? []), target]);
  }
  return bySecret;
});
