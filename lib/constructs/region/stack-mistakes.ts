import { type Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Mistake } from '../../objectives/mistakes';
import { RegionRole } from '../../objectives/region-role';
import type { RegionPlace } from './region-place';
import type { RegionalProps } from './regional-props';

/** What is wrong with the stacks of a set, made or given. @internal */
export function stackMistakes(
  set: Construct,
  props: RegionalProps,
  regions: readonly RegionPlace[],
): Mistake[] {
  return props.stacks
    ? [...givenTwice(props), ...gapMistakes(props.stacks, regions), ...ownMistakes(set, props.stacks)]
    : [...shapeMistakes(set, props), ...onlyMistakes(props, regions)];
}

/** Stacks of the user's own whose region cannot be told. @internal */
export function unplacedMistakes(stacks: readonly Stack[] = []): Mistake[] {
  return stacks
    .filter(({ region }) => Token.isUnresolved(region))
    .map(({ node }) => ({
      problem: `the region of the stack ${node.path} is known at deployment only`,
      fix: `give ${node.path} an env with its account and region`,
    }));
}

function shapeMistakes({ node: { scope } }: Construct, { build, stackClass }: RegionalProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!scope || !Stage.isStage(scope)) {
    mistakes.push({
      problem:
        'it stands neither in an App nor in a Stage, so its stacks would have names that nobody can foresee',
      fix: 'make the App or the Stage its scope',
    });
  }
  if (!build && !stackClass) {
    mistakes.push({ problem: 'nothing fills its stacks', fix: 'give build, stackClass or stacks' });
  }
  return mistakes;
}

function onlyMistakes({ only }: RegionalProps, regions: readonly RegionPlace[]): Mistake[] {
  const codes = regions.map(({ region }) => region);
  const strange = (only ?? []).filter((region) => !codes.includes(region));
  const mistakes = strange.map((region) => ({
    problem: `only names ${region}, which is none of the regions`,
    fix: `write some of ${codes.join(', ')}`,
  }));
  if (only?.length === 0)
    mistakes.push({ problem: 'only names no region', fix: 'name one, or leave it out' });
  return mistakes;
}

/** What belongs to stacks that are made here says nothing of those that are there. */
function givenTwice(props: RegionalProps): Mistake[] {
  return (['build', 'stackClass', 'account', 'only'] as const)
    .filter((name) => props[name] !== undefined)
    .map((name) => ({
      problem: `stacks are given, so ${name} would say nothing`,
      fix: name === 'account' ? 'leave account out: each stack has its own' : `leave ${name} out, or stacks`,
    }));
}

function gapMistakes(stacks: readonly Stack[], regions: readonly RegionPlace[]): Mistake[] {
  const placed = stacks.filter(({ region }) => !Token.isUnresolved(region));
  const strange = placed.filter((stack) => !regions.some(({ region }) => region === stack.region));
  const empty = regions.filter(
    ({ region, role }) => role !== RegionRole.WITNESS && !stacks.some((stack) => stack.region === region),
  );
  return [
    ...unplacedMistakes(stacks),
    ...strange.map(({ node, region }) => ({
      problem: `the stack ${node.path} is in ${region}, which is none of the regions`,
      fix: `add ${region} to the regions, or leave ${node.path} out`,
    })),
    ...empty.map(({ region }) => ({
      problem: `${region} has no stack`,
      fix: `add the stack of ${region} to stacks`,
    })),
  ];
}

function ownMistakes(set: Construct, stacks: readonly Stack[]): Mistake[] {
  const repeated = [...new Set(stacks.filter((stack, index) => stacks.indexOf(stack) !== index))];
  return [
    ...repeated.map(({ node }) => ({
      problem: `the stack ${node.path} is given twice`,
      fix: `give ${node.path} once`,
    })),
    ...stacks
      .filter((stack) => stack.nestedStackParent !== undefined)
      .map(({ node, nestedStackParent }) => ({
        problem: `the stack ${node.path} is nested: it is deployed with ${nestedStackParent?.node.path}`,
        fix: `give ${nestedStackParent?.node.path} instead`,
      })),
    ...stacks
      .filter((stack) => Stage.of(stack) !== Stage.of(set))
      .map(({ node }) => ({
        problem: `the stack ${node.path} stands in another stage`,
        fix: 'make one set in each stage, of the stacks of that stage',
      })),
  ];
}
