import { Duration, Token } from 'aws-cdk-lib/core';
import { DurableQueue } from '../../../lib/constructs/data/messages/durable-queue';
import { ReplicatedDatabase } from '../../../lib/constructs/data/relational/replicated-database';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { UserJourney } from '../../../lib/constructs/observe/detection/user-journey';
import { refusal, shopStack } from '../fixtures';

// What a compiler would say, for those who use none.
describe('a construct with a tier is refused', () => {
  test('without its properties', () => {
    const { path, problem, fix } = refusal(
      () => new ReplicatedDatabase(shopStack(1), 'Orders', undefined as never),
    );
    expect(path).toBe('Shop/Orders');
    expect(problem).toBe('it has no properties');
    expect(fix).toBe('give them as the third argument');
  });

  test.each([
    [{}, '3 mistakes: (1) reason is missing; (2) expires is missing; (3) approver is missing'],
    ['because', '3 mistakes: (1) reason is missing; (2) expires is missing; (3) approver is missing'],
  ])('with the weakening %j', (weakening, problem) => {
    const props = { natGateways: 1, weakening: weakening as never };
    const stack = shopStack(1);
    expect(
      refusal(
        () =>
          new ResilientNetwork(stack, 'Network', {
            ...props,
            availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
          }),
      ).problem,
    ).toBe(problem);
  });

  test.each([
    ['1', '"1" is no tier', 'write Tier.BUSINESS_CRITICAL'],
    ['important', '"important" is no tier', 'write Tier.IMPORTANT'],
    [4, '4 is no tier', 'use one of 0, 1, 2, 3'],
  ])('with the tier %j', (tier, problem, fix) => {
    const made = () => new DurableQueue(shopStack(1), 'Orders', { tier: tier as never });
    expect(refusal(made)).toMatchObject({ path: 'Shop/Orders', problem, fix });
  });

  test('with a bare number where a time is asked for', () => {
    const { problem, fix } = refusal(
      () => new DurableQueue(shopStack(2), 'Orders', { messageRetention: 345_600 as never }),
    );
    expect(problem).toBe('messageRetention is 345600, which is no time');
    expect(fix).toBe('write the time itself: messageRetention: Duration.minutes(5)');
  });

  test.each([Duration.seconds, Duration.minutes])('with a time that only deploy knows', (unit) => {
    const interval = unit(Token.asNumber({ Ref: 'Interval' }));
    const steps = [{ name: 'front page', url: 'https://shop.example.com/' }];
    const { path, problem, fix } = refusal(
      () => new UserJourney(shopStack(1), 'Walk', { interval, steps, watches: ['eu-central-1'] }),
    );
    expect([path, problem]).toEqual(['Shop/Walk', 'interval is known at deployment only']);
    expect(fix).toBe('write the time itself: interval: Duration.minutes(5)');
  });
});
