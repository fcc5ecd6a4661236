import { fail, type Judgement, notApplicable, pass, unknown } from '../assembly/judgement';
import type { Resource } from '../assembly/resource';
import { isMap, isScalar, type Scalar, Unknown, type Value } from '../assembly/value';
import { utcText } from '../calculus/windows/expressed';
import { type Occurrence, occurrences } from '../calculus/windows/occurrences';
import { CATALOGUE_KEY } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import type { CatalogueWindow } from '../objectives/catalogue-window';

const DAY = 86_400;

/** A window that comes once a year is seen. */
const AHEAD = 366 * DAY;

/** The times that a property lists, and the moments of each at which a window begins. */
export interface ListedTimes {
  readonly property: string;

  /** The first moment in the list, in seconds since 1970. */
  readonly from: number;

  /** The last moment that the list reaches, in seconds since 1970. */
  readonly end: number;

  /** Whether a time of a window is in the list. */
  readonly has: (time: Occurrence) => boolean;
}

/**
 * Judges a list that was written out of the windows of a service: it must reach further than today, where one of them comes
 * again. A list in which no window comes was made by hand, for something else.
 *
 * @param today the day, at midnight in UTC, in seconds since 1970
 */
export function judgeListed(
  resource: Resource,
  listed: ListedTimes,
  service: string | undefined,
  today: number,
): Judgement {
  const windows = windowsOf(resource, service);
  if (windows instanceof Unknown) return unknown(listed.property, windows);
  const written = windows.filter((window) =>
    occurrences(window, listed.from - DAY, Math.max(listed.from, listed.end) + DAY).some(listed.has),
  );
  const next = written
    .flatMap((window) =>
      occurrences(window, today, today + AHEAD)
        .slice(0, 1)
        .map(({ start }) => ({ window, start })),
    )
    .sort((one, other) => one.start - other.start)[0];
  if (!next) return notApplicable('no window of the service that comes again is written out here');
  const last = utcText(listed.end).slice(0, 10);
  return listed.end > today
    ? pass({ property: listed.property, found: `times until ${last}` })
    : fail({
        property: listed.property,
        found: `times until ${last}, and ${next.window.id} comes again on ${utcText(next.start).slice(0, 10)}`,
        needed: 'times that are to come',
      });
}

/** The windows that the templates of the app carry for a service. */
function windowsOf({ stack }: Resource, service: string | undefined): readonly CatalogueWindow[] | Unknown {
  const found: CatalogueWindow[] = [];
  for (const { source } of stack.graph.stacks) {
    const { Metadata: metadata } = source.template;
    if (!metadata || !Object.hasOwn(metadata, CATALOGUE_KEY)) continue;
    const reading = readCatalogue(metadata[CATALOGUE_KEY]);
    if ('problem' in reading) return new Unknown(`the windows of the service: ${reading.problem}`);
    found.push(...(reading.catalogue.windows ?? []));
  }
  return found.filter(({ appliesTo }) => !service || !appliesTo || appliesTo.includes(service));
}

/** The texts of a list; unknown where one is not known. @internal */
export function textsOf(values: readonly Value[], path?: string): readonly string[] | Unknown {
  const texts: string[] = [];
  for (const value of values) {
    const given: Value | undefined = path === undefined ? value : isMap(value) ? value[path] : undefined;
    if (given instanceof Unknown) return given;
    if (given === undefined || !isScalar(given))
      return new Unknown('a time in the list is no text before deploy');
    texts.push(String(given satisfies Scalar));
  }
  return texts;
}

/** @internal */
export function noDay(property: string): Judgement {
  return unknown(property, 'whether the times are over: no day is given');
}

/** The day, at midnight in UTC, in seconds since 1970. @internal */
export function midnight(today: Date): number {
  return Date.parse(today.toISOString().slice(0, 10)) / 1_000;
}

/** A moment in seconds since 1970; a time without a zone is in UTC. @internal */
export function momentOf(text: string): number {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T');
  return Date.parse(zoned ? text : `${text}Z`) / 1_000;
}
