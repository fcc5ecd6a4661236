import { Stack } from 'aws-cdk-lib/core';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import type { RegionStack } from '../../../lib/constructs/region/region-stack';
import { Service } from '../../../lib/objectives/service';
import type { Surroundings } from '../../support/pattern';
import { alarmIn } from './dns-fixtures';

/**
 * A stack beside those of the regions, for what a service has once; `undefined` in all regions but the first, so that it is
 * made once.
 */
export function stackApart(stack: RegionStack, around: Surroundings, region: string): Stack | undefined {
  const { tier, nonProduction = false, regions, accounts } = around;
  // A stack without resources cannot be deployed.
  alarmIn(stack);
  if (stack.region !== regions[0]) return undefined;
  const env = { account: accounts[0], region };
  const apart = new Stack(stack.node.root, 'Apart', { env, terminationProtection: !nonProduction });
  const service = new Service({ name: 'shop', tier, owner: 'team-shop', ...around.service });
  declareService(apart, service, { nonProduction });
  return apart;
}
