import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logKeyOf } from './log-key';
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
