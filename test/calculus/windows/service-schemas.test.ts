import fc from 'fast-check';
import { alarmMute } from '../../../lib/calculus/windows/dialects/alarm-mute';
import { anomalyExclusions } from '../../../lib/calculus/windows/dialects/anomaly-exclusions';
import { CalendarType, changeCalendar } from '../../../lib/calculus/windows/dialects/change-calendar';
import {
  deploymentsOutside,
  deploymentsWithin,
} from '../../../lib/calculus/windows/dialects/deployment-window';
import { instanceEvents } from '../../../lib/calculus/windows/dialects/instance-events';
import { patchWindow } from '../../../lib/calculus/windows/dialects/patch-window';
import { practiceRunBlocks } from '../../../lib/calculus/windows/dialects/practice-runs';
import { openAndClose } from '../../../lib/calculus/windows/dialects/schedules';
import { sloExclusion } from '../../../lib/calculus/windows/dialects/slo-exclusion';
import {
  MaintainedService,
  weeklyMaintenance,
} from '../../../lib/calculus/windows/dialects/weekly-maintenance';
import type { Expressed } from '../../../lib/calculus/windows/expressed';
import type { MaintenanceWindow } from '../../../lib/objectives/maintenance-window';
import { schemaViolations } from '../../support/guard-engine';
import { randomWindow } from './random-windows';
import { FROM, UNTIL, ZONES } from './windows';

/** Properties of a resource, as a dialect fills them in. */
type Properties = Readonly<Record<string, unknown>>;
type Write = (window: MaintenanceWindow) => readonly (readonly [type: string, properties: Properties])[];

const ALARM = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop';
const ROLE = 'arn:aws:iam::123456789012:role/scheduler';

/** A stage must do something. */
const ACTIONS = [
  {
    Name: 'Approve',
    ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
  },
];

/** Nothing, where a window is refused. */
function written<T>(words: Expressed<T>, resource: (words: T) => readonly [string, Properties]) {
  return 'written' in words ? [resource(words.written)] : [];
}

const maintained: Readonly<Record<MaintainedService, readonly [type: string, property: string]>> = {
  [MaintainedService.RDS]: ['AWS::RDS::DBInstance', 'PreferredMaintenanceWindow'],
  [MaintainedService.DOCUMENT_DB]: ['AWS::DocDB::DBCluster', 'PreferredMaintenanceWindow'],
  [MaintainedService.NEPTUNE]: ['AWS::Neptune::DBCluster', 'PreferredMaintenanceWindow'],
  [MaintainedService.REDSHIFT]: ['AWS::Redshift::Cluster', 'PreferredMaintenanceWindow'],
  [MaintainedService.ELASTICACHE]: ['AWS::ElastiCache::ReplicationGroup', 'PreferredMaintenanceWindow'],
  [MaintainedService.MEMORY_DB]: ['AWS::MemoryDB::Cluster', 'MaintenanceWindow'],
};

/** The ten dialects, in the properties that CloudFormation knows for them. */
const DIALECTS: Readonly<Record<string, Write>> = {
  'mute rules': (window) =>
    written(alarmMute(window), ({ expression, duration, timezone }) => [
      'AWS::CloudWatch::AlarmMuteRule',
      { Rule: { Schedule: { Expression: expression, Duration: duration, Timezone: timezone } } },
    ]),
  'exclusions of objectives': (window) =>
    written(sloExclusion(window), ({ startTime, expression, duration, durationUnit }) => [
      'AWS::ApplicationSignals::ServiceLevelObjective',
      {
        ExclusionWindows: [
          {
            StartTime: startTime,
            Window: { Duration: duration, DurationUnit: durationUnit },
            ...(expression !== undefined && { RecurrenceRule: { Expression: expression } }),
          },
        ],
      },
    ]),
  'ranges of detectors': (window) => [
    [
      'AWS::CloudWatch::AnomalyDetector',
      {
        Configuration: {
          ExcludedTimeRanges: anomalyExclusions([window], FROM, UNTIL).map(({ startTime, endTime }) => ({
            StartTime: startTime,
            EndTime: endTime,
          })),
        },
      },
    ],
  ],
  'practice runs': (window) =>
    written(practiceRunBlocks(window), ({ blockedWindows, blockedDates }) => [
      'AWS::ARCZonalShift::ZonalAutoshiftConfiguration',
      {
        PracticeRunConfiguration: {
          BlockedWindows: blockedWindows,
          BlockedDates: blockedDates,
          OutcomeAlarms: [{ Type: 'CLOUDWATCH', AlarmIdentifier: ALARM }],
        },
      },
    ]),
  schedules: (window) => {
    const words = openAndClose(window);
    return ['open' as const, 'close' as const].flatMap((what) =>
      written(words, ({ [what]: { expression, timeZone, startDate, endDate } }) => [
        'AWS::Scheduler::Schedule',
        {
          ScheduleExpression: expression,
          ScheduleExpressionTimezone: timeZone,
          ...(startDate !== undefined && { StartDate: startDate }),
          ...(endDate !== undefined && { EndDate: endDate }),
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: ROLE, RoleArn: ROLE },
        },
      ]),
    );
  },
  'patch windows': (window) =>
    written(patchWindow(window), ({ schedule, scheduleTimezone, duration, startDate, endDate }) => [
      'AWS::SSM::MaintenanceWindow',
      {
        Name: window.id,
        AllowUnassociatedTargets: false,
        Cutoff: 0,
        Schedule: schedule,
        Duration: duration,
        ...(scheduleTimezone !== undefined && { ScheduleTimezone: scheduleTimezone }),
        ...(startDate !== undefined && { StartDate: startDate }),
        ...(endDate !== undefined && { EndDate: endDate }),
      },
    ]),
  'change calendars': (window) =>
    written(changeCalendar([window], CalendarType.DEFAULT_OPEN, 'Changes'), (text) => [
      'AWS::SSM::Document',
      { Content: text, DocumentFormat: 'TEXT', DocumentType: 'ChangeCalendar' },
    ]),
  'deployment windows': (window) =>
    [deploymentsWithin(window), deploymentsOutside(window)].flatMap((words) =>
      written(words, ({ cron, timeZone }) => [
        'AWS::CodePipeline::Pipeline',
        {
          Stages: [
            { Name: 'Source', Actions: ACTIONS },
            {
              Name: 'Deploy',
              Actions: ACTIONS,
              BeforeEntry: {
                Conditions: [
                  {
                    Rules: [
                      {
                        Name: 'window',
                        RuleTypeId: {
                          Category: 'Rule',
                          Owner: 'AWS',
                          Provider: 'DeploymentWindow',
                          Version: '1',
                        },
                        Configuration: { Cron: cron, TimeZone: timeZone },
                      },
                    ],
                  },
                ],
              },
            },
          ],
        },
      ]),
    ),
  'weekly windows': (window) =>
    Object.values(MaintainedService).flatMap((service) =>
      written(weeklyMaintenance(window, service), (text) => [
        maintained[service][0],
        { [maintained[service][1]]: text },
      ]),
    ),
  'event windows': (window) =>
    written(instanceEvents(window), (ranges) => [
      'AWS::EC2::InstanceEventWindow',
      {
        TimeRanges: ranges.map(({ startWeekDay, startHour, endWeekDay, endHour }) => ({
          StartWeekDay: startWeekDay,
          StartHour: startHour,
          EndWeekDay: endWeekDay,
          EndHour: endHour,
        })),
      },
    ]),
};

