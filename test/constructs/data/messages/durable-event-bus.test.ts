import { Template } from 'aws-cdk-lib/assertions';
import { App, Duration } from 'aws-cdk-lib/core';
import {
  DurableEventBus,
  type DurableEventBusProps,
} from '../../../../lib/constructs/data/messages/durable-event-bus';
import { DurableQueue } from '../../../../lib/constructs/data/messages/durable-queue';
import type { RegionPlace } from '../../../../lib/constructs/region/region-place';
import { RegionSet } from '../../../../lib/constructs/region/region-set';
import { RegionRole } from '../../../../lib/objectives/region-role';
import type { Tier } from '../../../../lib/objectives/tier';
import { ACCOUNT, only, refusal, shopOf, shopStack, WEAKENING } from '../../fixtures';

const SENT_AGAIN = { dataClasses: [{ name: 'in-flight', rebuildable: true }] };
const CHECK = 'arn:aws:route53:::healthcheck/0f4c7b52-52a5-4b8f-9d0b-0e6f1f3a9c11';

function busAt(tier: Tier, props: DurableEventBusProps = {}) {
  const stack = shopStack(tier, {}, SENT_AGAIN);
  return { stack, bus: new DurableEventBus(stack, 'Events', { dataClass: 'in-flight', ...props }) };
}

const place = (region: string, role: RegionRole, account = ACCOUNT): RegionPlace => ({
  region,
  role,
  account,
  availabilityZones: [`${region}a`, `${region}b`, `${region}c`],
});

const PAIR = [place('eu-west-1', RegionRole.PRIMARY), place('eu-central-1', RegionRole.STANDBY)];

/** The bus in each of some regions. */
function busesIn(regions: readonly RegionPlace[], props: DurableEventBusProps) {
  return new RegionSet(new App(), 'Shop', {
    service: shopOf(1, SENT_AGAIN),
    regions,
    build: (stack) => {
      new DurableEventBus(stack, 'Events', { dataClass: 'in-flight', ...props });
    },
  });
}

describe('a durable event bus', () => {
  it.each([
    [0, 35],
    [1, 35],
    [2, 7],
  ] as const)('keeps the events of tier %i for %i days', (tier, days) => {
    expect(only(busAt(tier).stack, 'AWS::Events::Archive').RetentionDays).toBe(days);
  });

  it('keeps none at tier 3, unless it is asked to', () => {
    expect(busAt(3).bus.archive).toBeUndefined();
    const { stack } = busAt(3, { archiveRetention: Duration.days(2) });
    expect(only(stack, 'AWS::Events::Archive').RetentionDays).toBe(2);
  });

  it('sets aside what a target did not take within a day', () => {
    const { stack, bus } = busAt(1);
    const queue = new DurableQueue(stack, 'Invoices', { dataClass: 'in-flight' });
    bus.deliverToQueue('Placed', { detailType: ['OrderPlaced'] }, queue);
    expect(only(stack, 'AWS::Events::Rule').Targets).toEqual([
      expect.objectContaining({
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^EventsDeadLetters/), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      }),
    ]);
  });

  it('has the same name in both regions', () => {
    const { stacks } = busesIn(PAIR, {});
    expect(stacks.map((stack) => only(stack, 'AWS::Events::EventBus').Name)).toEqual([
      'shop-events',
      'shop-events',
    ]);
  });

  it('has an endpoint in the primary region only, which names the other bus without needing it', () => {
    const [primary, standby] = busesIn(PAIR, { endpointHealthCheckArn: CHECK, weakening: WEAKENING }).stacks;
    const { EventBuses, RoutingConfig, ReplicationConfig } = only(primary as never, 'AWS::Events::Endpoint');
    expect(
      EventBuses.map(({ EventBusArn }: { EventBusArn: unknown }) => JSON.stringify(EventBusArn)),
    ).toEqual([
      expect.stringContaining('events:eu-west-1:'),
      expect.stringContaining('events:eu-central-1:'),
    ]);
    expect(RoutingConfig.FailoverConfig).toEqual({
      Primary: { HealthCheck: CHECK },
      Secondary: { Route: 'eu-central-1' },
    });
    expect(ReplicationConfig).toEqual({ State: 'ENABLED' });
    Template.fromStack(standby as never).resourceCountIs('AWS::Events::Endpoint', 0);
  });

  it('has an endpoint that may make its rules at both buses, and pass its role to EventBridge only', () => {
    const [primary] = busesIn(PAIR, { endpointHealthCheckArn: CHECK, weakening: WEAKENING }).stacks;
    const statements = Object.values(Template.fromStack(primary as never).findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .map((statement) => ({ ...statement, text: JSON.stringify(statement.Resource) }));
    const rules = statements.find(({ Action }) => Action.includes('events:PutRule'));
    for (const region of ['eu-west-1', 'eu-central-1'])
      expect(rules.text).toContain(
        `:events:${region}:${ACCOUNT}:rule/shop-events/GlobalEndpointManagedRule-*`,
      );
    expect(statements.find(({ Action }) => Action === 'iam:PassRole').Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'events.amazonaws.com' },
    });
  });
});

describe('a durable event bus is refused', () => {
  it('where its region’s loss may not lose what waits in it', () => {
    expect(refusal(() => new DurableEventBus(shopStack(1), 'Events')).message).toMatch(
      /EventBridge bus with an archive loses all of data at the loss of a region, but an RPO of 5 min is owed/,
    );
  });

  it('where even an endpoint loses more than is owed', () => {
    const set = () =>
      new RegionSet(new App(), 'Shop', {
        service: shopOf(1),
        regions: PAIR,
        build: (stack) => {
          new DurableEventBus(stack, 'Events', { endpointHealthCheckArn: CHECK });
        },
      });
    expect(refusal(set).message).toMatch(
      /up to 7 min of data at the loss of a region, but an RPO of 5 min is owed/,
    );
  });

  it('with an archive shorter than the tier owes', () => {
    expect(refusal(() => busAt(1, { archiveRetention: Duration.days(7) })).message).toMatch(
      /archiveRetention is 7 d, but the tier owes 35 d/,
    );
  });

  it('with dead letters that are gone sooner than the tier owes', () => {
    expect(refusal(() => busAt(1, { deadLetterRetention: Duration.days(7) })).message).toMatch(
      /deadLetterRetention is 7 d, but the tier owes 14 d/,
    );
  });

  it('with an endpoint in a stack of one region', () => {
    const props = { endpointHealthCheckArn: CHECK, weakening: WEAKENING };
    expect(refusal(() => busAt(1, props)).message).toMatch(/belongs to no set of regions/);
  });

  it('with an endpoint between three regions, or between two accounts', () => {
    const props = { endpointHealthCheckArn: CHECK, weakening: WEAKENING };
    const three = [...PAIR, place('eu-north-1', RegionRole.STANDBY)];
    expect(refusal(() => busesIn(three, props)).message).toMatch(
      /switches between two regions, and the service has 3/,
    );
    const apart = [
      place('eu-west-1', RegionRole.PRIMARY),
      place('eu-central-1', RegionRole.STANDBY, '444455556666'),
    ];
    expect(refusal(() => busesIn(apart, props)).message).toMatch(
      /needs both buses in one account, and they are in 111122223333 and 444455556666/,
    );
  });

  it('with an endpoint that follows no health check', () => {
    const props = { endpointHealthCheckArn: 'a-check', weakening: WEAKENING };
    expect(refusal(() => busesIn(PAIR, props)).message).toMatch(/"a-check" is no ARN of a health check/);
  });
});
