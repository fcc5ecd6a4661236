import { CfnElement, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ConfigurationError } from '../../errors';
import { RegionRole } from '../../objectives/region-role';
import type { Membership } from './membership';
import { regionsReachedBy } from './regions-reached';
import { stackOutputsIn } from './stack-outputs';

/** What a stack needs of another region at deployment. @internal */
export interface RegionTie {
  /** What cannot be deployed: the path of a construct. */
  readonly reader: string;

  /** What it needs, in words. */
  readonly needed: string;

  /** Where that is. */
  readonly region: string;

  /** The stacks between the two, by path. */
  readonly through: readonly string[];
}

/**
 * Whether a stack must be deployable while a region is down. A primary is deployed by people with time; whatever else
 * serves must be deployable when the rest is gone.
 *
 * @internal
 */
export function mustDoWithout({ place, peers }: Membership, region: string | undefined): boolean {
  return place.role !== RegionRole.PRIMARY && peers.some((peer) => peer.region === region);
}

/**
 * Finds what would tie a stack to another region at deployment, also through stacks that stand between them. For the
 * validation of a stack: it sees the references of all stacks only then.
 *
 * @returns nothing, as a validation that found nothing
 * @throws ConfigurationError with the first tie
 * @internal
 */
export function tiesOf(stack: Stack, membership: Membership): string[] {
  const tie = firstTie(stack, membership, needsInPass(stack));
  if (!tie) return [];
  PASSES.delete(stack.node.root);
  return refuseTie(tie, membership);
}

/** One validation of an app: which stacks were asked in it, and what was found that they need. */
interface Pass {
  readonly asked: Set<Stack>;
  readonly needs: Map<Stack, readonly Need[]>;
}

const PASSES = new WeakMap<IConstruct, Pass>();

/**
 * What stacks need, resolved once in one validation of the app, in which nothing changes: a stack that others reach is not
 * resolved again for each of them. Who is asked again is asked in another validation; one that refused is over.
 */
function needsInPass(asked: Stack): (stack: Stack) => readonly Need[] {
  const { root } = asked.node;
  const last = PASSES.get(root);
  const pass = last && !last.asked.has(asked) ? last : { asked: new Set<Stack>(), needs: new Map() };
  PASSES.set(root, pass);
  pass.asked.add(asked);
  return (stack) => {
    const found = pass.needs.get(stack) ?? needsOf(stack);
    pass.needs.set(stack, found);
    return found;
  };
}

/** @throws ConfigurationError @internal */
export function refuseTie({ reader, needed, region, through }: RegionTie, { place }: Membership): never {
  const [first, ...rest] = [...through, needed];
  const chain = [first, ...rest.map((each) => `which needs ${each}`)].join(', ');
  throw new ConfigurationError({
    path: reader,
    problem: `it needs ${chain} in ${region}, so it cannot be deployed while ${region} is down`,
    fix: `build it in ${place.region} as well, or give ${needed} a fixed name and write that name here`,
  });
}

/** Breadth first, so that the shortest way is shown. */
function firstTie(
  start: Stack,
  membership: Membership,
  needsOfStack: (stack: Stack) => readonly Need[],
): RegionTie | undefined {
  const seen = new Set<Stack>([start]);
  const queue: { stack: Stack; through: readonly string[] }[] = [{ stack: start, through: [] }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { stack, through } = next;
    const needs = needsOfStack(stack);
    const tie = needs.find(({ region }) => mustDoWithout(membership, region));
    if (tie) return { ...tie, reader: through.length > 0 ? start.node.path : tie.reader, through };
    for (const { target } of needs) {
      if (!target || seen.has(target)) continue;
      seen.add(target);
      queue.push({ stack: target, through: [...through, target.node.path] });
    }
  }
  return undefined;
}

/** Something that a stack needs at deployment; its stack where that is in the same app. */
interface Need extends Omit<RegionTie, 'through'> {
  readonly target: Stack | undefined;
}

function needsOf(stack: Stack): Need[] {
  const waits = stack.dependencies.map((target) => ({
    reader: stack.node.path,
    needed: target.node.path,
    region: target.region,
    target,
  }));
  const elements = stack.node.findAll().filter(CfnElement.isCfnElement);
  return [...waits, ...elements.flatMap((element) => needsOfElement(element))];
}

/** What leads to another region without making one stack wait for the other. */
function needsOfElement(element: CfnElement): Need[] {
  const template: unknown = element.stack.resolve(element._toCloudFormation());
  const reader = element.node.path;
  // A reference into another account becomes `Fn::GetStackOutput`, which makes no dependency.
  const outputs = stackOutputsIn(template).map(({ stackName, output, region }) => {
    const target = stackNamed(element, stackName, region ?? element.stack.region);
    return {
      reader,
      needed: `${output} of ${target?.node.path ?? stackName}`,
      region: region ?? element.stack.region,
      target,
    };
  });
  const calls = regionsReachedBy(template).map(({ what, region }) => ({
    reader,
    needed: what,
    region,
    target: undefined,
  }));
  return [...outputs, ...calls];
}

function stackNamed(element: CfnElement, stackName: string, region: string): Stack | undefined {
  const stacks = element.node.root.node.findAll().filter(Stack.isStack);
  const named = stacks.filter((stack) => stack.stackName === stackName);
  return named.find((stack) => stack.region === region) ?? named[0];
}
