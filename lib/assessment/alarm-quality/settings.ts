import { tellsPeopleItself } from '../../assembly/observe/alarm-audience';
import { metricAlarmOf } from '../../assembly/observe/alarm-model';
import { judgeSilence } from '../../assembly/observe/alarm-silence';
import type { Resource } from '../../assembly/resource';
import { Unknown } from '../../assembly/value';
import { longestWindow, type MetricAlarm, periodOf } from '../../calculus/alarms/metric-alarm';
import { formatSeconds } from '../../calculus/time-span';
import type { AlarmFinding } from './finding';
import { silentCounts } from './silent-counts';

const DAY = 86_400;

/** Settings by which an alarm fires late, never, or always. */
export function settings(alarm: Resource): readonly AlarmFinding[] {
  const model = metricAlarmOf(alarm);
  return [
    ...deafToSilence(alarm),
    ...(model instanceof Unknown ? [] : [...silentCounts(alarm, model), ...windows(alarm, model)]),
  ];
}

function deafToSilence(alarm: Resource): readonly AlarmFinding[] {
  const { outcome, found = '', fix = 'set TreatMissingData to breaching' } = judgeSilence(alarm);
  if (outcome !== 'fail') return [];
  return [
    {
      fault: 'missing-data',
      alarm,
      weight: 'medium',
      sure: true,
      found: `it watches a sign of life and takes silence for ${found}`,
      fix,
    },
  ];
}

function windows(alarm: Resource, model: MetricAlarm): readonly AlarmFinding[] {
  const period = periodOf(model);
  const span = period * model.evaluationPeriods;
  const most = longestWindow(model);
  const found = `it looks back ${formatSeconds(span)} (${model.evaluationPeriods} periods of ${formatSeconds(period)})`;
  const window = { fault: 'window', alarm, sure: true } as const;
  if (span > most)
    return [
      {
        ...window,
        weight: 'high',
        found: `${found}, and CloudWatch takes at most ${formatSeconds(most)}: it cannot be deployed`,
        fix: 'ask for fewer periods, or for longer ones',
      },
    ];
  if (span <= DAY) return [];
  if (model.missingData === 'breaching')
    return [
      {
        ...window,
        weight: 'medium',
        found: `${found}: it is evaluated once an hour, and CloudWatch looks for late data in earlier periods before it takes silence for breaching`,
        fix: 'watch over a day at most, or let a schedule check that what must happen has happened',
      },
    ];
  if (!tellsPeopleItself(alarm)) return [];
  return [
    {
      ...window,
      weight: 'info',
      found: `${found}: it is evaluated once an hour only`,
      fix: 'watch over a day at most where an hour matters',
    },
  ];
}
