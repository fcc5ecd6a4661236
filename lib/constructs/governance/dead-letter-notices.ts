import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { stackNotices } from './stack-notices';
import type { TierChoices } from './tier-choices';

/**
 * One topic for the dead letters of a stack.
 *
 * @internal
 */
export function deadLetterNotices(scope: Construct, choices: TierChoices): Topic {
  return stackNotices(scope, choices, 'DeadLetterNotices');
}
