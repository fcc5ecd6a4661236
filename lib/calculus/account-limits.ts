import type { Fact } from './fact';

/** What each account may run at once of all its functions in one region, unless AWS raised it. */
export const ACCOUNT_CONCURRENCY: Fact<number> = {
  value: 1000,
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  asOf: '2026-11',
  confidence: 'documented',
};

/** What Lambda keeps of it for functions without a reservation. */
export const UNRESERVED_CONCURRENCY: Fact<number> = {
  value: 100,
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  asOf: '2026-11',
  confidence: 'documented',
};
