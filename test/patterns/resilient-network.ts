import { ResilientNetwork } from '../../lib/constructs/network/resilient-network';
import type { Pattern } from '../support/pattern';

export const resilientNetwork: Pattern = {
  construct: 'ResilientNetwork',
  build: (stack) => {
    // minimal
    new ResilientNetwork(stack, 'Network');
    // end
  },
};
