import type { IConnectable, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CfnSecretTargetAttachment,
  type ISecret,
  Secret,
  SecretRotation,
  type SecretRotationApplication,
} from 'aws-cdk-lib/aws-secretsmanager';
import { type CfnResource, type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Span } from '../../../calculus/time-span';
import type { Mistake } from '../../../objectives/mistakes';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import { sharedName } from '../../region/membership';
import type { DatabaseFoundation } from './database-foundation';

/** The administrator, unless somebody names another. @internal */
export const ADMINISTRATOR = 'dbadmin';

/** What cannot stand in a password of RDS, nor in an address of a database. */
const EXCLUDED = '"@/\\ \'';

/** What a database takes whose password is ours. @internal */
export interface RotatedProps {
  readonly vpc: IVpc;
  readonly masterUsername?: string;

  /** How often the password is changed, by a function in the network. */
  readonly passwordRotation?: Duration;
}

/** How the password is changed. */
interface Rotation {
  readonly application: SecretRotationApplication;
  readonly props: RotatedProps;
}

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
  { masterUsername: username = ADMINISTRATOR, passwordRotation }: RotatedProps,
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
      excludeCharacters: EXCLUDED,
    },
    removalPolicy: choices.nonProduction ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    replicaRegions: regions.map((region) => ({ region })),
  });
  if (passwordRotation) return secret;
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

/** Writes host and port into the secret, for who reads them there, and has a function of AWS rotate it where that is asked. @internal */
export function attachSecret(
  construct: Construct & IConnectable,
  secret: ISecret,
  database: CfnResource,
  { application, props }: Rotation,
): void {
  const attachment = new CfnSecretTargetAttachment(construct, 'SecretAttachment', {
    secretId: secret.secretArn,
    targetId: database.ref,
    targetType: database.cfnResourceType,
  });
  const { passwordRotation, vpc } = props;
  if (!passwordRotation) return;
  const rotation = new SecretRotation(construct, 'Rotation', {
    secret,
    application,
    vpc,
    target: construct,
    automaticallyAfter: passwordRotation,
    excludeCharacters: EXCLUDED,
  });
  rotation.node.addDependency(attachment);
}

/** The rotating function calls Secrets Manager, from the network of the database. @internal */
export function rotationMistakes({ passwordRotation, vpc }: RotatedProps): Mistake[] {
  if (!passwordRotation || passwordRotation.isUnresolved()) return [];
  const days = passwordRotation.toSeconds() / Span.days(1).toSeconds();
  const mistakes: Mistake[] = [];
  if (!Number.isInteger(days) || days < 1 || days > 1000)
    mistakes.push({
      problem: `passwordRotation is ${passwordRotation.toHumanString()}, but Secrets Manager rotates after 1 to 1000 whole days`,
      fix: 'set passwordRotation between Duration.days(1) and Duration.days(1000)',
    });
  if (vpc.privateSubnets.length === 0)
    mistakes.push({
      problem:
        'passwordRotation needs a function that reaches Secrets Manager, but the network has no private subnets with a way out',
      fix: 'add private subnets with egress, or leave passwordRotation out',
    });
  return mistakes;
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
