import { printable } from '../assembly/source/printable';
import type { EventShare } from '../assessment/assessment';
import type { MovedUnits, UnitsWhat } from '../assessment/capacity-difference';
import { type DataChange, fits } from '../assessment/changes';
import type { MovedOwed, MovedRecovery, MovedTime, ServiceDifference } from '../assessment/difference';
import { nameOf } from '../assessment/modelling';
import { labelOf } from '../assessment/stages';
import { durationWords } from '../calculus/duration-words';
import { disruptionName } from '../objectives/disruption';
import { dataWords } from './duration-words';
import { eventWords } from './event-words';
import { inert } from './markdown/text';

/** What a change does, between two apps. */
export interface Difference {
  readonly services: readonly ServiceDifference[];
  readonly data: readonly DataChange[];
}

/** More than these are in the numbers for machines. */
const MOST_COSTS = 5;

/** A difference for people. */
export function* differenceText({ services, data }: Difference): Generator<string> {
  for (const service of services) for (const line of linesOf(service)) yield `${line}\n`;
  for (const change of data) yield `${dataLine(change)}\n`;
  if (services.every(isStill) && data.length === 0) yield 'nothing moves\n';
}

/** The same for a pull request. */
export function* differenceMarkdown({ services, data }: Difference): Generator<string> {
  yield '<!-- nines-diff -->\n## What this change does to availability\n\n';
  for (const service of services) {
    const [head = '', ...rest] = linesOf(service);
    yield `**${inert(head)}**\n\n`;
    for (const line of rest) yield `- ${inert(line.trim())}\n`;
    yield '\n';
  }
  if (data.length > 0) yield '### What holds data\n\n';
  for (const change of data) yield `- ${inert(dataLine(change))}\n`;
}

