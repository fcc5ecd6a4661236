import { Duration } from 'aws-cdk-lib/core';
import { replay } from '../../../../lib/assessment/replay';
import { sampleSourceOf } from '../../../../lib/calculus/alarms/sample-source';
import { journeyAvailability } from '../../../../lib/constructs/observe/slo/indicators';
import type { ServiceLevelObjectiveProps } from '../../../../lib/constructs/observe/slo/service-level-objective-props';
import { AlertSeverity } from '../../../../lib/objectives/policy/operations';
import type { Tier } from '../../../../lib/objectives/tier';
import { canaryIn, WALKED } from './canaries';
import { DAY, HOUR, series, watched } from './incidents';

const FROM_THE_BEGINNING = 'since when it fires is not known';

/** The minutes at which each alarm tells, where the canary publishes these of its runs: all succeed, others time out. None for what fires before the first. */
function journey(tier: Tier, every: number, props: Partial<ServiceLevelObjectiveProps> = {}) {
  const { graph } = watched((scope) => ({
    tier,
    indicator: journeyAvailability(canaryIn(scope, every)),
    recoversAlone: true,
    ...props,
  }));
  return (publishes: (minute: number) => boolean, minutes: number) => {
    const at = (value: number) => (minute: number) =>
      minute % every === 0 && publishes(minute) ? value : undefined;
    const data = [
      series(WALKED, 'SampleCount', { minutes, at: at(1) }),
      series(WALKED, 'Average', { minutes, at: at(100) }),
    ].map(({ samples }) => samples);
    const source = sampleSourceOf([{ metric: WALKED, samples: data.flat() }]);
    const four = 4 * DAY;
    const found = replay(graph, source, { from: (four - HOUR) * 60, until: (four + minutes) * 60 });
    return Object.fromEntries(
      found.flatMap(({ alarm, actions, unknown }) => {
        if (unknown !== undefined && unknown !== FROM_THE_BEGINNING) throw new Error(unknown);
        const told = actions.filter(({ state }) => state === 'ALARM').map((action) => action.at / 60 - four);
        return told.length === 0 && unknown === undefined
          ? []
          : [[alarm.logicalId.replace(/[0-9A-F]{8}$/, ''), told]];
      }),
    );
  };
}

describe.each<[Tier, number, number]>([
  [0, 1, 15],
  [1, 5, 11],
  [1, 15, 31],
])('a journey at tier %s, each %s minutes', (tier, every, minutes) => {
  const tells = journey(tier, every);

  test(`of which all runs time out wakes somebody within ${minutes} minutes, once`, () => {
    expect(tells((minute) => minute < 0, 12 * HOUR)).toEqual({ OrdersWentSilent: [minutes] });
  });

  test('of which one run lacks tells nobody', () => {
    expect(tells((minute) => minute !== 0, 6 * HOUR)).toEqual({});
  });

  test('that never ran, as before the first deployment, makes a ticket and wakes nobody', () => {
    expect(tells((minute) => minute > 30, 3 * HOUR)).toEqual({ OrdersNeverMeasured: [] });
  });
});

test('with the alerts of a tier that wakes nobody, its silence is a ticket alone', () => {
  const ticket = [1, 6].map((hours) => ({
    severity: AlertSeverity.TICKET,
    budgetShare: 0.02 * hours,
    longWindow: Duration.hours(hours),
    shortWindow: Duration.minutes(30),
  }));
  const tells = journey(3, 15, { alerts: ticket, alertOnSilence: true });
  expect(tells((minute) => minute < 0, 2 * HOUR)).toEqual({ OrdersSilence: [31] });
});
