import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Mistake, repeated } from '../../../objectives/mistakes';
import type { Service } from '../../../objectives/service';
import { ServiceScope } from '../../governance/service-scope';
import type { ServiceLevelObjective } from '../slo/service-level-objective';

/**
 * What no dashboard can show.
 *
 * @internal
 */
export function objectiveMistakes(objectives: readonly ServiceLevelObjective[]): Mistake[] {
  const nothing = { problem: 'there is no objective to show', fix: 'name one at least in objectives' };
  const twice = repeated(objectives.map(({ node }) => node.path)).map((path) => ({
    problem: `${path} is shown twice`,
    fix: 'name it once in objectives',
  }));
  return objectives.length === 0 ? [nothing] : twice;
}

/** The service that something is built for. @internal */
export function serviceOf(construct: IConstruct): Service | undefined {
  return ServiceScope.of(construct)?.service;
}

/** Whether a resource is in the account and region of another, so that a dashboard beside the one can name it. @internal */
export function isBeside(one: IConstruct, other: IConstruct): boolean {
  const [mine, theirs] = [Stack.of(one), Stack.of(other)];
  return mine.region === theirs.region && mine.account === theirs.account;
}

/** Values by what they have in common, in the order of the first of each. @internal */
export function groupedBy<T, Key>(values: readonly T[], keyOf: (value: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
