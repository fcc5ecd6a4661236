import type { Mistake } from '../../../objectives/mistakes';

/**
 * Steps of which nothing is in the template: an older version of the CDK leaves out what it does not know, without a word.
 *
 * @param workflows as the template has them
 * @internal
 */
export function unwrittenStepMistakes(workflows: unknown): Mistake[] {
  const names = [...new Set(unwrittenIn(workflows))];
  return names.map((name) => ({
    problem: `${name} is of a kind that this version of aws-cdk-lib does not know, so nothing of it is in the template`,
    fix: 'use aws-cdk-lib 2.276.0 or later',
  }));
}

function unwrittenIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { Name, ExecutionBlockType, ExecutionBlockConfiguration } = part as Record<string, unknown>;
  if (ExecutionBlockType === undefined) return Object.values(part).flatMap(unwrittenIn);
  const configuration = Object.values(ExecutionBlockConfiguration ?? {}).filter((each) => each !== undefined);
  return configuration.length === 0 ? [String(Name)] : configuration.flatMap(unwrittenIn);
}
