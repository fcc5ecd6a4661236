import type { Truth } from '../conditions';
import { identifiersOf } from '../identifiers';
import { oncePerGraph } from '../once-per-graph';
import { valueAt } from '../path';
import { placesOf } from '../places';
import type { Resource } from '../resource';
import { isMap, isScalar, referencesIn, Text, Unknown, type Value } from '../value';

/** What kind of thing a resource needs to be made or to start. */
export type ArtefactKind =
  | 'image'
  | 'secret'
  | 'parameter'
  | 'machine image'
  | 'code'
  | 'key'
  | 'certificate';

/** Something that must be in the region of what needs it. */
export interface Artefact {
  readonly kind: ArtefactKind;
  readonly property: string;
  readonly value: Value;

  /** Unknown where a condition decides whether it is needed. */
  readonly presence: Truth;
}

const KEY_PATHS = ['KmsKeyId', 'KmsKeyArn', 'KMSKeyId', 'KmsMasterKeyId'];

/** Where the types name what they need. */
const PATHS: Readonly<Record<string, Readonly<Partial<Record<ArtefactKind, readonly string[]>>>>> = {
  'AWS::ApiGateway::DomainName': { certificate: ['RegionalCertificateArn'] },
  'AWS::ApiGatewayV2::DomainName': { certificate: ['DomainNameConfigurations.*.CertificateArn'] },
  'AWS::AutoScaling::LaunchConfiguration': { 'machine image': ['ImageId'] },
  'AWS::EC2::Instance': { 'machine image': ['ImageId'] },
  'AWS::EC2::LaunchTemplate': { 'machine image': ['LaunchTemplateData.ImageId'] },
  'AWS::ECS::TaskDefinition': {
    image: ['ContainerDefinitions.*.Image'],
    secret: ['ContainerDefinitions.*.Secrets.*.ValueFrom'],
  },
  'AWS::ElasticLoadBalancingV2::Listener': { certificate: ['Certificates.*.CertificateArn'] },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': { certificate: ['Certificates.*.CertificateArn'] },
  'AWS::Lambda::Function': {
    image: ['Code.ImageUri'],
    code: ['Code.S3Bucket'],
    key: KEY_PATHS,
    secret: ['Environment.Variables.*'],
  },
  'AWS::DynamoDB::Table': { key: ['SSESpecification.KMSMasterKeyId'] },
  'AWS::RDS::DBCluster': { key: KEY_PATHS },
  'AWS::RDS::DBInstance': { key: KEY_PATHS },
  'AWS::SNS::Topic': { key: KEY_PATHS },
  'AWS::SQS::Queue': { key: KEY_PATHS },
  'AWS::SecretsManager::Secret': { key: KEY_PATHS },
};

/** The types that need something that must be in their region. */
export const NEEDING_TYPES: readonly string[] = Object.keys(PATHS);

/** What a resource needs in its region. */
export function artefactsOf(resource: Resource): readonly Artefact[] {
  return Object.entries(PATHS[resource.type] ?? {}).flatMap(([kind, paths]) =>
    paths.flatMap((path) =>
      placesOf(resource, path).map(({ path: property, value, presence }) => ({
        kind: kind === 'secret' && isParameter(value, resource) ? 'parameter' : (kind as ArtefactKind),
        property,
        value,
        presence,
      })),
    ),
  );
}

/** Where a secret may stand, a parameter may: by ARN or by reference and, for ECS in its own region, by name. */
function isParameter(value: Value, { type }: Resource): boolean {
  if (value instanceof Unknown) return false;
  const [reference] = referencesIn(value);
  if (reference) return TYPES.parameter.includes(reference.resource.type);
  const text = textOf(value);
  if (text === undefined) return false;
  return text.startsWith('arn:') ? /^arn:[^:]+:ssm:/.test(text) : type === 'AWS::ECS::TaskDefinition';
}

/** The types that an artefact of each kind is; what else is named at its place is no artefact. */
const TYPES: Readonly<Record<ArtefactKind, readonly string[]>> = {
  image: ['AWS::ECR::Repository'],
  secret: ['AWS::SecretsManager::Secret'],
  parameter: ['AWS::SSM::Parameter'],
  'machine image': ['AWS::ImageBuilder::Image'],
  code: ['AWS::S3::Bucket'],
  key: ['AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::KMS::ReplicaKey'],
  certificate: ['AWS::CertificateManager::Certificate'],
};

/** The region in which an artefact is that a resource needs; undefined where what is named there is none. */
export function regionOfArtefact(artefact: Artefact, from: Resource): string | Unknown | undefined {
  const { value, kind } = artefact;
  const written = writtenRegion(value);
  if (written !== undefined) return kind === 'secret' && !isSecretText(value) ? undefined : written;
  if (value instanceof Unknown) return openRegion(artefact, value, from);
  const [reference] = referencesIn(value);
  if (reference) return regionOfResource(reference.resource, kind, from);
  return isScalar(value) ? regionOfName(String(value), kind, from) : undefined;
}

function openRegion(
  { kind, property }: Artefact,
  why: Unknown,
  from: Resource,
): string | Unknown | undefined {
  if (kind === 'secret') return undefined;
  return kind === 'machine image' && isPublicParameter(property, from) && from.region !== undefined
    ? from.region
    : why;
}

