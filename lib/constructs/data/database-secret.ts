import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecretTargetAttachment, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import { sharedName } from '../region/membership';
import type { DatabaseFoundation } from './database-foundation';

/** The administrator, unless somebody names another. @internal */
export const ADMINISTRATOR = 'dbadmin';

/**
 * The password of the administrator of a database that is replicated to other regions, with a copy in each of them.
 * RDS keeps and rotates passwords itself, but not of such a database.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 * @internal
 */
export function replicatedSecret(
  construct: Construct,
  { choices, key }: Pick<DatabaseFoundation, 'choices' | 'key'>,
  username: string,
  regions: readonly string[],
): Secret {
  const secret = new Secret(construct, 'Secret', {
    secretName: secretName(construct),
    description: `The administrator of ${construct.node.path}`,
    encryptionKey: key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username }),
      generateStringKey: 'password',
      passwordLength: 30,
      excludeCharacters: '"@/\\ \'',
    },
    removalPolicy: choices.nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    replicaRegions: regions.map((region) => ({ region })),
  });
  const reason =
    'Applications sign in with IAM; this password is for emergencies, and is changed by who used it. RDS cannot rotate it: the database is replicated to another region.';
  acknowledgeNag(secret, 'SMG4', reason);
  acknowledgeControls(secret, ['SecretsManagerRotationEnabled'], reason);
  return secret;
}

/** The copy of {@link replicatedSecret} in another region: it is there once the writer's region is deployed. @internal */
export function secretCopy(construct: Construct): ISecret {
  return Secret.fromSecretNameV2(construct, 'Secret', secretName(construct));
}

/** The secret that RDS keeps and rotates for a database of one region. @internal */
export function managedSecret(construct: Construct, secretArn: string, encryptionKey: IKey): ISecret {
  return Secret.fromSecretAttributes(construct, 'Secret', { secretCompleteArn: secretArn, encryptionKey });
}

/** Writes host and port into the secret, for who reads them there. @internal */
export function attachSecret(construct: Construct, secret: ISecret, database: CfnResource): void {
  new CfnSecretTargetAttachment(construct, 'SecretAttachment', {
    secretId: secret.secretArn,
    targetId: database.ref,
    targetType: database.cfnResourceType,
  });
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
