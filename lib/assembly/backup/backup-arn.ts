import { globsOverlap, matchesGlob, SEGMENT } from '../glob';
import { type ArnShape, POLICY_ARN_SHAPES } from '../iam/arn-shapes';
import type { Resource } from '../resource';
import { isScalar, Reference, Text, Unknown, type Value } from '../value';

/**
 * The types that AWS Backup backs up.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 */
const SHAPES: Readonly<Record<string, ArnShape>> = {
  'AWS::DSQL::Cluster': { service: 'dsql', before: 'cluster/' },
  'AWS::DocDB::DBCluster': { service: 'rds', before: 'cluster:', name: 'DBClusterIdentifier' },
  'AWS::DynamoDB::GlobalTable': { service: 'dynamodb', before: 'table/', name: 'TableName' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', before: 'table/', name: 'TableName' },
  'AWS::EC2::Instance': { service: 'ec2', before: 'instance/' },
  'AWS::EC2::Volume': { service: 'ec2', before: 'volume/' },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', before: 'file-system/' },
  'AWS::EKS::Cluster': { service: 'eks', before: 'cluster/', name: 'Name' },
  'AWS::FSx::FileSystem': { service: 'fsx', before: 'file-system/' },
  'AWS::FSx::Volume': { service: 'fsx', before: 'volume/' },
  'AWS::Neptune::DBCluster': { service: 'rds', before: 'cluster:', name: 'DBClusterIdentifier' },
  'AWS::RDS::DBCluster': { service: 'rds', before: 'cluster:', name: 'DBClusterIdentifier' },
  'AWS::RDS::DBInstance': { service: 'rds', before: 'db:', name: 'DBInstanceIdentifier' },
  'AWS::Redshift::Cluster': { service: 'redshift', before: 'cluster:', name: 'ClusterIdentifier' },
  'AWS::RedshiftServerless::Namespace': { service: 'redshift-serverless', before: 'namespace/' },
  'AWS::S3::Bucket': { service: 's3', before: '', name: 'BucketName', global: true },
  'AWS::Timestream::Table': { service: 'timestream', before: 'database/' },
};

/** Other types that are named by ARN where backups are concerned. */
const VAULTS: Readonly<Record<string, ArnShape>> = {
  'AWS::Backup::BackupVault': { service: 'backup', before: 'backup-vault:', name: 'BackupVaultName' },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    service: 'backup',
    before: 'backup-vault:',
    name: 'BackupVaultName',
  },
};

/** Stand for parts of an ARN that deploy decides. Two ARNs that hold the same mark hold the same text there. */
const MARK = { name: '\u0002', region: '\u0003', account: '\u0004', hole: '\u0005' } as const;

const ANY_MARK = new RegExp(`[${Object.values(MARK).join('')}]`, 'g');

/** The types that AWS Backup can back up. */
export const BACKED_UP_TYPES: readonly string[] = Object.keys(SHAPES);

/** Whether AWS Backup can back up resources of a type. */
export function isBackedUpByAwsBackup(type: string): boolean {
  return Object.hasOwn(SHAPES, type);
}

function shapeOf(type: string): ArnShape | undefined {
  if (Object.hasOwn(SHAPES, type)) return SHAPES[type];
  if (Object.hasOwn(VAULTS, type)) return VAULTS[type];
  return Object.hasOwn(POLICY_ARN_SHAPES, type) ? POLICY_ARN_SHAPES[type] : undefined;
}

const arns = new WeakMap<Resource, OpenArn>();

/** The ARN of a resource that AWS Backup backs up, of a vault, or of what policies name; undefined for any other. */
export function arnOf(resource: Resource): OpenArn | undefined {
  const shape = shapeOf(resource.type);
  if (!shape) return undefined;
  const arn = arns.get(resource) ?? new OpenArn(arnText(resource, shape));
  arns.set(resource, arn);
  return arn;
}

