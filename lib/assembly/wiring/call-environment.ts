import { comparableText } from '../identifiers';
import { valuesAt } from '../network/zones';
import { oncePerGraph } from '../once-per-graph';
import { Resource } from '../resource';
import { isMap, Reference, referencesIn, Unknown, type Value, type ValueMap } from '../value';

/** A value that something has in its environment, and the property in which it stands. */
export interface EnvironmentValue {
  readonly property: string;
  readonly value: Value;

  /** The name of the variable. @default - it has none, as user data, or it cannot be known */
  readonly name?: string;
}

/** Types that run code of the user, and where its environment is written. */
const ENVIRONMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::AppRunner::Service': [
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.*.Value',
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentSecrets.*.Value',
    'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables.*.Value',
    'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentSecrets.*.Value',
  ],
  'AWS::AutoScaling::LaunchConfiguration': ['UserData'],
  'AWS::Batch::JobDefinition': [
    'ContainerProperties.Environment.*.Value',
    'ContainerProperties.Secrets.*.ValueFrom',
    'EcsProperties.TaskProperties.*.Containers.*.Environment.*.Value',
    'EcsProperties.TaskProperties.*.Containers.*.Secrets.*.ValueFrom',
  ],
  'AWS::EC2::Instance': ['UserData'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.UserData'],
  'AWS::ECS::TaskDefinition': [
    'ContainerDefinitions.*.Environment.*.Value',
    'ContainerDefinitions.*.Secrets.*.ValueFrom',
  ],
  'AWS::ElasticBeanstalk::Environment': ['OptionSettings.*.Value'],
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
  'AWS::ElasticBeanstalk::Environment',
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
    (ENVIRONMENTS[carrier.type] ?? []).flatMap((path) => valuesOf(carrier, path)),
  );
}

function valuesOf(carrier: Resource, path: string): readonly EnvironmentValue[] {
  const values = valuesAt(carrier, path);
  const names = namesOf(carrier, path);
  return values.flatMap((value, index) => {
    if (isMap(value)) return entriesOf(path, value);
    // Where some entry has no name or no value, which name belongs to which cannot be told.
    const name = names.length === values.length ? names[index] : undefined;
    if (name === null) return [];
    const named = typeof name === 'string' ? { name } : {};
    return [value].flat().map((one) => ({ property: path, value: one as Value, ...named }));
  });
}

/** The names of the entries of a list; `null` for one that is no variable. */
function namesOf(carrier: Resource, path: string): readonly (Value | undefined)[] {
  const list = path.slice(0, path.lastIndexOf('.*.') + 3);
  if (!list.endsWith('.*.')) return [];
  if (carrier.type !== 'AWS::ElasticBeanstalk::Environment') return valuesAt(carrier, `${list}Name`);
  const settings = carrier.list('OptionSettings');
  if (settings instanceof Unknown) return [];
  return settings
    .filter(isMap)
    .filter(({ Value: value }) => value !== undefined)
    .map(({ Namespace: space, OptionName: name }) => (space === BEANSTALK_VARIABLES ? name : null));
}

/** The options of an environment of Beanstalk that its code sees as variables. */
const BEANSTALK_VARIABLES = 'aws:elasticbeanstalk:application:environment';

function entriesOf(property: string, value: ValueMap): readonly EnvironmentValue[] {
  return Object.entries(value).map(([name, one]) => ({ property: `${property}.${name}`, value: one, name }));
}

/** What a value of an environment names: resources with the attribute by which it does, also by name or ARN. */
export function namedIn({ value }: EnvironmentValue, from: Resource): readonly Reference[] {
  const references = referencesIn(value);
  if (references.length > 0) return references;
  const text = comparableText(value, from.stack);
  if (text === undefined || text === '') return [];
  const arn = arnInUrl(text);
  const found = from.stack.graph.named(arn ?? text, from);
  return found ? [new Reference(found, text.startsWith('arn:') ? 'Arn' : 'Ref')] : [];
}

const QUEUE_URL = /^https:\/\/sqs\.([^./]+)\.[^/]+\/([^/]+)\/([^/?]+)$/;
const BUCKET_URL = /^(?:s3a?:\/\/([^/]+)|https?:\/\/([^/]+)\.s3[.-][^/]*amazonaws\.com(?:\.cn)?)(?:\/|$)/;

/** The ARN of what a URL of AWS leads to: it tells the account and the region, which a name alone does not. */
export function arnInUrl(text: string): string | undefined {
  const [queue, region, account, name] = QUEUE_URL.exec(text) ?? [];
  if (queue !== undefined) return `arn:aws:sqs:${region}:${account}:${name}`;
  const [bucket, byScheme, byHost] = BUCKET_URL.exec(text) ?? [];
  return bucket === undefined ? undefined : `arn:aws:s3:::${byScheme ?? byHost}`;
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
