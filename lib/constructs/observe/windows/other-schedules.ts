import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { overlaps, shareService, WindowKind } from '../../../calculus/windows/overlaps';
import { type CatalogueWindow, catalogueWindow } from '../../../objectives/catalogue-window';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import type { Mistake } from '../../../objectives/mistakes';
import { ServiceScope } from '../../governance/service-scope';
import { overlapMistakes, type Stretch } from './schedule-mistakes';

/** A construct with windows. @internal */
export interface Scheduled extends IConstruct {
  readonly windows: readonly MaintenanceWindow[];

  /** The day from which lists are written, where one is given. */
  readonly from: string | undefined;
}

/** A window, with the schedule that it stands in. @internal */
export interface PlacedWindow extends CatalogueWindow {
  readonly schedule: Scheduled;
}

const SCHEDULES = new WeakMap<IConstruct, Scheduled[]>();

/** The schedules of an app that are made by now, in all its regions. @internal */
export function schedulesBefore(schedule: IConstruct): readonly Scheduled[] {
  return SCHEDULES.get(appOf(schedule)) ?? [];
}

/** Lets the schedules that are made later know of one. @internal */
export function addSchedule(schedule: Scheduled): void {
  const app = appOf(schedule);
  SCHEDULES.set(app, [...(SCHEDULES.get(app) ?? []), schedule]);
}

function appOf(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}

function inOnePlace(one: IConstruct, other: IConstruct): boolean {
  const [mine, theirs] = [Stack.of(one), Stack.of(other)];
  if (mine === theirs) return true;
  const places = [mine, theirs].map(({ region, account }) => [region, account]);
  return !places.flat().some(Token.isUnresolved) && String(places[0]) === String(places[1]);
}

/**
 * The maintenance of others that is of the service of a schedule, in its region and account. Regions are maintained one after the
 * other: those of other regions have their own time.
 *
 * @internal
 */
export function maintenanceWith(schedule: Scheduled, others: readonly Scheduled[]): readonly PlacedWindow[] {
  const mine = ServiceScope.of(schedule)?.service.name;
  return others
    .filter((other) => inOnePlace(schedule, other))
    .flatMap(placed)
    .filter(({ kind }) => kind === WindowKind.MAINTENANCE)
    .filter(({ appliesTo }) => mine === undefined || appliesTo === undefined || appliesTo.includes(mine));
}

/**
 * The maintenance that counts for a service where a schedule is: that of the schedule itself first, as far as it does not say that it is
 * for others, then that of all schedules that are made by now. A window that several say is there once.
 *
 * @internal
 */
export function maintenanceOf(service: string | undefined, schedule: Scheduled): readonly PlacedWindow[] {
  const mine = service ?? ServiceScope.of(schedule)?.service.name;
  const isMine = ({ appliesTo }: Pick<CatalogueWindow, 'appliesTo'>) =>
    appliesTo === undefined || (mine !== undefined && appliesTo.includes(mine));
  // Whoever names a schedule means it, of whichever service it is.
  const own = schedule.windows.filter((window) => mine === undefined || isMine(window));
  const theirs = schedulesBefore(schedule)
    .filter((other) => other !== schedule && inOnePlace(schedule, other))
    .flatMap(placed)
    .filter(isMine);
  const all = [...own.map((window) => placedIn(schedule, window)), ...theirs].filter(
    ({ kind }) => kind === WindowKind.MAINTENANCE,
  );
  return all.filter((window, index) => all.findIndex((each) => isSameTime(each, window)) === index);
}

/** Whether two are one window that is said twice, for whichever services. @internal */
export function isSameTime(one: PlacedWindow, other: PlacedWindow): boolean {
  const [mine, theirs] = [one, other].map(
    ({ id, start, durationSeconds, timeZone, lastDay, recurrence: { every, ...days } }) =>
      JSON.stringify([id, start, durationSeconds, timeZone, lastDay, every, Object.entries(days).sort()]),
  );
  return mine === theirs;
}

/**
 * What cannot be of the windows of a schedule beside those of others. A freeze in one region of a service is one in all: those of
 * other regions are compared where both say of which service they are.
 *
 * @internal
 */
export function mistakesBeside(
  schedule: Scheduled,
  others: readonly Scheduled[],
  { from, until }: Stretch,
): Mistake[] {
  const own = placed(schedule);
  const theirs = others
    .filter((other) => inOnePlace(schedule, other) || (isOfService(schedule) && isOfService(other)))
    .flatMap(placed);
  const apart = theirs.filter((each) => !own.some((window) => isSame(window, each)));
  const called = apart.map((each) => ({ ...each, id: `${each.id} (of ${each.schedule.node.path})` }));
  const met = overlaps([...own, ...called], from, until).filter(
    ({ one, other }) => [one, other].filter((each) => called.some((window) => window === each)).length === 1,
  );
  return [...own.flatMap((window) => nameMistakes(window, theirs)), ...overlapMistakes(met)];
}

/** Each stack may say the same window, to have its own alarms mute. */
function nameMistakes(window: PlacedWindow, others: readonly PlacedWindow[]): Mistake[] {
  const mine = Stack.of(window.schedule);
  return others
    .filter((other) => other.id === window.id && shareService(other, window))
    .flatMap((other) => {
      const { path } = other.schedule.node;
      const same = isSame(window, other);
      if (same && Stack.of(other.schedule) !== mine) return [];
      const problem = same
        ? `${path} has a window ${window.id} as well`
        : `${path} has another window ${window.id}`;
      return [{ problem, fix: 'give each an id of its own, or say it in one schedule' }];
    });
}

function isSame({ schedule: _, ...one }: PlacedWindow, { schedule: __, ...other }: PlacedWindow): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isOfService(schedule: Scheduled): boolean {
  return ServiceScope.of(schedule) !== undefined;
}

function placed(schedule: Scheduled): readonly PlacedWindow[] {
  return schedule.windows.map((window) => placedIn(schedule, window));
}

function placedIn(schedule: Scheduled, window: MaintenanceWindow): PlacedWindow {
  const service = ServiceScope.of(schedule)?.service.name;
  return { ...catalogueWindow(window, service === undefined ? undefined : [service]), schedule };
}
