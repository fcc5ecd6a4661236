import { listedWindowsAreToCome } from '../../../lib/audit/rules/listed-windows';
import { checks } from '../../support/rule-cases';

/** Cases are judged on 15 January 2026. */
const WINDOW = {
  id: 'patching',
  kind: 'maintenance',
  start: '2024-01-15T04:00',
  durationSeconds: 1_200,
  recurrence: { every: 'month', dayOfMonth: 15 },
  timeZone: 'UTC',
  reason: 'patches are installed',
};
const carrying = (resource: object, window: object = WINDOW) => ({
  Parameters: { Given: { Type: 'String' } },
  Metadata: { 'cdk-nines': { schema: 'cdk-nines.catalogue/1', services: [], windows: [window] } },
  Resources: { Subject: resource },
});
const detector = (...days: unknown[]) => ({
  Type: 'AWS::CloudWatch::AnomalyDetector',
  Properties: {
    Configuration: {
      ExcludedTimeRanges: days.map((day) =>
        typeof day === 'string' ? { StartTime: `${day}T04:00:00`, EndTime: `${day}T04:20:00` } : day,
      ),
    },
  },
});
const autoshift = (BlockedDates: unknown) => ({
  Type: 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration',
  Properties: { PracticeRunConfiguration: { BlockedDates } },
});
const alarm = (until: number) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Metrics: [
      {
        Id: 'nines_clock1',
        Expression: `EPOCH(m1) + 3600 + 3600 * ((EPOCH(m1) >= 1700000000 AND EPOCH(m1) < ${until}))`,
      },
    ],
  },
});

interface Exclusion {
  readonly start?: unknown;
  readonly rule?: unknown;
  readonly minutes?: unknown;
}
const objective = (...exclusions: Exclusion[]) => ({
  Type: 'AWS::ApplicationSignals::ServiceLevelObjective',
  Properties: {
    ExclusionWindows: exclusions.map(({ start, rule, minutes = 20 }) => ({
      ...(start !== undefined && { StartTime: start }),
      ...(rule !== undefined && { RecurrenceRule: { Expression: rule } }),
      Window: { Duration: minutes, DurationUnit: 'MINUTE' },
    })),
  },
});
const OLD = { start: '2025-01-15T04:00:00Z' };

checks(listedWindowsAreToCome, {
  passes: {
    'an objective leaves out what comes back': carrying(objective({ ...OLD, rule: 'cron(0 4 15 * ? *)' })),
    'an objective leaves out a time to come': carrying(objective(OLD, { start: '2026-02-15T04:00:00Z' })),
    'an objective leaves out old times, and what comes back since then': carrying(
      objective(OLD, { start: '2025-03-15T04:00:00Z', rule: 'cron(0 4 15 * ? *)' }),
    ),
    'an objective leaves out old times, and a rate says them': carrying(
      objective(OLD, { start: '2025-03-15T04:00:00Z', rule: 'rate(1 month)' }),
    ),
    'a detector leaves out times to come': carrying(detector('2026-02-15')),
    'days to come are blocked': carrying(autoshift(['2026-02-15'])),
    'the clocks of the years to come are known': { Resources: { Subject: alarm(1_900_000_000) } },
  },
  fails: {
    'an objective leaves out times of old': carrying(objective(OLD)),
    'the years of a rule are over': carrying(objective({ rule: 'cron(0 4 15 * ? 2024-2025)' })),
    'what comes back is something else': carrying(objective(OLD, { rule: 'cron(0 9 16 * ? *)' })),
    'a rate comes at other hours': carrying(
      objective(OLD, { start: '2025-02-01T09:00:00Z', rule: 'rate(1 day)' }),
    ),
    'a rate comes on another day of the month': carrying(
      objective(OLD, { start: '2025-02-16T04:00:00Z', rule: 'rate(1 month)' }),
    ),
    'a detector leaves out times of old': carrying(detector('2025-01-15', '2025-02-15')),
    'the last blocked day is over': carrying(autoshift(['2025-01-15', '2025-02-15'])),
    'the last change of the clocks is over': { Resources: { Subject: alarm(1_750_000_000) } },
  },
  unknown: {
    'an exclusion is a parameter': carrying(objective({ start: { Ref: 'Given' } })),
    'a rule is a parameter': carrying(objective({ rule: { Ref: 'Given' } })),
    'a length is a parameter': carrying(objective({ ...OLD, minutes: { Ref: 'Given' } })),
    'an exclusion begins at its deployment': carrying(objective({})),
    'an exclusion begins at no time': carrying(objective({ start: 'soon' })),
    'a rule is none': carrying(objective({ rule: 'sometimes' })),
    'a rate is none': carrying(objective({ rule: 'rate(2 weeks)' })),
    'a rate begins at its deployment, and there are old times': carrying(
      objective(OLD, { rule: 'rate(1 day)' }),
    ),
    'the ranges are a parameter': carrying(
      detector({ StartTime: { Ref: 'Given' }, EndTime: '2025-01-15T04:20:00' }),
    ),
    'the days are a parameter': carrying(autoshift([{ Ref: 'Given' }])),
    'a time is none': carrying(detector({ StartTime: 'soon', EndTime: 'later' })),
    'a day is none': carrying(autoshift(['soon'])),
  },
  notApplicable: {
    'an objective counts all time': carrying(objective()),
    'an objective leaves an incident out': carrying(objective({ start: '2025-03-09T11:00:00Z' })),
    'the window of an objective comes no more': carrying(objective(OLD), {
      ...WINDOW,
      lastDay: '2025-02-20',
    }),
    'a detector learns from all times': carrying(detector()),
    'a detector leaves an incident out': carrying(detector('2025-03-09')),
    'the window comes no more': carrying(detector('2025-01-15'), { ...WINDOW, lastDay: '2025-02-20' }),
    'another window comes then': carrying(detector('2025-01-15'), {
      ...WINDOW,
      start: '2024-01-16T09:00',
      recurrence: { every: 'month', dayOfMonth: 16 },
    }),
    'no windows are declared': { Resources: { Subject: detector('2025-01-15') } },
    'nothing is blocked': carrying(autoshift([])),
    'an alarm is on a metric': { Resources: { Subject: { Type: 'AWS::CloudWatch::Alarm', Properties: {} } } },
  },
  equivalent: {
    '*.StartTime': 'a time begins before it ends: the end decides',
    '*.Window.Duration': 'it is over long before or after the day',
    '*.Window.DurationUnit': 'it is over long before or after the day',
    '*.Id': 'an id is a name',
  },
});
