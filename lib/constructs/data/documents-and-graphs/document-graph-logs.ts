import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { keptLogs } from '../../governance/log-group';
import type { TierChoices } from '../../governance/tier-choices';

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
  { exports, retention }: { exports: readonly string[]; retention: RetentionDays },
): Record<string, LogGroup> {
  return Object.fromEntries(
    exports.map((name) => {
      const logs = keptLogs(construct, `${name[0]?.toUpperCase()}${name.slice(1)}Logs`, choices, {
        name: `${prefix}/${name}`,
        retention,
      });
      return [name, logs];
    }),
  );
}
