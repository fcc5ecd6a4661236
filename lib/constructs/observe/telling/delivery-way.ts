import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { TierChoices } from '../../governance/tier-choices';

/** As long, and as often, as EventBridge tries at most. @internal */
export const RETRIES = { maxEventAge: Duration.hours(24), retryAttempts: 185 } as const;

/** What the deliveries of a bridge have in common. @internal */
export interface DeliveryWay {
  readonly bus: EventBus;
  readonly deadLetters: Queue;

  /** What was told of each incident. */
  readonly memory: Table;
  readonly choices: TierChoices;
}
