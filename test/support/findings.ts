import { audit } from '../../lib/audit/engine';
import type { Rule } from '../../lib/audit/rule';
import { Tier } from '../../lib/objectives/tier';
import { graphOf, type TestApp } from './graph';

/** What a person reads of a fail. */
export interface Finding {
  readonly property: string | undefined;
  readonly message: string;
}

/** The fails of some rules on an app, as a person reads them. */
export function findingsOf(
  app: TestApp,
  rules: readonly Rule[],
  tier: Tier = Tier.BUSINESS_CRITICAL,
): readonly Finding[] {
  const { verdicts } = audit([graphOf(app)], { rules, assumedTier: tier });
  return verdicts
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ property, message }) => ({ property, message }));
}
