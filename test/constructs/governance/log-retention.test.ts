import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { accessLogRetention, logRetention } from '../../../lib/constructs/governance/log-retention';
import { TierChoices, type TieredProps } from '../../../lib/constructs/governance/tier-choices';
import type { Weakening } from '../../../lib/objectives/weakening';
import { shopStack } from '../fixtures';

const WEAKENING: Weakening = {
  reason: 'the firewall keeps the same logs for a year',
  expires: '2027-12-31',
  approver: 'head of security',
};

function kept(chosen: RetentionDays | undefined, props: TieredProps = {}, options = {}): RetentionDays {
  const part = new Construct(shopStack(1, options), 'Web');
  return logRetention(part, new TierChoices(part, props), chosen);
}

describe('how long access logs are kept', () => {
  const days = (count: number | undefined, props: TieredProps = {}, options = {}) => {
    const part = new Construct(shopStack(1, options), 'Web');
    return accessLogRetention(
      new TierChoices(part, props),
      count ? Duration.days(count) : undefined,
    ).toDays();
  };

  it('is a year, unless somebody answers for less, or the stage is not production', () => {
    expect([days(undefined), days(400), days(30, { weakening: WEAKENING })]).toEqual([365, 400, 30]);
    expect(days(1, {}, { nonProduction: true })).toBe(1);
    expect(() => days(30)).toThrow(/accessLogRetention is 30 d, but the tier owes 365 d/);
  });
});

describe('how long logs are kept', () => {
  it('is a year, unless somebody wants longer', () => {
    expect(kept(undefined)).toBe(365);
    expect(kept(RetentionDays.FIVE_YEARS)).toBe(1827);
  });

  it('is refused when it is less than a year, and nobody answers for it', () => {
    expect(() => kept(RetentionDays.ONE_MONTH)).toThrow(/logRetention.*30 d.*365 d/s);
    expect(kept(RetentionDays.ONE_MONTH, { weakening: WEAKENING })).toBe(30);
  });

  it('may be short in a stage that is not production', () => {
    expect(kept(RetentionDays.ONE_DAY, {}, { nonProduction: true })).toBe(1);
  });

  it('is refused when it has no end, whoever answers for it', () => {
    expect(() => kept(RetentionDays.INFINITE, { weakening: WEAKENING })).toThrow(
      /logRetention has no end.*RetentionDays\.TEN_YEARS/s,
    );
  });
});
