import type { CfnDBCluster } from 'aws-cdk-lib/aws-docdb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { AttachmentTargetType, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeControls, acknowledgeNag } from '../../governance/nag';
import type { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';

/** The password of the administrator, with a copy in each region that follows. @internal */
export function documentSecret(
  construct: Construct,
  choices: TierChoices,
  encryptionKey: IKey,
  regions: readonly string[],
): Secret {
  const secret = new Secret(construct, 'Secret', {
    secretName: secretName(construct),
    description: `The administrator of ${construct.node.path}`,
    encryptionKey,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: 'dbadmin' }),
      generateStringKey: 'password',
      passwordLength: 41,
      excludeCharacters: '"@/\\ \'',
    },
    removalPolicy: choices.removalPolicy,
    ...(regions.length > 0 && { replicaRegions: regions.map((region) => ({ region })) }),
  });
  const reason =
    'A rotation needs a function in the network of the database, which is its owner’s to place: addRotationSchedule on the secret adds one.';
  acknowledgeNag(secret, 'SMG4', reason);
  acknowledgeControls(secret, ['SecretsManagerRotationEnabled'], reason);
  return secret;
}

/** Name and password as CloudFormation reads them at deployment: by the name of the secret, so that they show in no template. @internal */
export function administrator(construct: Construct): Record<'masterUsername' | 'masterUserPassword', string> {
  const read = (jsonField: string): string =>
    SecretValue.secretsManager(secretName(construct), { jsonField }).unsafeUnwrap();
  return { masterUsername: read('username'), masterUserPassword: read('password') };
}

/** Writes host and port into the secret, for who reads or rotates it. The cluster waits for the secret. @internal */
export function attachTo(secret: Secret, cluster: CfnDBCluster): void {
  const resource = secret.node.defaultChild;
  if (resource) cluster.node.addDependency(resource);
  secret.attach({
    asSecretAttachmentTarget: () => ({
      targetId: cluster.ref,
      targetType: AttachmentTargetType.DOCDB_DB_CLUSTER,
    }),
  });
}

/** The copy in a region that follows: it is there once the region that writes is deployed. @internal */
export function secretCopy(construct: Construct): ISecret {
  return Secret.fromSecretNameV2(construct, 'Secret', secretName(construct));
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
