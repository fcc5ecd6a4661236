import { weeklyWindow } from '../../weekly-window';
import { momentOf } from '../time-zone';
import { numberAt, type PlainProperty, PlannedKind, type PlannedWork, textAt } from './planned-work';
import type { PlannedTime, Times, TimesNotKnown } from './schedule-times';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const WEEK = 7 * DAY;

/** Monday, 5 January 1970. */
const FIRST_MONDAY = 4 * DAY;

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** The properties that hold a weekly window of AWS. @internal */
export const WEEKLY_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'PreferredMaintenanceWindow',
  'AWS::RDS::DBCluster': 'PreferredMaintenanceWindow',
  'AWS::DocDB::DBCluster': 'PreferredMaintenanceWindow',
  'AWS::DocDB::DBInstance': 'PreferredMaintenanceWindow',
  'AWS::Neptune::DBCluster': 'PreferredMaintenanceWindow',
  'AWS::Neptune::DBInstance': 'PreferredMaintenanceWindow',
  'AWS::Redshift::Cluster': 'PreferredMaintenanceWindow',
  'AWS::ElastiCache::CacheCluster': 'PreferredMaintenanceWindow',
  'AWS::ElastiCache::ReplicationGroup': 'PreferredMaintenanceWindow',
  'AWS::MemoryDB::Cluster': 'MaintenanceWindow',
  'AWS::DMS::ReplicationInstance': 'PreferredMaintenanceWindow',
  'AWS::DAX::Cluster': 'PreferredMaintenanceWindow',
  'AWS::AmazonMQ::Broker': 'MaintenanceWindowStartTime',
  'AWS::FSx::FileSystem': 'WeeklyMaintenanceStartTime',
  'AWS::EC2::InstanceEventWindow': 'TimeRanges',
};

/** FSx keeps it with the kind of the file system. */
const FSX = ['LustreConfiguration', 'WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];

/** @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/maintaining-brokers.html */
const BROKER_HOURS = 2;

/** @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/maintenance-windows.html */
const FILE_SYSTEM_MINUTES = 30;

/** The weekly windows of AWS that a resource chooses; nothing where AWS chooses. @internal */
export function weeklyWork(type: string, property: PlainProperty): readonly PlannedWork[] {
  return timesOf(type, property).map((times) => ({
    kind: PlannedKind.AWS_MAINTENANCE,
    what: 'may be maintained by AWS',
    sometime: true,
    times,
  }));
}

function timesOf(type: string, property: PlainProperty): readonly (Times | TimesNotKnown)[] {
  switch (type) {
    case 'AWS::AmazonMQ::Broker':
      return brokerTimes(property);
    case 'AWS::FSx::FileSystem':
      return FSX.flatMap((kind) => fileSystemTimes(property(`${kind}.WeeklyMaintenanceStartTime`)));
    case 'AWS::EC2::InstanceEventWindow':
      return eventTimes(property);
    default:
      return databaseTimes(property, WEEKLY_PROPERTIES[type]);
  }
}

function databaseTimes(
  property: PlainProperty,
  name: string | undefined,
): readonly (Times | TimesNotKnown)[] {
  const value = name === undefined ? undefined : property(name);
  if (name === undefined || value === undefined) return [];
  const window = typeof value === 'string' ? weeklyWindow(value) : undefined;
  return [window ? weekly(window.start * MINUTE, window.minutes * MINUTE) : notKnown(name)];
}

function brokerTimes(property: PlainProperty): readonly (Times | TimesNotKnown)[] {
  const path = 'MaintenanceWindowStartTime';
  if (property(path) === undefined) return [];
  const day = DAYS.indexOf((textAt(property, `${path}.DayOfWeek`) ?? '').toUpperCase());
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(textAt(property, `${path}.TimeOfDay`) ?? '') ?? [];
  if (day < 0 || hour === undefined) return [notKnown(path)];
  const start = day * DAY + Number(hour) * HOUR + Number(minute) * MINUTE;
  return [weekly(start, BROKER_HOURS * HOUR, textAt(property, `${path}.TimeZone`))];
}

/** `1:05:00`: from Monday on. */
function fileSystemTimes(value: unknown): readonly (Times | TimesNotKnown)[] {
  if (value === undefined) return [];
  const [, day, hour, minute] = /^([1-7]):(\d\d):(\d\d)$/.exec(String(value)) ?? [];
  if (day === undefined) return [notKnown('WeeklyMaintenanceStartTime')];
  const start = (Number(day) - 1) * DAY + Number(hour) * HOUR + Number(minute) * MINUTE;
  return [weekly(start, FILE_SYSTEM_MINUTES * MINUTE)];
}

function eventTimes(property: PlainProperty): readonly (Times | TimesNotKnown)[] {
  const ranges = property('TimeRanges');
  if (!Array.isArray(ranges))
    return property('CronExpression') === undefined ? [] : [notKnown('CronExpression')];
  return ranges.map((_, index) => {
    const at = (what: 'Start' | 'End'): number => {
      const day = DAYS.indexOf((textAt(property, `TimeRanges.${index}.${what}WeekDay`) ?? '').toUpperCase());
      const hour = numberAt(property, `TimeRanges.${index}.${what}Hour`);
      return day < 0 || hour === undefined ? Number.NaN : day * DAY + hour * HOUR;
    };
    const [start, end] = [at('Start'), at('End')];
    return Number.isNaN(start + end) ? notKnown('TimeRanges') : weekly(start, (end - start + WEEK) % WEEK);
  });
}

function notKnown(property: string): TimesNotKnown {
  return { unknown: `${property} is known at deployment only, or no weekly time` };
}

/** A stretch of each week, from the start of Monday on, on the clocks of a zone. @internal */
export function weekly(start: number, seconds: number, timeZone = 'UTC'): Times {
  return (from, until) => {
    const found: PlannedTime[] = [];
    const first = Math.floor((from - DAY - seconds - FIRST_MONDAY) / WEEK) - 1;
    for (let week = first; FIRST_MONDAY + week * WEEK < until + DAY; week += 1) {
      const at = momentOf(timeZone, FIRST_MONDAY + week * WEEK + start).at;
      if (at + seconds > from && at < until) found.push({ start: at, end: at + seconds });
    }
    return found;
  };
}
