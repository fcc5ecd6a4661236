import { CfnParameter, Fn } from 'aws-cdk-lib/core';
import { IncidentDestination } from '../../../../lib/constructs/observe/telling/incident-destination';
import { refusal } from '../../fixtures';
import { bridgeTo, checkoutIn, secretOf, shopAt } from './bridge-fixtures';

const token = secretOf(shopAt(1), 'Token');

describe('a destination is refused', () => {
  it.each<[string, () => unknown, path: string, problem: string]>([
    [
      'an empty channel',
      () => IncidentDestination.slack({ channel: '', token }),
      'slack',
      'channel is missing',
    ],
    [
      'a blank channel',
      () => IncidentDestination.slack({ channel: ' ', token }),
      'slack',
      'channel is missing',
    ],
    ['no token', () => IncidentDestination.slack({ channel: 'C0' } as never), 'slack', 'token is missing'],
    [
      'no properties',
      () => IncidentDestination.pagerDuty(undefined as never),
      'pagerDuty',
      'routingKey is missing',
    ],
    ['no key', () => IncidentDestination.pagerDuty({} as never), 'pagerDuty', 'routingKey is missing'],
    [
      'no instance',
      () => IncidentDestination.serviceNow({ instance: '', credentials: token }),
      'serviceNow',
      'instance is missing',
    ],
    ['no address', () => IncidentDestination.jira({ endpoint: '', token }), 'jira', 'endpoint is missing'],
  ])('with %s', (_, make, path, problem) =>
    expect(refusal(make)).toMatchObject({ path: `IncidentDestination.${path}`, problem }),
  );

  it('and not with a channel that only a deploy knows', () => {
    const stack = shopAt(1);
    const channel = Fn.select(0, [new CfnParameter(stack, 'Channel').valueAsString]);
    expect(() => IncidentDestination.slack({ channel, token })).not.toThrow();
  });
});

describe('a bridge refuses a list', () => {
  it.each<[string, object, string]>([
    ['destinations', { destinations: [undefined] }, 'destinations[0] is undefined'],
    ['destinations', { destinations: [IncidentDestination.opsItem(), null] }, 'destinations[1] is null'],
    ['destinations', { destinations: ['pagerDuty'] }, 'destinations[0] is "pagerDuty"'],
    ['destinations', { destinations: IncidentDestination.opsItem({ name: 'one' }) }, 'which is no list'],
    ['subscriptions', { fallback: [undefined] }, 'fallback[0] is undefined'],
    ['subscriptions', { fallback: ['+15550100'] }, 'fallback[0] is "+15550100"'],
    ['alarms', { alarms: [undefined] }, 'alarms[0] is undefined'],
  ])('of %s that are none: %j', (_, props, problem) => {
    const found = refusal(() => bridgeTo(shopAt(3), props));
    expect(found.path).toBe('Shop/Incidents');
    expect(found.problem).toContain(problem);
    expect(found.fix).not.toBe('');
  });

  it('and takes what belongs there', () => {
    const stack = shopAt(1);
    expect(() => bridgeTo(stack, { alarms: [checkoutIn(stack)] })).not.toThrow();
  });
});
