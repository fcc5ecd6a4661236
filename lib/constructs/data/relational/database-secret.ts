import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnSecretTargetAttachment,
  HostedRotationType,
  type ISecret,
  type ReplicaRegion,
  Secret,
} from 'aws-cdk-lib/aws-secretsmanager';
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { sharedName } from '../../region/membership';
import { areCopied } from '../password-copies';
import { EXCLUDED_CHARACTERS, rotate } from '../password-rotation';
import type { ReplicatedPasswordProps } from '../replicated-password-props';
import type { DatabaseFoundation } from './database-foundation';

/** The administrator, unless somebody names another. @internal */
export const ADMINISTRATOR = 'dbadmin';

/** What a database takes whose password is ours. @internal */
export interface OwnPasswordProps extends ReplicatedPasswordProps {
  readonly vpc: IVpc;
  readonly masterUsername?: string;
}

/**
 * The password of the administrator of a database that is replicated to other regions. RDS keeps and rotates passwords
 * itself, but not of such a database.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 * @internal
 */
export function replicatedSecret(
  construct: Construct,
  { choices, key }: Pick<DatabaseFoundation, 'choices' | 'key'>,
  { masterUsername: username = ADMINISTRATOR }: OwnPasswordProps,
  replicaRegions: ReplicaRegion[],
): Secret {
  return new Secret(construct, 'Secret', {
    secretName: secretName(construct),
    description: `The administrator of ${construct.node.path}`,
    encryptionKey: key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username }),
      generateStringKey: 'password',
      passwordLength: 30,
      excludeCharacters: EXCLUDED_CHARACTERS,
    },
    removalPolicy: choices.nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    replicaRegions,
  });
}

/** The copy of {@link replicatedSecret} in another region, where there are copies. @internal */
export function secretCopy(construct: Construct, props: ReplicatedPasswordProps): ISecret | undefined {
  return areCopied(props) ? Secret.fromSecretNameV2(construct, 'Secret', secretName(construct)) : undefined;
}

/** The secret that RDS keeps and rotates for a database of one region. @internal */
export function managedSecret(construct: Construct, secretArn: string, encryptionKey: IKey): ISecret {
  return Secret.fromSecretAttributes(construct, 'Secret', { secretCompleteArn: secretArn, encryptionKey });
}

/** A secret and the database that takes its password from it. */
interface Attached {
  readonly secret: ISecret;
  readonly database: CfnResource;
  readonly instances: readonly CfnResource[];
}

/** Writes host and port into the secret, for who reads them there, and has a function of AWS rotate it. @internal */
export function attachSecret(
  construct: Construct,
  { choices, key, connections, engineType }: DatabaseFoundation,
  props: OwnPasswordProps,
  { secret, database, instances }: Attached,
): void {
  const attachment = new CfnSecretTargetAttachment(construct, 'SecretAttachment', {
    secretId: secret.secretArn,
    targetId: database.ref,
    targetType: database.cfnResourceType,
  });
  const after = [attachment, ...instances];
  rotate(construct, choices, props, { secret, key, connections, type: rotationType(engineType), after });
}

function rotationType(engine: string): HostedRotationType {
  if (engine.includes('postgres')) return HostedRotationType.POSTGRESQL_SINGLE_USER;
  return engine.includes('mariadb')
    ? HostedRotationType.MARIADB_SINGLE_USER
    : HostedRotationType.MYSQL_SINGLE_USER;
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
