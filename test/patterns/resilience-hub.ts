import { Role } from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { ResilienceHub, type ResilienceHubProps } from '../../lib/constructs/governance/resilience-hub';
import { FunctionCriticality } from '../../lib/constructs/governance/resilience-hub-journeys';
import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import { TIERS } from '../../lib/objectives/tier';
import type { Pattern } from '../support/pattern';

type Options = ResilienceHubProps & { readonly ownRole: boolean };

const name = fc.constantFrom('checkout', 'browse', 'search', 'a', 'no name');
const description = fc.option(fc.constantFrom('what users do'), { nil: undefined });

export const resilienceHub: Pattern<Options> = {
  construct: 'ResilienceHub',
  build: (stack) => {
    // A stack with nothing in it cannot be deployed.
    new ResilientNetwork(stack, 'Network');
    // minimal
    new ResilienceHub(stack, 'ResilienceHub', {
      journeys: [{ name: 'checkout' }],
      functions: [{ name: 'take-payment' }],
    });
    // end
  },
  options: fc.record({
    journeys: fc.array(
      fc.record({ name, tier: fc.constantFrom(...TIERS), description }, { requiredKeys: ['name'] }),
      { maxLength: 3 },
    ),
    functions: fc.array(
      fc.record(
        { name, criticality: fc.constantFrom(...Object.values(FunctionCriticality)), description },
        { requiredKeys: ['name'] },
      ),
      { maxLength: 3 },
    ),
    assertions: fc.array(fc.constantFrom('orders are never lost', ''), { maxLength: 3 }),
    dependencyDiscovery: fc.boolean(),
    ownRole: fc.boolean(),
  }),
  buildWith: (stack, { ownRole, ...options }) => {
    new ResilientNetwork(stack, 'Network');
    new ResilienceHub(stack, 'ResilienceHub', {
      ...options,
      ...(ownRole && { invokerRole: Role.fromRoleName(stack, 'Role', 'hub') }),
    });
  },
};
