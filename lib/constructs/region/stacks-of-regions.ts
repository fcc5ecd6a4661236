import { type Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../../errors';
import type { Chosen } from '../../objectives/decision';
import { type Mistake, refuse } from '../../objectives/mistakes';
import type { RecoveryApproach } from '../../objectives/policy/regions';
import { ServiceScope } from '../governance/service-scope';
import { joinStack } from './join-stack';
import { idsInStage } from './name-parts';
import type { RegionPlace } from './region-place';
import { RegionStack } from './region-stack';
import type { RegionalProps } from './regional-props';

/** A set of regions that is to be built. @internal */
export interface PlannedRegions {
  /** The construct that asks for it; its id begins the names of the stacks. */
  readonly set: Construct;

  readonly props: RegionalProps;
  readonly places: readonly RegionPlace[];
  readonly approach: RecoveryApproach | undefined;

  /** What was decided for all regions, for the catalogue of each. */
  readonly chosen: readonly Chosen<unknown>[];

  /**
   * A region in which nothing is deployed.
   *
   * @default - none
   */
  readonly withoutStack?: RegionPlace | undefined;
}

/**
 * The stacks of the regions: made here, or the user's own. What is known of them is said before they are filled.
 *
 * @internal
 */
export function stacksOfRegions(plan: PlannedRegions): readonly Stack[] {
  const { props, places, chosen } = plan;
  const known = places.map((place) => withAccount(place, plan));
  if (!props.stacks) {
    const { only = known.map(({ region }) => region) } = props;
    const isMadeHere = ({ region }: RegionPlace): boolean =>
      only.includes(region) && region !== plan.withoutStack?.region;
    return known.filter(isMadeHere).map((place) => createStack(plan, place, known));
  }
  for (const stack of props.stacks) {
    const place = known.find(({ region }) => region === stack.region);
    if (!place) continue;
    const membership = { place, peers: peersOf(place, known), approach: plan.approach };
    joinStack(stack, { ...membership, setName: nameOf(plan) }, stageFacts(props));
    record(stack, chosen);
  }
  return props.stacks;
}

/** @throws ConfigurationError when no stack stands in the region @internal */
export function stackOfRegion(set: Construct, stacks: readonly Stack[], region: string): Stack {
  const stack = stacks.find((each) => each.region === region);
  if (stack) return stack;
  throw new ConfigurationError({
    path: set.node.path,
    problem: `it has no region ${region}`,
    fix: `ask for one of ${stacks.map((each) => each.region).join(', ')}`,
  });
}

/** The same in all regions, whatever their stacks are called. */
function nameOf({ set, props }: PlannedRegions): string {
  return props.name ?? idsInStage(set).join('-');
}

function createStack(plan: PlannedRegions, place: RegionPlace, places: readonly RegionPlace[]): Stack {
  const { set, props, approach, chosen } = plan;
  const { service, stackClass = RegionStack, build } = props;
  const facts = stageFacts(props);
  const stack = new stackClass(scopeOf(set), `${set.node.id}-${place.region}`, {
    place,
    peers: peersOf(place, places),
    setName: nameOf(plan),
    ...facts,
    ...(approach !== undefined && { approach }),
    env: { region: place.region, ...(place.account !== undefined && { account: place.account }) },
    terminationProtection: !facts.nonProduction,
    description: `${service.name} in ${place.region}, ${place.role}`,
  });
  record(stack, chosen);
  refuse(set.node.path, promiseMistakes(build?.(stack, place), place));
  return stack;
}

/** An app is written when it has run through: what a promise builds comes too late, and nobody would miss it. */
function promiseMistakes(returned: unknown, { region }: RegionPlace): Mistake[] {
  if (typeof (returned as { then?: unknown } | null | undefined)?.then !== 'function') return [];
  return [
    {
      problem: `build returns a promise in ${region}, and nobody waits for it: what it builds later is in no template`,
      fix: 'make build a plain function, and wait for what it needs before the set is made',
    },
  ];
}

/** The account by which twins are named: said of the region, of the set, by the stage or by a stack of the user's. */
function withAccount(place: RegionPlace, { set, props }: PlannedRegions): RegionPlace {
  const own = props.stacks?.find((stack) => stack.region === place.region)?.account;
  const account = [place.account, own, props.account, Stage.of(set)?.account].find(
    (each) => each !== undefined && !Token.isUnresolved(each),
  );
  return { ...place, ...(account !== undefined && { account }) };
}

function peersOf(place: RegionPlace, places: readonly RegionPlace[]): readonly RegionPlace[] {
  return places.filter((each) => each !== place);
}

function stageFacts({ service, nonProduction = false, faultInjection = false }: RegionalProps) {
  return { service, nonProduction, faultInjection };
}

function record(stack: Stack, chosen: readonly Chosen<unknown>[]): void {
  for (const { decision, weakening } of chosen) ServiceScope.of(stack)?.record(stack, decision, weakening);
}

/** A set stands in an app or a stage, which was checked before. */
function scopeOf(set: Construct): Construct {
  return (set.node.scope as Construct | undefined) ?? set;
}
