import { type Duration, Token } from 'aws-cdk-lib/core';
import { Span, type TimeSpan } from '../../calculus/time-span';
import { type Mistake, refuse } from '../../objectives/mistakes';
import { type Decided, type PerTier, row } from '../../objectives/policy/decided';
import type { TierChoices } from '../governance/tier-choices';
import { openTimeMistakes } from './check-mistakes';

/** What a person says about how soon CloudFront gives up on an origin. @internal */
export interface OriginPaceProps {
  readonly connectionAttempts?: number;
  readonly connectionTimeout?: Duration;
  readonly readTimeout?: Duration;
}

/** How soon CloudFront gives up on an origin. @internal */
export interface OriginPace {
  readonly connectionAttempts: number;
  readonly connectionTimeout: Duration;
  readonly readTimeout: Duration;
}

/** What CloudFront does not take. @internal */
export function originPaceMistakes(pace: OriginPaceProps): Mistake[] {
  const { connectionAttempts: attempts, connectionTimeout, readTimeout } = pace;
  const mistakes = openTimeMistakes({ connectionTimeout, readTimeout });
  if (mistakes.length > 0) return mistakes;
  if (attempts !== undefined && !Token.isUnresolved(attempts) && ![1, 2, 3].includes(attempts)) {
    mistakes.push({
      problem: `connectionAttempts is ${attempts}, but CloudFront tries 1, 2 or 3 times`,
      fix: 'set connectionAttempts to 1, 2 or 3',
    });
  }
  return [
    ...mistakes,
    ...rangeMistakes('connectionTimeout', connectionTimeout, LONGEST_CONNECTION),
    ...rangeMistakes('readTimeout', readTimeout, LONGEST_READ),
  ];
}

/**
 * How soon CloudFront asks the second origin: each request waits for it anew, so the sum must fit what the tier owes of DNS.
 *
 * @throws ConfigurationError with the sum when it does not fit, or for a weaker value without a reason
 * @internal
 */
export function chooseOriginPace(
  path: string,
  choices: TierChoices,
  props: OriginPaceProps,
  rto: TimeSpan,
): OriginPace {
  const { tier, policy } = choices;
  const attempts = props.connectionAttempts ?? ATTEMPTS[tier].value;
  const connection = (props.connectionTimeout ?? CONNECTION[tier].value).toSeconds();
  const read = (props.readTimeout ?? READ[tier].value).toSeconds();
  const seconds = attempts * (connection + read);
  const budget = policy.dnsFailoverBudget.value?.toSeconds() ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(budget, rto.toSeconds());
  if (seconds > limit) {
    refuse(path, [
      {
        problem:
          `a request waits up to ${seconds} s (${attempts} attempts of ${connection} s connection + ${read} s answer) ` +
          `for the second origin, but ${limit === budget ? `tier ${tier} owes ${budget}` : `the RTO for the loss of a region is ${limit}`} s`,
        fix: `shorten it by ${seconds - limit} s: attempts, connectionTimeout and readTimeout together`,
      },
    ]);
  }
  return {
    connectionAttempts: choices.atMost({
      what: 'connectionAttempts',
      owed: ATTEMPTS[tier],
      chosen: props.connectionAttempts,
    }),
    connectionTimeout: choices.shortest({
      what: 'connectionTimeout',
      owed: CONNECTION[tier],
      chosen: props.connectionTimeout,
    }),
    readTimeout: choices.shortest({ what: 'readTimeout', owed: READ[tier], chosen: props.readTimeout }),
  };
}

function rangeMistakes(what: string, span: Duration | undefined, most: number): Mistake[] {
  const seconds = span?.toSeconds();
  if (seconds === undefined || (seconds >= 1 && seconds <= most)) return [];
  return [
    {
      problem: `${what} is ${seconds} s, but CloudFront takes 1 to ${most} s`,
      fix: `set ${what} from 1 to ${most} s`,
    },
  ];
}

const { seconds } = Span;
const TIMEOUTS =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html; the number is our own';

const ATTEMPTS: PerTier<Decided<number>> = row({
  values: [2, 2, 3, 3],
  because: [
    'one lost packet is no outage; a third attempt costs users another wait',
    'one lost packet is no outage; a third attempt costs users another wait',
    'the default',
    'the default',
  ],
  source: TIMEOUTS,
});

const CONNECTION: PerTier<Decided<TimeSpan>> = row<TimeSpan>({
  values: [seconds(2), seconds(3), seconds(5), seconds(10)],
  because: [
    'an origin that is well answers a connection within a second',
    'an origin that is well answers a connection within a second',
    'half of the default',
    'the default',
  ],
  source: TIMEOUTS,
});

const READ: PerTier<Decided<TimeSpan>> = row<TimeSpan>({
  values: [seconds(10), seconds(20), seconds(30), seconds(30)],
  because: [
    'users leave before an origin that hangs has answered',
    'users leave before an origin that hangs has answered',
    'the default',
    'the default',
  ],
  source: TIMEOUTS,
});

const LONGEST_CONNECTION = 10;

/** Longer ones need a higher quota in the account. */
const LONGEST_READ = 120;
