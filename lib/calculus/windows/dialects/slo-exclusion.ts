import { type Expressed, expressed, type Inexpressible, movesInUtc, utcText } from '../expressed';
import { inUtc } from '../moved-days';
import { firstMoment, type LocalWindow } from '../occurrences';
import { cronFields, sixFields } from './cron-fields';

/** A stretch of time that Application Signals leaves out of an objective. */
export interface SloExclusion {
  /** When it comes first, in UTC: `2026-12-06T03:00:00Z`. */
  readonly startTime: string;

  /** `cron(0 3 ? * SUN *)` in UTC. @default - it comes once */
  readonly expression?: string;

  /** How many of `durationUnit`. */
  readonly duration: number;
  readonly durationUnit: 'MINUTE' | 'HOUR';
}

/**
 * A window as an exclusion of a service-level objective in Application Signals, which knows UTC only. Where the clocks of
 * its time zone change it is refused: with a rule for summer and one for winter it would leave out twice the time.
 *
 * @see https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_ExclusionWindow.html
 */
export function sloExclusion(window: LocalWindow): Expressed<SloExclusion> {
  const utc = inUtc(window);
  const refusals = [
    movesInUtc(window, 'Application Signals'),
    endless(window, 'an exclusion'),
    'problem' in utc ? utc : undefined,
  ];
  return expressed(refusals, () => ({
    startTime: `${utcText(firstMoment(window))}Z`,
    ...(window.recurrence.every !== 'once' && { expression: sixFields(cronFields(utc as LocalWindow)) }),
    ...lengthOf(window.durationSeconds),
  }));
}

function lengthOf(seconds: number): Pick<SloExclusion, 'duration' | 'durationUnit'> {
  const minutes = seconds / 60;
  return minutes % 60 === 0
    ? { duration: minutes / 60, durationUnit: 'HOUR' }
    : { duration: minutes, durationUnit: 'MINUTE' };
}

/** A refusal where a window ends one day and the service cannot say so. @internal */
export function endless({ lastDay, recurrence }: LocalWindow, service: string): Inexpressible | undefined {
  if (lastDay === undefined || recurrence.every === 'once') return undefined;
  return {
    problem: `it comes for the last time on ${lastDay}, and ${service} has no end`,
    fix: 'leave lastDay out, and take the window out when it is over',
  };
}
