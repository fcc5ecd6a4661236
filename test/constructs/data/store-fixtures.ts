import { Template } from 'aws-cdk-lib/assertions';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import { ResilientNetwork } from '../../../lib/constructs/network/resilient-network';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import type { Tier } from '../../../lib/objectives/tier';
import { appOf, type Pattern, type Surroundings, stackIn, surroundings } from '../../support/pattern';

/** A network in the zones of the region of the stack. */
export function vpcIn(stack: Stack): IVpc {
  return new ResilientNetwork(stack, 'Network').vpc;
}

/** The stacks of Ireland, the primary where there is one, and of Frankfurt. */
export function inTwoRegions<O>(
  pattern: Pattern<O>,
  tier: Tier,
  build: (stack: RegionStack, vpc: IVpc) => void,
  rest: Partial<Surroundings> = {},
): [first: Stack, second: Stack] {
  const built: Pattern<O> = { ...pattern, build: (stack) => build(stack, vpcIn(stack)) };
  const app = appOf(built, surroundings(pattern, tier, rest));
  return [stackIn(app, 'eu-west-1'), stackIn(app, 'eu-central-1')];
}

export const TWO_ACCOUNTS = { accounts: ['111122223333', '444455556666'] } as const;

/** What an accepted build shows. */
export const CLEAN = { audit: [], nag: [], ties: [] };

/** The statements of the policies of a stack that allow an action. */
export function allowing(stack: Stack, action: string): { Action: unknown; Resource: unknown[] }[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes(action));
}
