import type { Recovery } from '../../assessment/assessment';
import { nameOf } from '../../assessment/modelling';
import { NO_LOSS } from '../../assessment/named-loss';
import type { TopologyComponent } from '../../assessment/topology';
import { type Loss, lost } from '../../assessment/what-if';
import { durationWords } from '../../calculus/duration-words';
import { shortName } from '../picture/labels';

import type { ServicePart } from './report-evidence';

/** More places than this are not offered: each is one pass over the fault tree. */
const MOST_PLACES = 40;

/** So many names are said; the rest are counted. */
const MOST_NAMES = 6;

/** A place that may be lost, and what that leaves of a service. */
export interface PlaceLoss {
  /** What scripts and pictures know it by: `p3`. */
  readonly key: string;

  /** The event that happens. */
  readonly event: string;

  /** `zone eu-west-1a` */
  readonly what: string;

  /** What is lost with it: a region takes its zones. */
  readonly places: readonly string[];
  readonly stops: boolean;

  /** The places of the components that fail, and of those that go on with less. */
  readonly failed: readonly number[];
  readonly impaired: readonly number[];

  /** What is lost, what runs with less and what is left, in words. */
  readonly lostWords: string;
  readonly lessWords: string;
  readonly leftWords: string;

  /** The probability that something else stops the service meanwhile. */
  readonly stoppedMeanwhile: number;
}

/** Every region and zone of a service, lost one at a time. */
export function lossesOf(part: ServicePart): readonly PlaceLoss[] {
  const { topology, assessed } = part;
  const { events } = assessed.availability.model;
  const places = topology.regions.flatMap(({ name, zones }) => [
    { event: `region:${name}`, region: name, zones: zones.map((zone) => `zone:${zone}`) },
    ...zones.map((zone) => ({ event: `zone:${zone}`, region: name, zones: [] })),
  ]);
  const known = places.filter(({ event }) => events.has(event)).slice(0, MOST_PLACES);
  const keys = new Map(known.map(({ event }, index) => [event, `p${index}`]));
  return known.map(({ event, region, zones }) => {
    const all = [event, ...zones.filter((zone) => events.has(zone))];
    const loss = lost(assessed.availability.model, all);
    return {
      key: keys.get(event) ?? '',
      event,
      what: events.get(event)?.what ?? event,
      places: all.map((each) => keys.get(each) ?? '').filter((key) => key !== ''),
      ...leavings(part, { loss, happened: new Set(all), home: region }),
      stoppedMeanwhile: meanwhile(part, event),
    };
  });
}

function meanwhile({ assessed }: ServicePart, event: string): number {
  const { shares, unavailability } = assessed.availability;
  return Math.min(1, (shares.find((share) => share.event.id === event)?.raw ?? 1) * unavailability);
}

type Leavings = Pick<PlaceLoss, 'stops' | 'failed' | 'impaired' | 'lostWords' | 'lessWords' | 'leftWords'>;

interface Happened {
  readonly loss: Loss;
  readonly happened: ReadonlySet<string>;

  /** The region of the place: what stands in it need not say so. */
  readonly home: string;
}

function leavings({ topology }: ServicePart, { loss, happened, home }: Happened): Leavings {
  const { components } = topology;
  const failing = new Set(loss.failedResources);
  const indexed = components.map((component, index) => ({ component, index }));
  const failed = indexed.filter(({ component }) => failing.has(component.resource.id));
  const kept = indexed.filter(({ component }) => !failing.has(component.resource.id));
  const reduced = new Set(loss.impairedResources);
  const impaired = kept.filter(({ component }) => hasLess(component, reduced, happened));
  return {
    stops: loss.serviceStops,
    failed: failed.map(({ index }) => index),
    impaired: impaired.map(({ index }) => index),
    lostWords: named(failed.map(({ component }) => nameInPlace(component, home))),
    lessWords: named(impaired.map(({ component }) => lessOf(component, happened, home))),
    leftWords: `${kept.length} of ${components.length}`,
  };
}

function hasLess(
  { resource, zones, regions }: TopologyComponent,
  reduced: ReadonlySet<string>,
  happened: ReadonlySet<string>,
): boolean {
  return (
    reduced.has(resource.id) ||
    zones.some(({ zone }) => happened.has(`zone:${zone}`)) ||
    regions.some((region) => happened.has(`region:${region}`))
  );
}

function lessOf(component: TopologyComponent, happened: ReadonlySet<string>, home: string): string {
  const { zones } = component;
  const all = zones.reduce((sum, { units }) => sum + units, 0);
  const gone = zones.reduce((sum, { zone, units }) => sum + (happened.has(`zone:${zone}`) ? units : 0), 0);
  const name = nameInPlace(component, home);
  return all > 0 ? `${name} (${all - gone} of ${all})` : name;
}

function nameInPlace(component: TopologyComponent, home: string): string {
  const [only] = component.regions;
  const name = shortName(component) || nameOf(component.resource);
  return component.regions.length === 1 && only !== undefined && only !== home ? `${name} in ${only}` : name;
}

function named(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** How the service comes back from the loss of a place. */
export function recoveryOf({ assessed }: ServicePart, { event }: PlaceLoss): Recovery {
  const name = new Set([event.slice(event.indexOf(':') + 1)]);
  return event.startsWith('region:')
    ? assessed.recoveryFrom({ ...NO_LOSS, regions: name }, 'region')
    : assessed.recoveryFrom({ ...NO_LOSS, zones: name }, 'availabilityZone');
}

/** What is announced when a place is lost. */
export function announced(part: ServicePart, loss: PlaceLoss): string {
  const { what, stops, lostWords, lessWords, leftWords } = loss;
  const { rtoSeconds } = recoveryOf(part, loss);
  const back =
    Number.isFinite(rtoSeconds) && rtoSeconds > 0
      ? `It is back after ${durationWords(rtoSeconds)} at the worst.`
      : 'No way back is known.';
  const outcome = stops ? `the service stops. ${back}` : 'the service keeps serving.';
  return `Without ${what} ${outcome} Fails: ${lostWords}. Goes on with less: ${lessWords}. Left: ${leftWords} components.`;
}
