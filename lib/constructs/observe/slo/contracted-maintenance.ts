import type { IConstruct } from 'constructs';
import { eventsWithin } from '../../../calculus/counted-events';
import { errorBudgetSeconds } from '../../../calculus/error-budget';
import { formatSeconds } from '../../../calculus/time-span';
import { mostExcludedTime } from '../../../calculus/windows/excluded-time';
import { ServiceLevelEngine } from '../../../objectives/catalogue';
import type { Mistake } from '../../../objectives/mistakes';
import { ServiceScope } from '../../governance/service-scope';
import { stretchOf } from '../windows/looked-at';
import type { MaintenanceSchedule } from '../windows/maintenance-schedule';
import { isSameTime, maintenanceOf, type PlacedWindow } from '../windows/other-schedules';
import { eventsPerHour } from './event-counts';
import type { ServiceLevelObjective } from './service-level-objective';
import type { WatchedWindow } from './slo-choices';

/**
 * The part of the error budget that may lie between the two series. An own decision.
 *
 * @internal
 */
export const MOST_HIDDEN = 0.25;

const HOUR = 3_600;
const DAY = 86_400;

/**
 * The maintenance that a contract leaves out: all that counts for its service in the region of a schedule, however many schedules
 * say it.
 *
 * @internal
 */
export class ContractedMaintenance {
  /** Each once, those of the schedule first. */
  readonly windows: readonly PlacedWindow[];

  /** The latest of the days from which the schedules write lists: the day of the synthesis. */
  readonly from: string | undefined;

  constructor(
    private readonly scope: IConstruct,
    private readonly schedule: MaintenanceSchedule,
  ) {
    this.windows = this.byNow;
    const days = [schedule, ...this.windows.map((window) => window.schedule)].map(({ from }) => from);
    this.from = days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1);
  }

  /** The most seconds that it takes of the window of an objective. */
  excludedFrom({ window }: WatchedWindow): number {
    const { from, until } = stretchOf(this.windows, this.from);
    return mostExcludedTime(this.windows, from, until, window.toSeconds() / DAY).seconds;
  }

  /** What cannot be of it. */
  get mistakes(): Mistake[] {
    const { path } = this.schedule.node;
    if (this.windows.length === 0)
      return [
        {
          problem: `${path} has no maintenance, so contract and raw would be the same`,
          fix: 'leave this out, or name a window of maintenance',
        },
      ];
    return this.windows.flatMap((window, index) =>
      this.windows
        .slice(0, index)
        .filter(({ id }) => id === window.id)
        .map((other) => ({
          problem: `${other.schedule.node.path} and ${window.schedule.node.path} have windows ${window.id} at different times`,
          fix: 'give each an id of its own',
        })),
    );
  }

  /** What schedules that were made later add to it, as words for a validation. */
  get lateWords(): string[] {
    return this.byNow
      .filter((window) => !this.windows.some((known) => isSameTime(known, window)))
      .map(
        ({ id, schedule }) =>
          `the maintenance ${id} of ${schedule.node.path} is counted by the contract, as that schedule was made after it; fix: make ${schedule.node.path} first`,
      );
  }

  private get byNow(): readonly PlacedWindow[] {
    return maintenanceOf(ServiceScope.of(this.scope)?.service.name, this.schedule);
  }
}

/**
 * Maintenance that is too short, all together, for an alarm on the gap to fire.
 *
 * @internal
 */
export function harmlessMistakes(watched: WatchedWindow, maintenance: ContractedMaintenance): Mistake[] {
  const hidden = maintenance.excludedFrom(watched);
  const most = MOST_HIDDEN * errorBudgetSeconds(watched.objective, watched.window);
  if (hidden > most) return [];
  const over = formatSeconds(watched.window.toSeconds());
  return [
    {
      problem: `all maintenance together takes ${formatSeconds(hidden)} of ${over}, and a quarter of the error budget of ${watched.name} is ${formatSeconds(Math.round(most))}: an alarm on what it hides could never fire`,
      fix: 'leave this out, and count the maintenance',
    },
  ];
}

/**
 * Windows of maintenance that hold too few events for an alarm on what they hide to fire.
 *
 * @param leastBad how many must go wrong in a window of so many seconds
 * @internal
 */
export function fewMistakes(
  { indicator, engine, node }: ServiceLevelObjective,
  windows: readonly PlacedWindow[],
  leastBad: (seconds: number) => number,
): Mistake[] {
  const perHour = eventsPerHour(indicator);
  if (perHour === undefined) return [];
  return windows.flatMap(({ id, durationSeconds }) => {
    const [events, least] = [eventsWithin(durationSeconds, perHour), leastBad(durationSeconds)];
    if (events >= least) return [];
    const needed = Math.ceil(Number(((least * HOUR * 100) / durationSeconds).toPrecision(12))) / 100;
    const fewer =
      events < 1 || least === 1 || engine !== ServiceLevelEngine.METRIC_MATH
        ? ''
        : `, or set leastBadEvents of ${node.path} to 1`;
    return [
      {
        problem: `the alarm on what ${id} hides can never fire: at ${Number(perHour.toPrecision(3))} events an hour its ${formatSeconds(durationSeconds)} hold ${Number(events.toFixed(2))}, and ${least} bad ${least === 1 ? 'one is' : 'ones are'} needed`,
        fix: `measure ${needed} events an hour or more${fewer}`,
      },
    ];
  });
}