/** The same for machines; `schemas/difference-1.schema.json` describes it. */
export function* differenceJson({ services, data }: Difference): Generator<string> {
  const json = {
    schema: 'nines.difference/1',
    services: services.map((service) => ({
      name: printable(service.name),
      ...(service.stage !== undefined && { stage: printable(service.stage) }),
      state: service.before ? (service.after ? 'kept' : 'gone') : 'new',
      downtimeMinutesPerYear: {
        before: service.minutesPerYear.before ?? null,
        after: service.minutesPerYear.after ?? null,
      },
      ...(service.owed && {
        owed: { minutesPerYear: service.owed.minutesPerYear, meets: meetsJson(service.owed.meets) },
      }),
      newSinglePointsOfFailure: service.newSinglePoints.map(({ event }) => printable(event.id)),
      mendedSinglePointsOfFailure: service.mendedSinglePoints.map(({ event }) => printable(event.id)),
      costs: service.costs.map(({ share, minutesPerYear }) => ({
        event: printable(share.event.id),
        minutesPerYear,
      })),
      recovery: service.recovery.map(({ disruption, rto, rpo, meets }) => ({
        disruption,
        rtoSeconds: finiteMoved(rto),
        rpoSeconds: finiteMoved(rpo),
        meets: meetsJson(meets),
        ...(notKnown({ rto, rpo }) && { notKnown: notKnown({ rto, rpo }) }),
      })),
      units: service.capacity.units.map(({ resource, noun, what, before, after }) => ({
        resource: printable(nameOf(resource)),
        unit: noun,
        what,
        before,
        after,
      })),
      lostCapacity: service.capacity.lost.map(({ resource, what, found, needed }) => ({
        resource: printable(nameOf(resource)),
        what: printable(what),
        found: printable(found),
        needed: printable(needed),
      })),
      ...(service.noLongerAssessed && { noLongerAssessed: true }),
      worse: service.worse,
    })),
    data: data.map(({ kind, resource, properties, kept, regions }) => ({
      kind,
      resource: printable(nameOf(resource)),
      type: printable(resource.type),
      properties: properties.map(printable),
      kept,
      ...(regions && { regions: regions.map(printable) }),
    })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function meetsJson({ before, after }: MovedOwed['meets']): {
  readonly before: boolean | null;
  readonly after: boolean | null;
} {
  return { before: before ?? null, after: after ?? null };
}

/** On which sides a null is what nobody knows, and not what never ends. */
function notKnown({ rto, rpo }: Pick<MovedRecovery, 'rto' | 'rpo'>): readonly string[] | undefined {
  const sides = (what: string, { before, after }: MovedTime) => [
    ...(before === undefined ? [`${what}.before`] : []),
    ...(after === undefined ? [`${what}.after`] : []),
  ];
  const found = [...sides('rtoSeconds', rto), ...sides('rpoSeconds', rpo)];
  return found.length > 0 ? found : undefined;
}

function isStill({
  minutesPerYear,
  owed,
  newSinglePoints,
  mendedSinglePoints,
  recovery,
  capacity,
}: ServiceDifference): boolean {
  const moved = minutesPerYear.before !== minutesPerYear.after;
  return (
    !moved &&
    owed === undefined &&
    newSinglePoints.length +
      mendedSinglePoints.length +
      recovery.length +
      capacity.units.length +
      capacity.lost.length ===
      0
  );
}

function linesOf(service: ServiceDifference): readonly string[] {
  const name = printable(labelOf(service));
  if (!service.before)
    return [
      service.minutesPerYear.after === undefined
        ? `${name} is new: nothing was found that serves, NOT ASSESSED`
        : `${name} is new: ${minutes(service.minutesPerYear.after)} down a year at best`,
    ];
  if (!service.after)
    return [
      service.noLongerAssessed ? `${name} is gone: nothing of it is assessed any more` : `${name} is gone`,
    ];
  if (isStill(service)) return [`${name} stays as it is`];
  const { before, after } = service.minutesPerYear;
  return [
    `${name} ${headOf(service)}`,
    ...(before === after ? [] : [`  down a year at best: ${minutesDown(before)} -> ${minutesDown(after)}`]),
    ...(service.owed
      ? owedLines(service.owed, { before: isSeen(service.before), after: isSeen(service.after) })
      : []),
    ...service.costs
      .slice(0, MOST_COSTS)
      .map(
        ({ share, minutesPerYear }) =>
          `  ${printable(share.event.what)} costs ${minutes(minutesPerYear.before)} -> ${minutes(minutesPerYear.after)} a year`,
      ),
    ...service.newSinglePoints.map((share) => `  new single point of failure: ${shareWords(share)}`),
    ...service.mendedSinglePoints.map(
      (share) => `  no longer a single point of failure: ${shareWords(share)}`,
    ),
    ...service.recovery.flatMap(recoveryLines),
    ...service.capacity.units.map(unitsLine),
    ...service.capacity.lost.map(
      ({ resource, what, found, needed }) =>
        `  ${printable(nameOf(resource))} no longer carries the ${printable(what)}: ${printable(found)}, of ${printable(needed)}`,
    ),
  ];
}

function headOf({ worse, noLongerAssessed }: ServiceDifference): string {
  if (noLongerAssessed) return 'can no longer be assessed';
  return worse ? 'no longer meets what it owes' : 'moves';
}

const UNITS: Readonly<Record<UnitsWhat, string>> = {
  minimum: 'at the least',
  desired: 'desired',
  maximum: 'at the most',
  leftWithoutZone: 'left without the fullest zone',
};

function unitsLine({ resource, noun, what, before, after }: MovedUnits): string {
  return `  ${noun}s of ${printable(nameOf(resource))} ${UNITS[what]}: ${before} -> ${after}`;
}

/** On which sides something is seen that serves. */
interface Seen {
  readonly before: boolean;
  readonly after: boolean;
}

function isSeen({ availability }: NonNullable<ServiceDifference['after']>): boolean {
  return availability.unknown === undefined;
}

function owedLines({ minutesPerYear: { before, after }, meets }: MovedOwed, seen: Seen): readonly string[] {
  return [
    ...(before === after ? [] : [`  owed a year at the most: ${minutes(before)} -> ${minutes(after)} down`]),
    ...(meets.before === meets.after ? [] : [`  ${keptWords(meets, seen)}`]),
  ];
}

function keptWords({ before, after }: MovedOwed['meets'], seen: Seen): string {
  if (after === undefined && seen.after) return 'whether it is as available as owed is not known now';
  if (after === undefined) return 'nothing is found any more that serves: NOT ASSESSED';
  const kept = after ? 'as available as owed' : 'not as available as owed';
  if (before === undefined)
    return `${seen.before ? 'it was not known whether it was' : 'nothing was found before that serves'}; ${kept} now`;
  return after ? `${kept} now` : 'no longer as available as owed';
}

function recoveryLines({ disruption, rto, rpo, meets }: MovedRecovery): readonly string[] {
  const lost = meets.before === true ? lostWords(meets.after) : '';
  const when = disruptionName(disruption);
  const line = (what: string, { before, after }: MovedTime, words = durationWords) =>
    before === after
      ? []
      : [`  ${what} after ${when}: ${wordsOf(before, words)} -> ${wordsOf(after, words)}${lost}`];
  const lines = [...line('back', rto), ...line('data lost', rpo, dataWords)];
  if (lines.length > 0) return lines;
  const [was, is] = [asOwed(meets.before), asOwed(meets.after)];
  return [
    `  after ${when}, ${backWords(rto.after)} with ${wordsOf(rpo.after, dataWords)} lost: ${was} -> ${is}`,
  ];
}

function backWords(seconds: number | undefined): string {
  if (seconds === undefined) return 'back at a time that is NOT KNOWN';
  return Number.isFinite(seconds) ? `back in ${durationWords(seconds)}` : 'never back';
}

/** What follows what was as owed. */
function lostWords(meets: boolean | undefined): string {
  if (meets === undefined) return ', not known whether as owed';
  return meets ? '' : ', more than owed';
}

function wordsOf(seconds: number | undefined, words: (seconds: number) => string): string {
  return seconds === undefined ? 'NOT KNOWN' : words(seconds);
}

function asOwed(meets: boolean | undefined): string {
  if (meets === undefined) return 'not known whether as owed';
  return meets ? 'as owed' : 'more than owed';
}

function shareWords({ event, minutesPerYear }: EventShare): string {
  return `${printable(eventWords(event))} (${minutes(minutesPerYear)} a year)`;
}

const FATES = {
  itself: 'the old one is kept',
  snapshot: 'a last snapshot is kept',
  elsewhere: 'its cluster keeps the data',
  nothing: 'its data is deleted',
} as const;

function dataLine(change: DataChange): string {
  const { kind, resource, properties, kept, regions } = change;
  if (regions) return replicaLine(change, regions);
  const by = properties.length === 0 ? '' : ` by ${properties.map(printable).join(', ')}`;
  const unfit = kept !== 'nothing' && !fits(properties) ? ', which the new one cannot take' : '';
  const fate = kind === 'interrupted' ? 'its data stays' : `${FATES[kept]}${unfit}`;
  return `${printable(nameOf(resource))} (${printable(resource.type)}) is ${kind}${by}: ${fate}`;
}

function replicaLine({ kind, resource, kept }: DataChange, regions: readonly string[]): string {
  const loses = kind === 'replica removed' ? 'loses' : 'perhaps loses';
  const which = `its replica${regions.length === 1 ? '' : 's'} in ${regions.map(printable).join(', ')}`;
  const fate = kept === 'nothing' ? FATES.nothing : 'its other replicas keep the data';
  return `${printable(nameOf(resource))} (${printable(resource.type)}) ${loses} ${which}: ${fate}`;
}

/** Where nobody comes in, no number says anything. */
function minutesDown(value: number | undefined): string {
  return value === undefined ? 'no entry point' : minutes(value);
}

function minutes(value: number): string {
  return value >= 100 ? `${Math.round(value)} min` : `${Number(value.toPrecision(3))} min`;
}

function finiteMoved({ before, after }: MovedTime): {
  readonly before: number | null;
  readonly after: number | null;
} {
  const finite = (value = Number.POSITIVE_INFINITY) => (Number.isFinite(value) ? value : null);
  return { before: finite(before), after: finite(after) };
}
