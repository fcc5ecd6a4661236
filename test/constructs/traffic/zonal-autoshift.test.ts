import { Alarm, type IAlarmRef, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stack } from 'aws-cdk-lib/core';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import { HealthCheckedLoadBalancer } from '../../../lib/constructs/traffic/health-checked-load-balancer';
import { ZonalAutoshift, type ZonalAutoshiftProps } from '../../../lib/constructs/traffic/zonal-autoshift';
import { TIERS, Tier } from '../../../lib/objectives/tier';
import { catalogued, certificateIn, entryIn, only, refusal, shopStack, WEAKENING, ZONES } from '../fixtures';

const TYPE = 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration';

function alarmsIn(stack: Stack, count: number): IAlarmRef[] {
  return Array.from({ length: count }, (_, index) => {
    const metric = new Metric({ namespace: 'Shop', metricName: `Orders${index}` });
    return new Alarm(stack, `Alarm${index}`, { metric, threshold: 1, evaluationPeriods: 3 });
  });
}

function autoshiftIn(stack: Stack, props: Partial<ZonalAutoshiftProps> = {}): ZonalAutoshift {
  return new ZonalAutoshift(stack, 'Autoshift', {
    loadBalancer: props.loadBalancer ?? entryIn(stack),
    minimumUnits: 6,
    peakUnits: 4,
    outcomeAlarms: props.outcomeAlarms ?? alarmsIn(stack, 1),
    ...props,
  });
}

