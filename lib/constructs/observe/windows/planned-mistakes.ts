import { type CfnResource, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { localText } from '../../../calculus/windows/expressed';
import type { BegunResource } from '../../../calculus/windows/planned/lengths';
import { meetingsOf, type PlannedMeeting } from '../../../calculus/windows/planned/meetings';
import {
  type PlainProperty,
  PlannedKind,
  type PlannedWork,
} from '../../../calculus/windows/planned/planned-work';
import { PLANNING_TYPES, plannedWork } from '../../../calculus/windows/planned/work-of';
import type { MaintenanceWindow } from '../../../objectives/maintenance-window';
import type { Mistake } from '../../../objectives/mistakes';
import { ServiceScope } from '../../governance/service-scope';
import { writtenPropertiesOf } from '../../governance/written-properties';
import { resourcesIn } from '../mandatory/template-view';
import { listedDays } from './looked-at';

/**
 * What resources of the app do at times of their own while a window forbids it, as far as another time can be chosen. What AWS
 * maintains each week cannot leave a date out: `nines windows next` tells it.
 *
 * @param day the day from which windows are looked at; the first of each where it is left out
 * @internal
 */
export function plannedMistakes(
  schedule: IConstruct,
  windows: readonly MaintenanceWindow[],
  day: string | undefined,
): Mistake[] {
  const app = Stage.of(schedule) ?? schedule.node.root;
  const mine = ServiceScope.of(schedule)?.service.name;
  return resourcesIn(app, ...PLANNING_TYPES).flatMap((resource) => {
    const theirs = ServiceScope.of(resource)?.service.name;
    const own = windows.filter(({ appliesTo = mine === undefined ? undefined : [mine] }) =>
      theirs === undefined || appliesTo === undefined ? true : appliesTo.includes(theirs),
    );
    const { type, property, begins } = plainOf(resource);
    return plannedWork(type, property, begins).flatMap((work) =>
      own
        .flatMap((window) => {
          const { from, until } = listedDays(window, day);
          return meetingsOf(work, [window], from, until);
        })
        .filter(({ avoidable }) => avoidable)
        .map((meeting) => mistakeOf(resource, work, meeting)),
    );
  });
}

function mistakeOf(
  { node }: CfnResource,
  { kind, what, sometime }: PlannedWork,
  { window, first, times }: PlannedMeeting<MaintenanceWindow>,
): Mistake {
  const when = `${localText(window.timeZone, first.start)} ${window.timeZone}`;
  const again = times > 1 ? `, the first of ${times} times` : '';
  const other =
    kind === PlannedKind.DRILL && sometime === true
      ? 'block those times: blockedTimes of the schedule says them'
      : 'let it come at another time, or not in those months';
  return {
    problem: `${node.path} ${what}: it ${sometime ? 'may come' : 'comes'} during the ${window.kind} ${window.id} on ${when}${again}`,
    fix: `${other}, or say in appliesTo which services ${window.id} is for`,
  };
}

function plainOf(resource: CfnResource): BegunResource {
  const property = propertyOf(resource);
  const begins = (path: string) => namedIn(property(path), resource).map(plainOf);
  return { type: resource.cfnResourceType, property, begins };
}

const NAMES = /"(?:Ref|Fn::GetAtt)":\["?([^",\]]+)|"Ref":"([^"]+)"/g;

/** The resources of its stack that a value of a resource names. */
function namedIn(value: unknown, { stack }: CfnResource): readonly CfnResource[] {
  const ids = [...JSON.stringify(value ?? '').matchAll(NAMES)].map(([, attribute, ref]) => attribute ?? ref);
  if (ids.length === 0) return [];
  return resourcesIn(stack).filter(
    (each) => each.stack === stack && ids.includes(stack.resolve(each.logicalId)),
  );
}

/** A property as its template will have it. */
function propertyOf(resource: CfnResource): PlainProperty {
  let properties: Readonly<Record<string, unknown>> | undefined;
  return (path) => {
    properties ??= writtenPropertiesOf(resource);
    return plain(path.split('.').reduce(partOf, properties));
  };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A text around what deploy fills in has `{}` there. */
function plain(value: unknown): unknown {
  const joined = partOf(value, 'Fn::Join');
  if (!Array.isArray(joined) || !Array.isArray(joined[1])) return value;
  return joined[1].map((part) => (typeof part === 'string' ? part : '{}')).join(String(joined[0]));
}
