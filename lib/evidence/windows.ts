import { printable } from '../assembly/source/printable';
import type { PlannedMeetings, ResourceMeeting, UntimedWork } from '../audit/planned-meetings';
import { durationWords } from '../calculus/duration-words';
import { localText, utcText } from '../calculus/windows/expressed';
import { HORIZON_DAYS, occurrences } from '../calculus/windows/occurrences';
import { type Overlap, overlaps } from '../calculus/windows/overlaps';
import type { CatalogueWindow } from '../objectives/catalogue-window';

/** What is asked about windows. */
export interface WindowsToCome {
  readonly windows: readonly CatalogueWindow[];

  /** From when on, in seconds since 1970. */
  readonly from: number;

  /** How many times of each window are shown. */
  readonly count: number;

  /** Where resources do something while a window forbids it. */
  readonly planned: PlannedMeetings;
}

const DAY = 86_400;

/** A window that comes once a year is seen five times. */
const YEARS_AHEAD = 6;
const YEAR = 366 * DAY;

/** The windows for people: when each comes next on the clocks of its zone, and where two meet that must not. */
export function* windowsText(asked: WindowsToCome): Generator<string> {
  if (asked.windows.length === 0) {
    yield 'no windows: no template carries any\n';
    return;
  }
  for (const window of asked.windows) yield* windowText(window, asked);
  const found = overlapsOf(asked);
  const { meetings, untimed } = asked.planned;
  if (found.length === 0) yield `no two meet in ${HORIZON_DAYS} days\n`;
  for (const overlap of found) yield `${meeting(overlap)}\n`;
  for (const each of meetings) yield `${work(each)}\n`;
  for (const each of untimed) yield `${notKnown(each)}\n`;
}

/** `Experiment (AWS::Scheduler::Schedule in Shop) starts an experiment of FIS during the freeze holidays: …` */
function work({
  resource,
  work: { what, sometime },
  window,
  first,
  times,
  avoidable,
}: ResourceMeeting): string {
  const may = sometime ? 'may come' : 'comes';
  const when = `${localText(window.timeZone, first.start)} ${printable(window.timeZone)}`;
  const again = times > 1 ? `, the first of ${times} times in ${HORIZON_DAYS} days` : '';
  const note = avoidable ? '' : '; no date can be left out there: have nothing pending for it then';
  return `${nameOf(resource)} ${what}: it ${may} during the ${window.kind} ${printable(window.id)} on ${when}${again}${note}`;
}

function notKnown({ resource, work: { what, times }, reason }: UntimedWork): string {
  const open = typeof times === 'function' ? 'until when' : 'when';
  return `${nameOf(resource)} ${what}, and it is not known ${open}: ${printable(reason)}`;
}

function nameOf({ origin, logicalId, type, stack }: ResourceMeeting['resource']): string {
  return `${printable(origin?.path ?? logicalId)} (${printable(type)} in ${printable(stack.id)})`;
}

function* windowText(window: CatalogueWindow, asked: WindowsToCome): Generator<string> {
  const { id, kind, durationSeconds, timeZone, reason, approver } = window;
  const length = durationWords(durationSeconds);
  yield `${printable(id)}  ${kind}, ${length}, ${printable(timeZone)}${services(window)}\n`;
  yield `  ${printable(reason)}${approver === undefined ? '' : ` (${printable(approver)})`}\n`;
  const next = nextOf(window, asked);
  for (const { start, end } of next) yield `  ${line(window, start, end)}\n`;
  if (next.length === 0) yield '  is over\n';
  else if (next.length < asked.count) yield '  and then no more\n';
}

/** The same for machines; `schemas/windows-1.schema.json` describes it. */
export function* windowsJson(asked: WindowsToCome): Generator<string> {
  const json = {
    schema: 'nines.windows/1',
    from: zulu(asked.from),
    windows: asked.windows.map((window) => ({
      ...window,
      next: nextOf(window, asked).map(({ start, end }) => ({
        start: zulu(start),
        end: zulu(end),
        local: localText(window.timeZone, start),
      })),
    })),
    overlaps: overlapsOf(asked).map(({ one, other, start, end }) => ({
      one: one.id,
      other: other.id,
      start: zulu(start),
      end: zulu(end),
    })),
    planned: asked.planned.meetings.map((each) => ({
      ...resourceJson(each),
      window: each.window.id,
      start: zulu(each.first.start),
      end: zulu(each.first.end),
      times: each.times,
      avoidable: each.avoidable,
    })),
    unknown: asked.planned.untimed.map((each) => ({ ...resourceJson(each), reason: each.reason })),
  };
  yield `${JSON.stringify(json, undefined, 2)}\n`;
}

function resourceJson({ resource, work: { kind, what } }: ResourceMeeting | UntimedWork) {
  const { stack, logicalId, type, origin } = resource;
  return {
    app: stack.graph.name,
    stack: stack.id,
    logicalId,
    type,
    ...(origin?.path !== undefined && { constructPath: origin.path }),
    kind,
    what,
  };
}

/** Where windows meet that must not, 400 days ahead. */
export function overlapsOf({ windows, from }: WindowsToCome): readonly Overlap[] {
  return overlaps(windows, from, from + HORIZON_DAYS * DAY);
}

function nextOf(window: CatalogueWindow, { from, count }: WindowsToCome) {
  return occurrences(window, from, from + YEARS_AHEAD * YEAR).slice(0, count);
}

function services({ appliesTo }: CatalogueWindow): string {
  return appliesTo === undefined ? '' : `, for ${appliesTo.map(printable).join(', ')}`;
}

/** `Sun 2026-12-06 02:00 - 04:00 (01:00 UTC)`, with the day of the end where it is another one. */
function line({ timeZone }: CatalogueWindow, start: number, end: number): string {
  const [from, to] = [localText(timeZone, start), localText(timeZone, end)];
  const [day, until] = [from.slice(0, 10), to.startsWith(from.slice(0, 10)) ? to.slice(11) : to];
  const weekday = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    timeZone: 'UTC',
  });
  return `${weekday} ${from} - ${until} (${utcText(start).slice(11, 16)} UTC)`;
}

function meeting({ one, other, start, end }: Overlap): string {
  const when = `${localText(one.timeZone, start)} ${printable(one.timeZone)}`;
  return `${printable(one.id)} (${one.kind}) and ${printable(other.id)} (${other.kind}) meet on ${when} for ${durationWords(end - start)}`;
}

function zulu(moment: number): string {
  return `${utcText(moment)}Z`;
}
