import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import type { RegionStack } from '../../../../lib/constructs/region/region-stack';
import { refusal } from '../../fixtures';
import { type Around, shopIn } from '../replicated';
import { vpcIn } from '../store-fixtures';

/** What was built in each region, and the stacks. */
export interface Built<T> {
  readonly parts: Record<string, T>;
  readonly stacks: Record<string, Stack>;
}

/** Builds something with the network of each region of the shop. */
export function inRegions<T>(around: Around, build: (stack: RegionStack, vpc: IVpc) => T): Built<T> {
  const parts: Record<string, T> = {};
  const stacks = shopIn(around, (stack) => {
    parts[stack.region] = build(stack, vpcIn(stack));
  });
  return { parts, stacks };
}

/** The problem and the fix of what is refused, in one text. */
export function refusedWith(act: () => unknown): string {
  const { path, problem, fix } = refusal(act);
  expect(path).not.toBe('');
  return `${problem} -> ${fix}`;
}

/** A key of another account or stack. */
export const BACKUP_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0f4c7b52-8d1e-4a55-9a6a-1f6f3a0c2b11';
