import { AspectPriority, Aspects } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { HighlyAvailable } from './highly-available';
import type { RetrofitReport } from './retrofit-report';
import type { RetrofitProps } from './retrofit-scope';
import { TierDefaults } from './tier-defaults';

/**
 * Gives plain CDK constructs what their tier owes, where nobody said otherwise: {@link TierDefaults} for the L2s that are made
 * from now on, {@link HighlyAvailable} for every resource at synthesis. Nothing that a person set is overwritten, and no
 * resource is made anew unless asked.
 *
 * @throws ConfigurationError when the tier is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/constructs.html
 */
export class Retrofit {
  /** Adds both to a part of the tree: an app, a stage, a stack. Call it before the constructs are made. */
  static of(scope: IConstruct, props: RetrofitProps = {}): Retrofit {
    return new Retrofit(scope, props);
  }

  /** What was changed and what was left. Complete once the app is synthesised. */
  readonly report: RetrofitReport;

  private constructor(scope: IConstruct, props: RetrofitProps) {
    const available = new HighlyAvailable(props);
    this.report = available.report;
    TierDefaults.of(scope, props, this.report);
    Aspects.of(scope).add(available, { priority: AspectPriority.MUTATING });
  }
}
