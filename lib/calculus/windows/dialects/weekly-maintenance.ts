import {
  type Expressed,
  expressed,
  type Inexpressible,
  lengthOutside,
  movesInUtc,
  utcText,
} from '../expressed';
import { firstMoment, type LocalWindow } from '../occurrences';
import { dayNumber, WEEKDAYS, weekdayOf } from '../recurrence';
import { endless } from './slo-exclusion';

/** A service that AWS maintains once a week. */
export enum MaintainedService {
  RDS = 'RDS',
  DOCUMENT_DB = 'DocumentDB',
  NEPTUNE = 'Neptune',
  REDSHIFT = 'Redshift',
  ELASTICACHE = 'ElastiCache',
  MEMORY_DB = 'MemoryDB',
}

/**
 * The shortest window, in minutes.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html
 */
const LEAST_MINUTES: Readonly<Record<MaintainedService, number>> = {
  [MaintainedService.RDS]: 30,
  [MaintainedService.DOCUMENT_DB]: 30,
  [MaintainedService.NEPTUNE]: 30,
  [MaintainedService.REDSHIFT]: 30,
  [MaintainedService.ELASTICACHE]: 60,
  [MaintainedService.MEMORY_DB]: 60,
};

/** As long as a day and no longer: AWS maintains once within it. */
const MOST_SECONDS = 86_400;

/**
 * A window as the weekly one of a database or cache: `sun:02:00-sun:04:00`, in UTC. AWS may then work on it, and need not.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html
 */
export function weeklyMaintenance(window: LocalWindow, service: MaintainedService): Expressed<string> {
  const refusals = [
    onceAWeek(window, service),
    lengthOutside(window, service, { least: LEAST_MINUTES[service] * 60, most: MOST_SECONDS }),
    movesInUtc(window, service),
    endless(window, `the window of ${service}`),
  ];
  return expressed(refusals, () => {
    const start = firstMoment(window);
    return `${minuteOfWeek(start)}-${minuteOfWeek(start + window.durationSeconds)}`;
  });
}

function onceAWeek({ recurrence }: LocalWindow, service: string): Inexpressible | undefined {
  const { every, weekdays } = recurrence;
  if (every === 'week' && weekdays?.length === 1) return undefined;
  return {
    problem: `${service} is maintained once a week, and the window comes ${every === 'week' ? `${weekdays?.length} times a week` : inWords(recurrence)}`,
    fix: 'use Recurrence.weekly with one day',
  };
}

function inWords({ every, nth }: LocalWindow['recurrence']): string {
  if (every === 'once') return 'once only';
  return nth === undefined ? `once a ${every}` : 'on a weekday of each month';
}

/** `sun:02:00` @internal */
export function minuteOfWeek(moment: number): string {
  const text = utcText(moment);
  return `${weekdayOf(dayNumber(text)).toLowerCase()}:${text.slice(11, 16)}`;
}

/** The name of a weekday as ARC writes it: `Sun`. @internal */
export function capitalDay(weekday: string): string {
  const known = WEEKDAYS.find((each) => each.toLowerCase() === weekday) ?? weekday;
  return `${known.slice(0, 1)}${known.slice(1).toLowerCase()}`;
}
