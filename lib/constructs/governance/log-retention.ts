import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TimeSpan } from '../../calculus/time-span';
import { Span } from '../../calculus/time-span';
import { refuse } from '../../objectives/mistakes';
import type { Decided } from '../../objectives/policy/decided';
import type { TierChoices } from './tier-choices';

/**
 * How long the logs of a construct are kept: a year at least, where somebody may have to look back.
 *
 * @throws ConfigurationError for logs that are kept less than a year without a reason, or for ever
 * @internal
 */
export function logRetention(
  construct: IConstruct,
  choices: TierChoices,
  chosen: RetentionDays | undefined,
  what = 'logRetention',
): RetentionDays {
  if (chosen === RetentionDays.INFINITE)
    refuse(construct.node.path, [
      {
        problem: `${what} has no end: such logs are kept against the law, and at cost`,
        fix: `set ${what} to RetentionDays.TEN_YEARS or less`,
      },
    ]);
  choices.longest({
    what,
    owed: A_YEAR,
    limit: choices.nonProduction ? A_DAY : undefined,
    chosen: chosen && Duration.days(chosen),
  });
  return chosen ?? RetentionDays.ONE_YEAR;
}

/**
 * How long logs are kept in a bucket: a year at least, as {@link logRetention}.
 *
 * @throws ConfigurationError for logs that are kept less than a year without a reason
 * @internal
 */
export function accessLogRetention(choices: TierChoices, chosen: Duration | undefined): Duration {
  return choices.longest({
    what: 'accessLogRetention',
    owed: A_YEAR,
    limit: choices.nonProduction ? A_DAY : undefined,
    chosen,
  });
}

const A_YEAR: Decided<TimeSpan> = {
  value: Span.days(365),
  because: 'who looks for how an attack or an outage began looks back for months',
  source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16',
};

const A_DAY: Decided<TimeSpan> = {
  value: Span.days(1),
  because: 'this stage is not production: nobody asks later what happened in it',
  source: 'own decision of cdk-nines: a default to start from, not a standard',
};
