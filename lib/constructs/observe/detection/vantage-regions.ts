import { Token } from 'aws-cdk-lib/core';
import { awsRegion } from '../../../calculus/aws-regions';
import { type Mistake, quoted, repeated } from '../../../objectives/mistakes';
import type { Residency } from '../../../objectives/residency';

/** Regions that every account has and that canaries run in, the nearest to a part of the world first. */
const NEAREST: readonly (readonly [prefix: string, regions: readonly string[]])[] = [
  ['us-', ['us-east-2', 'us-west-2', 'us-east-1', 'ca-central-1']],
  ['ca-', ['ca-central-1', 'us-east-2', 'us-west-2']],
  ['mx-', ['us-east-2', 'us-west-2', 'us-east-1']],
  ['sa-', ['us-east-1', 'us-east-2', 'sa-east-1']],
  ['ap-', ['ap-southeast-1', 'ap-northeast-1', 'ap-southeast-2', 'ap-south-1']],
  ['', ['eu-west-1', 'eu-central-1', 'eu-north-1', 'eu-west-3', 'eu-west-2']],
];

/** A canary takes so many replicas. */
const MOST_REPLICAS = 50;

/** From where one looks. @internal */
export interface Vantage {
  /** The region of the canary and its alarms. */
  readonly own: string;

  /** The other regions of the service. */
  readonly peers: readonly string[];
  readonly residency: Residency | undefined;
}

/**
 * Regions beside a canary's own from which it looks as well: the other regions of the service first, as they are cared for
 * anyway, then those nearby.
 *
 * @internal
 */
export function vantageRegions({ own, peers, residency }: Vantage, count: number): readonly string[] {
  if (Token.isUnresolved(own)) return [];
  const near = NEAREST.find(([prefix]) => own.startsWith(prefix))?.[1] ?? [];
  return [...new Set([...peers, ...near])]
    .filter((region) => region !== own && awsRegion(region)?.partition === awsRegion(own)?.partition)
    .filter((region) => peers.includes(region) || (residency?.allows(region) ?? true))
    .slice(0, count);
}

/** @internal */
export function vantageMistakes({ own, residency }: Vantage, locations: readonly string[]): Mistake[] {
  const mistakes = repeated(locations).map((region) => ({
    problem: `the location ${region} is named twice`,
    fix: 'name it once',
  }));
  for (const region of new Set(locations)) {
    if (region === own)
      mistakes.push({
        problem: `the location ${region} is where the canary stands: it runs there anyway`,
        fix: 'name other regions',
      });
    else if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
      mistakes.push({ problem: `${quoted(region)} is no region`, fix: 'write its code: eu-central-1' });
    else if (partitionOf(region) !== 'aws' || (!Token.isUnresolved(own) && partitionOf(own) !== 'aws'))
      mistakes.push({
        problem: `a canary of ${own} cannot run in ${region}: only commercial regions have locations`,
        fix: 'build a journey in a stack of the other region',
      });
    else if (residency?.allows(region) === false)
      mistakes.push({
        problem: `the location ${region} is outside of where data of the service may lie`,
        fix: 'name a region that the residency allows',
      });
  }
  if (locations.length > MOST_REPLICAS)
    mistakes.push({
      problem: `${locations.length} locations are named, and a canary takes ${MOST_REPLICAS}`,
      fix: 'name fewer',
    });
  return mistakes;
}

function partitionOf(region: string): string {
  return awsRegion(region)?.partition ?? 'aws';
}