/** What CloudFormation says of the values of each resource; that the rest of it is left out does not count. */
function violations(resources: readonly (readonly [string, Properties])[]): readonly string[] {
  const entries = resources.map(([Type, properties], index) => [
    `R${index}`,
    { Type, Properties: properties },
  ]);
  return [...new Set(schemaViolations({ Resources: Object.fromEntries(entries) }))];
}

/** The grammar that the services document and CloudFormation has not: `ddd:hh24:mi-ddd:hh24:mi`, lower case. */
const WEEKLY =
  /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/;

describe('the schemas of CloudFormation take what is written of a year of windows', () => {
  it.each(Object.entries(DIALECTS))('as %s', (_, write) => {
    const windows = [...ZONES, 'Asia/Tokyo'].flatMap((zone) =>
      fc.sample(randomWindow(zone), { seed: 20_261_125, numRuns: 24 }),
    );
    const resources = windows.flatMap(write);
    expect(resources.length).toBeGreaterThan(3);
    expect(violations(resources)).toEqual([]);
    for (const [type, properties] of resources)
      for (const [, property] of Object.values(maintained).filter(([each]) => each === type))
        expect(properties[property]).toMatch(WEEKLY);
  });

  it.each<readonly [string, Properties, string]>([
    [
      'AWS::ARCZonalShift::ZonalAutoshiftConfiguration',
      { PracticeRunConfiguration: { BlockedWindows: ['sun:01:00-sun:02:00'] } },
      'does not match pattern',
    ],
    [
      'AWS::EC2::InstanceEventWindow',
      { TimeRanges: [{ StartWeekDay: 'Sunday', StartHour: 1 }] },
      "'Sunday' is not one of",
    ],
    ['AWS::EC2::InstanceEventWindow', { TimeRanges: [{ StartHour: 24 }] }, '24 is greater than the maximum'],
    ['AWS::SSM::MaintenanceWindow', { Duration: 25 }, '25 is greater than the maximum of 24'],
    ['AWS::SSM::Document', { DocumentFormat: 'ICS' }, "'ICS' is not one of"],
    [
      'AWS::ApplicationSignals::ServiceLevelObjective',
      { ExclusionWindows: [{ Window: { Duration: 0, DurationUnit: 'WEEK' } }] },
      '0 is less than the minimum of 1',
    ],
    ['AWS::Scheduler::Schedule', { ScheduleExpression: '' }, 'length 0 is below minimum 1'],
    ['AWS::CloudWatch::AlarmMuteRule', { Rule: { Schedule: 'daily' } }, 'is not of type'],
    ['AWS::RDS::DBInstance', { PreferredMaintenanceWindow: ['sun'] }, 'is not of type'],
    [
      'AWS::CloudWatch::AnomalyDetector',
      { Configuration: { ExcludedTimeRanges: [{ StartTime: '2026-12-06T02:00:00' }] } },
      "'EndTime' is a required property",
    ],
    ['AWS::CodePipeline::Pipeline', { Stages: 'Deploy' }, 'is not of type'],
  ])('and no other: %s %j', (type, properties, message) => {
    expect(violations([[type, properties]])).toContainEqual(expect.stringContaining(message));
  });
});
