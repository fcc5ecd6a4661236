import type { Resource } from '../../assembly/resource';
import type { SecondsRange } from '../../calculus/aws-facts';

/** One part of a way back, whose length varies. */
export interface Step {
  readonly what: string;
  readonly typicalSeconds: number;

  /** `Infinity` where it never ends by itself. */
  readonly worstSeconds: number;

  /** The page, the property of a resource, or `assumed`. */
  readonly source: string;

  /** @default - it is about none */
  readonly resource?: Resource;

  /** What would shorten it. @default - nothing that the app sets */
  readonly fix?: string;

  /** What the control plane of AWS must do in it. @default - nothing: it goes on while only the data plane works */
  readonly controlPlane?: string;

  /**
   * Which control plane that is: a region, or `global`.
   *
   * @default - that of the region of its resource; without one, that of global services, which a new place needs
   */
  readonly plane?: string;

  /** Whether something is built anew elsewhere, so that those who call it must be led there. @default false */
  readonly rebuilds?: boolean;

  /** What is built anew although others of the service stand elsewhere already. @default - all or nothing is */
  readonly alone?: Resource;

  /** What it hangs on that the app does not show. @default - nothing */
  readonly open?: string;

  /** Whether it ends, and nobody can say when. @default false */
  readonly unknown?: boolean;
}

/** A way from a disruption to users who are served again. */
export interface Path {
  /** One after the other: the critical path at its worst. */
  readonly steps: readonly Step[];
  readonly worstSeconds: number;

  /** As it usually goes, where another way may be the critical one. */
  readonly typicalSeconds: number;

  /** The steps on all ways, critical or not, that need a control plane. */
  readonly controlPlane: readonly Step[];

  /** What of it is sure, whatever the app does not show. @default - all of it */
  readonly sure?: Path;
}

/** Nobody has to wait. */
export const AT_ONCE: Path = { steps: [], worstSeconds: 0, typicalSeconds: 0, controlPlane: [] };

/** More of one kind say nothing new. */
const MOST_LISTED = 50;

/** What of a way is sure: where a part hangs on what the app does not show, none of it may be needed. */
export function sureOf(path: Path): Path {
  return path.sure ?? path;
}

/** Steps, each of which waits for the one before it. */
export function inSequence(...parts: readonly (Step | Path)[]): Path {
  const paths = parts.map((part) => ('steps' in part ? part : pathOf(part)));
  const sure = sureInSequence(paths);
  return {
    steps: paths.flatMap(({ steps }) => steps),
    worstSeconds: paths.reduce((sum, { worstSeconds }) => sum + worstSeconds, 0),
    typicalSeconds: paths.reduce((sum, { typicalSeconds }) => sum + typicalSeconds, 0),
    controlPlane: listed(paths),
    ...(sure && { sure }),
  };
}

/** Who may be spared one part of a sequence, by something that is not seen, may be spared all of it. */
function sureInSequence(paths: readonly Path[]): Path | undefined {
  if (paths.every(({ sure }) => sure === undefined)) return undefined;
  const spared = paths.some((path) => path.worstSeconds > 0 && sureOf(path).worstSeconds === 0);
  return spared ? AT_ONCE : inSequence(...paths.map(sureOf));
}

/** Ways that go side by side, all of which must end. */
export function longest(paths: readonly Path[]): Path {
  const counted = paths.filter((path) => path !== AT_ONCE);
  const [first, ...others] = counted;
  if (first === undefined) return AT_ONCE;
  if (others.length === 0) return first;
  const { sure: _, ...critical } = others.reduce((one, other) => (isLonger(other, one) ? other : one), first);
  const open = counted.some(({ sure }) => sure !== undefined);
  return {
    ...critical,
    typicalSeconds: Math.max(...counted.map(({ typicalSeconds }) => typicalSeconds)),
    controlPlane: listed(counted),
    ...(open && { sure: longest(counted.map(sureOf)) }),
  };
}

/** Ways of which so many must end: the quickest of them are waited for. */
export function quickest(paths: readonly Path[], count = 1): Path {
  const sorted = [...paths].sort((a, b) => (isLonger(a, b) ? 1 : isLonger(b, a) ? -1 : 0));
  const found = longest(sorted.slice(0, count));
  if (paths.every(({ sure }) => sure === undefined)) return found;
  return { ...found, sure: quickest(paths.map(sureOf), count) };
}

/** What ends by nothing that the app shows. */
export function neverBack(step: Pick<Step, 'what' | 'source' | 'resource' | 'fix' | 'open'>): Path {
  return inSequence({
    ...step,
    typicalSeconds: Number.POSITIVE_INFINITY,
    worstSeconds: Number.POSITIVE_INFINITY,
  });
}

/** What comes back, and nothing says when. */
export function backSometime(step: Pick<Step, 'what' | 'source' | 'resource'>): Path {
  return inSequence({
    ...step,
    typicalSeconds: Number.POSITIVE_INFINITY,
    worstSeconds: Number.POSITIVE_INFINITY,
    unknown: true,
  });
}

/** The step of which nobody can say how long it takes; what never ends is known. */
export function unknownIn({ steps }: Path): Step | undefined {
  const endless = steps.filter(({ worstSeconds }) => worstSeconds === Number.POSITIVE_INFINITY);
  return endless.every(({ unknown }) => unknown) ? endless[0] : undefined;
}

/** The same way, where something that the app does not show may shorten it. */
export function hangingOn(path: Path, open: string): Path {
  return { ...path, steps: path.steps.map((step) => ({ ...step, open })), sure: AT_ONCE };
}

/** A step that takes as long as a fact says. */
export function taking(
  fact: { readonly value: SecondsRange; readonly source: string },
  step: Omit<Step, 'typicalSeconds' | 'worstSeconds' | 'source'>,
): Step {
  const { value, source } = fact;
  return { ...step, typicalSeconds: value.typical, worstSeconds: value.worst, source };
}

function pathOf(step: Step): Path {
  return {
    steps: step.worstSeconds > 0 ? [step] : [],
    worstSeconds: step.worstSeconds,
    typicalSeconds: step.typicalSeconds,
    controlPlane: step.controlPlane === undefined ? [] : [step],
    ...((step.open !== undefined || step.unknown) && { sure: AT_ONCE }),
  };
}

function isLonger(one: Path, other: Path): boolean {
  if (one.worstSeconds !== other.worstSeconds) return one.worstSeconds > other.worstSeconds;
  if (one.worstSeconds === Number.POSITIVE_INFINITY && isNever(one) !== isNever(other)) return isNever(one);
  if (one.typicalSeconds !== other.typicalSeconds) return one.typicalSeconds > other.typicalSeconds;
  return one.controlPlane.length > other.controlPlane.length;
}

function isNever(path: Path): boolean {
  return unknownIn(path) === undefined;
}

function listed(paths: readonly Path[]): readonly Step[] {
  const filled = paths.filter(({ controlPlane }) => controlPlane.length > 0);
  const [only] = filled;
  if (filled.length < 2) return only?.controlPlane ?? [];
  return [...new Set(filled.flatMap(({ controlPlane }) => controlPlane))].slice(0, MOST_LISTED);
}
