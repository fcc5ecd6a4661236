import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TierChoices } from './tier-choices';

/** What differs between log groups. @internal */
export interface KeptLogsProps {
  /** @default - a year */
  readonly retention?: RetentionDays | undefined;

  /** @default - CloudFormation makes one */
  readonly name?: string;
}

/** A log group that is kept for a year, and encrypted with the key of its stack's logs. @internal */
export function keptLogs(
  scope: Construct,
  id: string,
  choices: TierChoices,
  { retention = RetentionDays.ONE_YEAR, name }: KeptLogsProps = {},
): LogGroup {
  return new LogGroup(scope, id, {
    encryptionKey: logKeyOf(scope, choices),
    retention,
    removalPolicy: choices.removalPolicy,
    ...(name !== undefined && { logGroupName: name }),
  });
}

const LOG_KEY = 'LogKey';

/** One key for the logs of a stack: each costs by the month. */
function logKeyOf(scope: Construct, choices: TierChoices): Key {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(LOG_KEY);
  if (known instanceof Key) return known;
  const key = new Key(stack, LOG_KEY, {
    description: `${stack.node.path}: encrypts its logs`,
    enableKeyRotation: true,
    removalPolicy: choices.removalPolicy,
    ...(choices.nonProduction && { pendingWindow: Duration.days(7) }),
  });
  key.grantEncryptDecrypt(
    new ServicePrincipal(`logs.${stack.region}.amazonaws.com`, {
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }),
        },
      },
    }),
  );
  return key;
}
