import { type Connections, type IVpc, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnRotationSchedule, type HostedRotationType, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct, IDependable } from 'constructs';
import type { TimeSpan } from '../../calculus/time-span';
import { Span } from '../../calculus/time-span';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import { OWN_DECISION } from '../../objectives/policy/sources';
import { acknowledgeControls, acknowledgeNag } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';
import type { ReplicatedPasswordProps } from './replicated-password-props';
import { selectSubnets } from './store-subnets';

/** What cannot stand in a password of RDS, nor in an address of a database. @internal */
export const EXCLUDED_CHARACTERS = '"@/\\ \'';

/** What is asked of the password of a database in a network. @internal */
export interface RotatedProps extends ReplicatedPasswordProps {
  readonly vpc: IVpc;
}

/** The secret, and the database whose password it is. @internal */
export interface Rotated {
  readonly secret: ISecret;
  readonly key: IKey;
  readonly type: HostedRotationType;

  /** Who may connect to the database. */
  readonly connections: Connections;

  /** What must be there before the function can sign in. */
  readonly after: readonly IDependable[];
}

/**
 * Has a function of AWS change the password in the network of the database, unless somebody answers for it that none does.
 *
 * @throws ConfigurationError when nobody does, or the function would reach no Secrets Manager
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-rotationschedule.html
 * @internal
 */
export function rotate(
  construct: Construct,
  choices: TierChoices,
  props: RotatedProps,
  { secret, key, type, connections, after }: Rotated,
): void {
  const interval = chooseInterval(choices, props);
  if (!interval) {
    acknowledgeNag(secret, 'SMG4', UNROTATED);
    acknowledgeControls(secret, ['SecretsManagerRotationEnabled'], UNROTATED);
    return;
  }
  refuse(construct.node.path, networkMistakes(props));
  const { vpc } = props;
  const { subnetIds, internetConnectivityEstablished } = selectSubnets(
    construct.node.path,
    vpc,
    'rotationSubnets',
    subnetsOf(props),
  );
  const group = new SecurityGroup(construct, 'RotationSecurityGroup', {
    vpc,
    description: `Changes the password of ${construct.node.path}`,
  });
  connections.allowDefaultPortFrom(group);
  const schedule = new CfnRotationSchedule(construct, 'Rotation', {
    secretId: secret.secretArn,
    hostedRotationLambda: {
      rotationType: type.name,
      excludeCharacters: EXCLUDED_CHARACTERS,
      kmsKeyArn: key.keyArn,
      vpcSecurityGroupIds: group.securityGroupId,
      vpcSubnetIds: subnetIds.join(','),
    },
    // The password is new.
    rotateImmediatelyOnUpdate: false,
    rotationRules: { scheduleExpression: `rate(${interval.toDays()} days)` },
  });
  schedule.node.addDependency(internetConnectivityEstablished, ...after);
  // CloudFormation makes the function from a template of AWS.
  Stack.of(construct).addTransform('AWS::SecretsManager-2024-09-16');
}

/** Intervals that Secrets Manager does not offer. @internal */
export function intervalMistakes({ passwordRotation }: ReplicatedPasswordProps): Mistake[] {
  if (!passwordRotation || passwordRotation.isUnresolved()) return [];
  const days = passwordRotation.toSeconds() / Span.days(1).toSeconds();
  if (Number.isInteger(days) && days >= 1 && days <= 1000) return [];
  return [
    {
      problem: `passwordRotation is ${passwordRotation.toHumanString()}, but Secrets Manager rotates after 1 to 1000 whole days`,
      fix: 'set passwordRotation between Duration.days(1) and Duration.days(1000)',
    },
  ];
}

function chooseInterval(
  choices: TierChoices,
  { rotatePassword, passwordRotation }: ReplicatedPasswordProps,
): Duration | undefined {
  const rotates = choices.on({
    what: 'rotatePassword',
    owed: ROTATED,
    limit: choices.nonProduction ? { ...ROTATED, value: false } : undefined,
    chosen: rotatePassword,
  });
  if (!rotates) return undefined;
  return choices.shortest({
    what: 'passwordRotation',
    owed: EACH_MONTH,
    limit: EACH_QUARTER,
    chosen: passwordRotation,
  });
}

function subnetsOf({ rotationSubnets }: RotatedProps) {
  return rotationSubnets ?? { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
}

function networkMistakes({ vpc, rotationSubnets }: RotatedProps): Mistake[] {
  if (rotationSubnets || vpc.privateSubnets.length > 0) return [];
  return [
    {
      problem:
        'the function that changes its password must reach Secrets Manager, but the network has no private subnets with a way out',
      fix: 'add private subnets with egress, or name rotationSubnets with an endpoint for Secrets Manager',
    },
  ];
}

const PAGE = 'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html';

const ROTATED: Decided<boolean> = {
  value: true,
  because:
    'a password that leaked works until it is changed, and a change that was never practised is an outage',
  source: `${PAGE}#secretsmanager-1`,
};

const EACH_MONTH: Decided<TimeSpan> = {
  value: Span.days(30),
  because: 'a password that leaked works until it is changed',
  source: OWN_DECISION,
};

const EACH_QUARTER: Decided<TimeSpan> = {
  value: Span.days(90),
  because: 'Security Hub finds secrets that are not changed for longer',
  source: `${PAGE}#secretsmanager-4`,
};

const UNROTATED =
  'Somebody answers for it, or the stage is not production: applications sign in with roles, and who used the password changes it.';
