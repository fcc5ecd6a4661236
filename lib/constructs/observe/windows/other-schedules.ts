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
}

/** A window, with the schedule that it stands in. */
interface PlacedWindow extends CatalogueWindow {
  readonly schedule: Scheduled;
}

const SCHEDULES = new WeakMap<IConstruct, Scheduled[]>();

/** The schedules of an app that were made before one, in all its regions. @internal */
export function schedulesBefore(schedule: Scheduled): readonly Scheduled[] {
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
  const service = ServiceScope.of(schedule)?.service.name;
  return schedule.windows.map((window) => ({
    ...catalogueWindow(window, service === undefined ? undefined : [service]),
    schedule,
  }));
}