describe('a ZonalAutoshift', () => {
  test.each(TIERS)('at tier %i is on, watched by its outcome alarm, and declared', (tier) => {
    const stack = shopStack(tier);
    autoshiftIn(stack);
    expect(only(stack, TYPE)).toEqual({
      ResourceIdentifier: { Ref: expect.stringContaining('EntryLoadBalancer') },
      ZonalAutoshiftStatus: 'ENABLED',
      PracticeRunConfiguration: {
        OutcomeAlarms: [
          {
            AlarmIdentifier: { 'Fn::GetAtt': [expect.stringContaining('Alarm0'), 'Arn'] },
            Type: 'CLOUDWATCH',
          },
        ],
      },
    });
    expect(catalogued(stack).decisions).toContainEqual(
      expect.objectContaining({ what: 'Autoshift.zonalAutoshift', value: true }),
    );
  });

  test('fails when an alarm stands in another region, which ARC does not take', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const foreign = Alarm.fromAlarmArn(
      stack,
      'Foreign',
      'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:orders',
    );
    for (const props of [{ outcomeAlarms: [foreign] }, { blockingAlarms: [foreign] }]) {
      expect(refusal(() => autoshiftIn(shopStack(Tier.MISSION_CRITICAL), props))).toMatchObject({
        problem: 'Shop/Foreign stands in eu-central-1, not in eu-west-1, whose health it is to tell',
        fix: 'make an alarm in eu-west-1',
      });
    }
  });

  test('blocks practice runs by alarm, by day, and by times of the week, none of which passes midnight', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    const [outcome, blocking] = alarmsIn(stack, 2);
    autoshiftIn(stack, {
      outcomeAlarms: [outcome as IAlarmRef],
      blockingAlarms: [blocking as IAlarmRef],
      blockedWindows: ['Fri:18:00-Mon:06:00', 'Tue:09:00-Tue:17:00', 'Wed:22:00-Thu:00:00'],
      blockedDates: ['2027-11-26'],
    });
    expect(only(stack, TYPE).PracticeRunConfiguration).toMatchObject({
      BlockingAlarms: [{ Type: 'CLOUDWATCH' }],
      BlockedWindows: [
        'Fri:18:00-Fri:23:59',
        'Sat:00:00-Sat:23:59',
        'Sun:00:00-Sun:23:59',
        'Mon:00:00-Mon:06:00',
        'Tue:09:00-Tue:17:00',
        'Wed:22:00-Wed:23:59',
      ],
      BlockedDates: ['2027-11-26'],
    });
  });

  test('blocks nearly all of the week when a window ends where it began a minute before', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    autoshiftIn(stack, { blockedWindows: ['Mon:06:01-Mon:06:00'] });
    const { BlockedWindows } = only(stack, TYPE).PracticeRunConfiguration;
    expect(BlockedWindows).toHaveLength(8);
    expect([BlockedWindows[0], BlockedWindows[7]]).toEqual(['Mon:06:01-Mon:23:59', 'Mon:00:00-Mon:06:00']);
  });

  test('fails when what is left in the other zones does not carry the peak', () => {
    const stack = shopStack(Tier.MISSION_CRITICAL);
    expect(refusal(() => autoshiftIn(stack, { minimumUnits: 5 }))).toMatchObject({
      path: 'Shop/Autoshift',
      problem:
        'unitsAfterZoneLoss is 3, but the tier owes 4 (autoshift starts nothing: what is left in 2 of 3 zones carries the peak)',
      fix: 'use 4, or give a weakening with reason, expires and approver',
    });
  });

  test('may have less capacity when somebody answers for it', () => {
    const stack = shopStack(Tier.IMPORTANT);
    autoshiftIn(stack, { minimumUnits: 5, weakening: WEAKENING });
    expect(catalogued(stack).weakenings).toEqual([{ ...WEAKENING, what: 'Autoshift.unitsAfterZoneLoss' }]);
  });

  test.each<[Partial<ZonalAutoshiftProps>, string]>([
    [{ outcomeAlarms: [] }, 'outcomeAlarms is empty, so nobody would know that a practice run harms users'],
    [
      { blockedWindows: ['FRI:18:00-MON:06:00'] },
      'blockedWindows has "FRI:18:00-MON:06:00", which is no time of the week',
    ],
    [
      { blockedWindows: ['Fri:25:00-Mon:06:00'] },
      'blockedWindows has "Fri:25:00-Mon:06:00", which is no time of the week',
    ],
    [
      { blockedWindows: ['Fri:18:00-Fri:18:00'] },
      'blockedWindows has "Fri:18:00-Fri:18:00", which is no time of the week',
    ],
    [
      { blockedWindows: ['Mon:01:00-Mon:00:30', 'Mon:00:00-Sun:23:00', 'Tue:01:00-Tue:02:00'] },
      'blockedWindows has 16 windows, each day counted',
    ],
    [{ blockedDates: ['26.11.2027'] }, 'blockedDates has "26.11.2027", which is no date'],
    [{ blockedDates: ['2027-02-30'] }, 'blockedDates has "2027-02-30", which is no date'],
    [
      { blockedDates: Array.from({ length: 16 }, (_, day) => `2027-11-${day + 10}`) },
      'blockedDates has 16 days',
    ],
    [{ minimumUnits: 2.5 }, 'minimumUnits is 2.5'],
    [{ peakUnits: -1 }, 'peakUnits is -1'],
  ])('fails for %j', (props, problem) => {
    expect(refusal(() => autoshiftIn(shopStack(Tier.STANDARD), props)).problem).toBe(problem);
  });

  test('fails when there are more alarms than ARC takes', () => {
    const stack = shopStack(Tier.STANDARD);
    const alarms = alarmsIn(stack, 11);
    expect(refusal(() => autoshiftIn(stack, { outcomeAlarms: alarms })).problem).toBe(
      'outcomeAlarms has 11 alarms',
    );
    const blocked = shopStack(Tier.STANDARD);
    const blockingAlarms = alarmsIn(blocked, 11);
    const outcomeAlarms = blockingAlarms.slice(0, 1);
    expect(refusal(() => autoshiftIn(blocked, { outcomeAlarms, blockingAlarms })).problem).toBe(
      'blockingAlarms has 11 alarms',
    );
  });

  test('fails when the load balancer lets no zone be shifted away', () => {
    const stack = shopStack(Tier.STANDARD);
    const loadBalancer = entryIn(stack, { zonalShift: false, weakening: WEAKENING });
    expect(refusal(() => autoshiftIn(stack, { loadBalancer })).problem).toBe(
      'Shop/Entry lets no zone be shifted away',
    );
  });

  test('fails when there is no other zone', () => {
    const stack = shopStack(Tier.STANDARD);
    const network = new ResilientNetwork(stack, 'Network', {
      availabilityZones: ZONES.slice(0, 1),
      weakening: WEAKENING,
    });
    const loadBalancer = new HealthCheckedLoadBalancer(stack, 'Entry', {
      network,
      certificate: certificateIn(stack),
    });
    expect(refusal(() => autoshiftIn(stack, { loadBalancer })).problem).toBe(
      'Shop/Entry stands in 1 zone, so there is none to shift to',
    );
  });

  test.each(['loadBalancer', 'minimumUnits', 'peakUnits', 'outcomeAlarms'] as const)(
    'fails when %s is missing',
    (what) => {
      const stack = shopStack(Tier.STANDARD);
      const props = {
        loadBalancer: entryIn(stack),
        minimumUnits: 6,
        peakUnits: 4,
        outcomeAlarms: alarmsIn(stack, 1),
      };
      const made = () =>
        new ZonalAutoshift(stack, 'Autoshift', {
          ...props,
          [what]: undefined,
        } as unknown as ZonalAutoshiftProps);
      expect(refusal(made)).toMatchObject({ problem: `${what} is missing`, fix: `set ${what}` });
    },
  );
});
