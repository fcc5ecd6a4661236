import { compileFaultTree } from '../calculus/fault-tree/compiled-tree';
import type { FaultTree } from '../calculus/fault-tree/fault-tree';
import { ASSUMED_UNAVAILABILITY } from '../calculus/likelihood';
import type { Availability, EventShare } from './assessment';
import type { FaultEvent, FaultEventKind } from './failure';
import { withCopyOf } from './with-copy';

/** What is left of the unavailability of a service once one of its single points of failure is mended. */
export interface Remedy {
  readonly share: EventShare;

  /** What was changed in the model before it was solved again, in words. */
  readonly how: string;

  /** Whether nothing is known of what the remedy leaves, so that it may come to less. */
  readonly atBest: boolean;

  /** As a fraction of time, before and with the remedy. */
  readonly before: number;
  readonly after: number;
}

/**
 * Trees of so many events together are written anew and solved again; beyond that only likelihoods are changed, which
 * takes a thousandth of the time.
 */
const MOST_WRITTEN = 20_000;

/**
 * What mending each single point of failure comes to: the model is solved again with it mended, since what an event costs
 * says nothing of what takes its place.
 *
 * @returns one for each of the points given, in their order
 */
export function remediesOf(
  availability: Availability,
  points: readonly EventShare[] = availability.singlePointsOfFailure,
): readonly Remedy[] {
  const { model } = availability;
  const compiled = compileFaultTree(model.tree);
  const before = compiled.probability();
  const copied = new Map<string, number>();
  let room = Math.max(MOST_WRITTEN, model.tree.events.size);
  const withCopy = (event: FaultEvent): number | undefined => {
    const [resource] = event.kind === 'resource' ? event.resources : [];
    const known = copied.get(resource?.id ?? '');
    if (!resource || known !== undefined) return known;
    const tree = withCopyOf(resource, model);
    if (!tree || room < model.tree.events.size) return undefined;
    room -= model.tree.events.size;
    const after = probabilityOf(tree);
    copied.set(resource.id, after);
    return after;
  };
  return points.flatMap((share) => {
    const { event } = share;
    const after = withCopy(event);
    if (after !== undefined) return [{ share, how: COPY, atBest: false, before, after }];
    const { left, how, atBest = false } = MENDED[event.kind](event.likelihood.unavailability);
    return [{ share, how, atBest, before, after: compiled.probability(new Map([[event.id, left]])) }];
  });
}

/** The one that leaves least of the unavailability. */
export function bestRemedy(remedies: readonly Remedy[]): Remedy | undefined {
  return remedies.reduce<Remedy | undefined>(
    (best, each) => (best === undefined || each.after < best.after ? each : best),
    undefined,
  );
}

function probabilityOf(tree: FaultTree): number {
  return compileFaultTree(tree).probability();
}

const COPY =
  'solved again with a second one beside it, which fails by itself as often, in another zone where it stands in one; both share their region and all that they need';

interface Mended {
  /** The likelihood that stands in place of the event's own. */
  readonly left: number;
  readonly how: string;

  /** @default false */
  readonly atBest?: boolean;
}

const SWITCH = ASSUMED_UNAVAILABILITY.switchOnDemand.unavailability;

const BOTH = (q: number): Mended => ({
  left: q * q,
  how: 'solved again with two of it that fail independently, of which one is enough: its likelihood times itself',
});

const SECOND_REGION = (q: number): Mended => ({
  left: q * (q + SWITCH - q * SWITCH),
  how: `solved again with a second region that takes over, unless it is lost too or the switch fails, one time in ${Math.round(1 / SWITCH)} (assumed)`,
});

const GONE = (how: string) => (): Mended => ({ left: 0, how, atBest: true });

const MENDED: Readonly<Record<FaultEventKind, (unavailability: number) => Mended>> = {
  resource: BOTH,
  zone: (q) => ({
    ...BOTH(q),
    how: 'solved again with all that stands in it in a second zone, too: both must be lost',
  }),
  region: SECOND_REGION,
  awsService: SECOND_REGION,
  controlPlane: GONE('solved again without the need for it'),
  software: GONE(
    'solved again as if no defect reached every copy: how many waves and alarms stop, nobody publishes',
  ),
  switch: GONE('solved again with a switch that always works, or is not needed'),
  service: GONE('solved again without the need for it'),
  thirdParty: GONE('solved again without the need for it'),
};
