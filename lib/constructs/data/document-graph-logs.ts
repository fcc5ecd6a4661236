import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledgeLogKey } from '../governance/nag';
import type { TierChoices } from '../governance/tier-choices';

/**
 * The log groups that AWS would make for the exports of a cluster, and keep for ever.
 *
 * @param prefix `/aws/docdb/shop-orders-eu-west-1`
 * @internal
 */
export function exportedLogs(
  construct: Construct,
  choices: TierChoices,
  prefix: string,
  { exports, retention }: { exports: readonly string[]; retention: RetentionDays | undefined },
): Record<string, LogGroup> {
  return Object.fromEntries(
    exports.map((name) => {
      const logs = new LogGroup(construct, `${name[0]?.toUpperCase()}${name.slice(1)}Logs`, {
        logGroupName: `${prefix}/${name}`,
        retention: retention ?? RetentionDays.ONE_YEAR,
        removalPolicy: choices.removalPolicy,
      });
      acknowledgeLogKey(logs);
      return [name, logs];
    }),
  );
}
