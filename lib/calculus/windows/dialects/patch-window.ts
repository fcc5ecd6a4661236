import {
  type Expressed,
  expressed,
  type Inexpressible,
  lengthOutside,
  oddStart,
  utcText,
} from '../expressed';
import { firstMoment, type LocalWindow } from '../occurrences';
import { cronFields, sixFields } from './cron-fields';
import { lastStart } from './schedules';

/** A maintenance window of Systems Manager: when tasks may run on instances. */
export interface PatchWindow {
  /** `cron(0 2 ? * SUN *)`, or `at(2026-12-06T01:00:00)` in UTC */
  readonly schedule: string;

  /** An IANA name; left out where it comes once. */
  readonly scheduleTimezone?: string;

  /** Whole hours, 1 to 24. */
  readonly duration: number;

  /** The first moment at which it may come, in UTC: `2026-12-06T01:00:00Z`; left out where it comes once. */
  readonly startDate?: string;

  /** The last one: `2026-12-31T03:00:00Z`. @default - it comes for ever */
  readonly endDate?: string;
}

const HOUR = 3_600;

/**
 * A window as one of Systems Manager, in whole hours.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 */
export function patchWindow(window: LocalWindow): Expressed<PatchWindow> {
  const refusals = [
    lengthOutside(window, 'Systems Manager', { least: HOUR, most: 24 * HOUR }),
    wholeHours(window),
    oddStart(window, 'Systems Manager does not say what it does then'),
  ];
  return expressed(refusals, () => ({ ...whenOf(window), duration: window.durationSeconds / HOUR }));
}

function whenOf(window: LocalWindow): Omit<PatchWindow, 'duration'> {
  const first = utcText(firstMoment(window));
  if (window.recurrence.every === 'once') return { schedule: `at(${first})` };
  const { lastDay } = window;
  return {
    schedule: sixFields(cronFields(window)),
    scheduleTimezone: window.timeZone,
    startDate: `${first}Z`,
    ...(lastDay !== undefined && { endDate: `${utcText(lastStart(window, lastDay) + 60)}Z` }),
  };
}

function wholeHours({ durationSeconds }: LocalWindow): Inexpressible | undefined {
  if (durationSeconds % HOUR === 0) return undefined;
  return { problem: 'Systems Manager takes whole hours', fix: 'lengthen it to a whole hour' };
}
