import { type FailoverSum, type FailoverTerm, failoverText } from '../../../calculus/failover-time';
import type { Mistake } from '../../../objectives/mistakes';
import type { SwitchBlock } from './switch-block';
import type { OrderedWorkflow } from './switch-workflow';

/** How long each step may take, in minutes. @internal */
export type StepMinutes = ReadonlyMap<SwitchBlock, number>;

/**
 * The timeouts of the steps of a workflow: those that a person gave, and for the rest what is usual, or less where less
 * is left. Steps side by side count as one.
 *
 * @internal
 */
export function stepMinutes(blocks: readonly SwitchBlock[], leftMinutes: number): StepMinutes {
  const singles = blocks.flatMap((block) => block.parts ?? [block]);
  const at = (share: number): StepMinutes =>
    new Map(
      singles.map((block) => [
        block,
        block.timeout?.toMinutes({ integral: false }) ?? Math.max(1, Math.floor(block.usualMinutes * share)),
      ]),
    );
  // In sixtieths of the usual, the longest that fits; where nothing fits, the sum says by how much.
  for (let sixtieths = 60; sixtieths > 0; sixtieths -= 1) {
    const minutes = at(sixtieths / 60);
    if (totalMinutes(blocks, minutes) <= leftMinutes) return minutes;
  }
  return at(0);
}

/** The whole switch at its worst, term by term. @internal */
export function switchSum(
  before: readonly FailoverTerm[],
  blocks: readonly SwitchBlock[],
  minutes: StepMinutes,
): FailoverSum {
  const steps = blocks.map((block) => ({
    what: block.name,
    seconds: blockMinutes(block, minutes) * 60,
    source: 'the timeout of the step',
  }));
  const terms = [...before, ...steps];
  return { terms, seconds: terms.reduce((total, { seconds }) => total + seconds, 0) };
}

/** A switch that takes longer than the region may be lost. @internal */
export function timeMistakes(workflow: OrderedWorkflow, sum: FailoverSum, rtoSeconds: number): Mistake[] {
  if (sum.seconds <= rtoSeconds) return [];
  const longest = [...sum.terms].sort((one, other) => other.seconds - one.seconds)[0];
  const where = workflow.region === undefined ? '' : ` of ${workflow.region}`;
  return [
    {
      problem:
        `to ${workflow.action}${where} takes up to ${failoverText(sum)}, ` +
        `but the RTO for the loss of a region is ${rtoSeconds} s`,
      fix: `${startedSooner(sum)}shorten it by ${sum.seconds - rtoSeconds} s, beginning with ${longest?.what} (${longest?.seconds} s), or run steps side by side`,
    },
  ];
}

/** Who must first be called may take longest: a trigger calls nobody, and whoever is there anyway is there sooner. */
function startedSooner({ terms }: FailoverSum): string {
  return terms.some(({ what }) => what === TAKES_THE_CALL)
    ? 'let triggers start it, or say in detection how soon somebody starts it; or '
    : '';
}

/** @internal */
export const TAKES_THE_CALL = 'a person takes the call';

function totalMinutes(blocks: readonly SwitchBlock[], minutes: StepMinutes): number {
  return blocks.reduce((total, block) => total + blockMinutes(block, minutes), 0);
}

function blockMinutes(block: SwitchBlock, minutes: StepMinutes): number {
  return Math.max(0, ...(block.parts ?? [block]).map((each) => minutes.get(each) ?? 0));
}
