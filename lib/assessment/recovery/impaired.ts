import { GLOBAL_PLANE, planeWords } from '../control-planes';
import { nameOf, regionKey } from '../modelling';
import { neverBack, type Path, type Step } from './path';
import type { Copy, Point } from './store';

const STATIC_STABILITY =
  'https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html';

/** A region that is chosen when it is needed: none that is impaired. */
const ANY_OTHER = 'any other region';

/** The control plane that a step needs. */
export function planeOf({ plane, resource }: Step): string {
  return plane ?? (resource ? regionKey(resource) : GLOBAL_PLANE);
}

/** A way back while control planes are impaired: what asks something of them does not end before they work again. */
export function whileImpaired(path: Path, planes: ReadonlySet<string>): Path {
  if (planes.size === 0) return path;
  const waiting = path.controlPlane.find((step) => planes.has(planeOf(step)));
  return waiting ? waitsFor(waiting) : path;
}

/** What does not end while a control plane is impaired. */
export function waitsFor(step: Pick<Step, 'controlPlane' | 'plane' | 'resource'>): Path {
  const { controlPlane = 'is started', resource } = step;
  const who = resource ? ` (${nameOf(resource)})` : '';
  return neverBack({
    what: `${controlPlane}${who}: that waits for ${planeWords(planeOf(step as Step))}`,
    source: STATIC_STABILITY,
    ...(resource && { resource }),
    fix: 'run beforehand what is needed then, so that nothing must be started or changed',
  });
}

/** What a copy in another region is restored by: by the control plane that is there. */
export function restoredElsewhere({ restore, region = ANY_OTHER }: Point): readonly Step[] {
  return restore.map((step) => (step.controlPlane === undefined ? step : { ...step, plane: region }));
}

/** What one of some copies is promoted by: by the control plane where it is. */
export function planeOfCopies(copies: readonly Copy[]): string {
  const [first, ...others] = copies;
  return others.length === 0 ? (first?.region ?? ANY_OTHER) : ANY_OTHER;
}

/** What a Region switch plan asks of where it leads: of the one region that is left in it. */
export function planeBeside(region: string, all: readonly string[]): string {
  const [first, ...others] = all.filter((each) => each !== region);
  return others.length === 0 ? (first ?? ANY_OTHER) : ANY_OTHER;
}
