import type { IClusterEngine } from 'aws-cdk-lib/aws-rds';
import { type Duration, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AWS_FACTS } from '../../../calculus/aws-facts';
import { formatSeconds, Span } from '../../../calculus/time-span';
import { type Mistake, refuse } from '../../../objectives/mistakes';
import type { Decided } from '../../../objectives/policy/decided';
import type { TierChoices } from '../../governance/tier-choices';

const { auroraBacktrackMaximumSeconds: MAXIMUM, auroraBacktrackRegions: REGIONS } = AWS_FACTS;

const ONE_DAY: Decided<Span> = {
  value: Span.hours(24),
  because: 'a bad change that is seen within a day is undone in minutes, where a restore takes hours',
  source: MAXIMUM.source,
};

/** What an Aurora cluster of one region is made of, as far as it decides whether it can be rewound. @internal */
export interface Rewound {
  readonly engine: IClusterEngine;
  readonly serverless: boolean;
  readonly chosen: Duration | undefined;
}

/**
 * How far a cluster can be rewound, in seconds; undefined where it cannot be at all, or 0 was chosen.
 *
 * @throws ConfigurationError for a time that Aurora does not take, or less than the tier owes
 * @internal
 */
export function chooseBacktrack(
  construct: Construct,
  choices: TierChoices,
  rewound: Rewound,
): number | undefined {
  refuse(construct.node.path, backtrackMistakes(rewound));
  if (!isMySql(rewound)) return undefined;
  const { chosen } = rewound;
  const owed = owedWindow(Stack.of(construct).region, rewound);
  const seconds = choices.longest({ what: 'backtrackWindow', owed, chosen }).toSeconds();
  return seconds === 0 ? undefined : seconds;
}

function isMySql({ engine }: Rewound): boolean {
  return /^aurora(-mysql)?$/.test(engine.engineType);
}

function owedWindow(region: string, { serverless }: Rewound): Decided<Span> {
  const { source } = ONE_DAY;
  const none = (because: string): Decided<Span> => ({ value: Span.ZERO, because, source });
  if (serverless) return none('no page says that a cluster of serverless instances can be rewound');
  if (Token.isUnresolved(region) || REGIONS.value.includes(region)) return ONE_DAY;
  return none(`Aurora is not known to rewind clusters in ${region}`);
}

function backtrackMistakes(rewound: Rewound): Mistake[] {
  const { chosen, engine } = rewound;
  if (!chosen || chosen.isUnresolved()) return [];
  const seconds = chosen.toSeconds();
  const found = `backtrackWindow is ${formatSeconds(seconds)}`;
  if (seconds > 0 && !isMySql(rewound))
    return [
      {
        problem: `${found}, but ${engine.engineType} cannot be rewound`,
        fix: 'leave backtrackWindow out, or use an engine of Aurora MySQL',
      },
    ];
  if (seconds <= MAXIMUM.value) return [];
  return [
    {
      problem: `${found}, but Aurora rewinds ${formatSeconds(MAXIMUM.value)} at most`,
      fix: `set backtrackWindow to ${formatSeconds(MAXIMUM.value)} or less`,
    },
  ];
}
