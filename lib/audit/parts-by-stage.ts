import type { Stack } from '../assembly/stack';
import { encloses } from '../assessment/stages';

/** A part of a service that is assessed by itself. */
export interface StagePart {
  /** What tells it from the other parts. @default - it is the only one, or the one that stands in no stage */
  readonly stage?: string;

  /** The stages that it stands in, in the order of their names. */
  readonly stages: readonly string[];
  readonly stacks: ReadonlySet<Stack>;
}

/** What stacks of one stage are for; undefined where nobody says. */
export type NonProductionOf = (stage: string) => boolean | undefined;

/**
 * The stacks of a service, by what is assessed by itself. Stages belong together only where they may be regions of one
 * service: none has a region of another, and none is for production where another is not. Else each is a service.
 */
export function partsByStage(
  stacks: readonly Stack[],
  nonProductionOf: NonProductionOf,
  stage?: string,
): readonly StagePart[] {
  if (belongTogether(stacks, nonProductionOf)) return [partOf(stacks, stage)];
  const shared = sharedDepth(stacks);
  const groups = new Map<string | undefined, Stack[]>();
  for (const stack of stacks) {
    const key =
      stepsOf(stack)
        .slice(0, shared + 1)
        .join('/') || undefined;
    const group = groups.get(key);
    if (group) group.push(stack);
    else groups.set(key, [stack]);
  }
  return [...groups].flatMap(([key, group]) => partsByStage(group, nonProductionOf, key));
}

function partOf(stacks: readonly Stack[], stage: string | undefined): StagePart {
  const stages = new Set(stacks.flatMap((stack) => stack.stage ?? []));
  return { ...(stage !== undefined && { stage }), stages: [...stages].sort(), stacks: new Set(stacks) };
}

/** A stage that is around another, and what stands in no stage, is no stage beside it. */
function belongTogether(stacks: readonly Stack[], nonProductionOf: NonProductionOf): boolean {
  const regions = new Map<string, Set<string | undefined>>();
  for (const { stage, region } of stacks)
    if (stage !== undefined) regions.set(stage, (regions.get(stage) ?? new Set()).add(region));
  const stages = [...regions];
  return stages.every(([one, ours], index) =>
    stages.slice(index + 1).every(([other, theirs]) => {
      if (encloses(one, other) || encloses(other, one)) return true;
      return areDisjoint(ours, theirs) && !differ(nonProductionOf(one), nonProductionOf(other));
    }),
  );
}

/** A region that only deploy gives may be any. */
function areDisjoint(
  ours: ReadonlySet<string | undefined>,
  theirs: ReadonlySet<string | undefined>,
): boolean {
  if (ours.has(undefined) || theirs.has(undefined)) return false;
  return [...ours].every((region) => !theirs.has(region));
}

function differ(one: boolean | undefined, other: boolean | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** How many stages stand around all of them. */
function sharedDepth(stacks: readonly Stack[]): number {
  const [first = [], ...others] = stacks.map(stepsOf);
  const differs = first.findIndex((step, index) => others.some((steps) => steps[index] !== step));
  return differs === -1 ? first.length : differs;
}

function stepsOf({ stage }: Stack): readonly string[] {
  return stage?.split('/') ?? [];
}
