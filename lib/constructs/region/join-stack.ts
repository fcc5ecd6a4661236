import type { Stack } from 'aws-cdk-lib/core';
import type { Service } from '../../objectives/service';
import { declareService } from '../governance/service-scope';
import { joinRegions, type Membership } from './membership';
import { tiesOf } from './region-ties';

/** What is said of the stage that a stack stands in. @internal */
export interface StageFacts {
  readonly service: Service;
  readonly nonProduction: boolean;
  readonly faultInjection: boolean;
}

/**
 * Makes a stack of any class the service's part in one region: constructs in it know where they stand, and what would
 * tie it to another region is refused.
 *
 * @internal
 */
export function joinStack(stack: Stack, membership: Membership, facts: StageFacts): void {
  const { service, nonProduction, faultInjection } = facts;
  joinRegions(stack, membership);
  const { place, peers } = membership;
  declareService(stack, service, {
    role: place.role,
    onlyRegion: peers.length === 0,
    nonProduction,
    faultInjection,
  });
  stack.node.addValidation({ validate: () => tiesOf(stack, membership) });
}