function arnText(resource: Resource, shape: ArnShape): string {
  const { service, before, name, global = false, regional = true } = shape;
  const region = regional ? (resource.region ?? MARK.region) : '';
  const place = global ? ':' : `${region}:${resource.account ?? MARK.account}`;
  return `arn:${partitionOf(resource)}:${service}:${place}:${before}${nameAt(resource, name)}`;
}

function nameAt(resource: Resource, property: string | undefined): string {
  const name = property === undefined ? undefined : resource.get(property);
  // RDS and its kin keep identifiers in lower case, whatever the template says.
  const known = typeof name === 'string' && name !== '' ? name : MARK.name;
  return property?.endsWith('Identifier') ? known.toLowerCase() : known;
}

function partitionOf({ stack }: Resource): string {
  const partition = stack.evaluate({ Ref: 'AWS::Partition' });
  return typeof partition === 'string' ? partition : MARK.hole;
}

/**
 * A selection's ARN as a pattern, as it reads for one resource; undefined where it names another.
 *
 * Region and account of the selection's own stack are those of the resources it is compared with.
 */
export function arnPattern(
  value: Value,
  selection: Resource,
  resource: Resource | undefined,
): OpenArn | undefined {
  const text = patternText(value, selection, resource);
  return text === undefined ? undefined : new OpenArn(text);
}

function patternText(value: Value, selection: Resource, resource: Resource | undefined): string | undefined {
  if (value instanceof Text) return joined(value.parts.map((part) => patternText(part, selection, resource)));
  if (value instanceof Reference) return value.resource === resource ? nameOrArn(value, resource) : undefined;
  if (value instanceof Unknown) return ownPlace(value, selection);
  return isScalar(value) ? String(value) : MARK.hole;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join('');
}

function nameOrArn({ attribute }: Reference, resource: Resource): string {
  if (/arn$/i.test(attribute)) return arnOf(resource)?.text ?? MARK.hole;
  return nameAt(resource, shapeOf(resource.type)?.name);
}

/** `AWS::Region` and `AWS::AccountId` of a stack that is bound to none, recognised by the reason they give. */
function ownPlace(value: Unknown, { stack }: Resource): string {
  for (const [pseudo, mark] of [
    ['AWS::Region', MARK.region],
    ['AWS::AccountId', MARK.account],
  ] as const) {
    const own = stack.evaluate({ Ref: pseudo });
    if (own instanceof Unknown && own.reason === value.reason) return mark;
  }
  return MARK.hole;
}

/** An ARN, or a pattern of one, of which deploy may decide parts. */
export class OpenArn {
  /** The text in which what deploy decides may be anything. */
  readonly #loose: string;

  /** Whether nothing is left to deploy. */
  readonly known: boolean;

  /** Answers for ARNs whose name AWS makes up: all of one type and place look the same. */
  readonly #answers = new Map<string, boolean | undefined>();

  constructor(readonly text: string) {
    this.#loose = text.replace(ANY_MARK, (mark) => (mark === MARK.hole ? '*' : SEGMENT));
    this.known = this.#loose === text;
  }

  /** Whether it matches as a pattern; undefined when only deploy tells. */
  matches(arn: OpenArn): boolean | undefined {
    if (!arn.text.endsWith(MARK.name)) return this.#compare(arn);
    if (!this.#answers.has(arn.text)) this.#answers.set(arn.text, this.#compare(arn));
    return this.#answers.get(arn.text);
  }

  #compare(arn: OpenArn): boolean | undefined {
    if (matchesGlob(this.text, arn.text)) return true;
    if (this.known && arn.known) return false;
    return globsOverlap(this.#loose, arn.#loose) ? undefined : false;
  }

  /** The ARN of anything in the resource, after a separator. */
  part(separator: string): OpenArn {
    return new OpenArn(`${this.text}${separator}${MARK.hole}`);
  }

  /** For messages. */
  toString(): string {
    return this.#loose.replaceAll(SEGMENT, '*');
  }
}
