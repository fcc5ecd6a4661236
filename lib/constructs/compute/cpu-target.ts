import { Token } from 'aws-cdk-lib/core';
import type { Mistake } from '../../objectives/mistakes';
import type { TierChoices } from '../governance/tier-choices';
import { survivesZone, unitShare } from './unit-capacity';

/** A task or instance that is busier than this answers late. */
const FULL_CPU_PERCENT = 90;

/** What is wrong with a share of the processors, in per cent. @internal */
export function cpuTargetMistakes(percent: number | undefined): Mistake[] {
  if (percent === undefined) return [];
  const isOpen = Token.isUnresolved(percent);
  if (!isOpen && percent > 0 && percent <= 100) return [];
  return [
    {
      problem: `targetCpuPercent is ${isOpen ? 'known at deployment only' : percent}`,
      fix: 'set targetCpuPercent to a number above 0, at most 100',
    },
  ];
}

/**
 * How busy processors may be before more are started. Where a zone may be lost, more than leaves room for its load
 * needs a reason.
 *
 * @internal
 */
export function cpuTarget(choices: TierChoices, zones: number, chosen: number | undefined): number {
  const { policy } = choices;
  const { source } = policy.zoneLossLoad;
  const value = Math.floor(FULL_CPU_PERCENT * unitShare(policy, zones));
  const spare = survivesZone(policy, zones);
  const because = spare
    ? `the rest is for the load of one of ${zones} zones, lost`
    : 'scaling that starts only when all are full comes too late';
  return choices.atMost({
    what: 'targetCpuPercent',
    owed: { value, because, source },
    limit: spare ? undefined : { value: 100, because, source },
    chosen,
  });
}
