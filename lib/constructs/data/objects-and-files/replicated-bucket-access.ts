import { AccountPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeInlinePolicy, acknowledgeWildcard } from '../../governance/nag';
import { keyAlias } from '../regional-key';
import { partitionOf, type Twin } from '../twin';
import { bucketArnIn, replicationRoleArn, replicationRoleName } from './replicated-bucket-names';

/** What replicates from this region, and where to. @internal */
export interface ReplicationPath {
  readonly own: Twin;
  readonly destinations: readonly Twin[];

  /** The key of this region. */
  readonly key: IKey;

  /** The keys of other regions where they are the user's. */
  readonly peerKeyArns: Readonly<Record<string, string>>;

  /** Whether objects are locked, and their locks are replicated. */
  readonly isLocked: boolean;
}

/**
 * The role that S3 replicates with, with no right beyond.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * @internal
 */
export function replicationRole(construct: Construct, path: ReplicationPath): Role {
  const { own, destinations, key, isLocked } = path;
  const role = new Role(construct, 'ReplicationRole', {
    roleName: replicationRoleName(construct, own),
    assumedBy: new ServicePrincipal('s3.amazonaws.com'),
    description: `Replicates ${construct.node.path}`,
  });
  const source = bucketArnIn(construct, own);
  const allow = (actions: string[], resources: string[], conditions = {}) =>
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources, conditions }));
  allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], [source]);
  allow(
    [
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionTagging',
      ...(isLocked ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : []),
    ],
    [`${source}/*`],
  );
  allow(
    [
      's3:ReplicateDelete',
      's3:ReplicateObject',
      's3:ReplicateTags',
      ...(destinations.some(({ account }) => account !== own.account)
        ? ['s3:ObjectOwnerOverrideToBucketOwner']
        : []),
    ],
    destinations.map((twin) => `${bucketArnIn(construct, twin)}/*`),
  );
  allow(['kms:Decrypt'], [key.keyArn], viaS3(own));
  const keys = destinations.map((twin) => allowEncryption(construct, role, twin, path.peerKeyArns));
  acknowledgeRole(role, [
    `${source}/*`,
    ...destinations.map((twin) => `${bucketArnIn(construct, twin)}/*`),
    ...keys,
  ]);
  return role;
}

/** A key that is made elsewhere is known by its alias only. Gives the keys that are allowed. */
function allowEncryption(
  construct: Construct,
  role: Role,
  twin: Twin,
  peerKeyArns: Readonly<Record<string, string>>,
): string {
  const given = peerKeyArns[twin.region];
  const anyKey = `arn:${partitionOf(construct, twin.region)}:kms:${twin.region}:${twin.account}:key/*`;
  role.addToPolicy(
    new PolicyStatement({
      actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
      resources: [given ?? anyKey],
      conditions: {
        ...viaS3(twin),
        ...(given === undefined && {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(construct) },
        }),
      },
    }),
  );
  return given ?? anyKey;
}

function viaS3({ region }: Twin): { StringEquals: Record<string, string> } {
  return { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } };
}

function acknowledgeRole(role: Role, resources: readonly string[]): void {
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInlinePolicy(policy);
  for (const resource of resources.filter((each) => each.endsWith('*'))) {
    acknowledgeWildcard(
      policy,
      resource,
      'All objects of the two buckets are replicated; a key of another region is named by its alias, in the condition.',
    );
  }
}

/**
 * Lets the roles of other accounts replicate into this bucket. They are named in a condition and not as principals: a
 * principal must be there already.
 *
 * @internal
 */
export function allowReplicationInto(
  construct: Construct,
  bucket: Bucket,
  key: IKey,
  sources: readonly Twin[],
): void {
  for (const twin of sources) {
    const from = {
      principals: [new AccountPrincipal(twin.account)],
      conditions: { ArnEquals: { 'aws:PrincipalArn': replicationRoleArn(construct, twin) } },
    };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        ...from,
        sid: sidOf('ReplicateObjects', twin),
        actions: [
          's3:ObjectOwnerOverrideToBucketOwner',
          's3:ReplicateDelete',
          's3:ReplicateObject',
          's3:ReplicateTags',
        ],
        resources: [bucket.arnForObjects('*')],
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({
        ...from,
        sid: sidOf('ReadVersioning', twin),
        actions: ['s3:GetBucketVersioning', 's3:ListBucket'],
        resources: [bucket.bucketArn],
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        ...from,
        sid: sidOf('EncryptReplicas', twin),
        actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
  }
}

function sidOf(what: string, { region }: Twin): string {
  return `${what}From${region.replace(/[^a-z0-9]/g, '')}`;
}
