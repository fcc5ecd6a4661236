import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Handler } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createDeadLetters } from '../../data/dead-letters';
import { deadLetterAlarm } from '../../governance/dead-letter-alarm';
import { deadLetterNotices } from '../../governance/dead-letter-notices';
import type { TierChoices } from '../../governance/tier-choices';
import { inlineHandler } from '../../recovery/inline-handler';
import { AlarmLayer } from '../alarm-tags';

/** What the function of a watch is made from. @internal */
export interface WatchFunctionProps {
  /** The bundled source. */
  readonly code: string;
  readonly description: string;
  readonly timeout: Duration;

  /** What it means that something could not be looked at, and what to do then. */
  readonly unhandled: string;

  /** What it may do. */
  readonly statements: readonly PolicyStatement[];

  /** Why some of it is no single resource. @default - all of it is */
  readonly whyWide?: string;
}

/** The function of a watch: what it could not look at is set aside, and told. @internal */
export interface WatchFunction {
  readonly deadLetters: Queue;
  readonly handler: Handler;
}

/** @internal */
export function watchFunction(
  scope: Construct,
  choices: TierChoices,
  { unhandled, ...props }: WatchFunctionProps,
): WatchFunction {
  const deadLetters = createDeadLetters(scope, choices, {});
  deadLetterAlarm(scope, deadLetters, deadLetterNotices(scope, choices), {
    meaning: unhandled,
    layer: AlarmLayer.INFRASTRUCTURE,
    tier: choices.tier,
  });
  return { deadLetters, handler: inlineHandler(scope, choices, { ...props, deadLetters, environment: {} }) };
}

/** Calls the function of a watch, with what it is to look at. @internal */
export function watchTarget({ handler, deadLetters }: WatchFunction, input: object): LambdaFunction {
  return new LambdaFunction(handler, {
    event: RuleTargetInput.fromObject(input),
    deadLetterQueue: deadLetters,
  });
}
