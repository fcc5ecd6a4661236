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

checks(listedWindowsAreToCome, {
  passes: {
    'a detector leaves out times to come': carrying(detector('2026-02-15')),
    'days to come are blocked': carrying(autoshift(['2026-02-15'])),
    'the clocks of the years to come are known': { Resources: { Subject: alarm(1_900_000_000) } },
  },
  fails: {
    'a detector leaves out times of old': carrying(detector('2025-01-15', '2025-02-15')),
    'the last blocked day is over': carrying(autoshift(['2025-01-15', '2025-02-15'])),
    'the last change of the clocks is over': { Resources: { Subject: alarm(1_750_000_000) } },
  },
  unknown: {
    'the ranges are a parameter': carrying(
      detector({ StartTime: { Ref: 'Given' }, EndTime: '2025-01-15T04:20:00' }),
    ),
    'the days are a parameter': carrying(autoshift([{ Ref: 'Given' }])),
    'a time is none': carrying(detector({ StartTime: 'soon', EndTime: 'later' })),
    'a day is none': carrying(autoshift(['soon'])),
  },
  notApplicable: {
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
    '*.Id': 'an id is a name',
  },
});