/** AWS publishes its own machine images in every region, under one parameter. */
function isPublicParameter(property: string, { body, stack }: Resource): boolean {
  const written = valueAt((body.Properties ?? {}) as Value, property.split('.'));
  const name = isMap(written) ? written.Ref : undefined;
  const declared = typeof name === 'string' ? stack.source.template.Parameters?.[name] : undefined;
  return typeof declared?.Default === 'string' && declared.Default.startsWith('/aws/service/');
}

function regionOfResource(
  resource: Resource,
  kind: ArtefactKind,
  from: Resource,
): string | Unknown | undefined {
  if (!TYPES[kind].includes(resource.type)) return undefined;
  if (resource.stack === from.stack || isReplicatedTo(resource, from)) return from.region;
  return resource.region ?? new Unknown(`the region of ${resource.logicalId} is known only at deploy`);
}

const IN_ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-\d):/;
const IN_REGISTRY = /\.dkr\.ecr\.([a-z]{2}(?:-[a-z]+)+-\d)\./;

function writtenRegion(value: Value): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : (IN_ARN.exec(text) ?? IN_REGISTRY.exec(text))?.[1];
}

/** A text with a letter for each part that only deploy knows. */
function textOf(value: Value): string | undefined {
  if (value instanceof Text)
    return value.parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return typeof value === 'string' ? value : undefined;
}

function isSecretText(value: Value): boolean {
  const text = value instanceof Text ? value.parts[0] : value;
  return typeof text === 'string' && /^arn:[^:]+:secretsmanager:/.test(text);
}

/** Secrets and registries copy themselves to other regions. */
function isReplicatedTo(resource: Resource, { region }: Resource): boolean {
  if (region === undefined) return false;
  if (resource.type === 'AWS::ECR::Repository') return registriesCopyTo(resource).has(region);
  const replicas = resource.type === 'AWS::SecretsManager::Secret' ? resource.list('ReplicaRegions') : [];
  if (replicas instanceof Unknown) return false;
  return replicas.some((_, index) => resource.get(`ReplicaRegions.${index}.Region`) === region);
}

function registriesCopyTo({ stack, region }: Resource): ReadonlySet<string> {
  return registryCopies(stack.graph).get(region) ?? new Set();
}

const registryCopies = oncePerGraph((graph): ReadonlyMap<string | undefined, ReadonlySet<string>> => {
  const copies = new Map<string | undefined, Set<string>>();
  for (const registry of graph.ofType('AWS::ECR::ReplicationConfiguration')) {
    const places = placesOf(registry, 'ReplicationConfiguration.Rules.*.Destinations.*.Region');
    const regions = places.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    copies.set(registry.region, new Set([...(copies.get(registry.region) ?? []), ...regions]));
  }
  return copies;
});

/** A bare name means something in the own region: it must be there too, and not in another region of the app only. */
function regionOfName(name: string, kind: ArtefactKind, from: Resource): string | Unknown | undefined {
  if (kind === 'secret' || kind === 'image' || name.startsWith('alias/aws/')) return undefined;
  if (kind === 'machine image' || kind === 'code') return regionOfLiteral(name, kind, from);
  const named =
    byName(from.stack.graph)
      .get(name)
      ?.filter(({ type }) => TYPES[kind].includes(type)) ?? [];
  if (named.length === 0) return new Unknown(`${name} is not in the app`);
  const regions = named.map(({ region }) => region);
  return regions.includes(from.region)
    ? from.region
    : (regions[0] ?? new Unknown(`where ${name} is is known only at deploy`));
}

const byName = oncePerGraph((graph): ReadonlyMap<string, readonly Resource[]> => {
  const names = new Map<string, Resource[]>();
  for (const resource of graph.ofType(...new Set(Object.values(TYPES).flat()))) {
    const alias = resource.type === 'AWS::KMS::Alias' ? resource.get('AliasName') : undefined;
    for (const name of [...identifiersOf(resource), ...(typeof alias === 'string' ? [alias] : [])])
      names.set(name, [...(names.get(name) ?? []), resource]);
  }
  return names;
});

/** The id of a machine image and a bucket of code serve one region: used in two, they are not in one of them. */
function regionOfLiteral(name: string, kind: ArtefactKind, from: Resource): string | Unknown | undefined {
  const regions = literalRegions(from.stack.graph).get(`${kind} ${name}`) ?? new Set();
  const other = [...regions].find((region) => region !== from.region);
  if (other !== undefined) return other;
  return new Unknown(`whether ${name} is in the region is known only at deploy`);
}

const literalRegions = oncePerGraph((graph): ReadonlyMap<string, ReadonlySet<string>> => {
  const regions = new Map<string, Set<string>>();
  for (const resource of graph.ofType(...NEEDING_TYPES)) {
    if (resource.region === undefined) continue;
    for (const { kind, value } of artefactsOf(resource)) {
      if ((kind !== 'machine image' && kind !== 'code') || typeof value !== 'string') continue;
      const key = `${kind} ${value}`;
      regions.set(key, (regions.get(key) ?? new Set()).add(resource.region));
    }
  }
  return regions;
});
