import type { DnsTarget } from '../../assembly/dns/dns-targets';
import { Resource } from '../../assembly/resource';
import { AWS_FACTS } from '../../calculus/aws-facts';
import type { FailoverTerm } from '../../calculus/failover-time';
import type { AssessedService } from '../assessed-service';
import { type Modelling, nameOf, regionKey } from '../modelling';
import { originalOf } from '../recovery/copies';
import { regionsNoticed } from '../recovery/noticing';
import type { Step } from '../recovery/path';
import { PROMOTED } from '../recovery/promoted';
import { keepSameData } from '../same-data';
import { decidedByPeople } from './by-people';
import { PLAN, promotes, secondsOf, takingOf, termOf } from './switch-plan';

/** What it takes until a copy that follows takes writes. */
export interface Promotion {
  readonly copy: Resource;

  /** The Region switch plan that promotes it. @default - a person does */
  readonly plan?: Resource;
  readonly terms: readonly FailoverTerm[];

  /** Why nothing is known of how soon the plan starts. @default - it is, or a person starts it */
  readonly assumed?: string;
}

/** A way that leads from some regions to others when the first are broken. */
export interface Leading {
  /** The way in, by which its service is found. */
  readonly way: Resource;
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;

  /** Whether users who are led there only read. @default false */
  readonly reads?: boolean;
}

/**
 * The slowest promotion that users wait for once they are led to other regions: health checks, accelerators and
 * distributions move users by themselves, but no copy of a database. Undefined where nothing there follows what stands
 * where they come from.
 */
export function promotionBehind(
  { way, from, to, reads = false }: Leading,
  model: Modelling,
): Promotion | undefined {
  const own = model.services.filter(({ resources }) => resources.includes(way));
  const [slowest] = copiesIn(to, own, model)
    .filter((copy) => follows(copy, from) && !(reads && isOnlyRead(copy)))
    .map((copy) => promotionOf(copy, own, regionsNoticed(own, from)))
    .sort((a, b) => secondsOf(b.terms) - secondsOf(a.terms));
  return slowest;
}

/** The regions that a way leads to, as far as the app tells. */
export function regionsAmong(targets: readonly DnsTarget[]): ReadonlySet<string> {
  return new Set(
    targets.flatMap(({ what, region }) => {
      if (typeof region === 'string') return [region];
      return what instanceof Resource ? [regionKey(what)] : [];
    }),
  );
}

/** What is promoted, of the services that a way belongs to. */
function copiesIn(
  regions: ReadonlySet<string>,
  own: readonly AssessedService[],
  { graph }: Modelling,
): readonly Resource[] {
  return graph
    .ofType(...PROMOTED.keys())
    .filter(
      (copy) =>
        regions.has(regionKey(copy)) &&
        (own.length === 0 || own.some(({ resources }) => resources.includes(copy))),
    );
}

/**
 * Whether a copy takes over from what is lost with some regions. One whose original the app does not show does, unless a
 * copy of the same data stands there: then the original is in neither place.
 */
function follows(copy: Resource, regions: ReadonlySet<string>): boolean {
  const original = originalOf(copy);
  if (original === undefined) return false;
  const here = regionKey(copy);
  if (original instanceof Resource) return regions.has(regionKey(original)) && regionKey(original) !== here;
  return !copy.stack.graph.ofType(copy.type).some((other) => {
    const region = regionKey(other);
    const copied = region !== here && regions.has(region) && originalOf(other) !== undefined;
    return copied && keepSameData(copy, other);
  });
}

/** Endpoints of a cluster that answer before it takes writes. */
const FOR_READERS = /^read(er)?end_?point/i;

/** Whether all that is seen to use a copy asks it by an endpoint for readers: those wait for nobody to promote it. */
export function isOnlyRead(copy: Resource): boolean {
  const asked = copy.stack.graph
    .mentionsOf(copy)
    .flatMap(({ from }) => from.references)
    .filter(({ reference }) => reference.resource === copy && /endpoint/i.test(reference.attribute));
  return asked.length > 0 && asked.every(({ reference }) => FOR_READERS.test(reference.attribute));
}

/** A Region switch plan that has a step for it promotes in its own time, else a person does; then clients connect again. */
function promotionOf(copy: Resource, own: readonly AssessedService[], noticed: Step): Promotion {
  const reconnected = termOf('clients open their connections again', AWS_FACTS.reconnectSeconds);
  const plan = copy.stack.graph
    .ofType(PLAN)
    .filter((each) => own.length === 0 || own.some(({ resources }) => resources.includes(each)))
    .find((each) => promotes(each, copy));
  if (plan) {
    const { terms, assumed } = takingOf(plan, noticed, regionKey(copy));
    return { copy, plan, terms: [...terms, reconnected], ...(assumed !== undefined && { assumed }) };
  }
  const fact = PROMOTED.get(copy.type);
  const promoted = fact ? [termOf(`the copy of ${nameOf(copy)} is promoted`, fact)] : [];
  return { copy, terms: [...decidedByPeople(noticed), ...promoted, reconnected] };
}
