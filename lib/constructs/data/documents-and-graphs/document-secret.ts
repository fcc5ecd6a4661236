import type { CfnDBCluster } from 'aws-cdk-lib/aws-docdb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  AttachmentTargetType,
  type ISecret,
  type ReplicaRegion,
  Secret,
} from 'aws-cdk-lib/aws-secretsmanager';
import { SecretValue } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TierChoices } from '../../governance/tier-choices';
import { sharedName } from '../../region/membership';
import { areCopied } from '../password-copies';
import { EXCLUDED_CHARACTERS } from '../password-rotation';
import type { ReplicatedPasswordProps } from '../replicated-password-props';

/** The password of the administrator. @internal */
export function documentSecret(
  construct: Construct,
  choices: TierChoices,
  encryptionKey: IKey,
  replicaRegions: ReplicaRegion[],
): Secret {
  return new Secret(construct, 'Secret', {
    secretName: secretName(construct),
    description: `The administrator of ${construct.node.path}`,
    encryptionKey,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: 'dbadmin' }),
      generateStringKey: 'password',
      passwordLength: 41,
      excludeCharacters: EXCLUDED_CHARACTERS,
    },
    removalPolicy: choices.removalPolicy,
    replicaRegions,
  });
}

/** Name and password as CloudFormation reads them at deployment: by the name of the secret, so that they show in no template. @internal */
export function administrator(construct: Construct): Record<'masterUsername' | 'masterUserPassword', string> {
  const read = (jsonField: string): string =>
    SecretValue.secretsManager(secretName(construct), { jsonField }).unsafeUnwrap();
  return { masterUsername: read('username'), masterUserPassword: read('password') };
}

/** Writes host and port into the secret, for who reads or rotates it. @internal */
export function attachTo(secret: Secret, cluster: CfnDBCluster): ISecret {
  return secret.attach({
    asSecretAttachmentTarget: () => ({
      targetId: cluster.ref,
      targetType: AttachmentTargetType.DOCDB_DB_CLUSTER,
    }),
  });
}

/** The copy in a region that follows, where there are copies. @internal */
export function secretCopy(construct: Construct, props: ReplicatedPasswordProps): ISecret | undefined {
  return areCopied(props) ? Secret.fromSecretNameV2(construct, 'Secret', secretName(construct)) : undefined;
}

function secretName(construct: Construct): string {
  return `${sharedName(construct, 200)}-admin`;
}
